import Foundation
import Fuzzing
import Testing

/// What the fuzz targets begin with, and all octets that were a finding once, go through the same functions again.
@Suite struct FuzzingTests {
  /// The folder of a target has its findings, a file each.
  static let findings: [(target: FuzzTarget, name: String, octets: [UInt8])] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Findings")
    return FuzzTarget.allCases.flatMap { target in
      let folder = root.appending(path: target.rawValue)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().compactMap { name in
        (try? Data(contentsOf: folder.appending(path: name))).map { (target, name, Array($0)) }
      }
    }
  }()

  @Test(arguments: FuzzTarget.allCases) func theSeedsAreTaken(target: FuzzTarget) throws {
    #expect(target.seeds.count > 1)
    for seed in target.seeds { try target.take(seed) }
  }

  /// Octets of nothing, and seeds that end too early or have an octet changed.
  @Test(arguments: FuzzTarget.allCases) func damagedSeedsAreTaken(target: FuzzTarget) throws {
    try target.take([])
    for (number, seed) in target.seeds.prefix(40).enumerated() where !seed.isEmpty {
      try target.take(Array(seed.prefix(seed.count * (number % 7) / 7)))
      var changed = seed
      changed[number * 7_919 % seed.count] ^= UInt8(1 << (number % 8))
      try target.take(changed)
    }
  }

  @Test(arguments: findings.indices) func findingsStayMended(place: Int) throws {
    let finding = Self.findings[place]
    do {
      try finding.target.take(finding.octets)
    } catch {
      Issue.record("\(finding.target.rawValue)/\(finding.name): \(error)")
    }
  }
}
