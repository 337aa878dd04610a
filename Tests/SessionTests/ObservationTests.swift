import Capture
import Session
import Simulation
import Stack
import Testing
import Wire

/// What frames alone tell, held against the engine that sent them.
@Suite struct ObservationTests {
  /// The frames of a run as another program would have captured them.
  static func capture(_ timeline: Timeline, from first: Int = 0) -> CaptureFile {
    var writer = PcapNGWriter()
    writer.sectionHeader(application: "other")
    writer.interface(name: "eth0")
    for frame in timeline.frames.dropFirst(first) where frame.copyOf == nil {
      writer.packet(frame.octets, nanoseconds: frame.sentAt.nanoseconds + 1_000_000_007)
    }
    return CaptureFile.parse(writer.octets)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6]) func everyNumberIsTheEngines(seed: UInt64) throws {
    let timeline = Runs.transfer(seed: seed, count: 9000)
    var run = timeline
    run.perform(.run(.seconds(3)))
    for end in stride(from: 3, through: run.frames.count, by: 5) {
      let cut = run.state(at: run.frames[end - 1].sentMoment)
      var part = Self.capture(run)
      part = CaptureFile.parse(Self.octets(of: Array(part.frames.prefix(end))))
      let observation = Observation(part)
      let connection = try #require(observation.connections.first)
      #expect(observation.connections.count == 1)
      for (side, knowledge) in connection.knowledge.enumerated() {
        let host = try #require(
          cut.world.hosts.first {
            $0.configuration.address == connection.ends[side].address
          })
        let port = connection.ends[1 - side].port
        guard let slot = host.memory.used.first(where: { host.memory[$0].remotePort == port })
        else { continue }
        let block = host.memory[slot]
        if let iss = knowledge.iss { #expect(UInt64(iss.value) == block.raw(.iss)) }
        if let irs = knowledge.irs { #expect(UInt64(irs.value) == block.raw(.irs)) }
        // Segments that wait for the line were built already.
        if let next = knowledge.sndNxt, knowledge.iss != nil {
          let engine = SequenceNumber(UInt32(truncatingIfNeeded: block.raw(.sndNxt)))
          #expect(next.isAtOrBefore(engine))
          #expect(engine.distance(from: next) < 9100)
        }
      }
    }
  }

  private static func octets(of frames: [CaptureFile.Frame]) -> [UInt8] {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    writer.interface(name: "eth0")
    for frame in frames { writer.packet(frame.octets, nanoseconds: frame.nanoseconds ?? 0) }
    return writer.octets
  }

  /// Without the SYN an end has no ISS, no state and no window: `?`, never a guess.
  @Test func whatWasNotCapturedIsNotKnown() throws {
    var run = Runs.transfer(seed: 2, count: 9000)
    run.perform(.run(.seconds(3)))
    let observation = Observation(Self.capture(run, from: 3))
    let connection = try #require(observation.connections.first)
    for knowledge in connection.knowledge {
      #expect(knowledge.iss == nil)
      #expect(knowledge.irs == nil)
      #expect(knowledge.sndWnd == nil)
    }
    let early = observation.frames.prefix(3)
    #expect(early.allSatisfy { $0.state == nil })
  }

  /// Frames that the engine sent again are seen to be sent again.
  @Test func retransmissionsAreSeen() {
    var timeline = Runs.transfer(seed: 4, count: 9000)
    timeline.perform(.fault(ScriptedFault(.drop, on: FrameMatch(from: .client, hasData: true))))
    timeline.perform(.run(.seconds(20)))
    let observation = Observation(Self.capture(timeline))
    let sent = timeline.frames.filter { $0.copyOf == nil }
    #expect(sent.contains { $0.isRetransmission })
    #expect(observation.frames.map(\.isRetransmission) == sent.map(\.isRetransmission))
  }

  /// Any octets are frames; none stops the reading, and every one is counted.
  @Test func anyOctetsAreRead() {
    var random = SystemRandomNumberGenerator()
    let whole = Self.capture(Runs.visit(seed: 3))
    for _ in 0..<200 {
      let frames = whole.frames.map { frame in
        var octets = frame.octets
        for _ in 0..<3 {
          octets[Int.random(in: octets.indices, using: &random)] = .random(in: 0...255)
        }
        return Array(octets.prefix(.random(in: 0...octets.count)))
      }
      var writer = PcapNGWriter()
      writer.sectionHeader()
      writer.interface(name: "eth0")
      for octets in frames { writer.packet(octets, nanoseconds: 0) }
      let observation = Observation(CaptureFile.parse(writer.octets))
      #expect(observation.frames.count == frames.count)
      #expect(observation.frames.allSatisfy { !FrameWords($0.octets).text.isEmpty })
    }
  }
}
