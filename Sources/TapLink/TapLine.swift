import CTap
import Glibc
import Wire

/// A line whose other end is this system's kernel, in a network of its own that nobody else sees.
///
/// The network, the web server in it and its folder are gone when the link is closed or let go of, and also when
/// the process ends in whatever way.
public final class TapLine {
  private var line: tap_line
  private let start: UInt64
  private let address: IPv4Address
  /// Frames of the kernel that the gate kept out because they are no matter of the lessons: IPv6, groups.
  public private(set) var foreignFrames = 0

  /// Milliseconds for everything to be there. A first start of python3 may be slow.
  private static let patience: Int32 = 20_000
  /// Octets of the longest frame.
  private static let longestFrame = 65_535 + EthernetHeader.minimumLength

  /// Makes the network and starts the server; when this returns, it listens and the clock stands at zero.
  ///
  /// - Throws: what the system does not allow; nothing is left behind then.
  public init(_ settings: TapSettings) throws(TapProblem) {
    var wish = tap_wish()
    Self.copy(settings.hardwareAddress, to: &wish.hardware_address)
    Self.copy(settings.address, to: &wish.address)
    wish.prefix_length = UInt8(clamping: settings.prefixLength)
    wish.maximum_transmission_unit = UInt16(clamping: settings.maximumTransmissionUnit)
    if let neighbour = settings.neighbour {
      wish.knows_neighbour = true
      Self.copy(neighbour.address, to: &wish.neighbour_address)
      Self.copy(neighbour.hardwareAddress, to: &wish.neighbour_hardware_address)
    }
    wish.port = settings.port ?? 0
    address = settings.address
    line = tap_line(device: -1, control: -1, keeper: -1)
    var error: Int32 = 0
    let stage = tap_open(&wish, Self.patience, &line, &error)
    start = Self.clock()
    if let problem = TapProblem(stage: stage, error: error) { throw problem }
  }

  deinit { close() }

  /// An address is the octets that go on the wire, in their order.
  private static func copy<Address: BitwiseCopyable, Octets: BitwiseCopyable>(
    _ address: Address, to octets: inout Octets
  ) {
    withUnsafeBytes(of: address) { source in
      withUnsafeMutableBytes(of: &octets) { $0.copyBytes(from: source) }
    }
  }

  /// Ends the server and takes the network down; waits until that is done.
  public func close() { tap_close(&line) }

  /// Nanoseconds since the line was there, of a clock that nobody sets.
  public var elapsed: UInt64 { Self.clock() - start }

  /// Gives a frame (without FCS) to the kernel, as an adapter would.
  public func send(_ frame: [UInt8]) throws(TapProblem) {
    while true {
      let count = frame.withUnsafeBytes { write(line.device, $0.baseAddress, $0.count) }
      if count >= 0 { return }
      let number = errno
      switch number {
      case EINTR: continue
      // What the kernel does not take for a frame is lost, as on any line.
      case EINVAL, EAGAIN, ENOBUFS: return
      default: throw .broken(number)
      }
    }
  }

  /// The kernel's next frame, waiting for it at most until so many nanoseconds have elapsed; nil when none came.
  public func receive(until deadline: UInt64) throws(TapProblem) -> [UInt8]? {
    while true {
      if let frame = try read() {
        if isOurs(frame) { return frame }
        foreignFrames += 1
        continue
      }
      let now = elapsed
      guard now < deadline else { return nil }
      let found = tap_wait(line.device, Int64(clamping: deadline - now))
      if found < 0 { throw .broken(-found) }
    }
  }

  private func read() throws(TapProblem) -> [UInt8]? {
    var frame = [UInt8](repeating: 0, count: Self.longestFrame)
    while true {
      let count = Glibc.read(line.device, &frame, frame.count)
      if count >= 0 {
        frame.removeSubrange(count...)
        return frame
      }
      let number = errno
      switch number {
      case EINTR: continue
      case EAGAIN: return nil
      default: throw .broken(number)
      }
    }
  }

  /// ARP and what comes from the kernel's address for a single host; IPv6, mDNS, IGMP and the like stay out.
  private func isOurs(_ frame: [UInt8]) -> Bool {
    guard let header = try? EthernetHeader(parsing: frame.span.bytes) else { return false }
    switch header.type {
    case .arp: return true
    case .ipv4:
      let packet = frame.span.bytes.extracting(EthernetHeader.minimumLength..<frame.count)
      guard let header = try? IPv4Header(parsing: packet) else { return true }
      return header.source == address && !header.destination.isMulticast
    default: return false
    }
  }

  private static func clock() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
  }

  /// The kernel at the other end, such as `Linux 6.18.44`.
  public static let kernel: String = {
    var name = utsname()
    guard uname(&name) == 0 else { return "Linux" }
    func text<Octets>(_ octets: Octets) -> String {
      withUnsafeBytes(of: octets) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    // What a distribution appends says nothing about TCP.
    return text(name.sysname) + " " + text(name.release).prefix { $0.isNumber || $0 == "." }
  }()
}
