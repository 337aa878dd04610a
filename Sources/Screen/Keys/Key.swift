/// A key as the terminal decoded it.
public enum Key: Hashable, Sendable {
  /// A character without a meaning of its own as a key, precomposed; a blank is one too.
  case character(Character)
  /// A control key by its letter in lower case; Ctrl-C and Ctrl-Z do not arrive this way.
  case control(Character)
  case enter
  case tab
  case shiftTab
  case escape
  case backspace
  case delete
  case insert
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  /// F1 to F12.
  case function(Int)
  /// The terminal has another size.
  case resize
  /// Ctrl-C or SIGINT: the wish to leave at once.
  case interrupt
  /// Back from a stop (Ctrl-Z, then `fg`); the screen has to be painted whole.
  case resume
  case mouse(MouseEvent)

  /// What the key types into an open input; nil for keys that are not text.
  public var text: Character? {
    if case .character(let character) = self { return character }
    return nil
  }

  /// The keys that this one acts as outside of inputs: itself, or, when it was typed in the
  /// two-set Korean input mode, the Latin keys that lie under it.
  public var actions: [Key] {
    guard case .character(let character) = self, character.isHangul else { return [self] }
    return latinKeys(for: character).map { .character($0) }
  }
}

/// What the mouse did, and in which cell.
public struct MouseEvent: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case press
    case release
    case click
    case doubleClick
    case wheelUp
    case wheelDown
  }

  public var x: Int
  public var y: Int
  public var action: Action

  public init(x: Int, y: Int, action: Action) {
    self.x = x
    self.y = y
    self.action = action
  }
}
