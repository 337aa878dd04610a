import Screen

/// Runs a program on the terminal until it quits, and gives the terminal back.
///
/// The program is told the size first and after every change, then keys and, while it asks to be
/// woken, the time that passes: whenever `nextWake` is not nil, a `.tick` comes once so many
/// milliseconds are over, and before a key with the time gone until then, so that the ticks add
/// up to real time whatever the keys do. A program counts its own waits down by `elapsed`.
///
/// Ctrl-C and SIGINT end it at once.
///
/// - Parameters:
///   - model: what the program knows; kept when it ends.
///   - appearance: nil to ask the terminal.
///   - ascii: whether only ASCII signs are drawn.
///   - mouse: whether the mouse is reported.
///   - update: takes an input in; says what is to be done.
///   - render: the picture for a size.
///   - nextWake: milliseconds until a tick is wanted; nil for none.
/// - Returns: the exit status: 0 after a quit, 130 after an interrupt.
public func runScreen<Model>(
  model: inout Model, appearance: Appearance? = nil, ascii: Bool = false, mouse: Bool = false,
  update: (inout Model, Input) -> Effect, render: (Model, Size) -> CellGrid,
  nextWake: (Model) -> Int?
) throws(TerminalError) -> Int32 {
  var session = try TerminalSession(appearance: appearance)
  session.setMouse(mouse)
  let clock = ContinuousClock()
  var tickedAt = clock.now

  func paint() {
    let picture = render(model, session.size)
    session.paint(ascii ? asciiForm(of: picture) : picture)
  }

  var inputs: [Input] = [.resize(session.size)]
  while true {
    for input in inputs {
      switch update(&model, input) {
      case .none:
        if case .resize = input { paint() }
      case .redraw: paint()
      case .suspend: session.suspend()
      case .quit: return 0
      }
    }
    inputs = []
    let wake = nextWake(model)
    if wake == nil { tickedAt = clock.now }
    let gone = tickedAt.duration(to: clock.now).wholeMilliseconds
    let key = session.nextKey(timeout: wake.map { max(0, $0 - gone) })
    if wake != nil {
      let elapsed = tickedAt.duration(to: clock.now).wholeMilliseconds
      if elapsed > 0 || key == nil { inputs.append(.tick(elapsed: elapsed)) }
      tickedAt = tickedAt.advanced(by: .milliseconds(elapsed))
    }
    switch key {
    case nil: break
    case .interrupt: return 130
    case .resize: inputs.append(.resize(session.size))
    case .resume:
      // The time of the stop is not the program's.
      tickedAt = clock.now
      inputs = [.resize(session.size), .key(.resume)]
    case .some(let key): inputs.append(.key(key))
    }
  }
}
