import ArgumentParser
import Course
import Screen
import Session

/// `sockscope lesson [ID]`.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Take a lesson, or list lessons.",
    discussion: """
      Without a terminal the lesson comes as plain text. Without --seed it then takes the numbers that its \
      author chose; on a terminal it draws fresh ones and shows the seed.

      EXAMPLES:
        sockscope lesson                      all lessons
        sockscope lesson 2                    the lessons of section 2
        sockscope lesson A                    those beyond the book
        sockscope lesson L05                  on the terminal
        sockscope lesson L5 --print --lang ko
        sockscope lesson L05 --json --seed 7 | head
        sockscope lesson L05 --record handshake.pcapng --profile modern
        sockscope lesson L05 --json --poke "syn: client snd.nxt +1000"
        sockscope lesson L05 --json --poke "37: server 4.state LISTEN"
        sockscope lesson L05 --json --fault "down: drop frame"
        sockscope lesson L05 --json --fault "34: delay frame 1 by 50 ms"
        sockscope lesson L05 --link tap       this system's kernel as the server
      """)

  @Argument(
    help:
      "L01 … L20, A01 … A10, X1-01 and the like; 1 … 6 or A for all of a part.",
    completion: Completions.lessons)
  var id: String?

  @Flag(help: "Plain text, which is also the form for screen readers.")
  var print = false

  @Flag(
    help: "List what each lesson holds: statements, questions, figures; with --json a line each.")
  var list = false

  @Flag(help: "JSON Lines, one moment a line.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Record the run in a pcapng file, with what is written by hand.", valueName: "file"),
    completion: Completions.recordings)
  var record: String?

  @Option(
    help: ArgumentHelp(
      "Write to the memory without a learner, at a step's end or a moment; may be given again. What follows is a branch.",
      valueName: "place: host field value"))
  var poke: [String] = []

  @Option(
    help: ArgumentHelp(
      "Do what f does without a learner: a command of a lesson, such as “drop frame 1”, at a step's end or a moment; may be given again. What follows is a branch.",
      valueName: "place: command"))
  var fault: [String] = []

  @Option(help: ArgumentHelp("Where the random numbers begin, 0 … 2⁶⁴−1.", valueName: "n"))
  var seed: UInt64?

  @Option(help: "TCP as in the book, or as it is today.")
  var profile: LessonWorld.Profile?

  @Option(help: "The server: built in, or this system's kernel behind a TAP device.")
  var link = LessonLink.loopback

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if print && json {
      throw ValidationError("--print and --json are two forms of output; choose one.")
    }
    let isOneLesson = id.map { Int($0) == nil && !LessonCommand.isAdvancedPart($0) } ?? false
    if link == .tap && (list || !isOneLesson) {
      throw ValidationError("--link tap wants one lesson, such as L05.")
    }
    if link == .tap && !(poke + fault).isEmpty {
      throw ValidationError(
        "\(poke.isEmpty ? "--fault" : "--poke") opens a branch, but a real peer cannot be rewound; leave --link out."
      )
    }
    if list && (record != nil || seed != nil || profile != nil || !(poke + fault).isEmpty) {
      throw ValidationError(
        "--list runs no lesson; leave --record, --seed, --profile, --poke and --fault out.")
    }
  }

  func run() throws {
    let library = try LessonFolders.library(shared)
    if list { return try listContents(library) }
    guard let id else { return try showMap(LessonFolders.readable(library, shared), of: nil) }
    if let number = Int(id) {
      guard let section = ChapterSection(rawValue: number) else {
        throw Failure.missing(
          shared.say(
            "\(number)절은 없습니다. 1에서 6까지 있습니다.",
            "There is no section \(number); the sections are 1 to 6."))
      }
      return try showMap(
        LessonFolders.readable(library, shared).filter { $0.chapterSection == number },
        of: section)
    }
    if LessonCommand.isAdvancedPart(id) {
      let lessons = LessonFolders.readable(library, shared)
      return try Console.write(shared.shown(MapPrint.advanced(lessons, shared.language)))
    }
    do {
      try run(try library.lesson(named: id), of: library)
    } catch let problem as LibraryProblem {
      throw Failure(problem, shared.language)
    }
  }

  private static func isAdvancedPart(_ id: String) -> Bool { id.uppercased() == AdvancedPart.name }

  /// All lessons, those of a section or beyond the book, or one.
  private func listContents(_ library: LessonLibrary) throws {
    let lessons = LessonFolders.readable(library, shared).sorted { $0.id < $1.id }
    let wanted = lessons.filter { lesson in
      guard let id else { return true }
      if LessonCommand.isAdvancedPart(id) { return lesson.id.part == .advanced }
      return Int(id).map { $0 == lesson.chapterSection } ?? (LessonID(id) == lesson.id)
    }
    guard !wanted.isEmpty else {
      let name = id ?? ""
      throw Failure.missing(
        shared.say("“\(name)” 수업은 없습니다.", "There is no lesson “\(name)”."))
    }
    let texts = wanted.map { lesson in
      let contents = LessonContents(lesson)
      return json ? contents.json : contents.text(shared.language)
    }
    let text = texts.joined(separator: "\n") + "\n"
    try Console.write(json ? text : shared.shown(text))
  }

  private func showMap(_ lessons: [Lesson], of section: ChapterSection?) throws {
    let text = MapPrint.text(lessons, section: section, shared.language)
    try Console.write(shared.shown(text))
  }

  private func run(_ lesson: Lesson, of library: LessonLibrary) throws {
    let isOnScreen = !print && !json && (poke + fault).isEmpty && Console.isTerminal
    let seed = self.seed ?? (isOnScreen ? TerminalScreens.drawnSeed() : nil)
    let destination = try record.map { try RecordingFile(path: $0, shared) }
    if isOnScreen, link == .loopback {
      return try TerminalScreens.show(
        library, opened: lesson.id, seed: seed, profile: profile, recording: destination, shared)
    }
    var run = LessonRunner(seed: seed, profile: profile).run(lesson)
    if link == .tap {
      if isOnScreen { try Console.write(LessonOverTAP.announcement(run, shared)) }
      run = try LessonOverTAP.run(run, shared)
    }
    for text in poke {
      try perform("--poke") { () throws(CommandProblem) in try run.perform(try Poke(text)) }
    }
    for text in fault {
      try perform("--fault") { () throws(CommandProblem) in try run.perform(try LearnerFault(text))
      }
    }
    let parts = run.recording
    try destination?.write(Recording.octets(of: parts))
    if isOnScreen {
      try TerminalScreens.show(
        library, opened: lesson.id, seed: seed, profile: profile, prepared: run, shared)
    } else if json {
      for place in parts.indices {
        try Console.write(lines: Recording.lines(of: place, in: parts))
      }
    } else {
      try Console.write(shared.shown(LessonPrint.text(run, shared.language)))
    }
    try report(run, of: lesson)
  }

  /// Something done by hand, as `e` and `f` do it on the terminal.
  private func perform(
    _ option: String, _ body: () throws(CommandProblem) -> Int
  ) throws(Failure) {
    do {
      _ = try body()
    } catch {
      let meant = error.suggestion.map { shared.say("; “\($0)”인가요?", "; did you mean “\($0)”?") }
      throw .missing("\(option): \(error.message)\(meant ?? "")")
    }
  }

  /// A lesson that does not come out as it says is damaged.
  private func report(_ run: LessonRun, of lesson: Lesson) throws(Failure) {
    guard !run.problems.isEmpty else { return }
    for problem in run.problems { Console.complain("\(lesson.id):\(problem)") }
    if let outside = run.outside {
      throw .failed(
        shared.say(
          "\(outside.peer) 커널과는 \(lesson.id) 수업이 적힌 대로 되지 않았습니다. 위의 줄이 다른 곳입니다.",
          "With \(outside.peer) \(lesson.id) did not come out as it says; the lines above tell where."
        ))
    }
    throw .failed(
      shared.say(
        "\(lesson.id) 수업이 적힌 대로 되지 않았습니다. 위의 줄을 고쳐 주세요.",
        "\(lesson.id) did not come out as it says; the lines above tell where."))
  }
}
