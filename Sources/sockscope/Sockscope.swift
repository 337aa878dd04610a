import ArgumentParser
import Course
import Glibc

/// The program. Its commands are a stable interface: scripts rely on them.
@main struct Sockscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sockscope",
    abstract: "Look inside a TCP/IP protocol stack while it works.",
    discussion: """
      EXAMPLES:
        sockscope                               the chapter's map
        sockscope lesson L05                    a lesson on the terminal
        sockscope lesson L05 --print            the same lesson as plain text
        sockscope lesson L05 --lang ko          in Korean
        sockscope lesson 2                      the lessons of section 2
        sockscope lesson L05 --json             every moment as a line of JSON
        sockscope lesson L05 --record f.pcapng  its frames, for Wireshark
        sockscope replay f.pcapng               the recording again, or any capture
        sockscope check Lessons                 what is wrong with lesson files
        sockscope doctor                        what works here, and how to mend the rest

      EXIT STATUS:
        0 done, 1 failed or damaged, 2 no such lesson or no capture, 64 wrong usage,
        128 + n ended by signal n
      """,
    version: "sockscope 0.1.0",
    subcommands: [
      MapCommand.self, LessonCommand.self, ReplayCommand.self, CheckCommand.self,
      DoctorCommand.self,
    ],
    defaultSubcommand: MapCommand.self)

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      failure.report()
      Glibc.exit(failure.status)
    } catch {
      exit(withError: error)
    }
  }
}
