import ArgumentParser
import Course
import Screen
import Session
import Terminal

/// Opens the screens on the terminal.
enum TerminalScreens {
  /// Shows the map, or a lesson at once, until the learner leaves. A run that is there already is shown as it is.
  ///
  /// - Parameter recording: where the opened lesson's run goes, with what the learner does to it by hand.
  /// - Throws: `Failure` when there can be no screen, an exit status when the learner interrupts.
  static func show(
    _ library: LessonLibrary, opened: LessonID?, seed: UInt64?, profile: LessonWorld.Profile?,
    recording: RecordingFile? = nil, prepared: LessonRun? = nil, _ shared: SharedOptions
  ) throws {
    var file = ProgressFile()
    var kept = file.read()
    var model = AppModel(
      lessons: LessonFolders.readable(library, shared), opened: opened,
      language: shared.language, seed: seed, profile: profile, progress: file.read(),
      prepared: prepared)
    var recorder = recording.map { Recorder($0) }
    // Before the screens open, so that a file that cannot be written stops nobody in the midst.
    try recorder?.begin(model.lesson?.run)
    let status: Int32
    do {
      status = try runScreen(
        model: &model, appearance: shared.theme, ascii: shared.ascii,
        update: { model, input in
          let effect = model.update(input)
          // Kept at every step, for a terminal may be closed at any time.
          if model.progress != kept {
            kept = model.progress
            file.write(kept, shared)
          }
          recorder?.keep(model.lesson?.run)
          return effect
        },
        render: { $0.render($1) }, nextWake: { $0.nextWake })
    } catch {
      throw Failure.failed(error.description)
    }
    if let problem = file.problem { Console.complain(problem) }
    try recorder?.end()
    guard status == 0 else { throw ExitCode(status) }
  }

  /// Shows a recording until the learner leaves.
  ///
  /// - Throws: as for a lesson.
  static func show(_ replay: ReplayModel, _ shared: SharedOptions) throws {
    var model = replay
    try show(
      shared, &model, update: { $0.update($1) }, render: { $0.render($1) },
      nextWake: { $0.nextWake })
  }

  /// Shows another program's capture until the learner leaves.
  ///
  /// - Throws: as for a lesson.
  static func show(_ observation: ObservationModel, _ shared: SharedOptions) throws {
    var model = observation
    try show(
      shared, &model, update: { $0.update($1) }, render: { $0.render($1) },
      nextWake: { $0.nextWake })
  }

  private static func show<Model>(
    _ shared: SharedOptions, _ model: inout Model, update: (inout Model, Input) -> Effect,
    render: (Model, Size) -> CellGrid, nextWake: (Model) -> Int?
  ) throws {
    let status: Int32
    do {
      status = try runScreen(
        model: &model, appearance: shared.theme, ascii: shared.ascii, update: update,
        render: render, nextWake: nextWake)
    } catch {
      throw Failure.failed(error.description)
    }
    guard status == 0 else { throw ExitCode(status) }
  }

  /// A seed that is short enough to be read out and typed.
  static func drawnSeed() -> UInt64 { UInt64.random(in: 1...999_999) }
}

/// Keeps a recording up to date while the learner works: written at the start and again with every run that they
/// open or name, so that a terminal that is closed or a program that is ended takes nothing along.
private struct Recorder {
  private let file: RecordingFile
  /// What was last seen of the run.
  private var run: LessonRun?
  private var problem: Failure?
  private var isWritten = false

  init(_ file: RecordingFile) { self.file = file }

  mutating func begin(_ run: LessonRun?) throws(Failure) {
    self.run = run
    if file.isReplaceable { try write() }
  }

  mutating func keep(_ run: LessonRun?) {
    guard let run, !Self.isSame(run, self.run) else { return }
    self.run = run
    isWritten = false
    guard file.isReplaceable else { return }
    do throws(Failure) { try write() } catch { problem = error }
  }

  /// Runs are only added, and named anew.
  private static func isSame(_ one: LessonRun, _ other: LessonRun?) -> Bool {
    guard let other else { return false }
    return one.runs.lazy.map(\.name).elementsEqual(other.runs.lazy.map(\.name))
  }

  /// - Throws: when something could not be kept.
  mutating func end() throws(Failure) {
    if !isWritten { try write() }
    if let problem { throw problem }
  }

  private mutating func write() throws(Failure) {
    guard let run else { return }
    try file.write(Recording.octets(of: run.recording))
    isWritten = true
    problem = nil
  }
}
