import Session
import Simulation
import Stack

/// A long run of the lessons' world: what it takes to make it, to keep it, and to step through it.
struct TimelineSteps {
  let moments: Int

  private static let steps = 2_000

  func run() throws {
    giveFreedMemoryBack()
    let before = residentMemory()
    var timeline = Self.fresh()
    let making = measured {
      _ = timeline.run(momentLimit: moments) { _, _ in false }
    }
    guard timeline.momentCount >= moments else {
      throw WrongResult(description: "the run ended after \(timeline.momentCount) moments")
    }
    let memory = Double(residentMemory() - before)
    let count = Double(timeline.momentCount)
    report(
      "timeline making", making.cpu / count, "ns/moment", "\(timeline.momentCount) moments",
      "\(timeline.frames.count) frames", "\(timeline.keyframeCount) keyframes")
    report("timeline memory", memory / 1_048_576, "MiB", "\(Int(memory / count)) octets a moment")
    var cache = StepCache()
    let middle = timeline.momentCount / 2
    _ = timeline.state(at: middle, &cache)
    tell("step forward", steps(timeline, from: middle, by: 1, &cache))
    tell("step back", steps(timeline, from: middle + Self.steps, by: -1, &cache))
    tell("jump", jumps(timeline))
  }

  private func tell(_ name: String, _ sample: Sample) {
    report(
      "timeline \(name)", sample.median, "µs",
      "99 of 100 below \(sample.quantile(0.99).rounded(to: 1))",
      "worst \(sample.greatest.rounded(to: 1))")
  }

  private func steps(_ timeline: Timeline, from: Int, by step: Int, _ cache: inout StepCache)
    -> Sample
  {
    var index = from
    return Sample(
      (0..<Self.steps).map { _ in
        index += step
        return measured { _ = timeline.state(at: index, &cache) }.cpu / 1000
      })
  }

  /// To places all over the run, without a cache.
  private func jumps(_ timeline: Timeline) -> Sample {
    var state: UInt64 = 7
    return Sample(
      (0..<500).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let index = Int(state >> 33) % timeline.momentCount
        return measured { _ = timeline.state(at: index) }.cpu / 1000
      })
  }

  /// A transfer that has not ended after any number of moments that one would ask for.
  private static func fresh() -> Timeline {
    let configuration = WorldConfiguration.clientAndServer(seed: 7)
    var timeline = Timeline(configuration)
    let server = SocketAddress(configuration.hosts[1].address, 80)
    var receiving = Transfer(.accept(port: 80, backlog: 5), data: .octets([]))
    var sending = Transfer(.connect(to: server), data: .pattern(count: 1 << 30, seed: 7))
    receiving.keepsOctets = false
    sending.keepsOctets = false
    timeline.perform(.start(.transfer(receiving), host: .server))
    timeline.perform(.start(.transfer(sending), host: .client))
    return timeline
  }
}
