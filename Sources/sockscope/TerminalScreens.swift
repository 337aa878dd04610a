import ArgumentParser
import Course
import Screen
import Terminal

/// Opens the screens on the terminal.
enum TerminalScreens {
  /// Shows the map, or a lesson at once, until the learner leaves.
  ///
  /// - Throws: `Failure` when there can be no screen, an exit status when the learner interrupts.
  static func show(
    _ library: LessonLibrary, opened: LessonID?, seed: UInt64?, profile: LessonWorld.Profile?,
    _ shared: SharedOptions
  ) throws {
    var file = ProgressFile()
    var kept = file.read()
    var model = AppModel(
      lessons: LessonFolders.readable(library, shared), opened: opened,
      language: shared.language, seed: seed, profile: profile, progress: file.read())
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
          return effect
        },
        render: { $0.render($1) }, nextWake: { $0.nextWake })
    } catch {
      throw Failure.failed(error.description)
    }
    if let problem = file.problem { Console.complain(problem) }
    guard status == 0 else { throw ExitCode(status) }
  }

  /// Shows a recording until the learner leaves.
  ///
  /// - Throws: as for a lesson.
  static func show(_ replay: ReplayModel, _ shared: SharedOptions) throws {
    var model = replay
    let status: Int32
    do {
      status = try runScreen(
        model: &model, appearance: shared.theme, ascii: shared.ascii, update: { $0.update($1) },
        render: { $0.render($1) }, nextWake: { $0.nextWake })
    } catch {
      throw Failure.failed(error.description)
    }
    guard status == 0 else { throw ExitCode(status) }
  }

  /// A seed that is short enough to be read out and typed.
  static func drawnSeed() -> UInt64 { UInt64.random(in: 1...999_999) }
}
