import Session
import Simulation
import Stack
import Wire

extension CommandLine {
  /// A process that makes a lesson's calls at a host; `number` counts the host's from 1.
  public static func process(of host: HostID, number: Int = 1) -> ProcessID {
    ProcessID(412 + UInt32(host.index) * 319 + UInt32(clamping: number - 1) * 100)
  }

  /// The command, with what only a run knows filled in from the state of its present moment.
  public func command(in reading: MomentReading) throws(CommandProblem) -> Command {
    switch verb {
    case .wait(let span): return .run(span)
    case .call(let host, let call, let descriptor):
      let host = try id(host, reading)
      let made = call.call(descriptor ?? SocketCall.latest)
      if descriptor == nil, made.descriptor != nil, !hasDescriptor(host, reading) {
        throw CommandProblem("“\(text)”: there is no socket yet; let it make one first")
      }
      return .call(made, host: host, process: Self.process(of: host, number: process))
    case .start(let host, let program):
      let host = try id(host, reading)
      return .start(program.program, host: host, process: Self.process(of: host, number: process))
    case .exit(let host):
      let host = try id(host, reading)
      return .act(.exit(host: host, process: Self.process(of: host, number: process)))
    case .write(_, let path, let value, let change):
      return try write(path, value, change, reading)
    case .set(let host, let parameter, let value):
      return .act(.set(host: try id(host, reading), parameter, value))
    case .pause(let host):
      let host = try id(host, reading)
      return .act(.pause(host: host, process: Self.process(of: host, number: process)))
    case .resume(let host):
      let host = try id(host, reading)
      return .act(.resume(host: host, process: Self.process(of: host, number: process)))
    case .reboot(let host): return .act(.reboot(host: try id(host, reading)))
    case .fault(let fault): return .fault(try scripted(fault, reading))
    case .strike(let effect, let frame): return try strike(effect, frame, reading)
    case .inject(let inject): return try injection(inject, reading)
    case .report(let report): return try self.report(report, reading)
    case .release(let frames): return try release(frames, reading)
    case .releaseFrame(let number): return try release(number, reading)
    case .cut(let host): return .act(.cut(host: try cable(host, reading)))
    case .mend(let host): return .act(.mend(host: try cable(host, reading)))
    }
  }

  private func cable(_ host: String?, _ reading: MomentReading) throws(CommandProblem) -> HostID {
    guard let host else { return HostID(0) }
    return try id(host, reading)
  }

  private func id(_ name: String, _ reading: MomentReading) throws(CommandProblem) -> HostID {
    guard let id = reading.hostID(name) else {
      throw CommandProblem("“\(name)” is not in this world", word: name)
    }
    return id
  }

  private func hasDescriptor(_ host: HostID, _ reading: MomentReading) -> Bool {
    reading.state.world.process(Self.process(of: host, number: process), of: host)?.lastDescriptor
      != nil
  }

  private func write(
    _ path: Path, _ expression: Expression, _ change: Change, _ reading: MomentReading
  ) throws(CommandProblem) -> Command {
    guard case .socket(let name, let choice, let field) = path.subject,
      let host = reading.host(name), let slot = reading.slot(choice, host)
    else { throw CommandProblem("“\(text)”: there is no such socket") }
    var block = host.memory[slot]
    let number = try number(expression, reading)
    switch change {
    case .replaced: block.write(number, to: field)
    case .raised: block.write(block.raw(field) &+ number, to: field)
    case .lowered: block.write(block.raw(field) &- number, to: field)
    }
    return .write(
      block.octets(of: field), host: try id(name, reading), slot: slot,
      offset: field.description.offset)
  }

  /// The number that an expression stands for: a state or an address by what is stored for it.
  private func number(
    _ expression: Expression, _ reading: MomentReading
  ) throws(CommandProblem) -> UInt64 {
    let value: Value
    do {
      value = try expression.value(in: Situation(now: reading))
    } catch {
      throw CommandProblem(error.message, word: expression.source)
    }
    switch value {
    case .number(let number) where number >= 0: return UInt64(number)
    case .sequence(let number): return UInt64(number)
    case .name(let name):
      if let state = TCPState.known.first(where: { $0.name == name }) { return UInt64(state.octet) }
      if let address = IPv4Address(name) { return UInt64(address.value) }
    default: break
    }
    throw CommandProblem(
      "“\(expression.source)” is no number now but \(value.text)", word: expression.source)
  }
}

// MARK: Faults

extension CommandLine {
  private func scripted(
    _ fault: FaultVerb, _ reading: MomentReading
  ) throws(CommandProblem) -> ScriptedFault {
    ScriptedFault(
      try effect(fault.effect, reading), on: try match(fault.frames, reading), nth: fault.nth,
      count: fault.times)
  }

  private func effect(
    _ effect: FaultVerb.Effect, _ reading: MomentReading
  ) throws(CommandProblem) -> FaultEffect {
    switch effect {
    case .drop: return .drop
    case .duplicate: return .duplicate
    case .hold: return .hold
    case .swap: return .swapWithNext
    case .delay(let span): return .delay(span)
    case .flip(let octet, let bit, let behindCheck):
      return .flipBit(octet: octet, bit: bit, beforeFCS: behindCheck)
    case .rewrite(let field, let value):
      return .rewrite(field: field, value: try number(value, reading))
    }
  }

  /// What is done to a frame that is on its way now.
  private func strike(
    _ verb: FaultVerb.Effect, _ number: Int?, _ reading: MomentReading
  ) throws(CommandProblem) -> Command {
    let frame = try frameOnItsWay(number, reading) { _ in true }
    let effect = try effect(verb, reading)
    if let obstacle = effect.obstacle(on: frame) {
      throw CommandProblem("“\(text)”: \(obstacle.reason.en)")
    }
    return .act(.strike(frame: frame.number, effect))
  }

  private func release(
    _ number: Int?, _ reading: MomentReading
  ) throws(CommandProblem) -> Command {
    let frame = try frameOnItsWay(number, reading) { $0.fate == .held }
    return .act(.release(frame: frame.number))
  }

  /// The frame with a number, or the newest; of the held ones the oldest.
  private func frameOnItsWay(
    _ number: Int?, _ reading: MomentReading, _ isMeant: (FrameInFlight) -> Bool
  ) throws(CommandProblem) -> FrameInFlight {
    let frames = reading.state.world.frames.filter(isMeant)
    guard !frames.isEmpty else {
      throw CommandProblem("“\(text)”: no such frame is on its way then")
    }
    guard let number else {
      let isHeld = frames.allSatisfy { $0.fate == .held }
      return isHeld ? frames[0] : frames[frames.count - 1]
    }
    guard let found = frames.first(where: { Int($0.number) == number }) else {
      let numbers = frames.map { "\($0.number)" }.joined(separator: ", ")
      throw CommandProblem(
        "“\(text)”: frame \(number) is not on its way then; these are: \(numbers)")
    }
    return found
  }

  private func match(
    _ frames: FrameChoice, _ reading: MomentReading
  ) throws(CommandProblem) -> FrameMatch {
    let host = try id(frames.from, reading)
    switch frames.kind {
    case .any: return FrameMatch(from: host)
    case .flags(let flags): return FrameMatch(from: host, transport: .tcp, flags: flags)
    case .data: return FrameMatch(from: host, hasData: true)
    case .arp: return FrameMatch(from: host, type: .arp)
    }
  }

  /// Lets the oldest frame go that is held and meant.
  private func release(
    _ frames: FrameChoice, _ reading: MomentReading
  ) throws(CommandProblem) -> Command {
    let match = try match(frames, reading)
    let held = reading.state.world.frames.first {
      $0.fate == .held && match.holds($0.octets, from: $0.from)
    }
    guard let held else { throw CommandProblem("“\(text)”: no such frame is held now") }
    return .act(.release(frame: held.number))
  }

  private func report(
    _ report: ReportVerb, _ reading: MomentReading
  ) throws(CommandProblem) -> Command {
    guard let frame = reading.frame(report.about) else {
      throw CommandProblem("“\(text)”: there is no such frame yet")
    }
    let numbers = report.error.numbers
    return .act(
      .report(
        ForgedError(
          from: try id(report.from, reading), type: numbers.type, code: numbers.code,
          about: frame.octets)))
  }

  private func injection(
    _ inject: InjectVerb, _ reading: MomentReading
  ) throws(CommandProblem) -> Command {
    let socket = "\(inject.from).socket"
    func value(_ name: String, _ standard: String?) throws(CommandProblem) -> UInt64? {
      if let given = inject.numbers.first(where: { $0.name == name }) {
        return try number(given.value, reading)
      }
      guard let standard else { return nil }
      let context = PathContext(hosts: reading.timeline.configuration.hosts.map(\.name))
      guard let expression = try? Expression(standard, in: context),
        let number = try? number(expression, reading)
      else {
        throw CommandProblem("“\(text)”: say “\(name)”, for there is no socket to take it from")
      }
      return number
    }
    func short(_ name: String, _ standard: String) throws(CommandProblem) -> UInt16 {
      UInt16(truncatingIfNeeded: try value(name, standard) ?? 0)
    }
    func sequence(_ name: String) throws(CommandProblem) -> SequenceNumber {
      SequenceNumber(UInt32(truncatingIfNeeded: try value(name, nil) ?? 0))
    }
    // A segment that goes before a frame has that frame's ports unless told otherwise.
    func port(_ name: String, _ field: String) throws(CommandProblem) -> UInt16 {
      guard inject.before == nil else {
        return UInt16(truncatingIfNeeded: try value(name, nil) ?? 0)
      }
      return try short(name, "\(socket).\(field)")
    }
    var segment = ForgedSegment(
      from: try id(inject.from, reading), sourcePort: try port("srcport", "local.port"),
      destinationPort: try port("dstport", "remote.port"),
      sequence: try sequence("seq"), acknowledgment: try sequence("ack"), flags: inject.flags,
      window: try short("window", "65535"),
      maximumSegmentSize: try value("mss", nil).map { UInt16(truncatingIfNeeded: $0) })
    segment.source = inject.source
    segment.payload = [UInt8](
      repeating: UInt8(ascii: "x"), count: Int(min(try value("bytes", nil) ?? 0, 1500)))
    if let stamp = try value("tsval", nil) {
      segment.timestamps = TCPTimestamps(
        value: UInt32(truncatingIfNeeded: stamp),
        echo: UInt32(truncatingIfNeeded: try value("tsecr", nil) ?? 0))
    }
    segment.count = inject.times
    guard let before = inject.before else { return .act(.inject(segment)) }
    return .fault(ScriptedFault(.precede(segment), on: try match(before, reading)))
  }
}

extension CommandLine.CallVerb {
  func call(_ descriptor: Descriptor) -> SocketCall {
    switch self {
    case .socket(let kind): .socket(kind)
    case .bind(let address): .bind(descriptor, address)
    case .listen(let backlog): .listen(descriptor, backlog: backlog)
    case .accept: .accept(descriptor)
    case .connect(let address): .connect(descriptor, address)
    case .send(let octets): .send(descriptor, octets)
    case .sendUrgent(let octets): .sendUrgent(descriptor, octets)
    case .receive(let limit): .receive(descriptor, limit: limit)
    case .sendTo(let octets, let address): .sendTo(descriptor, octets, address)
    case .receiveFrom(let limit): .receiveFrom(descriptor, limit: limit)
    case .shutdown(let direction): .shutdown(descriptor, direction)
    case .close: .close(descriptor)
    case .abort: .abort(descriptor)
    case .setOption(let option): .setOption(descriptor, option)
    case .atMark: .atMark(descriptor)
    }
  }
}

extension CommandLine.ProgramVerb {
  var program: Program {
    switch self {
    case .webServer(let port): .webServer(WebServer(port: port))
    case .browser(let server, let path, let version, let persistence):
      .browser(Browser(server: server, path: path, version: version, persistence: persistence))
    case .reader(let port):
      .transfer(Transfer(.accept(port: port, backlog: 5), data: .octets([])))
    }
  }
}
