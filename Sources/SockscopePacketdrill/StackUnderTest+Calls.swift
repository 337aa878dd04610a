import Glibc
import Stack
import Wire

/// The system calls, with the results and errors that a program sees.
extension StackUnderTest {
  /// A failed call: -1 and `errno`.
  static func fail(_ number: Int32) -> Int {
    errno = number
    return -1
  }

  func socket(_ type: Int32) -> Int {
    let kind: SocketKind = type & 0xf == Int32(SOCK_DGRAM.rawValue) ? .datagram : .stream
    guard case .returned(let number) = call(.socket(kind), waits: false) else {
      return Self.fail(ENOBUFS)
    }
    let isNonblocking = type & Int32(SOCK_NONBLOCK.rawValue) != 0
    return register(OpenSocket(number: number, isNonblocking: isNonblocking))
  }

  /// Descriptors are real ones, for the caller closes what is left over.
  private func register(_ socket: OpenSocket) -> Int {
    let real = open("/dev/null", O_RDWR)
    descriptors[real] = socket
    return Int(real)
  }

  /// Makes a call on a socket and gives its result as the system does.
  func perform(_ fd: Int32, _ make: (Descriptor) -> SocketCall) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    switch call(make(socket.number), waits: !socket.isNonblocking) {
    case .returned(let value): return value
    case .accepted(let number, _): return register(OpenSocket(number: number))
    case .data(let octets), .datagram(let octets, _): return octets.count
    case .failed(let error): return Self.fail(error.number)
    case .blocked: return Self.fail(EAGAIN)
    }
  }

  func connect(_ fd: Int32, _ address: SocketAddress) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    switch call(.connect(socket.number, address), waits: !socket.isNonblocking) {
    case .blocked:
      // The attempt goes on; asked again, it says so.
      defer { descriptors[fd]?.isConnecting = true }
      return Self.fail(socket.isConnecting ? EALREADY : EINPROGRESS)
    case .failed(.isConnected) where socket.isConnecting:
      descriptors[fd]?.isConnecting = false
      return 0
    case .failed(let error): return Self.fail(error.number)
    default: return 0
    }
  }

  func accept(_ fd: Int32, _ peer: (SocketAddress) -> Void) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    switch call(.accept(socket.number), waits: !socket.isNonblocking) {
    case .accepted(let number, let address):
      peer(address)
      return register(OpenSocket(number: number))
    case .failed(let error): return Self.fail(error.number)
    default: return Self.fail(EAGAIN)
    }
  }

  /// `read` and its kin: what was received is given to `take`.
  func receive(_ fd: Int32, _ count: Int, _ flags: Int32, _ take: ([UInt8]) -> Void) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    if flags & Int32(MSG_PEEK) != 0, let slot = slot(socket.number),
      host.memory[slot].receiveQueue > 0
    {
      let octets = Array(host.receiveBuffer(slot).prefix(count))
      take(octets)
      return octets.count
    }
    // Nothing is delivered beside the stream, as with SO_OOBINLINE (POSIX recv(), EINVAL).
    if flags & Int32(MSG_OOB) != 0 { return Self.fail(EINVAL) }
    let waits = !socket.isNonblocking && flags & Int32(MSG_DONTWAIT) == 0
    switch call(.receive(socket.number, limit: count), waits: waits) {
    case .data(let octets), .datagram(let octets, _):
      take(octets)
      return octets.count
    case .failed(let error): return Self.fail(error.number)
    default: return Self.fail(EAGAIN)
    }
  }

  /// `write` and its kin; without waiting, as much goes as there is room for.
  func send(_ fd: Int32, _ octets: [UInt8], _ flags: Int32) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    let waits = !socket.isNonblocking && flags & Int32(MSG_DONTWAIT) == 0
    var octets = octets
    if !waits, let slot = slot(socket.number), host.memory[slot].state.maySend {
      let block = host.memory[slot]
      let room = Int(block.sendBufferSize) - Int(min(block.sendQueue, block.sendBufferSize))
      guard room > 0 else { return Self.fail(EAGAIN) }
      octets = Array(octets.prefix(room))
    }
    // MSG_OOB: the data is urgent and stays in the stream, as with SO_OOBINLINE (RFC 6093).
    let isUrgent = flags & Int32(MSG_OOB) != 0
    let send: SocketCall =
      isUrgent ? .sendUrgent(socket.number, octets) : .send(socket.number, octets)
    switch call(send, waits: waits) {
    case .returned(let value): return value
    case .failed(let error): return Self.fail(error.number)
    default: return Self.fail(EAGAIN)
    }
  }

  func close(_ fd: Int32) -> Int {
    guard let socket = descriptors.removeValue(forKey: fd) else { return Self.fail(EBADF) }
    _ = call(.close(socket.number), waits: false)
    _ = Glibc.close(fd)
    return 0
  }

  func control(_ fd: Int32, _ command: Int32, _ argument: Int) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    switch command {
    case F_GETFL: return Int(O_RDWR | (socket.isNonblocking ? O_NONBLOCK : 0))
    case F_SETFL:
      descriptors[fd]?.isNonblocking = argument & Int(O_NONBLOCK) != 0
      return 0
    default: return Self.fail(EINVAL)
    }
  }

  /// FIONREAD, SIOCOUTQ and SIOCATMARK.
  func ask(_ fd: Int32, _ request: UInt, _ answer: UnsafeMutableRawPointer?) -> Int {
    guard let socket = descriptors[fd] else { return Self.fail(EBADF) }
    guard let slot = slot(socket.number), let answer else { return Self.fail(EINVAL) }
    let block = host.memory[slot]
    switch request {
    case 0x541b: answer.storeBytes(of: Int32(block.receiveQueue), as: Int32.self)
    case 0x8905: answer.storeBytes(of: block.urgent.contains(.atMark) ? 1 : 0, as: Int32.self)
    case 0x5411: answer.storeBytes(of: Int32(block.sendQueue), as: Int32.self)
    default: return Self.fail(EINVAL)
    }
    return 0
  }

  /// Which of the wanted events hold now.
  func events(_ fd: Int32, wanted: Int16) -> Int16 {
    guard let socket = descriptors[fd], let slot = slot(socket.number) else {
      return Int16(POLLNVAL)
    }
    let block = host.memory[slot]
    var events: Int16 = 0
    let isAtEnd = [.closeWait, .lastAck, .closing, .timeWait].contains(block.state)
    if block.receiveQueue > 0 || isAtEnd || host.hasAcceptable(slot) { events |= Int16(POLLIN) }
    if block.state.isSynchronized, block.sendQueue < block.sendBufferSize {
      events |= Int16(POLLOUT)
    }
    if !block.urgent.isDisjoint(with: [.receiving, .atMark]) { events |= Int16(POLLPRI) }
    let isOver = block.state == .closed && block.remotePort != 0
    if isOver { events |= Int16(POLLHUP | POLLIN | POLLOUT) }
    if block.pendingError != nil { events |= Int16(POLLERR) }
    return events & (wanted | Int16(POLLERR | POLLHUP))
  }
}

extension SocketError {
  /// The number that `errno` has for it.
  var number: Int32 {
    switch self {
    case .badDescriptor: EBADF
    case .noBuffers: ENOBUFS
    case .tooManyDescriptors: EMFILE
    case .addressInUse: EADDRINUSE
    case .addressNotAvailable: EADDRNOTAVAIL
    case .invalidArgument: EINVAL
    case .notConnected: ENOTCONN
    case .isConnected: EISCONN
    case .alreadyConnecting: EALREADY
    case .destinationRequired: EDESTADDRREQ
    case .operationNotSupported: EOPNOTSUPP
    case .refused: ECONNREFUSED
    case .reset: ECONNRESET
    case .timedOut: ETIMEDOUT
    case .brokenPipe: EPIPE
    case .hostUnreachable: EHOSTUNREACH
    case .networkUnreachable: ENETUNREACH
    case .protocolUnreachable: EPROTONOSUPPORT
    case .messageTooLong: EMSGSIZE
    case .aborted: ECONNABORTED
    }
  }
}
