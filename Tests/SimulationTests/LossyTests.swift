import Foundation
import Stack
import Testing

/// How fast a sender is where one frame in a hundred is lost. `SOCKSCOPE_OCTETS=100000000` measures more.
@Suite struct LossyTests {
  static let count =
    ProcessInfo.processInfo.environment["SOCKSCOPE_OCTETS"].flatMap { Int($0) } ?? 3_000_000

  @Test(arguments: [true, false])
  func theRateIsWhatTheLossAllows(sack: Bool) throws {
    var reno = LossyRun(octets: Self.count, .newReno, sack: sack)
    var cubic = LossyRun(octets: Self.count, .cubic, sack: sack)
    let renoTime = try #require(try reno.seconds())
    let cubicTime = try #require(try cubic.seconds())
    let factor = renoTime / reno.bound
    #expect((0.5...2).contains(factor), "NewReno takes \(factor) times the bound")
    #expect(cubicTime <= renoTime, "CUBIC takes \(cubicTime) s, NewReno \(renoTime) s")
    print(
      "\(Self.count) octets, SACK \(sack): bound \(reno.bound) s, NewReno \(renoTime) s,",
      "CUBIC \(cubicTime) s")
  }

  /// The test above must be able to fail.
  @Test func withoutFastRetransmitItIsSlow() throws {
    var run = LossyRun(octets: 3_000_000, .newReno, sack: false)
    run.change { tcp in
      tcp.fastRetransmit = false
      tcp.minimumTimeout = 1000
    }
    let time = try #require(try run.seconds())
    #expect(time > 2 * run.bound)
  }
}
