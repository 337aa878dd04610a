import Testing
import Wire

@testable import Stack

/// What a sender says of urgent data: RFC 9293 §3.8.5 and §3.10.2.
@Suite struct UrgentSendingTests {
  /// A connection whose host has sent nothing; SND.NXT.
  private func established(
    options: TCPOptions = TCPOptions(), _ configure: (inout HostConfiguration) -> Void = { _ in }
  ) throws -> (peer: Peer, base: UInt32) {
    var peer = Peer(configure)
    try peer.establish(options: options)
    return (peer, try #require(peer.connection?.sendNext.value))
  }

  private func octets(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x21, count: count) }

  /// MUST-62: the pointer points to the number of the octet following the urgent data.
  @Test(arguments: [TCPSettings.book, .modern])
  func aSegmentPointsBehindTheUrgentData(profile: TCPSettings) throws {
    var (peer, base) = try established { $0.tcp = profile }
    #expect(peer.connection?.isSet(.sndUp) == false)
    try peer.call(.sendUrgent(4, octets(5)))
    let segment = try #require(try peer.answers().first)
    #expect(segment.header.flags == [.ack, .psh, .urg] && segment.text.count == 5)
    #expect(segment.header.sequence.value == base && segment.header.urgentPointer == 5)
    #expect(peer.connection?.content(.sndUp) == .number(UInt64(base &+ 5)))
    #expect(peer.connection?.content(.urgent) == .text("sending"))
    #expect(peer.rules.contains(.urgentMarked) && !peer.rules.contains(.urgentTold))
    // "The absence of this flag indicates that there is no urgent data outstanding."
    try peer.send(.ack, 5001, base &+ 5)
    #expect(peer.connection?.urgent == [] && peer.connection?.isSet(.sndUp) == false)
    try peer.call(.send(4, octets(3)))
    let plain = try #require(try peer.answers().first).header
    #expect(plain.flags == [.ack, .psh] && plain.urgentPointer == 0)
  }

  /// Each segment counts from its own number; what follows the urgent data has no URG.
  @Test func everySegmentBeforeTheEndPointsToIt() throws {
    var (peer, _) = try established { $0.tcp.nagle = .off }
    try peer.call(.sendUrgent(4, octets(1200)))
    try peer.call(.send(4, octets(7)))
    let sent = try peer.answers().map(\.header)
    #expect(sent.map(\.urgentPointer) == [1200, 664, 128, 0])
    #expect(sent.map { $0.flags.contains(.urg) } == [true, true, true, false])
  }

  @Test func severalUrgentSendsMoveThePointerOn() throws {
    var (peer, base) = try established { $0.tcp.nagle = .off }
    for count in [5, 6, 7] { try peer.call(.sendUrgent(4, octets(count))) }
    #expect(try peer.answers().map(\.header.urgentPointer) == [5, 6, 7])
    #expect(peer.connection?.sendUrgent.value == base &+ 18)
    // An acknowledgment of the first two leaves urgent data outstanding.
    try peer.send(.ack, 5001, base &+ 11)
    #expect(peer.connection?.urgent == .sending)
    // Sent again: the last pointer, for it is known by now.
    let again = try #require(try peer.fireNext()?.first).header
    #expect(again.sequence.value == base &+ 11 && again.urgentPointer == 7)
    #expect(again.flags.contains(.urg))
    try peer.send(.ack, 5001, base &+ 18)
    #expect(peer.connection?.urgent == [])
  }

  /// Text that was sent before it became urgent tells so when it is sent again.
  @Test func aRetransmissionTellsWhatIsKnownNow() throws {
    var (peer, base) = try established()
    try peer.call(.send(4, octets(100)))
    #expect(try peer.answers().map(\.header.flags) == [[.ack, .psh]])
    try peer.call(.sendUrgent(4, octets(3)))
    _ = try peer.answers()
    let again = try #require(try peer.fireNext()?.first)
    #expect(again.header.sequence.value == base && again.text.count == 100)
    #expect(again.header.flags.contains(.urg) && again.header.urgentPointer == 103)
  }

  /// What the Nagle algorithm holds back (§3.7.4) does not hold back its pointer.
  @Test func thePointerGoesWhileTheTextWaits() throws {
    var (peer, base) = try established()
    try peer.call(.send(4, octets(1)))
    _ = try peer.answers()
    try peer.call(.sendUrgent(4, octets(2)))
    let told = try #require(try peer.answers().first)
    #expect(told.text.isEmpty && told.header.flags == [.ack, .urg])
    #expect(told.header.sequence.value == base &+ 1 && told.header.urgentPointer == 2)
    #expect(peer.rules.suffix(9).contains(.urgentTold) && peer.rules.contains(.nagleWaits))
    let text = try #require(try peer.send(.ack, 5001, base &+ 1).first)
    #expect(text.text.count == 2 && text.header.flags == [.ack, .psh, .urg])
    #expect(text.header.urgentPointer == 2)
  }

  /// The peer's window is shut: it is told all the same, for it shall read; and each probe says so again.
  @Test func aShutWindowDoesNotShutThePointerIn() throws {
    var (peer, base) = try established()
    try peer.send(.ack, 5001, base, window: 0)
    try peer.call(.sendUrgent(4, octets(9)))
    let told = try #require(try peer.answers().first)
    #expect(told.text.isEmpty && told.header.flags == [.ack, .urg])
    #expect(told.header.sequence.value == base && told.header.urgentPointer == 9)
    for _ in 0..<3 {
      let probe = try #require(try peer.fireNext()?.first)
      #expect(probe.text.count == 1 && probe.header.flags.contains(.urg))
      #expect(probe.header.sequence.value == base && probe.header.urgentPointer == 9)
    }
    // More of it while a probe is out: at the number that the peer accepts.
    try peer.call(.sendUrgent(4, octets(1)))
    let more = try #require(try peer.answers().first).header
    #expect(more.sequence.value == base && more.urgentPointer == 10)
    let text = try peer.send(.ack, 5001, base, window: 1000)
    #expect(text.map(\.text.count) == [10] && text[0].header.urgentPointer == 10)
  }

  /// MUST-31: urgent data of any length. 16 bits point as far as they can, until the end is within reach.
  @Test func aPointerThatSixteenBitsCannotSay() throws {
    let options = TCPOptions(maximumSegmentSize: 1460, windowScale: 5)
    var (peer, base) = try established(options: options) {
      $0.tcp.windowScale = true
      $0.tcp.sendBuffer = 200_000
      $0.tcp.nagle = .off
    }
    try peer.send(.ack, 5001, base, window: 10_000)
    try peer.call(.sendUrgent(4, octets(100_000)))
    let sent = try peer.answers().map(\.header)
    #expect(sent.count == 69)
    for header in sent {
      let left = 100_000 - Int(header.sequence.value &- base)
      #expect(header.flags.contains(.urg) && Int(header.urgentPointer) == min(left, 65_535))
    }
    #expect(sent.first?.urgentPointer == 65_535 && sent.last?.urgentPointer == 720)
    #expect(peer.connection?.sendUrgent.value == base &+ 100_000)
  }

  /// "To send an urgent indication, the user must also send at least one data octet."
  @Test func withoutAnOctetThereIsNothingUrgent() throws {
    var (peer, _) = try established()
    #expect(try peer.call(.sendUrgent(4, [])) == .returned(0))
    #expect(try peer.answers().isEmpty && peer.connection?.urgent == [])
  }

  /// §3.10.1: "the urgent bit if requested in the command must be sent with the data segments sent as a result".
  @Test func urgentDataBeforeTheHandshakeGoesWithItsText() throws {
    var peer = Peer()
    let syn = try peer.connect()
    try peer.call(.sendUrgent(3, octets(4)))
    #expect(try peer.answers().isEmpty)
    let again = try #require(try peer.fireNext()?.first).header
    #expect(again.flags == .syn && again.urgentPointer == 0)
    let sent = try peer.send([.syn, .ack], 5000, syn.sequence.value &+ 1)
    #expect(sent.map(\.header.flags) == [[.ack, .psh, .urg]])
    #expect(sent[0].header.urgentPointer == 4 && sent[0].text.count == 4)
    #expect(sent[0].header.sequence.value == syn.sequence.value &+ 1)
  }

  @Test func theNumbersWrapAround() throws {
    var (peer, base) = try established { $0.tcp.fixedInitialSequence = .max &- 3 }
    #expect(base == .max &- 2)
    try peer.call(.sendUrgent(4, octets(500)))
    #expect(try peer.answers().map(\.header.urgentPointer) == [500])
    #expect(peer.connection?.sendUrgent.value == 497)
    try peer.send(.ack, 5001, 0)
    #expect(peer.connection?.urgent == .sending)
    try peer.send(.ack, 5001, 497)
    #expect(peer.connection?.urgent == [])
  }

  /// Behind the urgent data neither a FIN nor a reset has anything to point to.
  @Test func aFinBehindTheUrgentDataHasNoPointer() throws {
    var (peer, base) = try established()
    try peer.call(.sendUrgent(4, octets(2)))
    try peer.call(.shutdown(4, .sending))
    let sent = try peer.answers().map(\.header)
    #expect(sent.map(\.flags) == [[.ack, .psh, .urg], [.fin, .ack]])
    // Both are sent again as one: it has the urgent octets.
    let again = try #require(try peer.fireNext()?.first).header
    #expect(again.flags == [.ack, .psh, .fin, .urg] && again.urgentPointer == 2)
    try peer.send(.ack, 5001, base &+ 2)
    #expect(peer.connection?.urgent == [])
    #expect(try #require(try peer.fireNext()?.first).header.flags == [.fin, .ack])
  }

  @Test func aResetPointsToNothing() throws {
    var (peer, base) = try established()
    try peer.send(.ack, 5001, base, window: 0)
    try peer.call(.sendUrgent(4, octets(2)))
    _ = try peer.answers()
    try peer.call(.abort(4))
    let reset = try #require(try peer.answers().first).header
    #expect(reset.flags == [.rst, .ack] && reset.urgentPointer == 0)
  }

  /// A call that sleeps for want of room: the pointer is as far as the data that was handed over.
  @Test func thePointerFollowsWhatIsHandedOver() throws {
    var (peer, base) = try established { $0.tcp.sendBuffer = 900 }
    #expect(try peer.call(.sendUrgent(4, octets(1500))) == .blocked)
    #expect(peer.connection?.sendUrgent.value == base &+ 900)
    let sent = try peer.answers().map(\.header.urgentPointer)
    #expect(sent.first == 900)
    try peer.send(.ack, 5001, base &+ 536)
    #expect(peer.connection?.sendUrgent.value == base &+ 1436)
    _ = try peer.answers()
    try peer.send(.ack, 5001, base &+ 900)
    #expect(peer.connection?.sendUrgent.value == base &+ 1500)
    #expect(peer.completions.map(\.result) == [.returned(1500)])
  }

  @Test func aDatagramIsNeverUrgent() throws {
    var peer = Peer()
    try peer.call(.socket(.datagram))
    #expect(try peer.call(.sendUrgent(3, [1])) == .failed(.operationNotSupported))
    #expect(try peer.call(.atMark(3)) == .failed(.operationNotSupported))
    try peer.call(.socket(.stream))
    #expect(try peer.call(.sendUrgent(4, [1])) == .failed(.notConnected))
    #expect(try peer.call(.atMark(4)) == .failed(.notConnected))
  }
}
