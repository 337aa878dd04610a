import Testing
import Wire

@testable import Stack

/// RFC 9293 §3.10.7, SEGMENT ARRIVES.
@Suite struct SegmentArrivesTests {
  @Test func theTableHasEveryPairOnce() {
    var seen: [String: Int] = [:]
    for row in Row.all { seen["\(row.situation) × \(row.kind)", default: 0] += 1 }
    for situation in Situation.allCases {
      for kind in SegmentKind.allCases {
        let count = seen["\(situation) × \(kind)"] ?? 0
        #expect(count == 1, "\(situation) × \(kind) occurs \(count) times")
      }
    }
  }

  @Test(arguments: Row.all) func everyStateAnswersEverySegment(row: Row) throws {
    var peer = try Peer(in: row.situation)
    #expect((peer.connection?.state ?? .closed) == row.situation.state)
    var numbers = peer.numbers(in: row.situation)
    let answers = try peer.send(row.kind, in: row.situation, &numbers)
    #expect((peer.connection?.state ?? .closed) == row.next)
    if [.listen, .synReceivedPassive, .timeWaitReusable, .cookieSent].contains(row.situation) {
      #expect(peer.block(3)?.state == .listen)
    }
    expect(answers, row.reply, numbers, peer)
    if let rule = row.rule {
      #expect(peer.rules.contains(rule), "applied: \(peer.rules.map(\.id))")
    } else {
      #expect(!peer.journal.moments.contains { $0.event == .segmentDropped })
    }
  }

  private func expect(
    _ answers: [Peer.Answer], _ reply: Reply, _ numbers: Numbers, _ peer: Peer
  ) {
    let expected: (TCPFlags, UInt32, UInt32)?
    switch reply {
    case .silence: expected = nil
    case .ack(let octets): expected = (.ack, numbers.sendNext, numbers.receiveNext &+ octets)
    case .synAck:
      let iss = peer.connection?.initialSendSequence.value ?? 0
      expected = ([.syn, .ack], iss, numbers.segmentSequence &+ 1)
    case .cookie:
      let isRepeated = numbers.segmentSequence == numbers.receiveNext &- 1
      let number = isRepeated ? peer.cookie : answers.first?.header.sequence.value
      #expect(isRepeated || number != peer.cookie)
      expected = ([.syn, .ack], number ?? 0, numbers.segmentSequence &+ 1)
    case .synAckAgain: expected = ([.syn, .ack], numbers.initial, numbers.receiveNext)
    case .ackOfSyn: expected = (.ack, numbers.sendNext, numbers.segmentSequence &+ 1)
    case .reset: expected = (.rst, numbers.segmentAcknowledgment, 0)
    case .resetAck:
      expected = ([.rst, .ack], 0, numbers.segmentSequence &+ numbers.segmentLength)
    }
    guard let expected else {
      #expect(answers.isEmpty, "\(answers.map(\.header.flags))")
      return
    }
    #expect(answers.count == 1)
    guard let answer = answers.first?.header else { return }
    #expect(answer.flags == expected.0)
    #expect(answer.sequence.value == expected.1)
    #expect(answer.acknowledgment.value == expected.2)
  }
}
