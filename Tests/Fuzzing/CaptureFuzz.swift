import Capture
import Screen
import Session
import Wire

/// Frames: layers, payload and padding follow one another and end where the frame does.
enum DissectionFuzz {
  static func take(_ octets: [UInt8]) throws(Finding) {
    let dissection = Dissection(frame: octets)
    var end = 0
    for layer in dissection.layers {
      try require(layer.range.lowerBound == end, "\(layer.kind) begins at \(layer.range)")
      end = layer.range.upperBound
    }
    try require(
      Set(dissection.layers.map(\.kind)).count == dissection.layers.count, "a layer twice")
    try require(dissection.payload.lowerBound == end, "payload at \(dissection.payload)")
    try require(
      dissection.payload.upperBound <= dissection.padding.lowerBound
        && dissection.padding.upperBound == octets.count, "padding at \(dissection.padding)")
    if let problem = dissection.problem {
      try require(!problem.description.isEmpty, "a problem without words")
    } else {
      try require(!dissection.layers.isEmpty, "no layer and no problem")
    }
    for layer in dissection.layers {
      let header = Array(octets[layer.range])
      for field in HeaderFormat.fields(in: header.span.bytes, layer.kind) {
        _ = field.value(in: header.span.bytes)
      }
    }
    let lines = FrameWords(octets).text.split(separator: "\n")
    try require(lines.count == 2, "a frame takes two lines, not \(lines.count)")
  }
}

/// Capture files: what is read lies in the file, is no more than the file holds, and comes back.
enum CaptureFuzz {
  static func pcap(_ octets: [UInt8]) throws(Finding) {
    let file = CaptureFile.parse(octets)
    guard file.format != .pcapng else { return }
    try check(file, octets, leastRecord: 16)
    try require(file.interfaces.count <= 1, "\(file.interfaces.count) interfaces")
  }

  static func pcapng(_ octets: [UInt8]) throws(Finding) {
    let file = CaptureFile.parse(octets)
    guard file.format != .pcap else { return }
    try check(file, octets, leastRecord: 16)
    for block in file.customBlocks {
      try require(block.data.count <= octets.count, "more custom data than the file has")
      if let content = block.content {
        try require(content.count <= block.data.count, "more content than data")
      }
    }
    if let parts = try? Recording.parts(in: file) {
      try require(!parts.isEmpty, "a recording of nothing")
    }
  }

  private static func check(
    _ file: CaptureFile, _ octets: [UInt8], leastRecord: Int
  ) throws(Finding) {
    let frames = file.frames
    let content = frames.reduce(0) { $0 + $1.octets.count + leastRecord }
    try require(content <= octets.count, "\(frames.count) frames in \(octets.count) octets")
    var last = -1
    for frame in frames {
      try require(frame.offset > last && frame.offset < octets.count, "frame at \(frame.offset)")
      try require(file.interfaces.indices.contains(frame.interface), "on no interface")
      try require(frame.originalLength >= 0, "\(frame.originalLength) octets on the wire")
      last = frame.offset
    }
    for fault in file.faults {
      try require((0...octets.count).contains(fault.offset), "a fault at \(fault.offset)")
      try require(!fault.description.isEmpty, "a fault without words")
    }
    if file.format == nil { try require(!file.faults.isEmpty, "no capture and no fault") }
    try prefixHolds(file, octets)
    try comesBack(frames)
  }

  /// Half of a file holds the first of its frames, and never others.
  private static func prefixHolds(_ file: CaptureFile, _ octets: [UInt8]) throws(Finding) {
    let part = CaptureFile.parse(Array(octets.prefix(octets.count / 2))).records
    try require(part.count <= file.records.count, "half of the file has more records")
    try require(part.elementsEqual(file.records.prefix(part.count)), "half of the file has others")
  }

  private static func comesBack(_ frames: [CaptureFile.Frame]) throws(Finding) {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "any")
    for frame in frames {
      writer.packet(
        frame.octets, nanoseconds: frame.nanoseconds ?? 0, comments: frame.comments)
    }
    let again = CaptureFile.parse(writer.octets)
    try require(again.faults.isEmpty, "what was written is damaged: \(again.faults)")
    try require(again.frames.map(\.octets) == frames.map(\.octets), "other frames come back")
    try require(again.frames.map(\.comments) == frames.map(\.comments), "other comments come back")
  }
}

/// Connections from frames. The octets are a list of segments between a few ends, so that chance finds connections.
enum ObservationFuzz {
  static func take(_ octets: [UInt8]) throws(Finding) {
    var input = FuzzInput(octets)
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "any")
    var time: UInt64 = 0
    while !input.isAtEnd, writer.octets.count < 40_000 {
      time += UInt64(input.octet()) << (input.octet() & 31)
      writer.packet(frame(&input), nanoseconds: time)
    }
    let observation = Observation(CaptureFile.parse(writer.octets))
    try check(observation)
    for chosen in [nil, observation.connections.first] {
      let text = ObservationPrint.text(
        observation, frameCount: observation.frames.count, chosen: chosen, name: "any", .en)
      try require(!text.isEmpty, "nothing to say")
    }
  }

  private static func check(_ observation: Observation) throws(Finding) {
    for (place, connection) in observation.connections.enumerated() {
      try require(connection.number == place + 1, "number \(connection.number) at \(place)")
      try require(connection.ends.count == 2, "\(connection.ends.count) ends")
      try require(!connection.frames.isEmpty, "a connection without frames")
      for frame in connection.frames {
        try require(
          observation.frames[frame].connection == place, "frame \(frame) is of another connection")
      }
    }
    let listed = observation.connections.reduce(0) { $0 + $1.frames.count }
    let known = observation.frames.count { $0.connection != nil }
    try require(listed == known, "\(listed) frames are listed, \(known) have a connection")
  }

  /// A segment from one of two machines and four ports to the other, or octets as they come.
  private static func frame(_ input: inout FuzzInput) -> [UInt8] {
    let kind = input.octet()
    if kind & 0xf0 == 0xf0 { return input.octets(Int(input.octet())) }
    var options = TCPOptions()
    if kind & 8 != 0 { options.windowScale = input.octet() }
    let isAnswer = kind & 1 != 0
    let (one, other) = (UInt16(1000) + UInt16(kind >> 1 & 1), UInt16(80) + UInt16(kind >> 2 & 1))
    let header = TCPHeader(
      sourcePort: isAnswer ? other : one, destinationPort: isAnswer ? one : other,
      sequence: input.sequence(), acknowledgment: input.sequence(),
      flags: TCPFlags(rawValue: input.octet()), window: UInt16(input.octet()) << 8,
      options: options)
    let data = [UInt8](repeating: 7, count: Int(input.octet() & 31))
    return FuzzFrame.tcp(header, data, isAnswer: isAnswer)
  }
}
