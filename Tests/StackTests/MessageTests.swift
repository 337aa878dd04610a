import Testing
import Wire

@testable import Stack

/// ICMP: RFC 792, RFC 1122 §3.2.2, and what TCP makes of errors (RFC 9293 §3.9.2.2).
@Suite struct MessageTests {
  private func sent(_ peer: inout Peer) throws -> [ICMPMessage] {
    var result: [ICMPMessage] = []
    while let frame = peer.host.takeFrame() {
      let ip = try IPv4Header(parsing: Array(frame.octets[14...]))
      guard ip.protocol == .icmp else { continue }
      let octets = Array(frame.octets[34..<(14 + Int(ip.totalLength))])
      let isSound = ICMPMessage.verify(octets.span.bytes)
      #expect(isSound)
      result.append(try ICMPMessage(parsing: octets))
    }
    return result
  }

  @Test func anEchoComesBack() throws {
    var peer = Peer()
    let request = Peer.message(
      ICMPMessage(.echoRequest(identifier: 7, sequence: 9)), Array(1...40))
    try peer.host.receive(LinkFrame(octets: request), at: peer.now, &peer.journal)
    let taken = peer.host.takeFrame()
    let frame = try #require(taken).octets
    #expect(Array(frame[42..<82]) == Array(1...40))
    let reply = try ICMPMessage(parsing: Array(frame[34..<82]))
    #expect(reply.meaning == .echoReply(identifier: 7, sequence: 9))
    let isSound = ICMPMessage.verify(Array(frame[34..<82]).span.bytes)
    #expect(isSound)
    let another = peer.host.takeFrame()
    #expect(another == nil)
  }

  @Test func aDamagedMessageIsDropped() throws {
    var peer = Peer()
    var request = Peer.message(ICMPMessage(.echoRequest(identifier: 7, sequence: 9)), [1])
    request[42] ^= 0x80
    try peer.host.receive(LinkFrame(octets: request), at: peer.now, &peer.journal)
    #expect(try sent(&peer).isEmpty)
    #expect(peer.journal.moments.last?.reason == .icmpChecksum)
  }

  /// RFC 1122 §3.2.2: nothing that every host got is answered, and no error answers an error.
  @Test func broadcastsAndErrorsAreNotAnswered() throws {
    var peer = Peer()
    let echo = Array(
      Peer.message(ICMPMessage(.echoRequest(identifier: 1, sequence: 1)), [1])[34..<43])
    let unknown = Peer.packet([1, 2, 3, 4, 5, 6, 7, 8], IPProtocol(rawValue: 200)) {
      $0.destination = .broadcast
    }
    let ping = Peer.packet(echo, .icmp) { $0.destination = IPv4Address(192, 0, 2, 255) }
    var udp = Array(Peer.datagram([1], to: 99, withChecksum: false)[34..<43])
    udp = Peer.packet(udp, .udp) { $0.destination = .broadcast }
    for frame in [unknown, ping, udp] {
      try peer.host.receive(LinkFrame(octets: frame), at: peer.now, &peer.journal)
    }
    #expect(try sent(&peer).isEmpty)
    try peer.host.receive(
      LinkFrame(octets: Peer.packet([1, 2, 3, 4, 5, 6, 7, 8], IPProtocol(rawValue: 200))),
      at: peer.now, &peer.journal)
    let answers = try sent(&peer).map(\.meaning)
    #expect(answers == [.destinationUnreachable(code: .protocol, mtu: 0)])
  }

  // MARK: errors about TCP

  struct ErrorCase: CustomStringConvertible {
    var meaning: ICMPMessage.Meaning
    var error: SocketError
    var isHard = false
    var description: String { "\(meaning)" }
  }

  static let cases = [
    ErrorCase(
      meaning: .destinationUnreachable(code: .port, mtu: 0), error: .refused, isHard: true),
    ErrorCase(
      meaning: .destinationUnreachable(code: .protocol, mtu: 0), error: .protocolUnreachable,
      isHard: true),
    ErrorCase(meaning: .destinationUnreachable(code: .host, mtu: 0), error: .hostUnreachable),
    ErrorCase(meaning: .destinationUnreachable(code: .network, mtu: 0), error: .networkUnreachable),
    ErrorCase(
      meaning: .destinationUnreachable(code: .fragmentationNeeded, mtu: 576),
      error: .messageTooLong),
    ErrorCase(meaning: .timeExceeded(code: 0), error: .hostUnreachable),
  ]

  /// RFC 9293 §3.9.2.2: a hard error ends an attempt to connect, a soft one is told when it is given up.
  @Test(arguments: cases) func anErrorAboutTheSyn(example: ErrorCase) throws {
    var peer = Peer()
    try peer.call(.socket(.stream))
    try peer.call(.connect(3, SocketAddress(Peer.address, Peer.port)))
    let frame = try peer.answers()[0].frame
    try peer.deliver(Peer.error(example.meaning, about: frame))
    if !example.isHard {
      #expect(peer.connection?.state == .synSent && peer.completions.isEmpty)
      while try peer.fireNext() != nil {}
    }
    #expect(peer.completions.map(\.result) == [.failed(example.error)])
    #expect(peer.connection?.state == .closed)
  }

  /// RFC 5927 §5.2: no ICMP error ends a synchronized connection at once.
  @Test(arguments: cases) func anErrorAboutDataIsSoft(example: ErrorCase) throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.send(4, [1]))
    let frame = try peer.answers()[0].frame
    try peer.deliver(Peer.error(example.meaning, about: frame))
    #expect(peer.connection?.state == .established)
    #expect(peer.connection?.softError == example.error)
  }

  /// RFC 5927 §4.1: the quoted number must be in flight.
  @Test func aForgedErrorIsIgnored() throws {
    var peer = Peer()
    try peer.call(.socket(.stream))
    try peer.call(.connect(3, SocketAddress(Peer.address, Peer.port)))
    let frame = try peer.answers()[0].frame
    for offset in [38, 41, 34, 36, 26, 30] {
      var forged = frame
      forged[offset] &+= 1
      try peer.deliver(Peer.error(.destinationUnreachable(code: .port, mtu: 0), about: forged))
    }
    #expect(peer.connection?.state == .synSent && peer.connection?.softError == nil)
    #expect(peer.journal.moments.filter { $0.rule == .icmpNotAboutUs }.count == 6)
  }

  /// RFC 9293 §3.9.2.2 MUST-55: source quench is silently discarded.
  @Test func sourceQuenchMeansNothing() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.send(4, [1]))
    let frame = try peer.answers()[0].frame
    let before = peer.connection
    try peer.deliver(
      Peer.message(ICMPMessage(type: 4, code: 0, rest: 0), Array(frame[14..<42])))
    #expect(peer.connection == before)
  }
}
