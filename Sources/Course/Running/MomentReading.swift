import Session
import Simulation
import Stack
import Wire

/// The engine's state at a moment of a run, as lessons and questions read it.
public struct MomentReading: StateReading, Sendable {
  public let timeline: Timeline
  public let state: MomentState

  /// - Parameter moment: How many moments have passed; 0 is before the first.
  public init(_ timeline: Timeline, at moment: Int) {
    self.timeline = timeline
    state = timeline.state(at: moment)
  }

  public init(_ timeline: Timeline, _ state: MomentState) {
    self.timeline = timeline
    self.state = state
  }

  public func value(of path: Path) -> Value {
    if let outside = timeline.configuration.outside, path.memoryHost.flatMap(hostID) == outside {
      return .unknown
    }
    switch path.subject {
    case .socket(let host, let choice, let field):
      guard let host = self.host(host), let slot = slot(choice, host) else { return .unset }
      return Value(host.memory[slot], field)
    case .socketCount(let host): return self.host(host).map { .number($0.memory.count) } ?? .unset
    case .call(let host, let part): return hostID(host).map { call($0, part) } ?? .unset
    case .host(let host, let part): return self.host(host).map { value($0, part) } ?? .unset
    case .hostCount(let host, let count): return hostID(host).map { number($0, count) } ?? .unset
    case .frameCount(let count): return .number(frameCount(count))
    case .frame(let choice, let part): return frame(choice).map { value($0, part) } ?? .unset
    case .unit(let header): return unit(header)
    case .time: return .duration(Int(clamping: state.world.now.nanoseconds))
    }
  }

  // MARK: Hosts and sockets

  public func hostID(_ name: String) -> HostID? { timeline.configuration.host(named: name) }

  public func host(_ name: String) -> Host? {
    guard let id = hostID(name), state.world.hosts.indices.contains(Int(id.index)) else {
      return nil
    }
    return state.world.hosts[Int(id.index)]
  }

  /// The slot of the socket that is meant.
  public func slot(_ choice: Path.SocketChoice, _ host: Host) -> Int? {
    let memory = host.memory
    switch choice {
    case .number(let number): return memory.slot(number: number)
    case .newest: return memory.used.max { memory[$0].number < memory[$1].number }
    case .listener:
      return memory.used.filter { memory[$0].state == .listen && memory[$0].transport == 6 }
        .min { memory[$0].number < memory[$1].number }
    }
  }

  private func value(_ host: Host, _ part: Path.HostPart) -> Value {
    switch part {
    case .address: .name(host.configuration.address.description)
    case .mac: .name(host.configuration.hardwareAddress.description)
    case .mtu: .number(host.configuration.maximumTransmissionUnit)
    }
  }

  // MARK: Calls

  /// The last call that the host's applications made, and its end if it has come.
  private func call(_ host: HostID, _ part: Path.CallPart) -> Value {
    let moments = timeline.moments.prefix(state.index)
    guard let made = moments.last(where: { $0.host == host && $0.event == .call }) else {
      return .unset
    }
    let number = made.callNumber
    guard part != .name else {
      return timeline.calls.indices.contains(number)
        ? .name(timeline.calls[number].name) : .unset
    }
    let end = moments.last {
      $0.host == host && $0.callNumber == number
        && ($0.event == .callReturned || $0.event == .callFailed)
    }
    guard let end else { return .unset }
    if end.event == .callFailed {
      let error = SocketError(octet: UInt8(truncatingIfNeeded: end.callResult))
      return part == .error ? .name(error?.name ?? "?") : .unset
    }
    return part == .error ? .name("none") : .number(end.callResult)
  }

  // MARK: Frames

  /// The frames that had come on the wire by this moment.
  var frames: [FrameRecord] {
    timeline.frames.filter { $0.sentMoment > 0 && $0.sentMoment <= state.index }
  }

  private func hasEnded(_ frame: FrameRecord) -> Bool {
    frame.endMoment.map { $0 <= state.index } ?? false
  }

  private func frameCount(_ count: Path.FrameCount) -> Int {
    switch count {
    case .count: frames.count { $0.wasSentByHost }
    case .lost: frames.count { $0.fate == .lost && hasEnded($0) }
    }
  }

  func frame(_ choice: Path.FrameChoice) -> FrameRecord? {
    switch choice {
    case .last: frames.max { $0.sentMoment < $1.sentMoment }
    case .number(let number): frames.first { $0.number == number }
    }
  }

  private func value(_ frame: FrameRecord, _ part: Path.FramePart) -> Value {
    switch part {
    case .header(let id): return Value(header: id, in: frame.octets)
    case .fact(.from): return .name(name(frame.from))
    case .fact(.to): return .name(name(frame.to))
    case .fact(.length): return .number(frame.octets.count)
    case .fact(.payload): return .number(Dissection(frame: frame.octets).payload.count)
    case .fact(.firstWord):
      let word = frame.octets[Dissection(frame: frame.octets).payload].prefix { $0 != 0x20 }
      return word.isEmpty ? .unset : .name(String(decoding: word.prefix(16), as: UTF8.self))
    case .fact(.fate):
      guard hasEnded(frame) else { return .name("in-flight") }
      return .name(frame.fate == .lost ? "lost" : "delivered")
    case .fact(.sentAt): return .duration(Int(clamping: frame.sentAt.nanoseconds))
    case .fact(.receivedAt):
      guard hasEnded(frame), let time = frame.receivedAt else { return .unset }
      return .duration(Int(clamping: time.nanoseconds))
    }
  }

  private func name(_ host: HostID) -> String {
    let hosts = timeline.configuration.hosts
    return hosts.indices.contains(Int(host.index)) ? hosts[Int(host.index)].name : "wire"
  }

  private func unit(_ header: String) -> Value {
    guard let unit = state.unit else { return .unset }
    return Value(header: header, in: unit)
  }
}

extension Moment {
  /// The call that `call`, `call-returned` and the like are about, as a place in the timeline's
  /// calls.
  public var callNumber: Int { Int(value >> 32) }
  /// What the call returned, or its error's octet.
  public var callResult: Int { Int(value & 0xffff_ffff) }
  /// Whether the event is one of a socket call.
  public var isAboutCall: Bool {
    switch event {
    case .call, .callForwarded, .callReturned, .callFailed, .callBlocked: true
    default: false
    }
  }
}
