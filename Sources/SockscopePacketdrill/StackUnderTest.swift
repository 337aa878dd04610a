import Glibc
import Stack
import Wire

/// One host, a virtual clock and the descriptors that a script knows it by.
///
/// packetdrill calls from two threads: one that sleeps in blocking calls, one that plays the wire and the clock.
/// A lock lets one of them in at a time; a condition wakes the sleeper.
final class StackUnderTest {
  static let process = ProcessID(1)
  private static let address = IPv4Address(192, 168, 0, 1)
  private static let gateway = IPv4Address(192, 168, 0, 254)
  private static let hardware = MACAddress(2, 0, 0, 0, 0, 1)
  private static let gatewayHardware = MACAddress(2, 0, 0, 0, 0, 0xfe)

  var host: Host
  var now = Instant(nanoseconds: 1_000_000_000)
  private var journal = Journal(isLooking: false)
  /// IP packets on their way out, with the time at which each left.
  private var packets: [(octets: [UInt8], time: Instant)] = []
  private var firstPacket = 0
  /// How blocking calls ended that somebody sleeps in.
  private var ended: [Completion] = []
  /// The stack's descriptor behind each real one, and whether its calls return at once.
  var descriptors: [Int32: OpenSocket] = [:]

  private var lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  struct OpenSocket {
    let number: Descriptor
    var isNonblocking = false
    /// A `connect` that was not waited for is on its way.
    var isConnecting = false
  }

  init(_ settings: TCPSettings) {
    host = Host(Self.configuration(settings, Self.address))
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  private static func configuration(
    _ settings: TCPSettings, _ address: IPv4Address
  ) -> HostConfiguration {
    var configuration = HostConfiguration(
      id: HostID(0), name: "host", hardwareAddress: hardware, address: address, prefixLength: 16)
    let isGateway = address == gateway
    configuration.gateway = isGateway ? Self.address : gateway
    configuration.knownNeighbours = [isGateway ? Self.address : gateway: gatewayHardware]
    configuration.tcp = settings
    configuration.seed = 42
    configuration.isObserved = false
    return configuration
  }

  /// The script's own address is the host's: told by the first `bind` that names one. Sockets that have done
  /// nothing yet move over.
  func adopt(_ address: IPv4Address) {
    guard address != .any, address != host.configuration.address,
      host.memory.used.allSatisfy({ host.memory[$0].localPort == 0 })
    else { return }
    let kinds = host.memory.used.map { host.memory[$0] }.sorted { $0.number < $1.number }
    var configuration = Self.configuration(host.configuration.tcp, address)
    let network = IPv4Address(address.a, address.b, 255, 254)
    configuration.gateway = network
    configuration.knownNeighbours = [network: Self.gatewayHardware]
    host = Host(configuration)
    for block in kinds {
      let kind: SocketKind = block.transport == IPProtocol.tcp.rawValue ? .stream : .datagram
      _ = call(.socket(kind), waits: false)
    }
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(changed)
    lock.deallocate()
    changed.deallocate()
  }

  /// Runs while nobody else is inside.
  func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  // MARK: Calls

  /// Makes a call; one that would sleep really does, unless the descriptor is told not to.
  func call(_ call: SocketCall, waits: Bool) -> CallResult {
    let result = (try? host.call(call, by: Self.process, at: now, &journal)) ?? .blocked
    collect()
    guard result == .blocked else { return result }
    guard waits else {
      host.withdrawCalls(of: Self.process)
      return .blocked
    }
    while true {
      if let place = ended.firstIndex(where: { $0.call == call }) {
        return ended.remove(at: place).result
      }
      pthread_cond_wait(changed, lock)
    }
  }

  /// Takes out what an input has brought forth.
  private func collect() {
    while let frame = host.takeFrame() { note(frame.octets) }
    while let completion = host.takeCompletion() {
      ended.append(completion)
      pthread_cond_broadcast(changed)
    }
  }

  private func note(_ frame: [UInt8]) {
    let start = EthernetHeader.minimumLength
    guard (try? EthernetHeader(parsing: frame.span.bytes))?.type == .ipv4,
      let ip = try? IPv4Header(parsing: frame.span.bytes.extracting(start..<frame.count))
    else { return }
    let end = min(start + Int(ip.totalLength), frame.count)
    packets.append((Array(frame[start..<end]), now))
  }

  // MARK: The clock and the wire

  /// Time passes; timers fire when they are due.
  func advance(to end: Instant) {
    while let due = host.nextDeadline, due <= end {
      now = max(now, due)
      fire()
    }
    now = max(now, end)
  }

  private func fire() {
    try? host.advance(to: now, &journal)
    collect()
    // A deadline that does not move on may not stop the time.
    if let due = host.nextDeadline, due <= now { now = now + .milliseconds(1) }
  }

  /// An IP packet arrives.
  func deliver(_ packet: [UInt8]) {
    var frame = [UInt8](repeating: 0, count: EthernetHeader.minimumLength) + packet
    EthernetHeader(destination: Self.hardware, source: Self.gatewayHardware, type: .ipv4)
      .write(into: &frame, at: 0)
    try? host.receive(LinkFrame(octets: EthernetLine.padded(frame)), at: now, &journal)
    collect()
  }

  /// The next packet out, for which time passes if it must; nil when none will come.
  func takePacket() -> (octets: [UInt8], time: Instant)? {
    for _ in 0..<10_000 {
      if firstPacket < packets.count {
        defer { firstPacket += 1 }
        return packets[firstPacket]
      }
      guard let due = host.nextDeadline else { return nil }
      now = max(now, due)
      fire()
    }
    return nil
  }

  // MARK: Looking

  /// The slot of a socket in the host's memory.
  func slot(_ number: Descriptor) -> Int? {
    host.memory.used.first {
      host.memory[$0].descriptor == number && host.memory[$0].owner == Self.process.value
    }
  }
}
