import Course
import Session
import Stack
import Wire

/// Moments and calls in words.
extension Scene {
  /// `connect(3, 192.0.2.80:80)` of a moment that belongs to a call.
  public func callText(_ moment: Moment) -> String {
    let place = Int(moment.value >> 32)
    guard timeline.calls.indices.contains(place) else { return "" }
    return timeline.calls[place].text
  }

  /// The same with the address left out: `connect(3, …:80)`.
  public func shortCallText(_ moment: Moment) -> String {
    let text = callText(moment)
    guard let comma = text.lastIndex(of: " "), let colon = text.lastIndex(of: ":"), comma < colon
    else { return text }
    return text[...comma] + "…" + text[colon...]
  }

  /// One line about a moment: who did what.
  public func momentText(_ moment: Moment) -> String {
    EventProse.text(of: moment, in: timeline, language)
  }
}

extension SocketCall {
  /// As a program would write it; data is given by its length.
  public var text: String {
    switch self {
    case .socket(let kind): "socket(\(kind == .stream ? "TCP" : "UDP"))"
    case .bind(let descriptor, let address): "bind(\(descriptor), \(address))"
    case .listen(let descriptor, let backlog): "listen(\(descriptor), \(backlog))"
    case .accept(let descriptor): "accept(\(descriptor))"
    case .connect(let descriptor, let address): "connect(\(descriptor), \(address))"
    case .send(let descriptor, let octets): "send(\(descriptor), \(octets.count))"
    case .sendUrgent(let descriptor, let octets):
      "send(\(descriptor), \(octets.count), MSG_OOB)"
    case .receive(let descriptor, let limit): "receive(\(descriptor), \(limit))"
    case .sendTo(let descriptor, let octets, let address):
      "sendto(\(descriptor), \(octets.count), \(address))"
    case .receiveFrom(let descriptor, let limit): "receivefrom(\(descriptor), \(limit))"
    case .shutdown(let descriptor, let direction): "shutdown(\(descriptor), \(direction))"
    case .close(let descriptor): "close(\(descriptor))"
    case .abort(let descriptor): "abort(\(descriptor))"
    case .atMark(let descriptor): "sockatmark(\(descriptor))"
    case .setOption(let descriptor, let option): "setsockopt(\(descriptor), \(option.text))"
    }
  }
}

extension SocketOption {
  /// `TCP_NODELAY, 1`.
  fileprivate var text: String {
    switch self {
    case .noDelay(let isOn): "TCP_NODELAY, \(isOn ? 1 : 0)"
    case .keepAlive(let isOn): "SO_KEEPALIVE, \(isOn ? 1 : 0)"
    case .abortOnClose(let isOn): "SO_LINGER, \(isOn ? "0 s" : "off")"
    case .noPush(let isOn): "TCP_NOPUSH, \(isOn ? 1 : 0)"
    case .userTimeout(let milliseconds): "TCP_USER_TIMEOUT, \(milliseconds) ms"
    case .sendBuffer(let octets): "SO_SNDBUF, \(octets)"
    case .receiveBuffer(let octets): "SO_RCVBUF, \(octets)"
    case .reuseAddress(let isOn): "SO_REUSEADDR, \(isOn ? 1 : 0)"
    }
  }
}
