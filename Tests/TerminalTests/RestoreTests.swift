import Foundation
import PseudoTerminal
import Screen
import Testing

/// However the program ends, the terminal is as it was found.
@Suite struct RestoreTests {
  @Test func theScreenIsTheProgramsWhileItRuns() throws {
    let probe = try Probe.startShown(["--mouse"])
    #expect(probe.screen.isAlternate)
    #expect(!probe.screen.isCursorVisible)
    #expect(probe.screen.mouseModes.contains(1006))
    #expect(probe.modes != probe.modesBefore)
    #expect(probe.screen.unknown == [])
  }

  @Test(arguments: [[], ["--mouse"]])
  func quitting(_ arguments: [String]) throws {
    let probe = try Probe.startShown(arguments)
    try probe.type("jq")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.unrestored == [])
    #expect(probe.screen.shows("left after 2 keys"))
    #expect(!probe.screen.shows("준비됨"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func signalsThatEnd(_ number: Int32) throws {
    let probe = try Probe.startShown(["--mouse"])
    probe.send(signal: number)
    #expect(try probe.waitForEnd() == .signalled(number))
    #expect(probe.unrestored == [])
  }

  @Test func interrupting() throws {
    let probe = try Probe.startShown()
    probe.send(signal: SIGINT)
    #expect(try probe.waitForEnd().shellStatus == 130)
    #expect(probe.unrestored == [])
    #expect(probe.screen.shows("left after"))
  }

  @Test(arguments: ["\u{3}", "\u{1c}"])
  func keysThatEnd(_ key: String) throws {
    let probe = try Probe.startShown()
    try probe.type(key)
    #expect(try probe.waitForEnd().shellStatus == (key == "\u{3}" ? 130 : 128 + SIGQUIT))
    #expect(probe.unrestored == [])
  }

  /// The first Ctrl-C is never answered; the second needs no answer.
  @Test func aProgramThatHangsCanBeLeft() throws {
    let probe = try Probe.startShown()
    try probe.type("H")
    try probe.wait("the hang") { $0.title == "hanging" }
    try probe.wait("the end") { _ in
      try? probe.type("\u{3}")
      return probe.end != nil
    }
    #expect(try probe.waitForEnd() == .signalled(SIGINT))
    #expect(probe.unrestored == [])
  }

  @Test(arguments: [
    ("T", "the probe was asked to trap"), ("I", "Index out of range"), ("A", ""), ("S", ""),
  ])
  func crashes(_ key: String, _ message: String) throws {
    let probe = try Probe.startShown(["--mouse"])
    try probe.type(key)
    let end = try probe.waitForEnd()
    let crashSignals = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS]
    #expect(crashSignals.map { .signalled($0) }.contains(end))
    #expect(probe.unrestored == [])
    if !message.isEmpty { #expect(probe.screen.shows(message), "\(probe.screen.text)") }
  }

  /// With the crash reporter asked for, the terminal still comes first and no key is waited for.
  @Test func crashesWithTheReporterAskedFor() throws {
    let probe = try Probe.startShown(
      environment: ["SWIFT_BACKTRACE": "enable=yes,interactive=yes"])
    try probe.type("T")
    let end = try probe.waitForEnd()
    #expect(end == .signalled(SIGILL) || end == .signalled(SIGTRAP))
    #expect(probe.unrestored == [])
    #expect(probe.screen.shows("the probe was asked to trap"))
  }

  @Test func exitInTheMiddle() throws {
    let probe = try Probe.startShown()
    try probe.type("x")
    #expect(try probe.waitForEnd() == .exited(3))
    #expect(probe.unrestored == [])
  }

  @Test func errorsAreShownAfterwards() throws {
    let probe = try Probe.startShown()
    try probe.type("e")
    try probe.waitFor("character(\"e\")")
    #expect(!probe.screen.shows("the probe complains"))
    try probe.type("q")
    try probe.waitForEnd()
    #expect(probe.screen.shows("the probe complains"))
    #expect(probe.unrestored == [])
  }

  @Test func errorsSentElsewhereGoThere() throws {
    let pipe = Pipe()
    let probe = try Probe.startShown(errors: pipe.fileHandleForWriting.fileDescriptor)
    try probe.type("eq")
    try probe.waitForEnd()
    try pipe.fileHandleForWriting.close()
    let text = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    #expect(text == "the probe complains\n")
    #expect(!probe.screen.shows("the probe complains"))
  }

  @Test(arguments: ["vt100", "linux", "xterm", "xterm-256color", "screen-256color"])
  func everyKindOfTerminalIsGivenBack(_ type: String) throws {
    let probe = try Probe.startShown(environment: ["TERM": type])
    probe.send(signal: SIGTERM)
    #expect(try probe.waitForEnd() == .signalled(SIGTERM))
    #expect(probe.unrestored == [])
  }
}

@Suite struct SuspendTests {
  @Test(arguments: ["\u{1a}", "z"])
  func stopAndForeground(_ key: String) throws {
    let probe = try Probe.startShown(["--mouse"])
    try probe.type("j")
    try probe.waitFor("0: character(\"j\")")
    let before = probe.screen.lines
    try probe.type(key)
    try probe.waitUntilStopped()
    #expect(probe.unrestored == [])
    // The shell writes into the main screen meanwhile.
    try probe.bringToForeground()
    try probe.waitFor("resumes 1.")
    #expect(probe.screen.isAlternate && !probe.screen.isCursorVisible)
    #expect(probe.screen.mouseModes.contains(1006))
    #expect(probe.modes != probe.modesBefore)
    #expect(probe.screen.lines[0] == before[0])
    #expect(probe.screen.shows("준비됨"))
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.unrestored == [])
  }

  @Test func aSizeChangedMeanwhileIsTaken() throws {
    let probe = try Probe.startShown()
    try probe.type("\u{1a}")
    try probe.waitUntilStopped()
    probe.resize(to: Size(width: 100, height: 30))
    try probe.bringToForeground()
    try probe.waitFor("size 100x30")
    try probe.waitFor("resumes 1.")
  }

  @Test func inTheBackgroundItStaysStopped() throws {
    let probe = try Probe.startShown()
    try probe.type("\u{1a}")
    try probe.waitUntilStopped()
    try probe.continueInBackground()
    try probe.waitUntilStopped()
    #expect(probe.unrestored == [])
    try probe.bringToForeground()
    try probe.waitFor("resumes 1.")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.unrestored == [])
  }

  @Test func aStoppedProgramCanBeEnded() throws {
    let probe = try Probe.startShown()
    try probe.type("\u{1a}")
    try probe.waitUntilStopped()
    probe.send(signal: SIGTERM)
    try probe.continueInBackground()
    #expect(try probe.waitForEnd() == .signalled(SIGTERM))
    #expect(probe.unrestored == [])
  }

  @Test func afterAStopThatCannotBeSeenTheScreenIsPaintedAgain() throws {
    let probe = try Probe.startShown()
    probe.send(signal: SIGSTOP)
    try probe.waitUntilStopped()
    try probe.bringToForeground()
    try probe.waitFor("resumes 1.")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.unrestored == [])
  }
}
