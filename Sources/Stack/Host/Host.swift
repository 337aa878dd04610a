import DequeModule
import Wire

/// A frame between an adapter and the wire: from the destination address to the padding, without preamble.
public struct LinkFrame: Hashable, Sendable {
  /// At least 60 octets.
  public var octets: [UInt8]
  /// The frame check sequence as it travels, where it is not that of the octets any more; nil: they are as
  /// they were sent.
  public var frameCheckSequence: UInt32?
  /// The adapter that it leaves or reaches, counted from 0, for a host with more than one.
  public var interface: UInt8

  /// A frame as it travels.
  public init(octets: [UInt8], frameCheckSequence: UInt32? = nil, interface: Int = 0) {
    self.octets = octets
    self.frameCheckSequence = frameCheckSequence
    self.interface = UInt8(truncatingIfNeeded: interface)
  }
}

/// One host: socket memory, the protocols, the driver and the adapter, as a value without clock or wires.
///
/// Calls, frames and the time go in; frames, completions and moments come out. A copy is independent.
public struct Host: Sendable {
  /// The sockets' control blocks.
  public internal(set) var memory = SocketMemory()
  var queues: [SocketQueues] = []
  var services: Services
  var index: SocketIndex
  var descriptors = DescriptorTables()
  var sleepers = Sleepers()
  /// Processes that get no time; see `pause`.
  var paused: [ProcessID] = []
  private var completions = Deque<Completion>()

  /// A host just switched on: no sockets, and of neighbours only those it is told.
  public init(_ configuration: HostConfiguration) {
    services = Services(configuration)
    index = SocketIndex(seed: configuration.seed)
  }

  /// What the host was made from.
  public var configuration: HostConfiguration { services.configuration }

  // MARK: Inputs

  /// An application's call. `.blocked` means that a completion follows.
  public mutating func call(
    _ call: SocketCall, by process: ProcessID, at now: Instant, _ journal: inout Journal
  ) throws(Stop) -> CallResult {
    begin(now, &journal)
    defer { end(&journal) }
    return try perform(call, by: process)
  }

  /// The process ends: its descriptors are closed for it.
  public mutating func exit(_ process: ProcessID, at now: Instant, _ journal: inout Journal)
    throws(Stop)
  {
    begin(now, &journal)
    defer { end(&journal) }
    sleepers.removeAll(of: process)
    paused.removeAll { $0 == process }
    for descriptor in descriptors.all(of: process) {
      _ = try close(descriptor, process, .deadOwner)
    }
    try settle()
  }

  /// A frame arrives at the adapter.
  public mutating func receive(_ frame: LinkFrame, at now: Instant, _ journal: inout Journal)
    throws(Stop)
  {
    begin(now, &journal)
    defer { end(&journal) }
    services.interface = Int(frame.interface)
    defer { if !services.arriving.isEmpty { services.arriving = [] } }
    if var segment = segmentAtOnce(frame) {
      // Nothing else of the frame is asked for any more.
      if !segment.text.isEmpty { services.keep(frame) }
      try deliver(&segment)
    } else {
      services.keep(frame)
      try frameArrives(frame.octets, checkedBy: frame.frameCheckSequence)
    }
    try settle()
  }

  /// Fires the timers that are due.
  public mutating func advance(to now: Instant, _ journal: inout Journal) throws(Stop) {
    begin(now, &journal)
    defer { end(&journal) }
    try fireTimers()
    try settle()
  }

  /// Writes octets over a control block, as a learner may; the stack obeys what it then reads.
  public mutating func write(
    _ octets: [UInt8], at offset: Int, slot: Int, at now: Instant, _ journal: inout Journal
  ) throws(Stop) {
    guard memory.slots.contains(slot), !memory[slot].isFree else { return }
    begin(now, &journal)
    defer { end(&journal) }
    services.slot = slot
    index.remove(slot, memory[slot])
    memory[write: slot].write(octets, at: offset)
    index.insert(slot, memory[slot])
    if memory[slot].timer != .none { services.deadlines.ensure(slot, by: memory[slot].timerDue) }
    services.signal()
    try services.note(.memoryWritten, .learnerWrote, .socket, memory[slot])
    try settle()
  }

  // MARK: Outputs

  /// When `advance` has something to do next; it may find that it had nothing to do.
  public var nextDeadline: Instant? {
    let socket = services.deadlines.first?.due
    let neighbour = services.neighbours.nextDeadline
    guard let socket else { return neighbour }
    return min(socket, neighbour ?? socket)
  }

  /// The next frame that the adapter puts on the wire.
  public mutating func takeFrame() -> LinkFrame? { services.outgoing.popFirst() }

  /// Takes a frame back that has been carried, so that its memory may be written anew.
  ///
  /// Whoever drives a quiet host spares it much asking for memory by this; nobody has to.
  public mutating func giveBack(_ frame: consuming LinkFrame) {
    if !services.looked { services.frames.giveBack(frame.octets) }
  }

  /// The next blocked call that has ended.
  public mutating func takeCompletion() -> Completion? { completions.popFirst() }

  /// What the host knows of its neighbours.
  public var neighbours: NeighbourTable { services.neighbours }

  /// The octets that wait for the application, in order. O(octets).
  public func receiveBuffer(_ slot: Int) -> [UInt8] {
    queues.indices.contains(slot) ? queues[slot].receive.octets : []
  }

  /// The octets of the send buffer, from SND.UNA's on. O(octets).
  public func sendBuffer(_ slot: Int) -> [UInt8] {
    guard queues.indices.contains(slot) else { return [] }
    let claimed = Int(memory[slot].sendQueue)
    let shown = queues[slot].send.count + SendBuffer.inventedLimit
    return queues[slot].send.octets(from: 0, count: min(claimed, shown))
  }

  /// Nobody waits any more for the calls that a process sleeps in.
  public mutating func withdrawCalls(of process: ProcessID) {
    sleepers.removeAll(of: process)
  }

  /// Whether `accept()` on a waiting socket would return at once. O(connections in waiting).
  public func hasAcceptable(_ slot: Int) -> Bool {
    queues.indices.contains(slot)
      && queues[slot].accept.contains { memory[$0].descriptor == nil && !memory[$0].isFree }
  }

  /// The error that a call would report; it is told once (SO_ERROR).
  public mutating func takePendingError(_ slot: Int) -> SocketError? {
    guard memory.slots.contains(slot) else { return nil }
    defer { memory[write: slot].pendingError = nil }
    return memory[slot].pendingError
  }

  // MARK: Around every input

  mutating func begin(_ now: Instant, _ journal: inout Journal) {
    services.now = now
    if services.looked { swap(&services.journal, &journal) }
  }

  mutating func end(_ journal: inout Journal) {
    if services.looked { swap(&services.journal, &journal) }
  }

  mutating func complete(_ call: BlockedCall, _ result: CallResult) {
    completions.append(Completion(process: call.process, call: call.call, result: result))
  }

  /// Nothing but the sockets' memory is left, and that is empty already.
  mutating func forget() {
    queues = []
    index = SocketIndex(seed: configuration.seed)
    descriptors = DescriptorTables()
    completions.removeAll()
  }

  // MARK: Slots

  mutating func allocate() -> Int {
    let slot = memory.allocate()
    while queues.count <= slot { queues.append(SocketQueues()) }
    if services.looked { services.shadow.grow(toHold: slot) }
    services.slot = slot
    return slot
  }

  /// Deletes the record: its octets become zero, its slot may be used again.
  mutating func release(_ slot: Int, _ rule: Rule) throws(Stop) {
    let block = memory[slot]
    index.remove(slot, block)
    services.slot = slot
    queues[slot].clear()
    if !services.urgentSlots.isEmpty { services.urgentSlots.removeAll { $0 == slot } }
    descriptors.forget(slot)
    memory.release(slot)
    if services.looked {
      services.shadow[write: slot] = ControlBlock()
      try services.noteDeletion(block.number, rule)
    }
  }
}
