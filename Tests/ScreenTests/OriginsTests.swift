import Session
import Simulation
import Stack
import Testing
import Wire

@testable import Screen

/// The numbers that relative numbers count from.
@Suite struct OriginsTests {
  /// What is found in the table is what a look at each of them finds.
  @Test(arguments: 0..<200 as Range<UInt64>) func theNearestBeforeIsFound(_ seed: UInt64) {
    var random = RandomSource(seed: seed)
    var all: [Scene.Origin] = []
    for place in 0..<(1 + random.below(12)) {
      // Some lie close together, some at the end of the numbers.
      let number =
        random.below(3) == 0 ? UInt32.max - UInt32(random.below(9)) : UInt32(random.below(40))
      let host = HostID(random.below(3))
      guard !all.contains(where: { $0.host == host && $0.iss.value == number }) else { continue }
      all.append(("c\(place)", host, SequenceNumber(number)))
    }
    let table = Origins(all)
    #expect(table.map(\.name) == all.map(\.name))
    for host in (0..<3).map({ HostID($0) }) {
      for number in Array(0..<50) + Array((UInt32.max - 12)...UInt32.max) {
        let sought = SequenceNumber(number)
        let own = all.filter { $0.host == host }
        let nearest = own.min { sought.distance(from: $0.iss) < sought.distance(from: $1.iss) }
        #expect(table.before(sought, of: host)?.name == nearest?.name)
        #expect(table.contains(sought, of: host) == own.contains { $0.iss == sought })
      }
    }
  }

  /// In every lesson each connection's first numbers, named in their order, each once.
  @Test func everyConnectionHasItsName() {
    var most = 0
    for run in Lessons.runs.values.flatMap(\.runs) {
      let timeline = run.timeline
      let scene = timeline.scene(at: timeline.momentCount)
      var result: [Scene.Origin] = []
      for place in timeline.openingPlaces {
        let frame = timeline.frames[place]
        let iss = UnitSummary(frame: frame.octets).sequence
        guard !result.contains(where: { $0.host == frame.from && $0.iss == iss }),
          scene.isPair || scene.host(ofPacket: frame).speaker == frame.from
        else { continue }
        let count = result.filter { $0.host == frame.from }.count
        result.append((count == 0 ? "" : "\(count + 1)", frame.from, iss))
      }
      #expect(scene.origins.map(\.iss) == result.map(\.iss))
      #expect(scene.origins.map { $0.name.drop { $0.isLetter } } == result.map { $0.name[...] })
      most = max(most, result.count)
    }
    #expect(most > 4)
  }
}
