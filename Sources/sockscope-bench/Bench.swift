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
      try BulkTransfer(
        variants: variants(options), mebibytes: options.mebibytes ?? (briefly ? 4 : 16)
      ).run(repetitions)
    case .idle:
      try IdleSockets(count: options.idle ?? 100_000).run()
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

extension Bench {
  /// The plain transfer comes first: the others are told as its multiples.
  static func variants(_ options: Options) -> [BulkTransfer.Variant] {
    var variants = options.modes.map {
      BulkTransfer.Variant(mode: $0, acknowledgesEach: options.acknowledgesEach)
    }
    let idle = options.idle ?? (options.mode == nil ? 100_000 : 0)
    if idle > 0, options.modes.contains(.quiet) {
      variants.insert(
        BulkTransfer.Variant(
          mode: .quiet, idle: idle, acknowledgesEach: options.acknowledgesEach), at: 1)
    }
    return variants
  }
}

/// What was measured is not what should have been done.
struct WrongResult: Error, CustomStringConvertible {
  let description: String
}
