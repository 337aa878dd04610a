import CNCurses
import CTerminal
import Glibc
import Screen

/// The terminal while a screen is on it; the only place where ncursesw is used. From `init` to
/// `end` the terminal is the program's; whatever ends the process in between (see
/// `terminal_guard_begin`), the terminal is given back as it was found.
///
/// Swift's own crash reporter never comes to speak meanwhile: it would draw into the screen and
/// wait for a key. The guard's handlers stand in its place, so a crash gives the terminal back,
/// shows the message that the runtime wrote, and ends with the signal. `SWIFT_BACKTRACE` need not
/// be set for that.
public struct TerminalSession: ~Copyable {
  /// What the screen shows; nil when that is not known.
  private var shown: CellGrid?
  private let palette: Palette
  private let screen: OpaquePointer
  private let strings: TerminalStrings
  private var mouse = false
  /// Keys read ahead while a control sequence was decoded.
  var pending: [Int32] = []

  /// Colours and background in use.
  public var theme: Theme { palette.theme }

  /// Takes the terminal: alternate screen, keys unbuffered, cursor hidden, mouse off. The locale
  /// of the process becomes one that knows UTF-8 where it knows none.
  ///
  /// - Parameter appearance: nil to read it from `COLORFGBG`.
  public init(appearance: Appearance? = nil) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    chooseLocale()
    let name = try terminalType()
    let strings = TerminalStrings()
    let failure = terminal_guard_begin()
    guard failure == 0 else { throw .system(failure) }
    strings.hand(mouse: false)
    terminal_guard_enter()
    guard let screen = curses_new_screen(name) else {
      terminal_guard_end()
      throw .unknownType(name)
    }
    set_escdelay(25)
    cbreak()
    noecho()
    nonl()
    keypad(curses_screen(), true)
    // Keys typed before a Ctrl-Z are not for the shell.
    intrflush(curses_screen(), true)
    curs_set(0)
    let appearance =
      appearance ?? Appearance(colourForegroundBackground: environment("COLORFGBG"))
    self.screen = screen
    self.strings = strings
    palette = Palette(appearance: appearance, noColour: environment("NO_COLOR"))
    Self.freeFlowKeys()
    terminal_guard_adopt_modes()
    followSize()
  }

  deinit {
    terminal_guard_end()
    delscreen(screen)
  }

  /// Gives the terminal back.
  public consuming func end() {}

  /// The terminal's size now.
  public var size: Size {
    Size(width: Int(getmaxx(curses_screen())), height: Int(getmaxy(curses_screen())))
  }

  /// Shows a picture, painting only what differs from what is shown. What does not fit is cut.
  ///
  /// The hidden cursor goes to the first cell in reverse video, an input's own cursor, for an
  /// input method shows the syllable being composed there.
  public mutating func paint(_ grid: CellGrid) {
    var picture = grid
    if grid.size != size {
      var canvas = Canvas(size)
      canvas.draw(grid, at: 0, 0)
      picture = canvas.grid
    }
    for span in difference(shown, picture) { paint(span) }
    shown = picture
    let window = curses_screen()
    if let (x, y) = picture.inputCursor { wmove(window, Int32(y), Int32(x)) }
    wrefresh(window)
  }

  private func paint(_ span: CellSpan) {
    let window = curses_screen()
    var column = span.x
    var rest = span.cells[...]
    while let first = rest.first {
      let run = rest.prefix { $0.style == first.style }
      rest = rest.dropFirst(run.count)
      var text: [wchar_t] = []
      for cell in run where !cell.isContinuation {
        for scalar in cell.character.unicodeScalars { text.append(wchar_t(scalar.value)) }
      }
      let (attributes, pair) = palette.attributes(of: first.style)
      wattr_set(window, attributes, pair, nil)
      // The cell in the lower right corner is drawn although the call says that it failed.
      mvwaddnwstr(window, Int32(span.y), Int32(column), text, Int32(text.count))
      column += run.count
    }
  }

  /// Forgets what is on the screen, so that the next picture is painted whole.
  mutating func repaintWhole() {
    shown = nil
    wclear(curses_screen())
    clearok(curses_physical_screen(), true)
    curs_set(1)
    curs_set(0)
  }

  /// Takes over the terminal's size. - Returns: whether it was another.
  @discardableResult
  mutating func followSize() -> Bool {
    var columns: Int32 = 0
    var rows: Int32 = 0
    terminal_guard_size(&columns, &rows)
    guard columns > 0, rows > 0, columns != curses_columns() || rows != curses_lines() else {
      return false
    }
    resize_term(rows, columns)
    repaintWhole()
    return true
  }

  /// Has the mouse reported, or not. It is off at first, so that the terminal's own selection
  /// of text works.
  public mutating func setMouse(_ isOn: Bool) {
    guard isOn != mouse else { return }
    mouse = isOn
    strings.hand(mouse: isOn)
    mouseinterval(0)
    let wanted =
      curses_pressed | curses_released | curses_clicked | curses_double_clicked
      | curses_wheel_up | curses_wheel_down
    mousemask(isOn ? wanted : 0, nil)
  }

  /// Gives the terminal back and stops the process and its group, as Ctrl-Z does; returns when
  /// the process is in the foreground again. The next key is `.resume`.
  public mutating func suspend() {
    kill(0, SIGTSTP)
  }

  /// Ctrl-S, Ctrl-Q and Ctrl-V reach the program; Ctrl-C, Ctrl-Z and Ctrl-\ stay signals, so that
  /// a program that hangs can be left.
  private static func freeFlowKeys() {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
    modes.c_iflag &= ~tcflag_t(IXON)
    modes.c_lflag &= ~tcflag_t(IEXTEN)
    tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    def_prog_mode()
  }
}

extension CellGrid {
  /// The first cell in reverse video.
  fileprivate var inputCursor: (x: Int, y: Int)? {
    for y in 0..<height {
      if let x = row(y).firstIndex(where: \.style.reverse) {
        return (x - row(y).startIndex, y)
      }
    }
    return nil
  }
}
