extension LearnerProgress {
  /// What hints there are: the better a learner does, the fewer.
  public enum Help: Hashable, Sendable, CaseIterable {
    /// All hints, and the first comes by itself after a wrong answer.
    case ready
    /// All hints, on asking.
    case asked
    /// One hint, on asking, and only after an answer of the learner's own.
    case scarce

    /// So many questions answered right at once, without a hint, end the first help and the second.
    static let steps = (asked: 6, scarce: 18)

    /// - Parameter rightAtFirst: How many questions were answered right at once so far.
    public init(rightAtFirst: Int) {
      if rightAtFirst >= Self.steps.scarce {
        self = .scarce
      } else if rightAtFirst >= Self.steps.asked {
        self = .asked
      } else {
        self = .ready
      }
    }

    /// Whether the first hint comes by itself after a wrong answer.
    public var bringsFirstHint: Bool { self == .ready }

    /// How many of a question's hints may be seen after so many wrong answers.
    public func hints(of count: Int, tries: Int) -> Int {
      switch self {
      case .ready, .asked: count
      case .scarce: tries > 0 ? min(1, count) : 0
      }
    }
  }

  /// The help for this learner's next question.
  public var help: Help {
    Help(rightAtFirst: rightAtFirst.values.reduce(0) { $0 + $1.count })
  }
}
