import Session
import Simulation
import Stack
import Wire

/// What was different outside, made from the frames that were seen: here, and in the same lesson on the built-in wire.
public struct OutsideReport: Sendable {
  /// What answered, such as `Linux 6.18`.
  public private(set) var peer = ""
  /// Frames that came and were no matter of the lesson.
  public private(set) var foreignFrames = 0
  /// One sentence each.
  public private(set) var sentences: [Phrase] = []
  private var hasServer = false
  private var runCount = 0
  private var differentRuns: [String] = []

  init() {}

  /// Adds what a run shows.
  mutating func take<Link: OutsideLink>(
    _ run: OutsideRun<Link>, reference: Timeline, hasServer: Bool
  ) {
    peer = run.link.peer
    foreignFrames += run.link.foreignFrames
    self.hasServer = self.hasServer || hasServer
    runCount += 1
    let here = Handshake(run.timeline)
    let there = Handshake(reference)
    if runCount == 1, let here, let there {
      sentences += OutsideReport.times(here, there, run, reference)
      sentences += OutsideReport.options(here, there)
      sentences += OutsideReport.header(here, there)
    }
    sentences += OutsideReport.forgeries(run.timeline)
    sentences += OutsideReport.repetition(run.timeline, reference)
    if !Exchange(run.timeline).begins(as: Exchange(reference)) {
      sentences.append(Exchange.difference(run.timeline, reference, number: runCount))
      differentRuns.append("\(runCount)")
    }
  }

  /// The whole as a text: who answered, what was different, what was the same.
  var text: Phrase {
    let server = hasServer ? ("python3 http.server와 ", ", with python3’s http.server") : ("", "")
    var all = [
      Phrase(
        ko: "server 자리에서 \(server.0)\(peer) 커널이 답했습니다. 그 메모리는 여기서 볼 수 없어 ?로 나옵니다.",
        en:
          "The server was the kernel of this system, \(peer)\(server.1). Its memory cannot be seen from here "
          + "and is shown as “?”.")
    ]
    all += sentences
    if differentRuns.isEmpty {
      all.append(
        Phrase(
          ko: "조각의 차례와 플래그는 실행 \(runCount)개 모두에서 프로그램 안의 server와 같았습니다.",
          en: runCount == 1
            ? "The segments and their order were those of the built-in server."
            : "In all \(runCount) runs the segments and their order were those of the built-in server."
        ))
    }
    if foreignFrames > 0 {
      all.append(
        Phrase(
          ko: "수업과 상관없는 프레임 \(foreignFrames)개는 문에서 걸렀습니다.",
          en: "\(foreignFrames) frames that have nothing to do with the lesson were kept out."))
    }
    return Phrase(
      ko: all.map(\.ko).joined(separator: "\n\n"), en: all.map(\.en).joined(separator: "\n\n"))
  }
}

extension LessonRun {
  /// The report as a step of its own behind the lesson's steps.
  mutating func addReport(_ report: OutsideReport) {
    outside = report
    guard let main = runs.first else { return }
    let text = report.text
    let end = main.timeline.momentCount
    let step = LessonStep(
      id: "outside", kind: .look,
      title: Phrase(ko: "여기서는 이렇게 달랐습니다", en: "What was different here"),
      narration: BilingualNarration(ko: Narration(plain: text.ko), en: Narration(plain: text.en)),
      afterword: nil, show: [.ladder, .header], point: [], questions: [], run: main.name,
      commands: [], until: nil, expectations: [], words: [], line: 0)
    steps.append(StepRun(step: step, run: 0, first: end, last: end))
  }
}
