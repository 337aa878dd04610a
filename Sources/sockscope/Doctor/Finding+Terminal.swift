import Course
import Foundation

extension Finding {
  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether the locale writes UTF-8.
  static func locale() -> Finding {
    let title = Phrase(ko: "로캘", en: "locale")
    let wanted = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variable($0) }.first
    let name = wanted ?? "C"
    let mend = "export LC_ALL=C.UTF-8"
    guard setlocale(LC_CTYPE, "") != nil else {
      return Finding(
        title,
        found: Phrase(
          ko: "\(name): 이 시스템에 없는 로캘이라 C.UTF-8을 씁니다",
          en: "\(name) is not installed on this system; C.UTF-8 is taken instead"),
        mend: mend, isNeeded: false)
    }
    let codes = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? ""
    if codes.uppercased() != "UTF-8" {
      // The screens take UTF-8 by themselves where the locale has nothing but ASCII.
      let isASCII = ["ANSI_X3.4-1968", "US-ASCII"].contains(codes)
      return Finding(
        title,
        found: Phrase(
          ko: "\(name): UTF-8이 아닙니다(\(codes))", en: "\(name) is not UTF-8 (\(codes))"),
        mend: mend, isNeeded: !isASCII)
    }
    return Finding(title, found: Phrase(ko: "\(name) · UTF-8", en: "\(name) · UTF-8"))
  }

  /// Whether `TERM` names a terminal whose description is installed.
  static func terminalType() -> Finding {
    let title = Phrase(ko: "터미널", en: "terminal")
    let mend = "export TERM=xterm-256color"
    guard let name = variable("TERM") else {
      // Without a terminal nobody needs its type.
      return Finding(
        title, found: Phrase(ko: "TERM이 없습니다", en: "TERM is not set"),
        mend: Console.isTerminal ? mend : nil)
    }
    guard hasDescription(name) else {
      return Finding(
        title,
        found: Phrase(
          ko: "TERM=\(name): 이 터미널의 설명이 시스템에 없습니다",
          en: "TERM=\(name): the system has no description of it"), mend: mend,
        isNeeded: Console.isTerminal)
    }
    if name == "dumb" {
      return Finding(
        title,
        found: Phrase(
          ko: "TERM=dumb: 커서를 옮길 수 없습니다", en: "TERM=dumb cannot move the cursor"), mend: mend,
        isNeeded: Console.isTerminal)
    }
    return Finding(title, found: Phrase(ko: "TERM=\(name)", en: "TERM=\(name)"))
  }

  /// The places of terminfo(5), each with a folder for the first letter or for its number.
  private static func hasDescription(_ name: String) -> Bool {
    guard let first = name.utf8.first, !name.contains("/") else { return false }
    var places = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
    if let own = variable("TERMINFO") { places.append(own) }
    if let home = variable("HOME") { places.append(home + "/.terminfo") }
    places += (variable("TERMINFO_DIRS") ?? "").split(separator: ":").map(String.init)
    let letters = [String(name.prefix(1)), String(first, radix: 16)]
    return places.contains { place in
      letters.contains { FileManager.default.fileExists(atPath: "\(place)/\($0)/\(name)") }
    }
  }

  /// Whether the screens have room.
  static func terminalSize() -> Finding {
    let title = Phrase(ko: "크기", en: "size")
    var size = winsize()
    let isKnown =
      ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0
    guard Console.isTerminal, isKnown else {
      return Finding(
        title,
        found: Phrase(
          ko: "여기는 터미널이 아닙니다. 수업은 글로 나옵니다",
          en: "no terminal here; lessons come as plain text"))
    }
    let text = "\(size.ws_col)×\(size.ws_row)"
    guard size.ws_col >= 80, size.ws_row >= 24 else {
      return Finding(
        title,
        found: Phrase(
          ko: "\(text): 80×24보다 작습니다", en: "\(text) is smaller than 80×24"),
        mend: #"printf '\033[8;24;80t'"#)
    }
    return Finding(title, found: Phrase(ko: text, en: text))
  }

  /// How many colours there are; the screens do without.
  static func colours() -> Finding {
    let title = Phrase(ko: "색", en: "colours")
    let type = variable("TERM") ?? ""
    let isRich = ["truecolor", "24bit"].contains(variable("COLORTERM") ?? "")
    if isRich || type.contains("256color") || type.contains("direct") {
      return Finding(title, found: Phrase(ko: "256색 이상", en: "256 or more"))
    }
    return Finding(
      title,
      found: Phrase(
        ko: "몇 가지뿐입니다. 화면은 그대로 쓸 수 있습니다", en: "a few; the screens work all the same"))
  }
}
