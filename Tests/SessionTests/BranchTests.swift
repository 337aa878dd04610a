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

  // MARK: What programs do in a branch

  /// Frame 1 is the SYN, on its way at this moment.
  private func synSent(_ timeline: Timeline) throws -> Int {
    try #require(timeline.moments.firstIndex { $0.event == .frameSent }) + 1
  }

  /// A program makes a call when the one before has come back, not in its sleep.
  @Test func aCallWaitsUntilItsProcessIsAwake() throws {
    let timeline = run()
    let branch = timeline.branch(
      at: try synSent(timeline), doing: .strike(frame: 1, .drop))
    func calls(_ timeline: Timeline) -> [(String, UInt64)] {
      timeline.moments.filter { $0.host == .client && $0.event == .call }.map { moment in
        (timeline.calls[Int(moment.value >> 32)].name, moment.time.nanoseconds / 1_000_000)
      }
    }
    #expect(calls(timeline).map(\.0) == ["socket", "connect", "send"])
    #expect(calls(timeline).map(\.1) == [0, 0, 100])
    // The SYN was sent again after a second; connect() came back 20 ms later, and only then send() was called.
    #expect(calls(branch.timeline).map(\.0) == ["socket", "connect", "send"])
    #expect(calls(branch.timeline).map(\.1) == [0, 0, 1_020])
    let data = branch.timeline.frames.first { UnitSummary(frame: $0.octets).payload == 3 }
    #expect(data?.fate == .delivered)
  }

  @Test func aCallIsNotMadeEarlierThanItWas() throws {
    let timeline = run()
    let branch = timeline.branch(
      at: try synSent(timeline), doing: .strike(frame: 1, .delay(.milliseconds(40))))
    let send = branch.timeline.moments.last { $0.host == .client && $0.event == .call }
    #expect(send?.time.nanoseconds == 100_000_000)
  }

  /// Of a stopped process the calls wait until it goes on; of a killed one there are none.
  @Test func aStoppedOrDeadProcessMakesNoCalls() throws {
    let timeline = run()
    let client = ProcessID(412)
    let index = try synSent(timeline)
    for action in [WorldAction.exit(host: .client, process: client), .reboot(host: .client)] {
      let branch = timeline.branch(at: index, doing: action).timeline
      #expect(branch.moments.filter { $0.host == .client && $0.event == .call }.count == 2)
    }
    let paused = timeline.branch(at: index, doing: .pause(host: .client, process: client))
    #expect(paused.timeline.moments.filter { $0.host == .client && $0.event == .call }.count == 2)
    #expect(paused.timeline.momentCount > paused.fork)
  }

  /// What was done to open a branch is the first input that is its own.
  @Test func theFirstInputOfABranchIsItsAction() throws {
    let timeline = run()
    let actions: [WorldAction] = [
      .strike(frame: 1, .drop), .mend(host: .client), .reboot(host: .server),
    ]
    for index in stride(from: 0, through: timeline.momentCount, by: 7) {
      for action in actions {
        let branch = timeline.branch(at: index, doing: action)
        #expect(branch.timeline.action(ofInput: timeline.inputsShared(at: index)) == action)
        #expect(branch.fork == timeline.fork(at: index))
        #expect(branch.fork >= index)
      }
    }
  }

  /// The run that was left is as it was, whatever befell a copy of it; and a branch reads back from its octets.
  @Test(arguments: [
    WorldAction.strike(frame: 1, .drop), .strike(frame: 1, .duplicate), .strike(frame: 1, .hold),
    .strike(frame: 1, .flipBit(octet: 38, bit: 0, beforeFCS: true)), .mend(host: .server),
    .cut(host: .client), .reboot(host: .server), .set(host: .server, .receiveBuffer, 100),
  ])
  func nothingIsOverwritten(action: WorldAction) throws {
    let timeline = run()
    let before = Runs.print(timeline)
    let branch = timeline.branch(at: try synSent(timeline), doing: action)
    #expect(Runs.print(timeline) == before)
    #expect(Runs.print(timeline.replay()) == before)
    let octets = RecordedRun.octets(of: branch.timeline)
    let again = try RecordedRun.timeline(from: octets)
    #expect(Runs.print(again) == Runs.print(branch.timeline))
  }
}
