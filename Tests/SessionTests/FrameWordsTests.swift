import Capture
import Session
import Testing
import Wire

/// Frames of other programs in words.
@Suite struct FrameWordsTests {
  static let addresses: [UInt8] = [2, 0, 0, 0, 0, 10] + [2, 0, 0, 0, 0, 80]

  /// The fixed header of IPv6, from 2001:db8::1 to fe80::2:0:0:3.
  static func ipv6(next: UInt8, _ content: [UInt8]) -> [UInt8] {
    [0x60, 0, 0, 0, 0, UInt8(content.count), next, 64]
      + [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
      + [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3] + content
  }

  @Test(arguments: [
    (UInt8(6), "[2001:db8::1]:80 → [fe80::2:0:0:3]:443", "IPv6 TCP"),
    (17, "[2001:db8::1]:80 → [fe80::2:0:0:3]:443", "IPv6 UDP"),
    (58, "2001:db8::1 → fe80::2:0:0:3", "IPv6 ICMPv6 data 4"),
    (0, "2001:db8::1 → fe80::2:0:0:3", "IPv6 next header 0 data 4"),
  ])
  func ipv6IsNamed(next: UInt8, ends: String, what: String) {
    let frame = Self.addresses + [0x86, 0xdd] + Self.ipv6(next: next, [0, 80, 1, 187])
    let text = FrameWords(frame).text
    #expect(text.hasPrefix(ends + "\n" + what), "\(text)")
    #expect(FrameWords.source(of: frame) == "2001:db8::1")
  }

  @Test func aTagIsNamed() {
    let tag: [UInt8] = [0x81, 0x00, 0x00, 12]
    let frame = Self.addresses + tag + [0x86, 0xdd] + Self.ipv6(next: 58, [1, 2])
    #expect(FrameWords(frame).text.contains("IPv6 ICMPv6 data 2 · VLAN 12"))
    let short = Self.addresses + tag.prefix(3)
    #expect(FrameWords(short).text.contains("VLAN ?"))
  }

  @Test(arguments: [
    ([UInt8](), "? → ?", "?"), ([0x00, 0x27], "IEEE 802.3 length 39", "02:00:00:00:00:50"),
    ([0x88, 0xcc], "type 0x88cc", "02:00:00:00:00:50"),
    ([0x86, 0xdd], "IPv6", "02:00:00:00:00:50"),
    ([0x08, 0x00], "IPv4", "02:00:00:00:00:50"),
  ])
  func whatIsNoPacketIsNamed(type: [UInt8], words: String, source: String) {
    let frame = type.isEmpty ? [] : Self.addresses + type
    #expect(FrameWords(frame).text.contains(words), "\(FrameWords(frame).text)")
    #expect(FrameWords.source(of: frame) == source)
  }

  /// The conversation inside of a tag is followed as any other.
  @Test func aTaggedConversationIsAConnection() throws {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "trunk")
    for frame in Runs.visit(seed: 2).frames {
      let tagged = frame.octets[..<12] + [0x81, 0x00, 0x00, 0x07] + frame.octets[12...]
      writer.packet(Array(tagged), nanoseconds: frame.sentAt.nanoseconds)
    }
    let observation = Observation(CaptureFile.parse(writer.octets))
    let connection = try #require(observation.connections.first)
    #expect(connection.knowledge[0].iss != nil && connection.frames.count > 5)
    #expect(
      connection.octets
        == connection.frames.reduce(0) { $0 + observation.frames[$1].originalLength })
  }

  /// The connection as its first frames tell is what a capture of these frames alone tells.
  @Test func whatTheFirstFramesTell() {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "eth0")
    for frame in Runs.disturbed(seed: 3).frames {
      writer.packet(frame.octets, nanoseconds: frame.sentAt.nanoseconds)
    }
    let file = CaptureFile.parse(writer.octets)
    let whole = Observation(file)
    for (place, connection) in whole.connections.enumerated() {
      #expect(whole.connection(place, upTo: 0).frames.isEmpty)
      for count in 1...connection.frames.count {
        let part = whole.connection(place, upTo: count)
        let last = whole.frames[connection.frames[count - 1]]
        let side = part.ends.firstIndex { $0 == last.unit?.source }
        #expect(side.flatMap { part.knowledge[$0].state } == last.state)
        #expect(part.frames == Array(connection.frames.prefix(count)))
      }
    }
  }
}
