import Stack

/// What a moment must be like for a step to end there, or to be one of the things put in order.
public struct MomentPattern: Sendable {
  public var event: Event?
  public var host: String?
  public var layer: Layer?
  public var rule: Rule?
  public var reason: DropReason?
  /// Name of the socket call that the moment is about, such as `connect`.
  public var call: String?
  /// The how-manieth fitting moment since the step's start, from 1.
  public var nth = 1
  /// Header fields of the unit in hand.
  public var unit: [UnitCondition] = []
  /// Anything else that must hold right after the moment.
  public var state: [StateCondition] = []
  /// Line in the lesson's file, from 1.
  public var line = 0

  public init() {}

  public struct UnitCondition: Sendable {
    /// A header field's id.
    public var header: String
    public var value: Expression
  }

  public struct StateCondition: Sendable {
    public var left: Expression
    public var right: Expression
  }
}
