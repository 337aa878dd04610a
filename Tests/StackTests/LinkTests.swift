import Testing
import Wire

@testable import Stack

/// Ethernet, ARP and IP: what is let in, what is asked, what is dropped and why.
@Suite struct LinkTests {
  private static let syn: [UInt8] = Peer.frame(
    TCPHeader(
      sourcePort: 4000, destinationPort: 80, sequence: SequenceNumber(10), flags: .syn, window: 100)
  )

  private func drop(
    _ octets: [UInt8], checkSequence: UInt32? = nil,
    _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> DropReason? {
    var peer = Peer(configure)
    try peer.listen()
    peer.journal = Journal(isLooking: true)
    try peer.host.receive(
      LinkFrame(octets: octets, frameCheckSequence: checkSequence), at: peer.now, &peer.journal)
    let reasons = peer.journal.moments.compactMap(\.reason)
    #expect(reasons.count <= 1)
    #expect((peer.connection == nil) == (reasons.count == 1))
    let answer = peer.host.takeFrame()
    #expect(answer == nil || reasons.isEmpty, "nothing answers what is dropped here")
    return reasons.first
  }

  private func changed(_ offset: Int, _ octet: UInt8) -> [UInt8] {
    var octets = Self.syn
    octets[offset] = octet
    return octets
  }

  private func packet(_ change: (inout IPv4Header) -> Void) -> [UInt8] {
    Peer.packet(Array(Self.syn[34..<54]), .tcp, change: change)
  }

  @Test func framesAreCheckedAndFiltered() throws {
    let sum = FrameCheckSequence.of(Self.syn)
    #expect(try drop(Self.syn) == nil)
    #expect(try drop(Self.syn, checkSequence: sum) == nil)
    #expect(try drop(Self.syn, checkSequence: sum ^ 1) == .frameCheckSequence)
    #expect(try drop(changed(5, 0x51)) == .notMyAddress)
    #expect(try drop(changed(12, 0x86)) == .noHandler)
    #expect(try drop(Array(Self.syn[..<13])) == .headerMalformed)
  }

  @Test func packetsAreChecked() throws {
    #expect(try drop(changed(14, 0x65)) == .headerMalformed, "version 6")
    #expect(try drop(changed(14, 0x44)) == .headerMalformed, "IHL 4")
    #expect(try drop(changed(24, Self.syn[24] ^ 1)) == .ipChecksum)
    #expect(try drop(packet { $0.totalLength = 2000 }) == .headerMalformed)
    #expect(try drop(packet { $0.totalLength = 19 }) == .headerMalformed)
    #expect(try drop(packet { $0.moreFragments = true }) == .fragment)
    #expect(try drop(packet { $0.fragmentOffset = 1 }) == .fragment)
    #expect(try drop(packet { $0.destination = IPv4Address(192, 0, 2, 81) }) == .notMyIPAddress)
    #expect(try drop(changed(50, Self.syn[50] ^ 1)) == .tcpChecksum)
  }

  /// RFC 1122 §3.2.1.3 and RFC 9293 MUST-63: these can be no sender's address.
  @Test(arguments: [
    IPv4Address.any, .broadcast, IPv4Address(224, 0, 0, 1), IPv4Address(127, 0, 0, 1),
    IPv4Address(192, 0, 2, 255), Peer.hostAddress,
  ]) func sourcesThatCannotBe(source: IPv4Address) throws {
    #expect(try drop(packet { $0.source = source }) == .sourceInvalid)
  }

  /// RFC 9293 MUST-57: a SYN to a broadcast address is discarded silently.
  @Test func tcpIsForOneHostOnly() throws {
    func broadcast(_ address: IPv4Address) -> [UInt8] {
      var segment = Array(Self.syn[34..<54])
      (segment[16], segment[17]) = (0, 0)
      Peer.put(
        TCPHeader.checksum(of: segment.span.bytes, source: Peer.address, destination: address),
        into: &segment, at: 16)
      return Peer.packet(segment, .tcp) { $0.destination = address }
    }
    #expect(try drop(broadcast(.broadcast)) == .headerMalformed)
    #expect(try drop(broadcast(IPv4Address(192, 0, 2, 255))) == .headerMalformed)
    // RFC 1122 §3.3.6: one host's packet in a frame for all.
    var frame = Self.syn
    for offset in 0..<6 { frame[offset] = 0xff }
    #expect(try drop(frame) == .notMyIPAddress)
  }

  @Test func optionsOfThePacketAreCarriedOver() throws {
    #expect(
      try drop(
        packet {
          $0.options = [7, 7, 4, 0, 0, 0, 0, 0]
          $0.totalLength = 48
        }) == nil)
  }

  @Test func paddingIsNoText() throws {
    var peer = Peer()
    try peer.establish()
    let next = peer.connection?.sendNext.value
    try peer.send(.ack, 5001, next)
    #expect(peer.connection?.receiveQueue == 0)
  }

  // MARK: sending

  @Test func whatIsBehindTheRouterGoesToTheRouter() throws {
    let router = IPv4Address(192, 0, 2, 1)
    let far = IPv4Address(198, 51, 100, 80)
    var peer = Peer {
      $0.gateway = router
      $0.knownNeighbours = [router: MACAddress(2, 0, 0, 0, 0, 1)]
    }
    try peer.call(.socket(.stream))
    try peer.call(.connect(3, SocketAddress(far, 80)))
    let taken = peer.host.takeFrame()
    let frame = try #require(taken).octets
    #expect(try EthernetHeader(parsing: frame).destination == MACAddress(2, 0, 0, 0, 0, 1))
    #expect(try IPv4Header(parsing: Array(frame[14...])).destination == far)
  }

  @Test func aPacketThatNoFrameCanCarryIsDropped() throws {
    var peer = Peer()
    try peer.establish(options: TCPOptions(maximumSegmentSize: 1460))
    let slot = try #require(peer.connectionSlot)
    try peer.host.write(
      [0x88, 0x13], at: Field.mssEffective.description.offset, slot: slot, at: peer.now,
      &peer.journal)
    try peer.call(.send(4, [UInt8](repeating: 1, count: 5000)))
    #expect(try peer.answers().isEmpty)
    #expect(peer.journal.moments.contains { $0.reason == .tooLarge })
  }

  @Test func shortFramesArePadded() throws {
    var peer = Peer()
    _ = try peer.connect()
    var other = Peer()
    try other.call(.socket(.stream))
    try other.call(.connect(3, SocketAddress(Peer.address, 1)))
    let taken = other.host.takeFrame()
    let frame = try #require(taken)
    #expect(frame.octets.count == 60 && frame.octets[58...] == [0, 0])
    #expect(frame.frameCheckSequence == nil, "it is that of the octets")
  }
}

/// ARP: RFC 826 and RFC 1122 §2.3.2.
@Suite struct NeighbourTests {
  private static let other = MACAddress(2, 0, 0, 0, 0, 0x77)

  private func stranger() throws -> Peer {
    var peer = Peer { $0.knownNeighbours = [:] }
    try peer.call(.socket(.datagram))
    return peer
  }

  private func send(_ peer: inout Peer, _ octet: UInt8) throws {
    try peer.call(.sendTo(3, [octet], SocketAddress(Peer.address, 9)))
  }

  /// What lies in the adapter: ARP packets and the first octets of datagrams.
  private func frames(_ peer: inout Peer) throws -> [String] {
    var result: [String] = []
    while let frame = peer.host.takeFrame() {
      let header = try EthernetHeader(parsing: frame.octets)
      if header.type == .arp {
        let message = try ARPPacket(parsing: Array(frame.octets[14...]))
        result.append(
          (message.operation == .request ? "who has " : "tell ") + "\(message.targetIP)"
            + (header.destination == .broadcast ? " all" : ""))
      } else {
        result.append("datagram \(frame.octets[42]) to \(header.destination)")
      }
    }
    return result
  }

  @Test func askHoldAnswerSend() throws {
    var peer = try stranger()
    try send(&peer, 1)
    try send(&peer, 2)
    #expect(try frames(&peer) == ["who has 192.0.2.99 all"])
    try peer.host.receive(
      LinkFrame(octets: ARP.reply(from: Peer.address, Self.other)), at: peer.now, &peer.journal)
    #expect(
      try frames(&peer) == [
        "datagram 1 to 02:00:00:00:00:77", "datagram 2 to 02:00:00:00:00:77",
      ])
    try send(&peer, 3)
    #expect(try frames(&peer) == ["datagram 3 to 02:00:00:00:00:77"])
    #expect(peer.rules.contains(.arpCacheHit))
  }

  @Test func theQuestionIsRepeatedAndGivenUp() throws {
    var peer = try stranger()
    try send(&peer, 1)
    var asked = try frames(&peer).count
    let start = peer.now
    while let due = peer.host.nextDeadline {
      peer.now = due
      try peer.host.advance(to: due, &peer.journal)
      asked += try frames(&peer).count
    }
    #expect(asked == 3 && peer.now.since(start) == .seconds(3))
    #expect(peer.host.neighbours.entries.isEmpty)
    #expect(peer.journal.moments.last?.reason == .neighbourUnanswered)
    try send(&peer, 2)
    #expect(try frames(&peer) == ["who has 192.0.2.99 all"])
  }

  /// RFC 1122 §2.3.2.2: at least the newest is kept; here four are.
  @Test func theOldestInWaitingGoesFirst() throws {
    var peer = try stranger()
    for octet in UInt8(1)...6 { try send(&peer, octet) }
    #expect(peer.journal.moments.filter { $0.reason == .bufferFull }.count == 2)
    _ = try frames(&peer)
    try peer.host.receive(
      LinkFrame(octets: ARP.reply(from: Peer.address, Self.other)), at: peer.now, &peer.journal)
    #expect(try frames(&peer).map { $0.dropFirst(9).first } == ["3", "4", "5", "6"])
  }

  @Test func aRequestIsAnsweredAndTeaches() throws {
    var peer = try stranger()
    try peer.host.receive(
      LinkFrame(octets: ARP.request(from: Peer.address, Self.other)), at: peer.now, &peer.journal)
    #expect(try frames(&peer) == ["tell 192.0.2.99"])
    try send(&peer, 1)
    #expect(try frames(&peer) == ["datagram 1 to 02:00:00:00:00:77"])
  }

  /// RFC 826: a request for another host updates what is known but adds nothing.
  @Test func aRequestForOthersOnlyUpdates() throws {
    var peer = try stranger()
    let elsewhere = IPv4Address(192, 0, 2, 5)
    let request = ARP.request(from: Peer.address, Self.other, for: elsewhere)
    try peer.host.receive(LinkFrame(octets: request), at: peer.now, &peer.journal)
    #expect(peer.host.neighbours.entries.isEmpty)
    try peer.host.receive(
      LinkFrame(octets: ARP.reply(from: Peer.address, Peer.hardware)), at: peer.now, &peer.journal)
    try peer.host.receive(LinkFrame(octets: request), at: peer.now, &peer.journal)
    #expect(peer.host.neighbours.entries.map(\.hardwareAddress) == [Self.other])
  }

  @Test func aPermanentEntryIsNotPoisoned() throws {
    var peer = Peer()
    try peer.host.receive(
      LinkFrame(octets: ARP.reply(from: Peer.address, Self.other)), at: peer.now, &peer.journal)
    #expect(peer.host.neighbours.entries.map(\.hardwareAddress) == [Peer.hardware])
  }

  /// RFC 1122 §2.3.2.1.
  @Test func anOldAnswerIsNotTrusted() throws {
    var peer = try stranger()
    try peer.host.receive(
      LinkFrame(octets: ARP.reply(from: Peer.address, Self.other)), at: peer.now, &peer.journal)
    peer.now = peer.now + .seconds(60)
    try send(&peer, 1)
    #expect(try frames(&peer) == ["who has 192.0.2.99 all"])
    #expect(peer.rules.contains(.arpExpire))
  }

  @Test(arguments: [
    IPv4Address.any, .broadcast, IPv4Address(192, 0, 2, 255), IPv4Address(224, 0, 0, 1),
    Peer.hostAddress,
  ]) func addressesOfNobodyAreNotLearnt(address: IPv4Address) throws {
    var peer = try stranger()
    try peer.host.receive(
      LinkFrame(octets: ARP.request(from: address, Self.other)), at: peer.now, &peer.journal)
    #expect(peer.host.neighbours.entries.isEmpty)
  }

  @Test func aFloodOfStrangersFindsAnEnd() throws {
    var peer = Peer()
    for number in UInt32(0)..<2000 {
      let address = IPv4Address(value: IPv4Address(10, 0, 0, 1).value + number)
      peer.now = peer.now + .milliseconds(1)
      try peer.host.receive(
        LinkFrame(octets: ARP.request(from: address, Self.other)), at: peer.now, &peer.journal)
    }
    #expect(peer.host.neighbours.entries.count == NeighbourTable.entryLimit)
    #expect(peer.host.neighbours.entries[0].address == Peer.address)
  }

  @Test func aDamagedQuestionIsDropped() throws {
    var peer = try stranger()
    var request = ARP.request(from: Peer.address, Self.other)
    request[14] = 9
    try peer.host.receive(LinkFrame(octets: request), at: peer.now, &peer.journal)
    #expect(peer.journal.moments.last?.event == .arpDropped)
    #expect(try frames(&peer).isEmpty)
  }
}
