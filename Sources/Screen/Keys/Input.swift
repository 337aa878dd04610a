/// What the outside tells a screen program.
public enum Input: Hashable, Sendable {
  case key(Key)
  /// So many milliseconds of real time have passed since the tick before; only while the program
  /// asks to be woken. A tick may come sooner than asked for, before a key.
  case tick(elapsed: Int)
  case resize(Size)
}

/// What a screen program wants done after an input.
public enum Effect: Hashable, Sendable {
  case none
  /// Render and paint what differs.
  case redraw
  /// Give the terminal back and stop the process, as Ctrl-Z does.
  case suspend
  /// Give the terminal back and end.
  case quit
}
