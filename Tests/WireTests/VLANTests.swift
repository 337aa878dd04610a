import Testing
import Wire

/// VLAN tags (IEEE 802.1Q) between the Ethernet header and the packet.
@Suite struct VLANTests {
  static let addresses: [UInt8] = [2, 0, 0, 0, 0, 10] + [2, 0, 0, 0, 0, 80]
  /// ARP, "who has 192.0.2.80?".
  static let arp: [UInt8] =
    [0, 1, 8, 0, 6, 4, 0, 1] + [2, 0, 0, 0, 0, 80, 192, 0, 2, 10] + [0, 0, 0, 0, 0, 0]
    + [192, 0, 2, 80]

  @Test func aTaggedFrameIsTakenApart() throws {
    let frame = Self.addresses + [0x81, 0x00, 0xb0, 0x0c, 0x08, 0x06] + Self.arp
    let dissection = Dissection(frame: frame)
    #expect(dissection.problem == nil)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .arp])
    #expect(dissection.layers.map(\.range) == [0..<18, 18..<46])
    let tag = try #require(dissection.tags.first)
    #expect(dissection.tags.count == 1)
    #expect((tag.priority, tag.isDropEligible, tag.id, tag.type) == (5, true, 12, .arp))
    #expect(dissection.type == .arp)
  }

  @Test func aTagInATagIsTakenApart() {
    let tags: [UInt8] = [0x88, 0xa8, 0x00, 0x64, 0x81, 0x00, 0x0f, 0xff, 0x08, 0x06]
    let dissection = Dissection(frame: Self.addresses + tags + Self.arp)
    #expect(dissection.tags.map(\.id) == [100, 4095])
    #expect(dissection.layers.map(\.kind) == [.ethernet, .arp])
    let header = (Self.addresses + tags).span.bytes
    let ids = HeaderFormat.fields(in: header, .ethernet).map(\.id)
    #expect(ids.filter { $0 == "vlan.id" }.count == 2)
    let first = HeaderFormat.field("vlan.id", in: header, .ethernet)
    #expect(first?.value(in: header) == .number(100))
  }

  /// A frame that ends within its tags is read as far as it goes.
  @Test(arguments: 14..<18) func aCutTagIsSaid(length: Int) {
    let frame = Self.addresses + [0x81, 0x00, 0xb0, 0x0c, 0x08, 0x06]
    let dissection = Dissection(frame: Array(frame.prefix(length)))
    #expect(dissection.layers.map(\.range) == [0..<14])
    #expect(dissection.tags.isEmpty && dissection.type == nil)
    #expect(dissection.problem?.field == "vlan.id")
  }

  /// The fields cover every bit of the header with its tag once.
  @Test func theFieldsCoverTheTag() {
    let header = Self.addresses + [0x81, 0x00, 0xb0, 0x0c, 0x08, 0x06]
    let fields = HeaderFormat.fields(in: header.span.bytes, .ethernet)
    var bit = 0
    for field in fields {
      #expect(field.bits.lowerBound == bit, "\(field.id)")
      bit = field.bits.upperBound
    }
    #expect(bit == header.count * 8)
  }
}
