import Course
import Session
import Stack

/// How the views stand: as the learner has left them, else as the step would have them.
extension LessonModel {
  func viewState(_ view: LessonView) -> ViewState { viewStates[view] ?? firstState(of: view) }

  /// Where a step's text stands still: before it runs, and once it has run.
  var isAtEdge: Bool { position.moment == step.first || position.moment == step.last }

  /// A view begins with the chapter's figure and with what the step points at. In between Memory and Header follow
  /// the work.
  private func firstState(of view: LessonView) -> ViewState {
    var state = ViewState(figure: step.step.figure)
    switch view {
    case .memory where isAtEdge: pointMemory(&state)
    case .header where isAtEdge: pointHeader(&state)
    case .plot: pointPlot(&state)
    default: break
    }
    return state
  }

  /// The curve that has the field.
  private func pointPlot(_ state: inout ViewState) {
    let fields = step.step.point.compactMap(\.field)
    if fields.contains(where: { [.cwnd, .ssthresh].contains($0) }) { state.curve = .congestion }
    if fields.contains(where: { [.srtt, .rto].contains($0) }) { state.curve = .roundTrip }
  }

  /// The record that the text speaks of, and its fields.
  private func pointMemory(_ state: inout ViewState) {
    let reading = MomentReading(timeline, self.state)
    let places = step.step.point.compactMap { path -> (MemoryReference, Field)? in
      guard let place = path.record(in: reading), let field = path.field else { return nil }
      return (place, field)
    }
    let work = scene.recordAtWork
    // Where the step's end has deleted a record, that is what is to be seen.
    if position.moment == step.last, let work, scene.slot(work) == nil { return }
    guard let shown = places.first(where: { $0.0 == work })?.0 ?? places.first?.0 else { return }
    state.memory = shown
    state.pointed = places.filter { $0.0 == shown }.map(\.1)
  }

  /// The header field that the step points at, and its frame once that has been sent.
  private func pointHeader(_ state: inout ViewState) {
    for path in step.step.point {
      switch path.subject {
      case .unit(let id), .frame(.last, .header(let id)): state.pointedHeader = id
      case .frame(.number(let number), .header(let id)):
        state.pointedHeader = id
        if number <= scene.frames.count { state.frame = UInt32(clamping: number) }
      default: continue
      }
      if state.header != .sizes, let id = state.pointedHeader {
        state.header = HeaderChoice(havingField: id)
      }
      return
    }
  }
}

extension Path {
  /// The record that a socket's path means at a moment.
  func record(in reading: MomentReading) -> MemoryReference? {
    guard case .socket(let name, let choice, _) = subject, let id = reading.hostID(name),
      let host = reading.host(name), let slot = reading.slot(choice, host)
    else { return nil }
    return MemoryReference(host: id, socket: host.memory[slot].number)
  }
}
