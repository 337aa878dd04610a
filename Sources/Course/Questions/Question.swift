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
  }

  /// One answer to choose.
  public struct Choice: Sendable {
    public var text: BilingualNarration
    /// True at the step's end when this is the right one; nil for “none of the others”.
    public var condition: Expression?
    /// What to say to a learner who chose it wrongly.
    public var feedback: BilingualNarration?
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
  }

  /// What the screen must not show while the question is open.
  public var covers: [Path] {
    switch kind {
    case .predict(let expression): expression.paths.filter { !$0.isBefore }
    case .choose, .point, .order: []
    }
  }
}
