import Testing
import Wire

@testable import Stack

/// UDP: RFC 768 and RFC 1122 §4.1.
@Suite struct DatagramTests {
  private func bound(_ configure: (inout HostConfiguration) -> Void = { _ in }) throws -> Peer {
    var peer = Peer(configure)
    try peer.call(.socket(.datagram))
    try peer.call(.bind(3, SocketAddress(.any, 53)))
    return peer
  }

  private let remote = SocketAddress(Peer.address, Peer.port)

  /// The UDP datagrams in the adapter: ports and data.
  private func datagrams(_ peer: inout Peer) throws -> [(UDPHeader, [UInt8])] {
    var result: [(UDPHeader, [UInt8])] = []
    while let frame = peer.host.takeFrame() {
      let ip = try IPv4Header(parsing: Array(frame.octets[14...]))
      guard ip.protocol == .udp else { continue }
      let octets = Array(frame.octets[34..<(14 + Int(ip.totalLength))])
      let isSound = UDPHeader.verify(
        octets.span.bytes, source: ip.source, destination: ip.destination)
      #expect(isSound)
      result.append((try UDPHeader(parsing: octets), Array(octets[8...])))
    }
    return result
  }

  @Test func aDatagramArrivesAndTheAnswerGoesBack() throws {
    var peer = try bound()
    #expect(try peer.call(.receiveFrom(3, limit: 100)) == .blocked)
    try peer.deliver(Peer.datagram([1, 2, 3], to: 53))
    #expect(peer.completions.map(\.result) == [.datagram([1, 2, 3], from: remote)])
    #expect(try peer.call(.sendTo(3, [4, 5], remote)) == .returned(2))
    let sent = try datagrams(&peer)
    #expect(sent.count == 1 && sent[0].1 == [4, 5])
    #expect(sent[0].0.sourcePort == 53 && sent[0].0.destinationPort == Peer.port)
  }

  @Test func borderlinesBetweenDatagramsAreKept() throws {
    var peer = try bound()
    try peer.deliver(Peer.datagram([1, 2, 3], to: 53))
    try peer.deliver(Peer.datagram([], to: 53))
    try peer.deliver(Peer.datagram([4], to: 53))
    #expect(try peer.call(.receiveFrom(3, limit: 2)) == .datagram([1, 2], from: remote))
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .datagram([], from: remote))
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .datagram([4], from: remote))
    #expect(peer.block(3)?.receiveQueue == 0)
  }

  @Test func aSocketWithAPeerHearsOnlyThatPeer() throws {
    var peer = try bound()
    #expect(try peer.call(.connect(3, remote)) == .returned(0))
    try peer.deliver(Peer.datagram([1], from: 9999, to: 53))
    #expect(peer.rules.contains(.udpNoPort))
    try peer.deliver(Peer.datagram([2], to: 53))
    #expect(try peer.call(.receive(3, limit: 9)) == .datagram([2], from: remote))
    #expect(try peer.call(.send(3, [7])) == .returned(1))
    #expect(try datagrams(&peer).last?.0.destinationPort == Peer.port)
  }

  /// RFC 1122 §4.1.3.1, §3.2.2.1.
  @Test func nobodyThereMeansPortUnreachable() throws {
    var peer = Peer()
    let octets = Peer.datagram([1, 2, 3, 4, 5, 6, 7, 8, 9], to: 99)
    try peer.host.receive(LinkFrame(octets: octets), at: peer.now, &peer.journal)
    let taken = peer.host.takeFrame()
    let frame = try #require(taken).octets
    let message = try ICMPMessage(parsing: Array(frame[34...]))
    #expect(message.meaning == .destinationUnreachable(code: .port, mtu: 0))
    let quoted = Array(frame[42..<(14 + 20 + 8 + 28)])
    #expect(quoted == Array(octets[14..<42]), "the IP header and 8 octets of the datagram")
    let isSound = ICMPMessage.verify(Array(frame[34..<70]).span.bytes)
    #expect(isSound)
  }

  @Test(arguments: [true, false]) func portUnreachableIsToldToTheSender(connected: Bool) throws {
    var peer = try bound()
    if connected { try peer.call(.connect(3, remote)) }
    try peer.call(connected ? .send(3, [1]) : .sendTo(3, [1], remote))
    let taken = peer.host.takeFrame()
    let frame = try #require(taken).octets
    try peer.deliver(Peer.error(.destinationUnreachable(code: .port, mtu: 0), about: frame))
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .failed(.refused))
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .blocked, "an error is told once")
  }

  @Test func aFullBufferDropsDatagrams() throws {
    var peer = try bound { $0.tcp.receiveBuffer = 10 }
    try peer.deliver(Peer.datagram([UInt8](repeating: 1, count: 8), to: 53))
    try peer.deliver(Peer.datagram([UInt8](repeating: 2, count: 3), to: 53))
    #expect(peer.rules.contains(.udpBufferFull) && peer.block(3)?.receiveQueue == 8)
    try peer.call(.receiveFrom(3, limit: 99))
    try peer.deliver(Peer.datagram([3], to: 53))
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .datagram([3], from: remote))
  }

  /// Datagrams without data take no room in the buffer, but not for ever.
  @Test func emptyDatagramsHaveALimit() throws {
    var peer = try bound()
    let empty = Peer.datagram([], to: 53)
    for _ in 0..<(SocketQueues.datagramLimit + 5) { try peer.deliver(empty) }
    #expect(peer.host.queues[0].datagrams.count == SocketQueues.datagramLimit)
  }

  /// RFC 768: a checksum of zero means that the sender made none.
  @Test func aChecksumOfZeroIsNotChecked() throws {
    var peer = try bound()
    try peer.deliver(Peer.datagram([1], to: 53, withChecksum: false))
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .datagram([1], from: remote))
    var damaged = Peer.datagram([1], to: 53)
    damaged[42] ^= 1
    try peer.deliver(damaged)
    #expect(try peer.call(.receiveFrom(3, limit: 9)) == .blocked)
    #expect(peer.journal.moments.contains { $0.reason == .udpChecksum })
  }

  @Test func callsTellWhatIsWrong() throws {
    var peer = Peer { $0.gateway = nil }
    try peer.call(.socket(.datagram))
    #expect(try peer.call(.send(3, [1])) == .failed(.destinationRequired))
    #expect(
      try peer.call(.sendTo(3, [1], SocketAddress(Peer.address, 0)))
        == .failed(.destinationRequired)
    )
    let far = SocketAddress(IPv4Address(203, 0, 113, 9), 9)
    #expect(try peer.call(.sendTo(3, [1], far)) == .failed(.networkUnreachable))
    #expect(try peer.call(.connect(3, far)) == .failed(.networkUnreachable))
    let large = [UInt8](repeating: 1, count: 1473)
    #expect(try peer.call(.sendTo(3, large, remote)) == .failed(.messageTooLong))
    #expect(try peer.call(.sendTo(3, Array(large.dropLast()), remote)) == .returned(1472))
    #expect(try peer.call(.listen(3, backlog: 1)) == .failed(.operationNotSupported))
    #expect(try peer.call(.accept(3)) == .failed(.operationNotSupported))
    #expect(try peer.call(.receiveFrom(3, limit: -1)) == .failed(.invalidArgument))
  }

  @Test func everyHostOnTheLinkCanBeReachedAtOnce() throws {
    for address in [IPv4Address.broadcast, IPv4Address(192, 0, 2, 255)] {
      var peer = try bound()
      try peer.call(.sendTo(3, [1], SocketAddress(address, 9)))
      let taken = peer.host.takeFrame()
      let frame = try #require(taken).octets
      #expect(try EthernetHeader(parsing: frame).destination == .broadcast)
    }
  }
}
