import PseudoTerminal
import Screen
import Testing

@Suite struct KeyTests {
  @Test(arguments: [
    ("a", "character(\"a\")"), (" ", "character(\" \")"), ("한", "character(\"한\")"),
    ("ㅂ", "character(\"ㅂ\")"), ("\r", "enter"), ("\n", "enter"), ("\t", "tab"),
    ("\u{1b}[Z", "shiftTab"), ("\u{7f}", "backspace"), ("\u{8}", "backspace"),
    ("\u{1b}[3~", "delete"), ("\u{1b}[2~", "insert"), ("\u{1b}OA", "up"), ("\u{1b}[A", "up"),
    ("\u{1b}OB", "down"), ("\u{1b}OC", "right"), ("\u{1b}[C", "right"), ("\u{1b}OD", "left"),
    ("\u{1b}OH", "home"), ("\u{1b}[H", "home"), ("\u{1b}[1~", "home"), ("\u{1b}OF", "end"),
    ("\u{1b}[4~", "end"), ("\u{1b}[5~", "pageUp"), ("\u{1b}[6~", "pageDown"),
    ("\u{1b}OP", "function(1)"), ("\u{1b}OQ", "function(2)"), ("\u{1b}[15~", "function(5)"),
    ("\u{1b}[24~", "function(12)"), ("\u{1}", "control(\"a\")"), ("\u{13}", "control(\"s\")"),
    ("\u{16}", "control(\"v\")"), ("\u{11}", "control(\"q\")"), ("\u{1b}", "escape"),
  ])
  func keys(_ octets: String, _ name: String) throws {
    let probe = try Probe.startShown()
    try probe.type(octets)
    try probe.waitFor("0: \(name)")
  }

  @Test func aCharacterMayComeInPieces() throws {
    let probe = try Probe.startShown()
    let octets = Array("한".utf8)
    try probe.type(Array(octets[..<1]))
    try probe.type(Array(octets[1...]))
    try probe.type("y")
    try probe.waitFor("0: character(\"한\")")
    try probe.waitFor("1: character(\"y\")")
  }

  @Test func manyKeysKeepTheirOrder() throws {
    let probe = try Probe.startShown()
    try probe.type("가\u{1b}OAb\r\u{1b}[6~나c")
    for (row, name) in [
      "character(\"가\")", "up", "character(\"b\")", "enter", "pageDown",
      "character(\"나\")", "character(\"c\")",
    ].enumerated() {
      try probe.waitFor("\(row): \(name)")
    }
  }

  @Test func sequencesNobodyKnowsActAsNoKey() throws {
    let probe = try Probe.startShown()
    try probe.type("\u{1b}[200~\u{1b}[?62;4c\u{1b}[Ia")
    try probe.waitFor("0: character(\"a\")")
  }

  @Test func escapeBeforeALetterIsBoth() throws {
    let probe = try Probe.startShown()
    try probe.type("\u{1b}x")
    // x leaves at once; the key before it was told first.
    #expect(try probe.waitForEnd() == .exited(3))
    let second = try Probe.startShown()
    try second.type("\u{1b}a")
    try second.waitFor("0: escape")
    try second.waitFor("1: character(\"a\")")
  }

  @Test func theMouseWhenAskedFor() throws {
    let probe = try Probe.startShown(["--mouse"])
    try probe.type("\u{1b}[<0;5;3M")
    try probe.waitFor("0: press 4,2")
    try probe.type("\u{1b}[<0;5;3m")
    try probe.waitFor("1: release 4,2")
    try probe.type("\u{1b}[<64;1;1M\u{1b}[<65;80;24M")
    try probe.waitFor("2: wheelUp 0,0")
    try probe.waitFor("3: wheelDown 79,23")
  }

  @Test func aTapOnTheMouseArrivesAtOnce() throws {
    let probe = try Probe.startShown(["--mouse"])
    try probe.type("\u{1b}[<0;5;3M\u{1b}[<0;5;3m")
    try probe.wait("the tap") { $0.shows("0: press 4,2") || $0.shows("0: click 4,2") }
  }
}
