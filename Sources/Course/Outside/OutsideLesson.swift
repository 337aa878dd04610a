import Session
import Simulation
import Stack

/// What is left of a lesson when one of its hosts is outside: what speaks of that host's memory is taken out and
/// counted, and every step has an end that can be seen.
struct OutsideLesson {
  let host: HostID
  private(set) var lesson: Lesson
  /// One for each step.
  private(set) var ends: [OutsideEnd] = []
  /// How long each step takes on the built-in wire.
  private(set) var spans: [Nanoseconds] = []
  /// The port of the web server of each run, the main one first; nil where there is none.
  private(set) var ports: [UInt16?] = []

  /// - Parameter reference: the lesson on the built-in wire.
  /// - Throws: why it cannot be run this way.
  init(_ reference: LessonRun, host id: HostID) throws(OutsideRefusal) {
    host = id
    lesson = reference.lesson
    let name = lesson.world.hosts.indices.contains(Int(id.index)) ? lesson.world.hosts[1] : ""
    try Self.requireSuitable(lesson, name)
    let worlds = [lesson.world] + lesson.runs.map(\.world)
    ports = worlds.map { $0.port(of: name) }
    for (place, done) in reference.steps.enumerated() {
      let timeline = reference.timeline(of: done)
      guard let end = OutsideEnd(of: done, in: timeline, outside: name, id) else {
        throw OutsideRefusal(.hiddenEnd(step: done.step.id), name)
      }
      spans.append(reference.span(of: done))
      ends.append(end)
      lesson.steps[place].leaveOut(name, end)
    }
    if !lesson.steps.isEmpty { lesson.steps[0].sayThatTimeIsReal(name) }
    let total = spans.reduce(Nanoseconds(0)) { Nanoseconds($0.count + $1.count) }
    guard total <= Self.longestLesson else { throw OutsideRefusal(.tooLong(total), name) }
    lesson.world.programs.removeAll { $0.actor == name }
    for run in lesson.runs.indices {
      lesson.runs[run].world.programs.removeAll { $0.actor == name }
    }
  }

  /// A learner waits in real time.
  private static let longestLesson = Nanoseconds.seconds(90)

  private static func requireSuitable(_ lesson: Lesson, _ name: String) throws(OutsideRefusal) {
    for world in [lesson.world] + lesson.runs.map(\.world) {
      guard world.hosts.count == 2 else { throw OutsideRefusal(.otherHosts, name) }
      for setting in world.settings where setting.host == name && setting.kind != .mtu {
        throw OutsideRefusal(.setting(setting.kind), name)
      }
      for line in world.programs where line.actor == name {
        guard case .start(_, .webServer) = line.verb else {
          throw OutsideRefusal(.order(line.text, step: nil), name)
        }
      }
    }
    for step in lesson.steps {
      for line in step.commands where line.actor == name {
        throw OutsideRefusal(.order(line.text, step: step.id), name)
      }
    }
  }
}

extension LessonRun {
  /// The world's time that a step takes.
  public func span(of step: StepRun) -> Nanoseconds {
    let timeline = timeline(of: step)
    return timeline.state(at: step.last).world.now.since(timeline.state(at: step.first).world.now)
  }
}

/// Why a lesson cannot be run with a host outside.
public struct OutsideRefusal: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// There are more hosts than the client and the one outside.
    case otherHosts
    case setting(HostParameter)
    /// The lesson gives the host an order: a command of a step, or a program.
    case order(String, step: String?)
    /// A step ends with something in the host that no frame brings about.
    case hiddenEnd(step: String)
    /// It would take so long.
    case tooLong(Nanoseconds)
    /// It does not come out as it says even on the built-in wire.
    case broken
  }

  public var kind: Kind
  /// The host's name.
  public var host: String

  init(_ kind: Kind, _ host: String) {
    self.kind = kind
    self.host = host
  }

  public var text: Phrase {
    switch kind {
    case .otherHosts:
      Phrase(
        ko: "호스트가 둘보다 많습니다", en: "it has more hosts than the client and the \(host)")
    case .setting(let kind):
      Phrase(
        ko: "\(host)의 \(kind.name) 설정은 커널에 할 수 없습니다",
        en: "the setting \(kind.name) of the \(host) cannot be made in a kernel")
    case .order(let text, let step?):
      Phrase(
        ko: "‘\(step)’ 단계가 \(host)에게 시키는 일(\(text))을 커널은 따르지 않습니다",
        en: "step “\(step)” gives the \(host) an order (\(text)) that the kernel does not take")
    case .order(let text, nil):
      Phrase(
        ko: "\(host)의 프로그램(\(text))은 웹 서버가 아닙니다",
        en: "the program of the \(host) (\(text)) is no web server")
    case .hiddenEnd(let step):
      Phrase(
        ko: "‘\(step)’ 단계의 끝은 \(host) 안에서만 볼 수 있습니다",
        en: "the end of step “\(step)” can be seen only inside the \(host)")
    case .tooLong(let span):
      Phrase(
        ko: "실제 시간으로 \(span.count / 1_000_000_000)초가 걸립니다",
        en: "it would take \(span.count / 1_000_000_000) s of real time")
    case .broken:
      Phrase(
        ko: "프로그램 안의 선로에서도 적힌 대로 되지 않습니다",
        en: "it does not come out as it says even on the built-in wire")
    }
  }
}

extension CommandLine {
  /// The host that must obey: that makes a call, runs a program, has its memory written; nil for the wire's matters.
  /// A segment forged in a host's name takes its numbers from that host's memory.
  var actor: String? {
    switch verb {
    case .call(let host, _, _), .start(let host, _), .exit(let host), .write(let host, _, _, _),
      .set(let host, _, _), .pause(let host), .resume(let host), .reboot(let host):
      host
    case .inject(let inject): inject.from
    case .report, .fault, .strike, .release, .releaseFrame, .cut, .mend, .wait: nil
    }
  }
}

extension LessonWorld {
  fileprivate func port(of host: String) -> UInt16? {
    for line in programs {
      if case .start(host, .webServer(let port)) = line.verb { return port }
    }
    return nil
  }
}
