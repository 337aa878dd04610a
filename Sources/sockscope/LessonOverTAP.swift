import ArgumentParser
import Course
import Stack
import TapLink

/// What joins the hosts of a lesson.
enum LessonLink: String, CaseIterable, ExpressibleByArgument {
  /// The program's own wire, in virtual time.
  case loopback
  /// A TAP device with this system's kernel as the server, in real time.
  case tap
}

/// A lesson with this system's kernel as its server.
enum LessonOverTAP {
  /// What is said before it runs: the screens come when the real time has passed.
  static func announcement(_ reference: LessonRun, _ shared: SharedOptions) -> String {
    let spans = reference.steps.map { reference.span(of: $0).count }
    // Beside the lesson's own times: the servers' start and the silences that are waited for.
    let seconds = spans.reduce(0, +) / 1_000_000_000 + UInt64(reference.runs.count + 1) / 2
    let id = reference.lesson.id
    return shared.say(
      "\(id) 수업을 TAP에서 \(TapLine.kernel) 커널과 먼저 실행합니다. 실제 시간으로 \(seconds)초쯤 걸립니다.\n",
      "Running \(id) over TAP with \(TapLine.kernel) first; that takes about \(seconds) s of real time.\n"
    )
  }

  /// Runs it; that takes as long as the lesson's own times do.
  ///
  /// - Throws: what the system does not allow, with the command that mends it; what the lesson would need.
  static func run(_ reference: LessonRun, _ shared: SharedOptions) throws(Failure) -> LessonRun {
    do {
      return try LessonRunner().run(outside: reference) { host throws(TapProblem) in
        try TapLine(TapSettings(host))
      }
    } catch {
      throw failure(error, of: reference.lesson, shared)
    }
  }

  private static func failure(
    _ failure: OutsideFailure<TapProblem>, of lesson: Lesson, _ shared: SharedOptions
  ) -> Failure {
    switch failure {
    case .link(let problem):
      .failed(
        shared.say(
          problem.text.ko + ". 다음 명령을 실행한 뒤 다시 해 보세요:\n  \(problem.command)",
          problem.text.en + ". Run this command, then try again:\n  \(problem.command)"))
    case .refused(let refusal):
      .failed(
        shared.say(
          "\(lesson.id) 수업은 TAP으로 할 수 없습니다: \(refusal.text.ko). --link 없이 실행해 주세요.",
          "\(lesson.id) cannot be taken over TAP: \(refusal.text.en). Leave --link out."))
    }
  }
}

extension TapSettings {
  /// The kernel in the place of a lesson's host.
  fileprivate init(_ host: OutsideHost) {
    self.init(
      hardwareAddress: host.configuration.hardwareAddress, address: host.configuration.address,
      prefixLength: host.configuration.prefixLength,
      maximumTransmissionUnit: host.configuration.maximumTransmissionUnit,
      neighbour: host.neighbours.first.map { Neighbour($0.address, at: $0.hardwareAddress) },
      port: host.port)
  }
}

extension TapLine: OutsideLink {
  public var peer: String { Self.kernel }
  public var now: Instant { Instant(nanoseconds: elapsed) }

  public func receive(until deadline: Instant) throws(TapProblem) -> [UInt8]? {
    try receive(until: deadline.nanoseconds)
  }
}
