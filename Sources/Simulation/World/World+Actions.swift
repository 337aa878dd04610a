import Stack

extension World {
  /// An input from outside, at the present time. What names no host, process or frame does nothing.
  public mutating func perform(_ action: WorldAction, _ journal: inout Journal) throws(Stop) {
    touchedFrames.removeAll(keepingCapacity: true)
    switch action {
    case .call(let host, let process, let call):
      guard let index = register(process, host) else { return }
      try perform(call, process: index, &journal)
    case .start(let program, let host, let process):
      guard let index = register(process, host) else { return }
      processes[index].program = ProgramRun(program)
      processes[index].outcome = nil
      processes[index].pending = nil
      queue.remove(.resumption(process: index))
      queue.schedule(.resumption(process: index), at: now)
    case .exit(let host, let process):
      guard let index = register(process, host) else { return }
      try exit(process: index, &journal)
    case .write(let host, let slot, let offset, let octets):
      guard let place = place(of: host), hosts[place].memory.slots.contains(slot) else { return }
      try hosts[place].write(octets, at: offset, slot: slot, at: now, &journal)
      try settle(place, &journal)
    case .fault(let fault): faults.append(ArmedFault(fault))
    case .strike(let frame, let effect): try strike(frame, effect, &journal)
    case .release(let frame): release(frame)
    case .inject(let segment): try inject(segment, &journal)
    case .cut(let host): try cut(host, &journal)
    case .mend(let host): mend(host)
    case .arrive(let octets): try arrive(octets, &journal)
    case .report(let error): try inject(error, &journal)
    case .set, .pause, .resume, .reboot: try befall(action, &journal)
    case .wait(let span): pass(span)
    }
  }

  /// What befalls a host.
  private mutating func befall(_ action: WorldAction, _ journal: inout Journal) throws(Stop) {
    switch action {
    case .set(let host, let parameter, let value):
      try set(parameter, to: value, of: host, &journal)
    case .pause(let host, let process):
      guard let index = register(process, host) else { return }
      try pause(process: index, &journal)
    case .resume(let host, let process):
      guard let index = register(process, host) else { return }
      try goOn(process: index, &journal)
    case .reboot(let host): try reboot(host, &journal)
    default: break
    }
  }

  /// Lets time pass up to the next event.
  private mutating func pass(_ span: Nanoseconds) {
    let end = now + span
    now = min(end, queue.next?.time ?? end)
  }

  func place(of host: HostID) -> Int? {
    hosts.indices.contains(Int(host.index)) ? Int(host.index) : nil
  }

  /// The process's place, made when it is new; nil when there is no such host.
  private mutating func register(_ process: ProcessID, _ host: HostID) -> Int? {
    guard place(of: host) != nil, host != configuration.outside else { return nil }
    if let known = processes.firstIndex(where: { $0.id == process && $0.host == host }) {
      return known
    }
    processes.append(ProcessRecord(host: host, id: process))
    return processes.count - 1
  }
}

extension World {
  /// A process makes a call.
  mutating func perform(_ call: SocketCall, process index: Int, _ journal: inout Journal)
    throws(Stop)
  {
    let host = Int(processes[index].host.index)
    let call = processes[index].resolved(call)
    processes[index].pending = call
    let result = try hosts[host].call(call, by: processes[index].id, at: now, &journal)
    if result != .blocked { end(call, result, process: index) }
    try settle(host, &journal)
  }

  /// A program goes on.
  mutating func resume(_ index: Int, _ journal: inout Journal) throws(Stop) {
    guard processes[index].outcome == nil, processes[index].pending == nil else { return }
    guard !processes[index].isPaused else {
      processes[index].isDue = true
      return
    }
    let result = processes[index].lastResult
    switch processes[index].program?.next(after: result) {
    case .call(let call): try perform(call, process: index, &journal)
    case .wait(let span): queue.schedule(.resumption(process: index), at: now + span)
    case .finish(let outcome): processes[index].outcome = outcome
    case nil: break
    }
  }

  /// A blocked call has come to its end.
  mutating func end(_ completion: Completion, host: Int) {
    let place = processes.firstIndex {
      $0.id == completion.process && Int($0.host.index) == host
    }
    guard let place else { return }
    end(completion.call, completion.result, process: place)
  }

  /// A process is told of urgent data. It goes on with what it does: it may ask how far it has to read.
  mutating func note(_ signal: UrgentSignal, host: Int) {
    let place = processes.firstIndex {
      $0.id == signal.process && Int($0.host.index) == host
    }
    if let place { processes[place].urgentSignals += 1 }
  }

  private mutating func end(_ call: SocketCall, _ result: CallResult, process index: Int) {
    let isExpected = processes[index].pending == call
    processes[index].note(result, of: call)
    if isExpected, processes[index].program != nil, processes[index].outcome == nil {
      queue.schedule(.resumption(process: index), at: now)
    }
  }

  private mutating func exit(process index: Int, _ journal: inout Journal) throws(Stop) {
    let host = Int(processes[index].host.index)
    queue.remove(.resumption(process: index))
    processes[index].end()
    try hosts[host].exit(processes[index].id, at: now, &journal)
    try settle(host, &journal)
  }
}
