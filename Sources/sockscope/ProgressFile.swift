import Course
import Foundation

/// Where progress is kept: `sockscope/progress` in the XDG state folder.
///
/// It is written whole beside the old one and put in its place, so that nothing half-written is ever read.
/// Not being able to keep it stops nobody from learning: it is said once, after the screens are closed.
struct ProgressFile {
  private let folder: URL?
  private(set) var problem: String?

  init(_ variables: [String: String] = ProcessInfo.processInfo.environment) {
    func absolute(_ name: String) -> String? {
      variables[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map { $0 + "/.local/state" }
    folder = state.map { URL(filePath: $0).appending(path: "sockscope") }
  }

  /// What was kept; nothing when there is nothing to read.
  func read() -> LearnerProgress {
    guard let file = folder?.appending(path: "progress"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return LearnerProgress() }
    return LearnerProgress(parsing: text)
  }

  mutating func write(_ progress: LearnerProgress, _ shared: SharedOptions) {
    guard problem == nil else { return }
    guard let folder else {
      problem = shared.say(
        "진도를 남기지 못했습니다. HOME이나 XDG_STATE_HOME을 정해 주세요.",
        "LearnerProgress was not kept: set HOME or XDG_STATE_HOME.")
      return
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(progress.text.utf8).write(
        to: folder.appending(path: "progress"), options: .atomic)
    } catch {
      problem = shared.say(
        "진도를 \(folder.path)에 남기지 못했습니다. 쓸 수 있는 폴더를 XDG_STATE_HOME으로 정해 주세요.",
        "LearnerProgress was not kept in \(folder.path): set XDG_STATE_HOME to a folder you may write to."
      )
    }
  }
}
