/// A question whose answer is read from the engine.
public struct Question: Sendable {
  /// Unique in the lesson: the step's id, and a number when the step asks more than one.
  public var id: String
  /// Its name in the chapter's catalogue, if it has one.
  public var name: QuestionName?
  public var prompt: BilingualNarration
  /// The name of what is asked for, such as “ACK number”.
  public var label: Phrase?
  public var kind: Kind
  /// How far off a number or a time may be and still be right, in its own unit (nanoseconds for a time):
  /// what is worked out by hand is rounded on the way.
  public var tolerance = 0
  /// Typical wrong answers, each with what to say about it.
  public var near: [NearAnswer]
  /// From the general to the particular.
  public var hints: [BilingualNarration]
  /// Why the right answer is right.
  public var explanation: BilingualNarration?
  /// Line in the lesson's file, from 1.
  public var line: Int

  public enum Kind: Sendable {
    /// Type the value that the expression has at the step's end.
    case predict(Expression)
    case choose([Choice])
    /// Point at one of these fields.
    case point([Path])
    /// Put these in the order in which they happened in the run, up to the step's end.
    case order([OrderItem])
    /// Say which of these comes next, counted from the step's start.
    case next([NextEvent])
  }

  /// What is offered to choose from; nothing where the answer is typed, pointed at or put in order.
  public var options: [BilingualNarration] {
    switch kind {
    case .choose(let choices): choices.map(\.text)
    case .next(let events): events.map(\.text)
    case .predict, .point, .order: []
    }
  }

  /// One answer to choose.
  public struct Choice: Sendable {
    public var text: BilingualNarration
    /// True at the step's end when this is the right one; nil for “none of the others”.
    public var condition: Expression?
    /// What to say to a learner who chose it wrongly.
    public var feedback: BilingualNarration?
    /// What a learner who chooses it probably thinks.
    public var misconception: Misconception?
  }

  /// One event that may come next; which one does is read from the run, never written in the file.
  public struct NextEvent: Sendable {
    public var text: BilingualNarration
    public var pattern: MomentPattern
    /// What to say to a learner who expected it wrongly.
    public var feedback: BilingualNarration?
    /// What a learner who expects it probably thinks.
    public var misconception: Misconception?
  }

  /// One thing to be put in order.
  public struct OrderItem: Sendable {
    public var text: BilingualNarration
    public var pattern: MomentPattern
  }

  /// A wrong answer that many give.
  public struct NearAnswer: Sendable {
    public var value: Expression
    public var feedback: BilingualNarration
    /// What a learner who answers so probably thinks.
    public var misconception: Misconception?
  }

  /// The misconceptions that wrong answers show, each with what is said to it.
  public var commonThoughts: [(misconception: Misconception, feedback: BilingualNarration)] {
    let chosen: [(Misconception?, BilingualNarration?)] =
      switch kind {
      case .choose(let choices): choices.map { ($0.misconception, $0.feedback) }
      case .next(let events): events.map { ($0.misconception, $0.feedback) }
      case .predict, .point, .order: near.map { ($0.misconception, $0.feedback) }
      }
    var thoughts: [(misconception: Misconception, feedback: BilingualNarration)] = []
    for case (let misconception?, let feedback?) in chosen
    where !thoughts.contains(where: { $0.misconception == misconception }) {
      thoughts.append((misconception, feedback))
    }
    return thoughts
  }

  /// What the screen must not show while the question is open.
  public var covers: [Path] {
    switch kind {
    case .predict(let expression): expression.paths.filter { !$0.isBefore }
    case .choose, .point, .order, .next: []
    }
  }
}
