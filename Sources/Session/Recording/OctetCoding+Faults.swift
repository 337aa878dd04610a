import Simulation
import Stack
import Wire

extension OctetWriter {
  mutating func write(_ fault: ScriptedFault) {
    write(fault.match.from) { $0.write($1) }
    write(fault.match.type) { $0.write($1.rawValue) }
    write(fault.match.transport) { $0.write($1.rawValue) }
    write(fault.match.flags) { $0.write($1.rawValue) }
    write(fault.match.hasData) { $0.write($1) }
    write(fault.effect)
    write(fault.first)
    write(fault.count)
  }

  mutating func write(_ effect: FaultEffect) {
    switch effect {
    case .drop: tag(0)
    case .duplicate: tag(1)
    case .delay(let span):
      tag(2)
      write(span)
    case .hold: tag(3)
    case .swapWithNext: tag(4)
    case .flipBit(let octet, let bit, let beforeFCS):
      tag(5)
      write(octet)
      write(bit)
      write(beforeFCS)
    case .rewrite(let field, let value):
      tag(6)
      write(field)
      write(value)
    case .precede(let segment):
      tag(segment.isPlain ? 7 : segment.timestamps == nil ? 8 : 9)
      write(segment)
    }
  }

  mutating func write(_ segment: ForgedSegment) {
    write(segment.from)
    write(segment.sourcePort)
    write(segment.destinationPort)
    write(segment.sequence.value)
    write(segment.acknowledgment.value)
    write(segment.flags.rawValue)
    write(segment.window)
    write(segment.payload)
    write(segment.maximumSegmentSize) { $0.write($1) }
    // Tagged otherwise, so that a plain one is written as before there were others.
    guard !segment.isPlain else { return }
    write(segment.source) { $0.write($1) }
    write(segment.count)
    guard let timestamps = segment.timestamps else { return }
    write(timestamps.value)
    write(timestamps.echo)
  }
}

extension ForgedSegment {
  /// One alone, in its host's own name, without timestamps.
  var isPlain: Bool { source == nil && count == 1 && timestamps == nil }
}

extension OctetWriter {
  mutating func write(_ error: ForgedError) {
    write(error.from)
    write(error.type)
    write(error.code)
    write(error.about)
  }
}

extension OctetReader {
  mutating func error() throws(RecordingError) -> ForgedError {
    ForgedError(
      from: try host(), type: try unsigned(UInt8.self), code: try unsigned(UInt8.self),
      about: try list())
  }

  mutating func parameter() throws(RecordingError) -> HostParameter {
    let name = try text()
    guard let parameter = HostParameter(name: name) else { throw .unreadable(name) }
    return parameter
  }

  mutating func fault() throws(RecordingError) -> ScriptedFault {
    var match = FrameMatch()
    match.from = try optional { (reader) throws(RecordingError) in try reader.host() }
    match.type = try optional { (reader) throws(RecordingError) in
      EtherType(rawValue: try reader.unsigned(UInt16.self))
    }
    match.transport = try optional { (reader) throws(RecordingError) in
      IPProtocol(rawValue: try reader.unsigned(UInt8.self))
    }
    match.flags = try optional { (reader) throws(RecordingError) in
      TCPFlags(rawValue: try reader.unsigned(UInt8.self))
    }
    match.hasData = try optional { (reader) throws(RecordingError) in try reader.flag() }
    let effect = try effect()
    return ScriptedFault(effect, on: match, nth: try int(), count: try int(0...Int.max))
  }

  mutating func effect() throws(RecordingError) -> FaultEffect {
    switch try tag() {
    case 0: return .drop
    case 1: return .duplicate
    case 2: return .delay(try span())
    case 3: return .hold
    case 4: return .swapWithNext
    case 5:
      return .flipBit(octet: try int(), bit: try int(0...7), beforeFCS: try flag())
    case 6: return .rewrite(field: try text(), value: try number())
    case 7: return .precede(try segment())
    case 8: return .precede(try claimedSegment())
    case 9: return .precede(try stampedSegment())
    case let other: throw .unreadable("fault \(other)")
    }
  }

  mutating func segment() throws(RecordingError) -> ForgedSegment {
    var segment = ForgedSegment(
      from: try host(), sourcePort: try unsigned(UInt16.self),
      destinationPort: try unsigned(UInt16.self),
      sequence: SequenceNumber(try unsigned(UInt32.self)),
      acknowledgment: SequenceNumber(try unsigned(UInt32.self)),
      flags: TCPFlags(rawValue: try unsigned(UInt8.self)), window: try unsigned(UInt16.self),
      payload: try list())
    segment.maximumSegmentSize = try optional { (reader) throws(RecordingError) in
      try reader.unsigned(UInt16.self)
    }
    return segment
  }

  /// One that claims another address, or many.
  mutating func claimedSegment() throws(RecordingError) -> ForgedSegment {
    var segment = try segment()
    segment.source = try optional { (reader) throws(RecordingError) in try reader.ipv4() }
    segment.count = try int(1...ForgedSegment.largestCount)
    return segment
  }

  /// One with timestamps.
  mutating func stampedSegment() throws(RecordingError) -> ForgedSegment {
    var segment = try claimedSegment()
    segment.timestamps = TCPTimestamps(
      value: try unsigned(UInt32.self), echo: try unsigned(UInt32.self))
    return segment
  }
}
