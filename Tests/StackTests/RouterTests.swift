import Stack
import Testing
import Wire

/// A router by RFC 1812: what goes on, what does not, and who is told.
@Suite struct RouterTests {
  /// Every octet but TTL, checksum and the MAC header stays.
  @Test func aPacketGoesOnWithOneLessToLive() throws {
    var bench = RouterBench()
    let packet = RouterBench.packet()
    let sent = try bench.forward(packet)
    try #require(sent.count == 1)
    #expect(sent[0].interface == 1)
    #expect(sent[0].ethernet.source == RouterBench.farPort.mac)
    #expect(sent[0].ethernet.destination == RouterBench.far.mac)
    var expected = packet
    expected[8] = 63
    expected[10] &+= 1
    // One less in the upper octet of a word makes the complement's sum one more there.
    #expect(sent[0].packet == expected)
    #expect(sent[0].hasGoodHeader)
    let events = bench.journal.moments.filter { $0.layer == .ip }
    #expect(events.map(\.event) == [.routeChosen, .ruleApplied, .packetForwarded])
    #expect(events.map(\.rule) == [.forwardRoute, .forwardTimeToLive, .forwardChecksum])
    #expect(events.map(\.value) == [UInt64(RouterBench.far.address.value), 63, 58])
    #expect(bench.host.memory.count == 0)
  }

  /// The way back leaves by the other adapter.
  @Test func bothDirections() throws {
    var bench = RouterBench()
    let packet = RouterBench.packet {
      $0.source = RouterBench.far.address
      $0.destination = RouterBench.near.address
    }
    let frame = RouterBench.frame(
      packet, from: RouterBench.far.mac, to: RouterBench.farPort.mac)
    let sent = try bench.deliver(frame, interface: 1)
    #expect(sent.map(\.interface) == [0])
    #expect(sent.first?.ethernet.destination == RouterBench.near.mac)
    #expect(sent.first?.ethernet.source == RouterBench.nearPort.mac)
    // The other adapter's address in a frame means nothing here.
    #expect(try bench.deliver(frame, interface: 0).isEmpty)
    #expect(bench.reasons == [.notMyAddress])
  }

  /// RFC 1624 §3: the changed checksum is the one that a fresh sum gives, for every TTL.
  @Test(arguments: [UInt16(0), 0x1234, 0xfeff, 0xffff, 77])
  func theChangedChecksumIsRight(identification: UInt16) throws {
    for life in UInt8(2)...255 {
      var bench = RouterBench()
      let sent = try bench.forward(
        RouterBench.packet {
          $0.identification = identification
          $0.timeToLive = life
        })
      try #require(sent.count == 1)
      #expect(try sent[0].ip.timeToLive == life - 1)
      #expect(sent[0].hasGoodHeader)
    }
  }

  /// RFC 792, RFC 1812 §4.3.2: type, code, the whole packet as it came, the near adapter's address.
  @Test(arguments: [UInt8(0), 1]) func timeExceeded(life: UInt8) throws {
    var bench = RouterBench()
    let packet = RouterBench.packet { $0.timeToLive = life }
    let sent = try bench.forward(packet)
    try #require(sent.count == 1)
    try Self.expectError(sent[0], 11, 0, quoting: packet)
    #expect(try sent[0].icmp.rest == 0)
    #expect(bench.reasons == [.timeToLive])
    #expect(bench.rules.contains(.timeExceeded))
  }

  @Test func noRoute() throws {
    var bench = RouterBench()
    let packet = RouterBench.packet { $0.destination = IPv4Address(203, 0, 113, 5) }
    let sent = try bench.forward(packet)
    try #require(sent.count == 1)
    try Self.expectError(sent[0], 3, 0, quoting: packet)
    #expect(bench.reasons == [.noRoute])
  }

  /// Nobody answers three questions: one of the packets that waited is reported (RFC 1812 §3.3.2).
  @Test func hostUnreachable() throws {
    var bench = RouterBench()
    let packet = RouterBench.packet { $0.destination = IPv4Address(198, 51, 100, 99) }
    var sent = try bench.forward(packet)
    sent += try bench.forward(packet)
    #expect(sent.map(\.ethernet.type) == [.arp])
    #expect(sent.map(\.interface) == [1])
    let question = try ARPPacket(parsing: sent[0].packet)
    #expect(question.senderIP == RouterBench.farPort.address)
    #expect(question.senderMAC == RouterBench.farPort.mac)
    #expect(question.targetIP == IPv4Address(198, 51, 100, 99))
    #expect(try bench.fireNext().map(\.ethernet.type) == [.arp])
    #expect(try bench.fireNext().map(\.ethernet.type) == [.arp])
    let last = try bench.fireNext()
    try #require(last.count == 1)
    // TTL and checksum have changed before the question: a router need not undo that (§4.3.2.3).
    var quoted = packet
    quoted[8] = 63
    quoted[10] &+= 1
    try Self.expectError(last[0], 3, 1, quoting: quoted)
    #expect(bench.reasons == [.neighbourUnanswered])
  }

  /// RFC 1191 §4: the next link's MTU stands in the message.
  @Test func fragmentationNeeded() throws {
    var bench = RouterBench { $0.otherInterfaces[0].maximumTransmissionUnit = 600 }
    let packet = RouterBench.packet(data: 600)
    let sent = try bench.forward(packet)
    try #require(sent.count == 1)
    try Self.expectError(sent[0], 3, 4, quoting: Array(packet.prefix(548)))
    #expect(try sent[0].ip.totalLength == 576)
    #expect(try sent[0].icmp.rest == 600)
    #expect(bench.reasons == [.tooLarge])
    // What fits goes on.
    #expect(try bench.forward(RouterBench.packet(data: 572)).map(\.interface) == [1])
  }

  /// Without DF the packet is cut up, and its parts put together are the packet (RFC 791 §3.2).
  @Test(arguments: [68, 100, 301, 576]) func aPacketIsCutUp(largest: Int) throws {
    var bench = RouterBench { $0.otherInterfaces[0].maximumTransmissionUnit = largest }
    let options: [UInt8] = [0x94, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0]
    let packet = RouterBench.packet(data: 700) {
      $0.dontFragment = false
      $0.options = options
    }
    let sent = try bench.forward(packet)
    #expect(sent.count > 1)
    var payload: [UInt8] = []
    for (place, part) in sent.enumerated() {
      let header = try part.ip
      #expect(part.packet.count <= largest)
      #expect(part.hasGoodHeader)
      #expect(header.timeToLive == 63)
      #expect(header.identification == 77)
      #expect(Int(header.fragmentOffset) * 8 == payload.count)
      #expect(header.moreFragments == (place < sent.count - 1))
      // Only the router alert is copied into each part; the record route is not.
      #expect(header.options == (place == 0 ? options : [0x94, 4, 0, 0]))
      payload += part.packet.dropFirst(header.headerLength)
    }
    #expect(payload == Array(packet.dropFirst(32)))
    #expect(bench.reasons.isEmpty)
  }

  static func expectError(
    _ sent: RouterBench.Sent, _ type: UInt8, _ code: UInt8, quoting packet: [UInt8]
  ) throws {
    let ip = try sent.ip
    #expect(sent.interface == 0)
    #expect(sent.ethernet.destination == RouterBench.near.mac)
    #expect(ip.protocol == .icmp)
    #expect(ip.source == RouterBench.nearPort.address)
    #expect(ip.destination == RouterBench.near.address)
    #expect(ip.dscp == 48)
    #expect(ip.timeToLive == 64)
    #expect(sent.hasGoodHeader)
    #expect(try sent.icmp.type == type)
    #expect(try sent.icmp.code == code)
    #expect(sent.hasGoodMessage)
    #expect(sent.quoted == packet)
  }
}

/// What a router keeps silent about, and what it does not pass on.
@Suite struct RouterSilenceTests {
  /// Packets that would bring an error but for what they are (RFC 1812 §4.3.2.7).
  static let unreported: [(String, [UInt8])] = [
    (
      "an ICMP error",
      RouterBench.packet(
        [11, 0, 0xf4, 0xff, 0, 0, 0, 0] + RouterBench.packet().prefix(28), .icmp
      ) { $0.timeToLive = 1 }
    ),
    (
      "a later fragment",
      RouterBench.packet {
        $0.timeToLive = 1
        $0.dontFragment = false
        $0.fragmentOffset = 185
      }
    ),
  ]

  @Test(arguments: unreported) func noErrorAbout(_ what: String, packet: [UInt8]) throws {
    var bench = RouterBench()
    #expect(try bench.forward(packet).isEmpty)
    #expect(bench.reasons == [.timeToLive])
  }

  /// A question that nobody can deliver is reported all the same, as is a first fragment.
  @Test func errorsAboutOtherMessagesAndFirstFragments() throws {
    var bench = RouterBench()
    let echo: [UInt8] = [8, 0, 0xf7, 0xff, 0, 0, 0, 0]
    #expect(try bench.forward(RouterBench.packet(echo, .icmp) { $0.timeToLive = 1 }).count == 1)
    let first = RouterBench.packet {
      $0.timeToLive = 1
      $0.dontFragment = false
      $0.moreFragments = true
    }
    #expect(try bench.forward(first).count == 1)
  }

  /// Addresses that may not cross a router.
  @Test(arguments: [
    IPv4Address(127, 0, 0, 1), IPv4Address(224, 0, 0, 1), IPv4Address(0, 0, 0, 7),
    IPv4Address(192, 0, 2, 255), IPv4Address(198, 51, 100, 1), .broadcast,
  ])
  func aSourceThatCannotBe(source: IPv4Address) throws {
    var bench = RouterBench()
    #expect(try bench.forward(RouterBench.packet { $0.source = source }).isEmpty)
    #expect(bench.reasons == [.sourceInvalid])
  }

  /// What every host on a link got is passed on by nobody (RFC 1812 §5.3.4), nor are packets for all hosts
  /// of a link (RFC 2644).
  @Test func broadcastsStayOnTheirLink() throws {
    var bench = RouterBench()
    #expect(try bench.forward(RouterBench.packet(), to: .broadcast).isEmpty)
    #expect(bench.reasons == [.notMyIPAddress])
    for address in [IPv4Address.broadcast, IPv4Address(198, 51, 100, 255)] {
      #expect(try bench.forward(RouterBench.packet { $0.destination = address }).isEmpty)
    }
    #expect(!bench.rules.contains(.forwardRoute))
  }

  /// A host that is no router passes nothing on and says nothing (RFC 1122 §3.2.1.3).
  @Test func aHostWithTwoAdaptersIsNoRouter() throws {
    var bench = RouterBench { $0.forwards = false }
    #expect(try bench.forward(RouterBench.packet()).isEmpty)
    #expect(bench.reasons == [.notMyIPAddress])
  }

  /// A router that does not follow the rule stays silent; it drops the packet all the same.
  @Test func aSilentRouter() throws {
    var bench = RouterBench { $0.rulesNotFollowed = [.timeExceeded] }
    #expect(try bench.forward(RouterBench.packet { $0.timeToLive = 1 }).isEmpty)
    #expect(bench.reasons == [.timeToLive])
  }

  /// Each adapter answers for its own address, with its own.
  @Test func arpOnEachLink() throws {
    var bench = RouterBench()
    for (interface, port, asker) in [
      (0, RouterBench.nearPort, RouterBench.near), (1, RouterBench.farPort, RouterBench.far),
    ] {
      var octets = [UInt8](repeating: 0, count: 42)
      EthernetHeader(destination: .broadcast, source: asker.mac, type: .arp)
        .write(into: &octets, at: 0)
      ARPPacket(
        operation: .request, senderMAC: asker.mac, senderIP: asker.address,
        targetMAC: MACAddress(0, 0, 0, 0, 0, 0), targetIP: port.address
      ).write(into: &octets, at: 14)
      let frame = EthernetLine.padded(octets)
      #expect(try bench.deliver(frame, interface: 1 - interface).isEmpty)
      let sent = try bench.deliver(frame, interface: interface)
      try #require(sent.count == 1)
      let answer = try ARPPacket(parsing: sent[0].packet)
      #expect(sent[0].interface == interface)
      #expect(sent[0].ethernet.source == port.mac)
      #expect(answer.senderMAC == port.mac)
      #expect(answer.senderIP == port.address)
      #expect(answer.targetMAC == asker.mac)
    }
  }

  /// A ping to the far adapter's address from the near side is answered from that address.
  @Test func aRouterAnswersForAllItsAddresses() throws {
    var bench = RouterBench()
    let echo: [UInt8] = [8, 0, 0xf7, 0xff, 0, 0, 0, 0]
    let sent = try bench.forward(
      RouterBench.packet(echo, .icmp) { $0.destination = RouterBench.farPort.address })
    try #require(sent.count == 1)
    #expect(sent[0].interface == 0)
    #expect(try sent[0].ip.source == RouterBench.farPort.address)
    #expect(try sent[0].icmp.type == 0)
    #expect(!bench.rules.contains(.forwardRoute))
  }

  /// The longest prefix wins, whatever the order (RFC 1812 §5.2.4.3).
  @Test func theMostSpecificRouteWins() throws {
    let hops = [
      IPv4Address(198, 51, 100, 2), IPv4Address(198, 51, 100, 3), IPv4Address(192, 0, 2, 4),
    ]
    for order in [[0, 1], [1, 0]] {
      let routes = [
        StaticRoute(to: IPv4Address(203, 0, 113, 0), prefixLength: 24, through: hops[0]),
        StaticRoute(to: IPv4Address(203, 0, 113, 64), prefixLength: 26, through: hops[1]),
      ]
      var bench = RouterBench {
        $0.routes = order.map { routes[$0] }
        $0.gateway = hops[2]
        for (place, hop) in hops.enumerated() {
          $0.knownNeighbours[hop] = MACAddress(2, 0, 0, 0, 9, UInt8(place))
        }
      }
      for (last, hop) in [(5, 0), (70, 1), (128, 0)] {
        let sent = try bench.forward(
          RouterBench.packet { $0.destination = IPv4Address(203, 0, 113, UInt8(last)) })
        #expect(sent.map(\.ethernet.destination) == [MACAddress(2, 0, 0, 0, 9, UInt8(hop))])
      }
      let sent = try bench.forward(
        RouterBench.packet { $0.destination = IPv4Address(203, 0, 114, 1) })
      #expect(sent.map(\.ethernet.destination) == [MACAddress(2, 0, 0, 0, 9, 2)])
      #expect(sent.map(\.interface) == [0])
    }
  }
}
