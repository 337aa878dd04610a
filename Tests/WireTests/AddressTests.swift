import Testing
import Wire

@Suite struct AddressTests {
  @Test func addressesLieInMemoryInNetworkOrder() {
    #expect(MemoryLayout<IPv4Address>.size == 4 && MemoryLayout<MACAddress>.size == 6)
    #expect(MemoryLayout<IPv4Address>.stride == 4 && MemoryLayout<MACAddress>.stride == 6)
    let octets = withUnsafeBytes(of: IPv4Address(192, 0, 2, 10)) { Array($0) }
    #expect(octets == [192, 0, 2, 10])
    #expect(IPv4Address(192, 0, 2, 10).value == 0xc000_020a)
    #expect(IPv4Address(value: 0xc000_020a) == IPv4Address(192, 0, 2, 10))
  }

  @Test(arguments: ["0.0.0.0", "192.0.2.10", "255.255.255.255"])
  func ipv4TextGoesThereAndBack(text: String) throws {
    #expect(try #require(IPv4Address(text)).description == text)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1..2.3", "01.2.3.4", "1.2.3.4 ", "+1.2.3.4", "-1.2.3.4",
    "a.b.c.d", "1.2.3.", "٣.1.1.1",
  ])
  func otherTextIsNoIPv4Address(text: String) { #expect(IPv4Address(text) == nil) }

  @Test func macTextGoesThereAndBack() throws {
    let address = try #require(MACAddress("02:00:00:00:00:0A"))
    #expect(address == MACAddress(2, 0, 0, 0, 0, 10))
    #expect(address.description == "02:00:00:00:00:0a")
    #expect(MACAddress("02-00-00-00-00-0a") == address)
  }

  @Test(arguments: [
    "", "02:00:00:00:00", "02:00:00:00:00:0a:01", "2:0:0:0:0:a", "02:00:00:00:00:0g",
    "+2:00:00:00:00:0a", "0200:00:00:00:0a",
  ])
  func otherTextIsNoMACAddress(text: String) { #expect(MACAddress(text) == nil) }

  @Test func kindsOfAddresses() {
    #expect(MACAddress.broadcast.isGroup && MACAddress(1, 0, 0x5e, 0, 0, 1).isGroup)
    #expect(!KnownFrame.clientMAC.isGroup)
    #expect(IPv4Address(224, 0, 0, 1).isMulticast && IPv4Address(239, 1, 1, 1).isMulticast)
    #expect(!IPv4Address(223, 255, 255, 255).isMulticast && !IPv4Address.broadcast.isMulticast)
    #expect(IPv4Address(127, 0, 0, 1).isLoopback && !IPv4Address(128, 0, 0, 1).isLoopback)
  }

  @Test func flagsHaveTheBitsOfTheRFC() {
    let all: [(TCPFlags, UInt8)] = [
      (.fin, 1), (.syn, 2), (.rst, 4), (.psh, 8), (.ack, 16), (.urg, 32), (.ece, 64), (.cwr, 128),
    ]
    for (flag, bit) in all { #expect(flag.rawValue == bit) }
    #expect(TCPFlags([.ack, .fin]).description == "FIN ACK")
    #expect(TCPFlags().description == "")
    #expect(TCPFlags(rawValue: 0xff).description == "SYN FIN RST PSH ACK URG ECE CWR")
  }
}

@Suite struct SequenceNumberTests {
  static let last = SequenceNumber(0xffff_ffff)
  static let first = SequenceNumber(0)

  @Test func circleCloses() {
    #expect(Self.last + 1 == Self.first)
    #expect(Self.last + UInt32(2) == SequenceNumber(1))
    #expect(Self.first - 1 == Self.last)
    #expect(Self.first - UInt32(1) == Self.last)
    #expect(Self.first + (-1) == Self.last)
    var number = Self.last
    number += 1
    number += UInt32(4)
    #expect(number == SequenceNumber(4))
    #expect(Self.first.distance(from: Self.last) == 1)
    #expect(Self.last.distance(from: Self.first) == 0xffff_ffff)
    #expect(Self.last.signedDistance(from: Self.first) == -1)
  }

  @Test(arguments: [UInt32(0), 1, 0x7fff_fffe, 0x8000_0000, 0xffff_fffe, 0xffff_ffff])
  func orderHoldsAllAroundTheCircle(start: UInt32) {
    let here = SequenceNumber(start)
    for step in [UInt32(1), 2, 1460, 0x7fff_ffff] {
      let later = here + step
      #expect(here.isBefore(later) && here.isAtOrBefore(later))
      #expect(!here.isAfter(later) && !here.isAtOrAfter(later))
      #expect(later.isAfter(here) && later.isAtOrAfter(here))
      #expect(!later.isBefore(here) && !later.isAtOrBefore(here))
    }
    #expect(here.isAtOrBefore(here) && here.isAtOrAfter(here))
    #expect(!here.isBefore(here) && !here.isAfter(here))
  }

  @Test(arguments: [UInt32(0), 0xffff_fff0, 0x7fff_fff0])
  func windowIncludesItsStartAndNotItsEnd(start: UInt32) {
    let here = SequenceNumber(start)
    #expect(here.isWithin(from: here, count: 100))
    #expect((here + 99).isWithin(from: here, count: 100))
    #expect(!(here + 100).isWithin(from: here, count: 100))
    #expect(!(here - 1).isWithin(from: here, count: UInt32(100)))
    #expect(!here.isWithin(from: here, count: 0))
    #expect(!here.isWithin(from: here, count: -1))
  }

  @Test func descriptionHasEightDigits() {
    #expect(SequenceNumber(0x1f).description == "0x0000001f")
  }
}
