import Testing
import Wire

@testable import Stack

/// Moments tell the whole truth about the sockets' memory: nothing is written that no moment names.
@Suite struct JournalTests {
  /// The blocks as the moments tell them, by host and slot.
  private struct Mirror {
    var blocks: [[Int: ControlBlock]] = [[:], [:]]
    var seen = 0
    var total = 0
    var withRule = 0

    /// Plays the moments since the last time; the old value of each change must be what is in place.
    mutating func follow(_ journal: Journal) {
      for moment in journal.moments[seen...] {
        let host = Int(moment.host.index)
        if moment.event == .socketDeleted {
          blocks[host][Int(moment.slot)] = nil
          continue
        }
        for change in journal.changes[moment.changes] {
          var block = blocks[host][Int(change.slot)] ?? ControlBlock()
          #expect(block.raw(change.field) == change.old, "\(change.field.name) \(moment.event)")
          #expect(change.old != change.new || change.wasSet != change.isSet)
          block.write(change.new, to: change.field)
          blocks[host][Int(change.slot)] = block
          total += 1
          if moment.rule != nil { withRule += 1 }
        }
      }
      seen = journal.moments.count
    }

    func expectEqual(_ hosts: [Host], _ comment: Comment) {
      for (index, host) in hosts.enumerated() {
        let told = blocks[index].filter { !$0.value.isFree }
        #expect(Set(told.keys) == Set(host.memory.used), comment)
        for slot in host.memory.used {
          #expect(told[slot] == host.memory[slot], comment)
        }
      }
    }
  }

  /// A connection's life with loss on the way; the mirror is compared after every input.
  @Test(arguments: [TCPSettings.book, .modern]) func changesAreTheDifferenceOfTheOctets(
    settings: TCPSettings
  ) throws {
    var pair = Pair(client: { $0.tcp = settings }, server: { $0.tcp = settings })
    var mirror = Mirror()
    func check(_ comment: Comment) {
      mirror.follow(pair.journal)
      mirror.expectEqual(pair.hosts, comment)
    }
    pair.loses = { _, number in number % 5 == 4 }
    try pair.listen()
    try pair.call(0, .socket(.stream))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 80)))
    check("opened")
    let settle: (inout Pair) throws -> Void = { pair in
      for _ in 0..<8 {
        try pair.exchange()
        try pair.fireNext()
      }
    }
    try settle(&pair)
    check("established")
    try pair.call(1, .accept(3))
    check("accepted")
    try pair.call(0, .send(3, [UInt8](repeating: 1, count: 20_000)))
    check("sent")
    try settle(&pair)
    check("delivered")
    try pair.call(1, .receive(4, limit: 70_000))
    check("read")
    try pair.call(0, .shutdown(3, .sending))
    check("shut")
    try settle(&pair)
    try pair.call(1, .shutdown(4, .receiving))
    check("not reading")
    try pair.call(1, .close(4))
    try settle(&pair)
    check("closed")
    while try pair.fireNext() { check("at the end") }
    #expect(mirror.total > 200 && Double(mirror.withRule) >= 0.9 * Double(mirror.total))
  }

  @Test func udpAndErrorsAreToldToo() throws {
    var pair = Pair()
    var mirror = Mirror()
    try pair.call(0, .socket(.datagram))
    try pair.call(0, .connect(3, SocketAddress(Pair.serverAddress, 9)))
    try pair.call(0, .send(3, [1]))
    try pair.exchange()
    mirror.follow(pair.journal)
    mirror.expectEqual(pair.hosts, "refused")
    #expect(try pair.call(0, .send(3, [1])) == .failed(.refused))
    mirror.follow(pair.journal)
    mirror.expectEqual(pair.hosts, "told")
    #expect(mirror.blocks[0][0]?.pendingError == nil)
  }

  /// A rule that is not followed leaves no trace; everything else goes on.
  @Test func theMomentsComeFromTheCheckThatRan() throws {
    for isFollowed in [true, false] {
      var pair = Pair(
        client: { $0.rulesNotFollowed = isFollowed ? [] : [.windowUpdate] },
        server: { $0.rulesNotFollowed = isFollowed ? [] : [.windowUpdate] })
      try pair.connect()
      try pair.call(0, .send(3, [1, 2, 3]))
      try pair.exchange()
      #expect(try pair.call(1, .receive(4, limit: 9)) == .data([1, 2, 3]))
      #expect(pair.rules.contains(.windowUpdate) == isFollowed)
      let changed = pair.journal.moments.filter { moment in
        moment.rule == .windowUpdate
          || pair.journal.changes[moment.changes].contains {
            $0.field == .sndWl1 && moment.rule == .ackAdvances
          }
      }
      #expect(changed.isEmpty == !isFollowed)
    }
  }

  /// With a limit the input stops at that very moment, and the host is as it was then.
  @Test func everyMomentCanBeStoppedAt() throws {
    var pair = Pair()
    try pair.connect()
    let before = pair.hosts[0]
    var whole = Journal(isLooking: true)
    var host = before
    _ = try host.call(.send(3, [1, 2, 3]), by: Pair.process, at: pair.now, &whole)
    for limit in 1...whole.moments.count {
      var copy = before
      var journal = Journal(isLooking: true, limit: limit)
      let stopped: Bool
      do {
        _ = try copy.call(.send(3, [1, 2, 3]), by: Pair.process, at: pair.now, &journal)
        stopped = false
      } catch {
        stopped = true
      }
      #expect(stopped && journal.moments.count == limit)
      let last = whole.moments[limit - 1]
      let wrote = whole.changes[..<last.changes.upperBound].last { $0.field == .sndNxt }
      let expected = wrote?.new ?? before.memory[0].raw(.sndNxt)
      #expect(copy.memory[0].raw(.sndNxt) == expected)
    }
  }

  @Test func aQuietHostDoesTheSameAndWritesNothing() throws {
    var quiet = Pair(client: { $0.isObserved = false }, server: { $0.isObserved = false })
    var loud = Pair()
    for isQuiet in [true, false] {
      var pair = isQuiet ? quiet : loud
      try pair.connect()
      try pair.call(0, .send(3, [UInt8](repeating: 5, count: 9000)))
      try pair.exchange()
      try pair.call(0, .close(3))
      try pair.exchange()
      if isQuiet { quiet = pair } else { loud = pair }
    }
    #expect(quiet.journal.moments.isEmpty && !loud.journal.moments.isEmpty)
    #expect(quiet.frames.map(\.octets) == loud.frames.map(\.octets))
    for host in 0...1 {
      #expect(
        quiet.hosts[host].memory.used.map { quiet.hosts[host].memory[$0] }
          == loud.hosts[host].memory.used.map { loud.hosts[host].memory[$0] })
    }
  }

  @Test func rulesHaveStableNamesAndReferences() {
    let own: [Rule] = [.learnerWrote, .learnerSet, .processPaused, .processResumed]
    #expect(Set(Rule.allCases.map(\.id)).count == Rule.allCases.count)
    for rule in Rule.allCases {
      #expect(Rule(id: rule.id) == rule)
      let document = rule.reference.document
      #expect(document.hasPrefix("RFC ") || document.hasPrefix("IEEE ") || own.contains(rule))
    }
    var set = RuleSet()
    for rule in Rule.allCases {
      #expect(!set.contains(rule))
      set.insert(rule)
      #expect(set.contains(rule))
    }
  }
}
