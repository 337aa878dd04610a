import Simulation
import Stack
import Testing
import Wire

@testable import Session

@Suite struct BranchTests {
  /// A client that connects, then sends; the server reads.
  private func run() -> Timeline {
    var timeline = Timeline(.clientAndServer(seed: 7))
    timeline.perform(.start(.webServer(WebServer()), host: .server, process: ProcessID(731)))
    timeline.perform(.call(.socket(.stream), host: .client, process: ProcessID(412)))
    let server = timeline.configuration.hosts[1].address
    timeline.perform(
      .call(.connect(3, SocketAddress(server, 80)), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.milliseconds(100)))
    timeline.perform(.call(.send(3, [71, 69, 84]), host: .client, process: ProcessID(412)))
    timeline.perform(.run(.milliseconds(100)))
    return timeline
  }

  private func established(_ timeline: Timeline) throws -> Int {
    try #require(timeline.moments.firstIndex { $0.rule == .synSentEstablished }) + 1
  }

  @Test func theNextSegmentCarriesWhatWasWritten() throws {
    let timeline = run()
    let index = try established(timeline)
    let state = timeline.state(at: index)
    let block = state.world.hosts[0].memory[0]
    let number = UInt64((block.sendNext + 1000).value)
    let octets = (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    let branch = timeline.branch(
      at: index,
      doing: .write(
        host: .client, slot: 0, offset: Field.sndNxt.description.offset, octets: octets))
    let written = try #require(branch.timeline.moment(branch.fork + 1))
    #expect(written.event == .memoryWritten && written.rule == .learnerWrote)
    let sent = branch.timeline.frames.filter {
      $0.sentMoment > branch.fork && $0.from == .client
    }
    let first = try #require(sent.first { UnitSummary(frame: $0.octets).payload == 3 })
    #expect(UnitSummary(frame: first.octets).sequence.value == UInt32(number))
    // The past is shared, the first run is untouched.
    for moment in 1...index {
      #expect(branch.timeline.moment(moment)?.event == timeline.moment(moment)?.event)
    }
    #expect(timeline.momentCount == run().momentCount)
  }

  @Test func aBranchThatChangesNothingGoesTheSameWay() throws {
    let timeline = run()
    let index = try established(timeline)
    let block = timeline.branch(at: index).live.hosts[0].memory[0]
    let branch = timeline.branch(
      at: index, doing: .write(host: .client, slot: 0, offset: 0, octets: block.octets))
    let rest = timeline.moments.dropFirst(branch.fork).map(\.event)
    let same = branch.timeline.moments.dropFirst(branch.fork + 1).map(\.event)
    #expect(same.starts(with: rest), "\(zip(rest, same).first { $0 != $1 } as Any)")
  }
}
