import Wire

/// What a socket's protocol needs from its host: the clock, the journal, the way down to the wire.
///
/// It holds everything of a host but the sockets' memory and buffers, so that a control block and the
/// services can be worked on at the same time.
struct Services: Sendable {
  let looked: Bool
  var configuration: HostConfiguration
  var settings: TCPSettings { configuration.tcp }

  var now = Instant.zero
  var journal: Journal
  /// The octets of each block as the last moment left them: what differs now was written since.
  var shadow = SocketMemory()
  /// The socket at work.
  var slot = -1
  /// The unit at work, in numbers.
  var unit = UnitSummary()

  var outgoing = FrameQueue()
  /// The next hop that was found last, where nobody looks.
  var latestHop: (destination: IPv4Address, next: IPv4Address)?
  /// Memory for frames to come, where nobody looks.
  var frames = FramePool()
  /// The frame at work: what a segment's text is a part of. Empty where that has none and nobody looks.
  var arriving: [UInt8] = []
  /// The adapter that the frame at work came in by.
  var interface = 0
  /// Empty for a host with one adapter.
  let routes: RoutingTable
  var neighbours: NeighbourTable
  var paths = PathTable()
  var deadlines = Deadlines()
  var random: RandomSource
  var initialSequence: InitialSequence
  var identification: UInt16
  /// Packets that the firewall has dropped.
  var filtered: UInt64 = 0
  /// SYNs, or their last acknowledgments, for which there was no place in a queue.
  var refused: UInt64 = 0
  /// The rule that an acknowledgment is owed by, until a segment has carried it.
  var owedAcknowledgment: Rule?
  /// The segment at work has a FIN, and somebody sleeps in `receive()` on its socket.
  var isAwaited = false
  /// The rule that ended the connection last.
  var closedBy = Rule.closeCall
  /// A sleeping caller is being looked after: its call is not made anew.
  var isWaking = false
  /// Octets that the `send` at work has handed over so far.
  var takenByCall = 0
  /// Sockets on which something happened that a sleeping caller may wait for.
  var signalled = Signals()
  /// Sockets whose owners are to be told of urgent data.
  var urgentSlots: [Int] = []

  init(_ configuration: HostConfiguration) {
    self.configuration = configuration
    looked = configuration.isObserved
    journal = Journal(isLooking: configuration.isObserved)
    random = RandomSource(seed: configuration.seed ^ UInt64(configuration.id.index) << 56)
    initialSequence = InitialSequence(secret: (random.next(), random.next()))
    identification = UInt16(truncatingIfNeeded: random.next())
    neighbours = NeighbourTable(configuration.knownNeighbours)
    routes = RoutingTable(configuration)
  }

  /// Whether this host follows the rule; a lesson or a test may take one away.
  @inline(__always) func follows(_ rule: Rule) -> Bool {
    configuration.rulesNotFollowed.isEmpty || !configuration.rulesNotFollowed.contains(rule)
  }

  /// The frame at work is asked for once more.
  // Not inlined: it would be counted for every frame, and most are not kept.
  @inline(never)
  mutating func keep(_ frame: LinkFrame) { arriving = frame.octets }

  @inline(__always)
  mutating func signal() { signalled.insert(slot) }
}

// MARK: Writing moments down

extension Services {
  /// A moment of the socket at work: the block's octets that differ from the last moment's are its changes.
  @inline(__always)
  mutating func note(
    _ event: Event, _ rule: Rule?, _ layer: Layer = .tcp, _ block: ControlBlock,
    value: UInt64 = 0, reason: DropReason? = nil
  ) throws(Stop) {
    if looked {
      // Copied here and not before the question: where nobody looks nothing is copied.
      var block = block
      try noteSlowly(event, rule, layer, &block, value, reason)
    }
  }

  /// A moment that concerns no socket's memory.
  @inline(__always)
  mutating func note(
    _ event: Event, _ rule: Rule?, _ layer: Layer, value: UInt64 = 0, reason: DropReason? = nil
  ) throws(Stop) {
    if looked { try noteSlowly(event, rule, layer, value, reason) }
  }

  @inline(never)
  private mutating func noteSlowly(
    _ event: Event, _ rule: Rule?, _ layer: Layer, _ block: inout ControlBlock, _ value: UInt64,
    _ reason: DropReason?
  ) throws(Stop) {
    guard journal.isLooking else {
      // A replay up to a moment looks at its last input only: the shadow must be right by then.
      shadow[write: slot] = block
      return
    }
    let first = journal.changes.count
    noteChanges(&block)
    try journal.record(
      Moment(
        time: now, host: configuration.id, layer: layer, event: event, rule: rule, reason: reason,
        slot: slot, socket: block.number, value: value, changes: first..<journal.changes.count,
        unit: unit))
  }

  @inline(never)
  private mutating func noteSlowly(
    _ event: Event, _ rule: Rule?, _ layer: Layer, _ value: UInt64, _ reason: DropReason?
  ) throws(Stop) {
    guard journal.isLooking else { return }
    let first = journal.changes.count
    try journal.record(
      Moment(
        time: now, host: configuration.id, layer: layer, event: event, rule: rule, reason: reason,
        value: value, changes: first..<first, unit: unit))
  }

  /// Most moments write a few fields or none: only words that can tell something are looked into.
  private mutating func noteChanges(_ block: inout ControlBlock) {
    let differing = shadow.differingWords(slot, from: block)
    guard differing != 0 else { return }
    let old = shadow[slot]
    var words = block.wordsToLookInto(since: old, differing)
    let decides = words != differing
    let spots = Field.spots
    let spotsOfWord = Field.spotsOfWord
    while words != 0 {
      for index in spotsOfWord[words.trailingZeroBitCount] {
        let before = old.raw(spots[index])
        let after = block.raw(spots[index])
        guard decides || before != after else { continue }
        let wasSet = old.isSet(spots[index].field)
        let isSet = block.isSet(spots[index].field)
        guard before != after || wasSet != isSet else { continue }
        journal.changes.append(
          FieldChange(
            field: spots[index].field, host: configuration.id, slot: Int32(slot),
            socket: block.isFree ? old.number : block.number, old: before, new: after,
            wasSet: !old.isFree && wasSet, isSet: !block.isFree && isSet))
      }
      words &= words - 1
    }
    shadow[write: slot] = block
  }

  /// The record of a socket is gone.
  mutating func noteDeletion(_ number: UInt16, _ rule: Rule) throws(Stop) {
    try journal.record(
      Moment(
        time: now, host: configuration.id, layer: .socket, event: .socketDeleted, rule: rule,
        slot: slot, socket: number, unit: unit))
  }

  /// Shows the octets in hand to the journal; the copy is made only for an observed host.
  @inline(__always)
  mutating func show(
    _ octets: [UInt8], _ range: Range<Int>, _ direction: UnitInHand.Direction, _ layer: Layer
  ) {
    if looked {
      if journal.isLooking {
        journal.unit = UnitInHand(
          octets: octets, range: range, direction: direction, layer: layer, host: configuration.id)
      }
      unit.octets = UInt16(truncatingIfNeeded: range.count)
    }
  }
}
