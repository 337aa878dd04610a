import Glibc

/// Measures the parts of Sockscope whose speed matters and prints plain lines.
@main
enum Bench {
  static func main() {
    do {
      let options = try Options(CommandLine.arguments.dropFirst())
      keepFreedMemory()
      for benchmark in options.benchmark.map({ [$0] }) ?? Options.Benchmark.allCases {
        try run(benchmark, options, briefly: options.benchmark == nil)
      }
    } catch let mistake as Options.Mistake {
      complain("sockscope-bench: \(mistake.text)\n\n\(Options.usage)")
      exit(64)
    } catch {
      complain("sockscope-bench: \(error)")
      exit(1)
    }
  }

  private static func run(_ benchmark: Options.Benchmark, _ options: Options, briefly: Bool) throws
  {
    let repetitions = options.repetitions ?? (briefly ? 5 : 15)
    switch benchmark {
    case .bulk:
      for mode in options.modes {
        try BulkTransfer(mode: mode, mebibytes: options.mebibytes ?? (briefly ? 4 : 16))
          .run(repetitions)
      }
    case .connections:
      for mode in options.modes {
        try ShortConnections(mode: mode, count: options.count ?? (briefly ? 500 : 2_000))
          .run(repetitions)
      }
    case .frames:
      try FrameCoding(count: options.count ?? (briefly ? 50_000 : 200_000)).run(repetitions)
    case .timeline:
      try TimelineSteps(moments: options.moments ?? (briefly ? 100_000 : 1_000_000)).run()
    case .render:
      try Pictures(count: options.count ?? (briefly ? 20 : 100)).run(repetitions)
    }
  }
}

/// What was measured is not what should have been done.
struct WrongResult: Error, CustomStringConvertible {
  let description: String
}
