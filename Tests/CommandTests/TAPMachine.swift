import Foundation
import Testing

/// The machine that TAP is tested on: users, devices and limits as a test wants them, without touching its own.
enum TAPMachine {
  static let isRoot = getuid() == 0

  /// A copy of the program that every user may run, and an empty folder that every user may write to; both are gone
  /// after the body.
  static func withGuest<Result>(
    _ body: (_ program: URL, _ folder: URL) throws -> Result
  ) throws -> Result {
    try Program.withFolder { folder in
      let program = folder.appending(path: "sockscope")
      try FileManager.default.copyItem(at: Program.url, to: program)
      let space = folder.appending(path: "space")
      try FileManager.default.createDirectory(at: space, withIntermediateDirectories: true)
      chmod(folder.path, 0o755)
      chmod(program.path, 0o755)
      chmod(space.path, 0o777)
      return try body(program, space)
    }
  }

  /// Runs the program by way of a shell's words before it; temporary files go into the folder.
  static func run(
    _ preparation: String, _ program: URL, _ arguments: [String], folder: URL
  ) throws -> Program.Finished {
    var environment = Program.environment
    environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    environment["TMPDIR"] = folder.path
    return try Program.finish(
      URL(filePath: "/bin/sh"), ["-c", preparation + #" "$0" "$@""#, program.path] + arguments,
      environment: environment)
  }

  /// The words that make an ordinary user of root; nothing for one who is none.
  static let asNobody =
    isRoot ? "exec setpriv --reuid 65534 --regid 65534 --clear-groups" : "exec"

  /// As root only: the same user, with a device of these access rights in the place of the machine's.
  static func asNobody(deviceMode mode: String) -> String {
    let device = "mount -t tmpfs none /dev/net && mknod -m \(mode) /dev/net/tun c 10 200"
    return "exec unshare -m --propagation private sh -c '\(device) && \(asNobody) \"$0\" \"$@\"'"
  }

  /// Processes that name a folder among their words, by their numbers.
  static func processes(naming folder: URL) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { number in
      let words = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
      return String(decoding: words, as: UTF8.self).contains(folder.path)
    }
  }

  /// Whether nothing of a run is left after a while: its server, its keeper, its folder.
  static func isClean(_ folder: URL) -> Bool {
    for _ in 0..<500 {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [""]
      if files.isEmpty, processes(naming: folder).isEmpty { return true }
      usleep(20_000)
    }
    return false
  }
}
