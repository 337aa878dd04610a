/// One step of a lesson: it says something, may ask, lets something happen, and holds what must be
/// true then.
public struct LessonStep: Sendable {
  /// What the step is for; every lesson has each of them.
  public enum Kind: String, CaseIterable, Sendable {
    case predict, run, look, `break`, check, takeaway
  }

  /// Unique in the lesson.
  public var id: String
  public var kind: Kind
  public var title: Phrase
  /// What is said before and while the step runs: it must not give a question's answer away.
  public var narration: BilingualNarration
  /// What is said in its place once the step has come to its end.
  public var afterword: BilingualNarration?
  /// At most two views to show beside the text.
  public var show: [LessonView]
  /// What to look at: fields of sockets or headers.
  public var point: [Path]
  public var questions: [Question]
  /// The run that this step happens in: `main` or one of the lesson's runs.
  public var run: String
  /// What is done at its start, in order: faults, then injections, then calls.
  public var commands: [CommandLine]
  /// Where the step ends; nil: with what the commands did at once.
  public var until: StepEnd?
  public var expectations: [Expectation]
  public var words: [LessonWord]
  /// What of the chapter the step proves by its expectations.
  public var proves: [Statement] = []
  /// The chapter's figure that its views draw.
  public var figure: Figure?
  /// Line of the step in its file, from 1.
  public var line: Int
}

/// A view that a step may name.
public enum LessonView: String, CaseIterable, Sendable {
  case stage, sockets, memory, header, ladder, buffers, signal, tables, plot
}

/// The figures of the chapter that views draw from the engine.
public enum Figure: String, CaseIterable, Sendable {
  case stackLayers = "stack-layers"
  case encapsulation
  case tcpHeader = "tcp-header"
  case mtuAndMSS = "mtu-mss"
  case sequenceAndACK = "sequence-ack"
  case slidingWindow = "sliding-window"
  case finExchange = "fin-exchange"
}

/// Where a step ends.
public enum StepEnd: Sendable {
  /// At the moment that fits.
  case moment(MomentPattern)
  /// When nothing more will happen by itself.
  case quiet
}

/// Something that must hold at a step's end.
public struct Expectation: Sendable {
  public var path: Expression
  public var value: Expression
  /// Line in the lesson's file, from 1.
  public var line: Int
}

/// A word that the step explains.
public struct LessonWord: Hashable, Sendable {
  public var term: String
  public var meaning: Phrase
}
