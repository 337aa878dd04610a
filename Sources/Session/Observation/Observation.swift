import Capture
import Stack
import Wire

/// What a capture's frames tell about the connections between the machines that sent them.
public struct Observation: Sendable {
  /// The frames of Ethernet, in the order of the file.
  public private(set) var frames: [ObservedFrame] = []
  /// In the order of their first frames.
  public private(set) var connections: [ObservedConnection] = []
  /// The link types of the file's interfaces, each once.
  public private(set) var links: [LinkType] = []
  /// The latest connection between two ends.
  private var latest: [ObservedConnection.Ends: Int] = [:]

  public init(_ file: CaptureFile) {
    for interface in file.interfaces where !links.contains(interface.linkType) {
      links.append(interface.linkType)
    }
    let start = file.frames.lazy.compactMap(\.nanoseconds).first
    for (place, frame) in file.frames.enumerated()
    where file.interfaces[frame.interface].linkType == .ethernet {
      var time: Int64?
      if let start, let now = frame.nanoseconds {
        time = Int64(truncatingIfNeeded: now) &- Int64(truncatingIfNeeded: start)
      }
      var observed = ObservedFrame(
        number: place + 1, time: time, octets: frame.octets, originalLength: frame.originalLength)
      note(&observed)
      frames.append(observed)
    }
  }

  /// A connection as its first frames tell, up to so many. O(frames).
  public func connection(_ place: Int, upTo count: Int) -> ObservedConnection {
    let whole = connections[place]
    var part = whole.fresh
    for frame in whole.frames.prefix(count) {
      guard let unit = frames[frame].unit else { continue }
      _ = part.note(unit, frame: frame, octets: frames[frame].originalLength)
    }
    return part
  }

  private mutating func note(_ frame: inout ObservedFrame) {
    guard let unit = ObservedUnit(frame.octets) else { return }
    let ends = ObservedConnection.Ends(unit)
    var place = latest[ends]
    // The same two ends begin again: a first SYN with a number that this connection did not begin with.
    if let found = place, unit.isFirstSYN, connections[found].isAnother(unit) { place = nil }
    if place == nil {
      place = connections.count
      connections.append(ObservedConnection(number: connections.count + 1, openedBy: unit))
      latest[ends] = place
    }
    guard let place else { return }
    frame.connection = place
    frame.unit = unit
    frame.isRetransmission = connections[place].note(
      unit, frame: frames.count, octets: frame.originalLength)
    if let side = connections[place].side(of: unit) {
      frame.state = connections[place].knowledge[side].state
    }
  }
}

/// A frame of a capture.
public struct ObservedFrame: Sendable {
  /// Its place in the file, from 1.
  public let number: Int
  /// Nanoseconds since the first frame; nil where the file has no times.
  public let time: Int64?
  public let octets: [UInt8]
  /// Octets that it had on the wire.
  public let originalLength: Int
  /// The place of its connection.
  public internal(set) var connection: Int?
  public internal(set) var unit: ObservedUnit?
  /// All that it carries had been seen before.
  public internal(set) var isRetransmission = false
  /// The state that its sender must be in, as far as the frames up to this one tell.
  public internal(set) var state: String?

  init(number: Int, time: Int64?, octets: [UInt8], originalLength: Int) {
    self.number = number
    self.time = time
    self.octets = octets
    self.originalLength = originalLength
  }
}

/// A TCP segment or a UDP datagram as a frame has it.
public struct ObservedUnit: Hashable, Sendable {
  public let transport: IPProtocol
  public let source: SocketAddress
  public let destination: SocketAddress
  /// Octets of data, from the IP header's length; the capture may have fewer.
  public let data: Int
  public let sequence: SequenceNumber
  public let acknowledgment: SequenceNumber
  public let flags: TCPFlags
  public let window: UInt16
  public let windowScale: UInt8?

  /// Nil for everything else, for later fragments, and for headers that cannot be read.
  init?(_ frame: [UInt8]) {
    let dissection = Dissection(frame: frame)
    guard let ip = try? IPv4Header(parsing: dissection.octets(.ipv4, of: frame)) else {
      return nil
    }
    let carried = Int(ip.totalLength) - ip.headerLength
    if let tcp = try? TCPHeader(parsing: dissection.octets(.tcp, of: frame)) {
      transport = .tcp
      source = SocketAddress(ip.source, tcp.sourcePort)
      destination = SocketAddress(ip.destination, tcp.destinationPort)
      data = max(0, carried - tcp.headerLength)
      sequence = tcp.sequence
      acknowledgment = tcp.acknowledgment
      flags = tcp.flags
      window = tcp.window
      windowScale = tcp.options.windowScale
    } else if let udp = try? UDPHeader(parsing: dissection.octets(.udp, of: frame)) {
      transport = .udp
      source = SocketAddress(ip.source, udp.sourcePort)
      destination = SocketAddress(ip.destination, udp.destinationPort)
      data = max(0, carried - UDPHeader.minimumLength)
      sequence = SequenceNumber(0)
      acknowledgment = SequenceNumber(0)
      flags = []
      window = 0
      windowScale = nil
    } else {
      return nil
    }
  }

  var isFirstSYN: Bool { flags.contains(.syn) && !flags.contains(.ack) }

  /// Numbers that it uses up: its data, SYN and FIN.
  public var length: Int {
    data + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }

  /// The number after its last.
  public var end: SequenceNumber { sequence + length }
}
