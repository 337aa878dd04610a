import Session
import Simulation
import Stack
import Testing
import Wire

@Suite struct FrameRecordTests {
  @Test(arguments: [UInt64(1), 2, 3]) func recordsAgreeWithTheMoments(seed: UInt64) {
    let timeline = Runs.visit(seed: seed)
    #expect(timeline.frames.map(\.number) == Array(1...UInt32(timeline.frames.count)))
    for frame in timeline.frames {
      let sent = timeline.moment(frame.sentMoment)
      #expect(sent?.unit.frame == frame.number)
      #expect(sent?.event == (frame.copyOf == nil ? .frameSent : .frameDuplicated))
      let end = frame.endMoment.flatMap { timeline.moment($0) }
      #expect(end?.unit.frame == frame.number)
      switch frame.fate {
      case .delivered:
        #expect(end?.event == .frameReceived)
        #expect(frame.receivedAt == end?.time)
      case .lost: #expect(end?.event == .frameLost)
      case .flying, .held: Issue.record("the run is over")
      }
    }
    let counters = timeline.live.counters
    #expect(timeline.frames.filter { $0.fate == .lost }.count == counters.lost)
    #expect(timeline.frames.filter { $0.fate == .delivered }.count == counters.delivered)
    #expect(timeline.frames.filter(\.wasSentByHost).count == counters.sent)
    #expect(
      timeline.frames.filter { $0.damagedOctets != nil && $0.copyOf == nil }.count
        == counters.damaged)
  }

  /// Where nothing goes wrong nothing is sent again; a lost SYN and a lost segment are.
  @Test func retransmissionsAreMarked() {
    let good = Runs.visit(seed: 6, bad: false)
    #expect(good.frames.allSatisfy { !$0.isRetransmission })
    for match in [FrameMatch(flags: .syn), FrameMatch(from: .client, hasData: true)] {
      var timeline = Runs.transfer(seed: 4, count: 9000)
      timeline.perform(.fault(ScriptedFault(.drop, on: match)))
      timeline.perform(.run(.seconds(20)))
      let lost = timeline.frames.filter { $0.fate == .lost }
      let again = timeline.frames.filter(\.isRetransmission)
      #expect(lost.count == 1)
      #expect(again.count >= 1)
      #expect(
        again.first.map { UnitSummary(frame: $0.octets).sequence }
          == lost.first.map { UnitSummary(frame: $0.octets).sequence })
    }
  }
}
