import Simulation
import Stack
import Wire

extension OctetWriter {
  mutating func write(_ host: HostID) { write(host.index) }
  mutating func write(_ process: ProcessID) { write(process.value) }
  mutating func write(_ span: Nanoseconds) { write(span.count) }
  mutating func write(_ address: IPv4Address) { write(address.value) }

  mutating func write(_ address: MACAddress) {
    for octet in [address.a, address.b, address.c, address.d, address.e, address.f] {
      write(octet)
    }
  }

  mutating func write(_ address: SocketAddress) {
    write(address.address)
    write(address.port)
  }

  mutating func write(_ call: SocketCall) {
    switch call {
    case .socket(let kind):
      tag(0)
      write(kind == .stream)
    case .bind(let descriptor, let address):
      tag(1)
      write(descriptor)
      write(address)
    case .listen(let descriptor, let backlog):
      tag(2)
      write(descriptor)
      write(backlog)
    case .accept(let descriptor):
      tag(3)
      write(descriptor)
    case .connect(let descriptor, let address):
      tag(4)
      write(descriptor)
      write(address)
    case .send(let descriptor, let octets):
      tag(5)
      write(descriptor)
      write(octets)
    case .receive(let descriptor, let limit):
      tag(6)
      write(descriptor)
      write(limit)
    case .sendTo(let descriptor, let octets, let address):
      tag(7)
      write(descriptor)
      write(octets)
      write(address)
    case .receiveFrom(let descriptor, let limit):
      tag(8)
      write(descriptor)
      write(limit)
    case .shutdown(let descriptor, let direction):
      tag(9)
      write(descriptor)
      tag(direction == .receiving ? 0 : direction == .sending ? 1 : 2)
    case .close(let descriptor):
      tag(10)
      write(descriptor)
    case .abort(let descriptor):
      tag(11)
      write(descriptor)
    case .setOption(let descriptor, let option):
      tag(12)
      write(descriptor)
      write(option)
    case .sendUrgent(let descriptor, let octets):
      tag(13)
      write(descriptor)
      write(octets)
    case .atMark(let descriptor):
      tag(14)
      write(descriptor)
    }
  }

  mutating func write(_ option: SocketOption) {
    let (number, value): (UInt8, UInt32) =
      switch option {
      case .noDelay(let isOn): (0, isOn ? 1 : 0)
      case .keepAlive(let isOn): (1, isOn ? 1 : 0)
      case .abortOnClose(let isOn): (2, isOn ? 1 : 0)
      case .userTimeout(let milliseconds): (3, milliseconds)
      case .sendBuffer(let octets): (4, octets)
      case .receiveBuffer(let octets): (5, octets)
      case .reuseAddress(let isOn): (6, isOn ? 1 : 0)
      case .noPush(let isOn): (7, isOn ? 1 : 0)
      }
    tag(number)
    write(value)
  }

  /// Which case of an enumeration follows.
  mutating func tag(_ number: UInt8) { write(number) }
}

extension OctetReader {
  mutating func host() throws(RecordingError) -> HostID { HostID(Int(try unsigned(UInt8.self))) }
  mutating func process() throws(RecordingError) -> ProcessID {
    ProcessID(try unsigned(UInt32.self))
  }
  mutating func span() throws(RecordingError) -> Nanoseconds { Nanoseconds(try number()) }
  mutating func ipv4() throws(RecordingError) -> IPv4Address {
    IPv4Address(value: try unsigned(UInt32.self))
  }

  mutating func mac() throws(RecordingError) -> MACAddress {
    var octets: [UInt8] = []
    for _ in 0..<6 { octets.append(try unsigned(UInt8.self)) }
    return MACAddress(octets[0], octets[1], octets[2], octets[3], octets[4], octets[5])
  }

  mutating func socketAddress() throws(RecordingError) -> SocketAddress {
    SocketAddress(try ipv4(), try unsigned(UInt16.self))
  }

  mutating func call() throws(RecordingError) -> SocketCall {
    let kind = try tag()
    if kind == 0 { return .socket(try flag() ? .stream : .datagram) }
    let descriptor = try int()
    switch kind {
    case 1: return .bind(descriptor, try socketAddress())
    case 2: return .listen(descriptor, backlog: try int())
    case 3: return .accept(descriptor)
    case 4: return .connect(descriptor, try socketAddress())
    case 5: return .send(descriptor, try list())
    case 6: return .receive(descriptor, limit: try int())
    case 7: return .sendTo(descriptor, try list(), try socketAddress())
    case 8: return .receiveFrom(descriptor, limit: try int())
    case 9: return .shutdown(descriptor, try direction())
    case 10: return .close(descriptor)
    case 11: return .abort(descriptor)
    case 12: return .setOption(descriptor, try socketOption())
    case 13: return .sendUrgent(descriptor, try list())
    case 14: return .atMark(descriptor)
    default: throw .unreadable("call \(kind)")
    }
  }

  private mutating func socketOption() throws(RecordingError) -> SocketOption {
    let kind = try tag()
    let value = try unsigned(UInt32.self)
    switch kind {
    case 0: return .noDelay(value != 0)
    case 1: return .keepAlive(value != 0)
    case 2: return .abortOnClose(value != 0)
    case 3: return .userTimeout(value)
    case 4: return .sendBuffer(value)
    case 5: return .receiveBuffer(value)
    case 6: return .reuseAddress(value != 0)
    case 7: return .noPush(value != 0)
    default: throw .unreadable("socket option \(kind)")
    }
  }

  private mutating func direction() throws(RecordingError) -> ShutdownDirection {
    switch try tag() {
    case 0: .receiving
    case 1: .sending
    default: .both
    }
  }

  mutating func tag() throws(RecordingError) -> UInt8 { try unsigned(UInt8.self) }
}
