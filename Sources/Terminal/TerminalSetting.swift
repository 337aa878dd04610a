import CNCurses
import CTerminal
import Glibc

/// A variable of the process's environment; nil when it is not set.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Makes the process's characters those of its locale, and UTF-8 where the locale is missing or
/// knows only ASCII (C, POSIX): Korean and lines would vanish there.
func chooseLocale() {
  if setlocale(LC_CTYPE, "") != nil, let codes = nl_langinfo(Int32(CODESET)) {
    let name = String(cString: codes)
    if name != "ANSI_X3.4-1968" && name != "US-ASCII" { return }
  }
  for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil { return }
}

/// The type of the terminal: `TERM`, or its description with 256 colours where `COLORTERM` says
/// that the terminal has more than `TERM` tells.
func terminalType() throws(TerminalError) -> String {
  guard let name = environment("TERM"), !name.isEmpty else { throw .typeNotSet }
  let colours = environment("COLORTERM")
  if colours == "truecolor" || colours == "24bit" {
    let richer = name + "-256color"
    if ["xterm", "screen", "tmux", "rxvt-unicode"].contains(name), isDescribed(richer) {
      return try checked(richer)
    }
  }
  guard isDescribed(name) else { throw .unknownType(name) }
  return try checked(name)
}

private func isDescribed(_ name: String) -> Bool {
  var problem: Int32 = 0
  return setupterm(name, STDOUT_FILENO, &problem) == 0
}

/// Refuses a terminal that is described as one without a cursor to place.
private func checked(_ name: String) throws(TerminalError) -> String {
  guard curses_string("cup") != nil, curses_string("clear") != nil else { throw .incapable(name) }
  return name
}

/// The octets that enter and leave the screen on this terminal, from its description.
struct TerminalStrings {
  private let enter: [UInt8]
  private let leave: [UInt8]
  private let mouseOn: [UInt8]
  private let mouseOff: [UInt8]

  /// Needs the terminal's description to be loaded.
  init() {
    func octets(_ name: String) -> [UInt8] {
      curses_string(name).map { withoutDelays(Array(String(cString: $0).utf8)) } ?? []
    }
    enter = octets("smcup") + octets("smkx") + octets("civis")
    let home = octets("rmcup")
    leave =
      octets("rmkx") + octets("sgr0") + octets("op") + octets("cnorm")
      // A terminal with one screen only keeps the picture; the prompt goes below it.
      + (home.isEmpty ? Array("\r\n".utf8) : home)
    let hasMouse = curses_string("kmous") != nil
    mouseOn = hasMouse ? Array("\u{1b}[?1000h\u{1b}[?1006h".utf8) : []
    mouseOff = hasMouse ? Array("\u{1b}[?1006l\u{1b}[?1000l".utf8) : []
  }

  /// Hands them to the guard.
  func hand(mouse: Bool) {
    let enter = mouse ? enter + mouseOn : enter
    let leave = mouse ? mouseOff + leave : leave
    enter.withUnsafeBytes { enter in
      leave.withUnsafeBytes { leave in
        terminal_guard_set_strings(
          enter.bindMemory(to: CChar.self).baseAddress, enter.count,
          leave.bindMemory(to: CChar.self).baseAddress, leave.count)
      }
    }
  }
}

/// A string of a terminal's description without its delays such as `$<2/>`.
private func withoutDelays(_ octets: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var index = 0
  while index < octets.count {
    if octets[index...].starts(with: "$<".utf8),
      let end = octets[index...].firstIndex(of: UInt8(ascii: ">"))
    {
      index = end + 1
    } else {
      result.append(octets[index])
      index += 1
    }
  }
  return result
}
