/// What the command line asks for.
struct Options {
  enum Benchmark: String, CaseIterable {
    /// The timeline comes first: its memory is measured before anything else has used some.
    case timeline, idle, bulk, connections, frames, render
  }

  enum Mode: String, CaseIterable {
    /// Nobody looks: no moments.
    case quiet
    /// Every moment is recorded.
    case observed
  }

  /// nil: all of them, briefly.
  var benchmark: Benchmark?
  /// nil: both.
  var mode: Mode?
  var repetitions: Int?
  var mebibytes: Int?
  var count: Int?
  var moments: Int?
  var idle: Int?
  /// An acknowledgment for each segment and not for every second one.
  var acknowledgesEach = false

  static let usage = """
    usage: sockscope-bench [BENCHMARK] [quiet|observed] [OPTIONS]

    bulk         TCP between two hosts in memory        --mib N (16) --idle N (100000)
                 with `each` every segment is acknowledged, else every second one
    idle         what an idle socket takes in memory    --idle N (100000)
    connections  connect, 1 octet, close                --count N (2000)
    frames       one frame built, one parsed            --count N (200000)
    timeline     a step forward and back, and memory    --moments N (1000000)
    render       one picture of 120×40                  --count N (100)

    Without a benchmark all run, briefly. Every figure is the median of --repetitions N.
    """

  struct Mistake: Error {
    let text: String
  }

  init(_ arguments: some Sequence<String>) throws(Mistake) {
    var rest = Array(arguments)[...]
    while let word = rest.popFirst() {
      if let benchmark = Benchmark(rawValue: word) {
        self.benchmark = benchmark
      } else if let mode = Mode(rawValue: word) {
        self.mode = mode
      } else if word == "each" {
        acknowledgesEach = true
      } else {
        guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
          throw Mistake(text: "\(word) is not known, or wants a number above 0")
        }
        try set(word, value)
      }
    }
  }

  private mutating func set(_ word: String, _ value: Int) throws(Mistake) {
    switch word {
    case "--mib": mebibytes = value
    case "--count": count = value
    case "--moments": moments = value
    case "--idle": idle = value
    case "--repetitions": repetitions = value
    default: throw Mistake(text: "\(word) is not known")
    }
  }

  var modes: [Mode] { mode.map { [$0] } ?? Mode.allCases }
}
