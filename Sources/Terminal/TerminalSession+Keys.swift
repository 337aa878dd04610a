import CNCurses
import CTerminal
import Glibc
import Screen

extension TerminalSession {
  /// The next key, or what else the terminal has to tell (another size, an interrupt, the return
  /// from a stop).
  ///
  /// - Parameter timeout: the longest wait in milliseconds; nil waits for ever.
  /// - Returns: nil when the time is over.
  public mutating func nextKey(timeout: Int? = nil) -> Key? {
    let clock = ContinuousClock()
    let deadline = timeout.map { clock.now.advanced(by: .milliseconds(max(0, $0))) }
    while true {
      // What curses or a decoded sequence holds back is not seen by a wait.
      if let key = bufferedKey() { return key }
      var wait: Int32 = -1
      if let deadline {
        let left = clock.now.duration(to: deadline)
        wait = Int32(clamping: max(0, left.wholeMilliseconds))
      }
      let report = terminal_guard_wait(wait)
      if let key = key(for: report) { return key }
      if report == 0, let deadline, clock.now >= deadline { return nil }
    }
  }

  private mutating func key(for report: Int32) -> Key? {
    func has(_ bit: Int) -> Bool { report & Int32(bit) != 0 }
    if has(TERMINAL_GUARD_INTERRUPT) { return .interrupt }
    if has(TERMINAL_GUARD_RESUME) {
      followSize()
      repaintWhole()
      return .resume
    }
    if has(TERMINAL_GUARD_RESIZE), followSize() { return .resize }
    if has(TERMINAL_GUARD_INPUT) {
      // The rest of a character may still be on its way.
      return readKey(wait: 25)
    }
    if has(TERMINAL_GUARD_HANGUP) { terminal_guard_hang_up() }
    return nil
  }

  private mutating func bufferedKey() -> Key? {
    // With octets waiting, the wait below sees them and reads them whole.
    if pending.isEmpty, inputIsWaiting { return nil }
    return readKey(wait: 0)
  }

  private var inputIsWaiting: Bool {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, 0) > 0
  }

  /// One code from curses: a character (not negative) or the negative of a key's number.
  private mutating func readCode(wait: Int32) -> Int32? {
    if !pending.isEmpty { return pending.removeFirst() }
    wtimeout(curses_screen(), wait)
    var value: wint_t = 0
    switch wget_wch(curses_screen(), &value) {
    case OK: return Int32(bitPattern: value)
    case KEY_CODE_YES: return -Int32(bitPattern: value)
    default: return nil
    }
  }

  private mutating func readKey(wait: Int32) -> Key? {
    guard let code = readCode(wait: wait) else { return nil }
    if code == 27 { return escapeKey() }
    return code < 0 ? namedKey(-code) : characterKey(code)
  }

  private func characterKey(_ code: Int32) -> Key? {
    switch code {
    case 9: return .tab
    case 10, 13: return .enter
    case 8, 127: return .backspace
    case 3: return .interrupt
    case 0: return .control(" ")
    case 1...26:
      return Unicode.Scalar(UInt32(code) + 0x60).map { .control(Character($0)) }
    case 28...31:
      return Unicode.Scalar(UInt32(code) + 0x40).map { .control(Character($0)) }
    default:
      return Unicode.Scalar(UInt32(code)).map { .character(Character($0)) }
    }
  }

  private func namedKey(_ code: Int32) -> Key? {
    switch code {
    case KEY_ENTER: return .enter
    case KEY_BTAB: return .shiftTab
    case KEY_BACKSPACE: return .backspace
    case KEY_DC: return .delete
    case KEY_IC: return .insert
    case KEY_UP, KEY_SR: return .up
    case KEY_DOWN, KEY_SF: return .down
    case KEY_LEFT, KEY_SLEFT: return .left
    case KEY_RIGHT, KEY_SRIGHT: return .right
    case KEY_HOME, KEY_FIND, KEY_A1: return .home
    case KEY_END, KEY_SELECT, KEY_C1: return .end
    case KEY_PPAGE, KEY_A3: return .pageUp
    case KEY_NPAGE, KEY_C3: return .pageDown
    case KEY_MOUSE: return mouseKey()
    case KEY_F0 + 1...KEY_F0 + 12: return .function(Int(code - KEY_F0))
    default: return nil
    }
  }

  private func mouseKey() -> Key? {
    var event = MEVENT()
    guard getmouse(&event) == OK else { return nil }
    let action: MouseEvent.Action
    switch event.bstate {
    case let state where state & curses_double_clicked != 0: action = .doubleClick
    case let state where state & curses_clicked != 0: action = .click
    case let state where state & curses_pressed != 0: action = .press
    case let state where state & curses_released != 0: action = .release
    case let state where state & curses_wheel_up != 0: action = .wheelUp
    case let state where state & curses_wheel_down != 0: action = .wheelDown
    default: return nil
    }
    return .mouse(MouseEvent(x: Int(event.x), y: Int(event.y), action: action))
  }

  /// ESC by itself, or a control sequence that the terminal's description does not have: the
  /// usual ones are understood, others are swallowed, so that no part of them acts as a key.
  private mutating func escapeKey() -> Key? {
    guard let next = readCode(wait: 0) else { return .escape }
    guard next == 0x5b || next == 0x4f else {  // [ or O
      pending.insert(next, at: 0)
      return .escape
    }
    var codes: [Int32] = []
    while let code = readCode(wait: 0) {
      codes.append(code)
      if code < 0 || (0x40...0x7e).contains(code) || codes.count > 32 { break }
    }
    guard let last = codes.last, (0x40...0x7e).contains(last) else {
      pending.insert(contentsOf: [next] + codes, at: 0)
      return .escape
    }
    let parameters = codes.dropLast().prefix { (0x30...0x39).contains($0) }
    let number = parameters.reduce(0) { ($0 * 10 + Int($1) - 0x30) % 1000 }
    return sequenceKey(final: UInt8(last), number: number)
  }

  private func sequenceKey(final: UInt8, number: Int) -> Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "Z"): .shiftTab
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4f)
    case UInt8(ascii: "~"): numberedKey(number)
    default: nil
    }
  }

  private func numberedKey(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}

extension Duration {
  /// Milliseconds, rounded up.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
