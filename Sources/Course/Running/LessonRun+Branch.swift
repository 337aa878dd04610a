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
    return open(
      .write(
        host: host, slot: slot, offset: field.description.offset, octets: block.octets(of: field)),
      at: place, show: show)
  }

  /// Carries a command of a lesson out at a place, such as `drop frame 2` or `server reboot`; what follows is a run
  /// of its own, as a step behind the lesson's steps.
  ///
  /// - Returns: the place of the new step.
  /// - Throws: when the text is no command, or it cannot be there.
  public mutating func open(
    _ text: String, at place: LessonPlace, show: [LessonView] = [.ladder, .memory]
  ) throws(CommandProblem) -> Int {
    let parent = timeline(of: steps[place.step])
    guard parent.configuration.outside == nil else {
      throw CommandProblem("the peer is a real kernel and cannot be rewound")
    }
    let context = PathContext(hosts: parent.configuration.hosts.map(\.name))
    let isWhole = CommandLine.isWhole(text, in: context)
    let line = try CommandLine(isWhole ? text : "fault \(text)", in: context)
    // The event at hand is done whole before anything else is.
    let reading = MomentReading(parent, at: parent.fork(at: place.moment))
    guard case .act(let action) = try line.command(in: reading) else {
      throw CommandProblem("“\(text)”: time passes by itself; say what is to happen")
    }
    return open(action, at: place, show: show)
  }

  /// The run that an action at a place opens; gives the place of its step.
  private mutating func open(
    _ action: WorldAction, at place: LessonPlace, show: [LessonView]
  ) -> Int {
    let parent = timeline(of: steps[place.step])
    let branch = parent.branch(at: place.moment, doing: action)
    let words = BranchWords(action, in: branch.timeline, fork: branch.fork)
    let name = freshName(words.kind)
    runs.append(
      NamedTimeline(
        name: name, timeline: branch.timeline, setupEnd: branch.fork, origin: place))
    steps.append(
      StepRun(
        step: LessonStep(opened: words, named: name, show: show), run: runs.count - 1,
        first: branch.fork, last: branch.timeline.momentCount))
    return steps.count - 1
  }

  /// `drop-1`, or the first number whose name no run of the lesson has.
  public func freshName(_ kind: String) -> String {
    var number = 1
    while runs.contains(where: { $0.name == "\(kind)-\(number)" }) { number += 1 }
    return "\(kind)-\(number)"
  }

  /// Gives a run that the learner opened another name, without blanks around it; its step goes by it, too.
  ///
  /// - Parameter place: its place in `runs`.
  /// - Returns: false for an empty name, one that another run or step has, and for the lesson's own runs.
  public mutating func rename(_ place: Int, to text: String) -> Bool {
    var name = text[...]
    while name.first?.isWhitespace == true { name.removeFirst() }
    while name.last?.isWhitespace == true { name.removeLast() }
    guard !name.isEmpty, runs.indices.contains(place), runs[place].origin != nil else {
      return false
    }
    let isTaken =
      runs.enumerated().contains { $0.offset != place && $0.element.name == name }
      || steps.contains { $0.run != place && $0.step.id == name }
    guard !isTaken else { return false }
    runs[place].name = String(name)
    for index in steps.indices where steps[index].run == place {
      steps[index].step.id = String(name)
      steps[index].step.run = String(name)
    }
    return true
  }

  /// Where a moment of a run is in the lesson: in the step that it belongs to, else in the nearest one.
  public func place(ofMoment number: Int, inRun run: Int) -> LessonPlace? {
    let places = steps.indices.filter { steps[$0].run == run }
    let within = places.first { steps[$0].first < number && number <= steps[$0].last }
    let place = within ?? places.first { steps[$0].first >= number } ?? places.last
    return place.map { LessonPlace(step: $0, moment: number) }
  }
}

extension LessonStep {
  /// The step of a run that the learner opened. Brackets in its text are no expressions.
  init(opened words: BranchWords, named name: String, show: [LessonView]) {
    let ko = Narration(
      plain: """
        \(words.sentence.ko)

        스택은 모르는 채 규칙대로 움직입니다. .으로 따라가 보세요.

        b를 누르면 원래 흐름과 나란히 보이고, {를 누르면 갈라지기 전으로 돌아갑니다. 원래 흐름은 그대로 있습니다. R로 이 갈래에 이름을 붙이세요.
        """)
    let en = Narration(
      plain: """
        \(words.sentence.en)

        The stacks do not know, and obey their rules. Follow them with .

        b puts this beside the first run, and { goes back to before. The first run is as it was. R names this branch.
        """)
    self.init(
      id: name, kind: .run, title: words.title, narration: BilingualNarration(ko: ko, en: en),
      afterword: nil, show: show, point: [], questions: [], run: name, commands: [], until: nil,
      expectations: [], words: [], line: 0)
  }
}

extension Narration {
  /// A text without values.
  init(plain text: String) {
    source = text
    pieces = [.text(text)]
  }
}
