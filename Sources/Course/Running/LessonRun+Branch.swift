import Session
import Simulation
import Stack

/// A place in a lesson: a step, and so many moments of its run.
public struct LessonPlace: Hashable, Sendable {
  public var step: Int
  public var moment: Int

  public init(step: Int, moment: Int) {
    self.step = step
    self.moment = moment
  }
}

extension LessonRun {
  /// The lesson's own steps; behind them stand the runs that the learner opened.
  public var lessonSteps: Int { steps.prefix { runs[$0.run].origin == nil }.count }

  /// Writes a number over a field at a place; what follows is a run of its own, as a step behind the lesson's steps.
  ///
  /// - Parameter slot: where the socket's record stands in its host's memory.
  /// - Returns: the place of the new step; nil when there is no such record there.
  public mutating func write(
    _ number: UInt64, to field: Field, host: HostID, slot: Int, at place: LessonPlace,
    show: [LessonView] = [.ladder, .memory]
  ) -> Int? {
    guard steps.indices.contains(place.step) else { return nil }
    let parent = timeline(of: steps[place.step])
    let hosts = parent.state(at: place.moment).world.hosts
    guard hosts.indices.contains(Int(host.index)) else { return nil }
    let memory = hosts[Int(host.index)].memory
    guard memory.slots.contains(slot), !memory[slot].isFree else { return nil }
    var block = memory[slot]
    block.write(number, to: field)
    let branch = parent.branch(
      at: place.moment,
      doing: .write(
        host: host, slot: slot, offset: field.description.offset,
        octets: block.octets(of: field)))
    let name = freshName
    let value = block.words(for: field, raw: block.raw(field))
    let step = LessonStep(writing: value, to: field, named: name, show: show)
    runs.append(
      NamedTimeline(
        name: name, timeline: branch.timeline, setupEnd: branch.fork, origin: place))
    steps.append(
      StepRun(
        step: step, run: runs.count - 1, first: branch.fork, last: branch.timeline.momentCount))
    return steps.count - 1
  }

  /// `write-1`, or the first number whose name no run of the lesson has.
  private var freshName: String {
    var number = steps.count - lessonSteps + 1
    while runs.contains(where: { $0.name == "write-\(number)" }) { number += 1 }
    return "write-\(number)"
  }

  /// Where a moment of a run is in the lesson: in the step that it belongs to, else in the nearest one.
  func place(ofMoment number: Int, inRun run: Int) -> LessonPlace? {
    let places = steps.indices.filter { steps[$0].run == run }
    let within = places.first { steps[$0].first < number && number <= steps[$0].last }
    let place = within ?? places.first { steps[$0].first >= number } ?? places.last
    return place.map { LessonPlace(step: $0, moment: number) }
  }
}

extension LessonStep {
  /// The step of a run that the learner opened by writing. Brackets in its text are no expressions.
  init(writing value: String, to field: Field, named name: String, show: [LessonView]) {
    let ko = Narration(
      plain: """
        \(field.name)에 \(value)을(를) 적었습니다.

        스택은 모르는 채 이 값을 읽고 움직입니다. .으로 따라가 보세요.

        {를 누르면 적기 전으로 돌아갑니다. 원래 흐름은 그대로 있습니다.
        """)
    let en = Narration(
      plain: """
        You wrote \(value) into \(field.name).

        The stack does not know, and obeys. Follow it with .

        { goes back to before; the first run is as it was.
        """)
    self.init(
      id: name, kind: .run, title: Phrase(ko: "\(field.name)에 적음", en: "\(field.name) written"),
      narration: BilingualNarration(ko: ko, en: en), afterword: nil, show: show, point: [],
      questions: [], run: name, commands: [], until: nil, expectations: [], words: [], line: 0)
  }
}

extension Narration {
  /// A text without values.
  init(plain text: String) {
    source = text
    pieces = [.text(text)]
  }
}
