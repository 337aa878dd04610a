import Simulation
import Stack
import Testing
import Wire

/// One request and its answer from the first SYN to the last ACK: the ladder that a learner draws from memory,
/// cell by cell.
@Suite struct GoldenLadderTests {
  /// Request and answer are one segment each, every ACK goes alone, the server closes first as in HTTP/1.0. What a
  /// row says of the two hosts holds once its segment has arrived (RFC 9293 §3.6 Figures 6 and 12 joined).
  static let plain = """
    → SYN     c     -     0 | SYN-SENT c c+1 -                | SYN-RECEIVED s s+1 c+1
    ← SYN+ACK s     c+1   0 | ESTABLISHED c+1 c+1 s+1         | SYN-RECEIVED s s+1 c+1
    → ACK     c+1   s+1   0 | ESTABLISHED c+1 c+1 s+1         | ESTABLISHED s+1 s+1 c+1
    → PSH+ACK c+1   s+1   q | ESTABLISHED c+1 c+1+q s+1       | ESTABLISHED s+1 s+1 c+1+q
    ← ACK     s+1   c+1+q 0 | ESTABLISHED c+1+q c+1+q s+1     | ESTABLISHED s+1 s+1 c+1+q
    ← PSH+ACK s+1   c+1+q r | ESTABLISHED c+1+q c+1+q s+1+r   | ESTABLISHED s+1 s+1+r c+1+q
    → ACK     c+1+q s+1+r 0 | ESTABLISHED c+1+q c+1+q s+1+r   | ESTABLISHED s+1+r s+1+r c+1+q
    ← FIN+ACK s+1+r c+1+q 0 | CLOSE-WAIT c+1+q c+1+q s+2+r    | FIN-WAIT-1 s+1+r s+2+r c+1+q
    → ACK     c+1+q s+2+r 0 | CLOSE-WAIT c+1+q c+1+q s+2+r    | FIN-WAIT-2 s+2+r s+2+r c+1+q
    → FIN+ACK c+1+q s+2+r 0 | LAST-ACK c+1+q c+2+q s+2+r      | TIME-WAIT s+2+r s+2+r c+2+q
    ← ACK     s+2+r c+2+q 0 | -                               | TIME-WAIT s+2+r s+2+r c+2+q
    """

  /// Whatever can ride along does: the answer takes the ACK and the FIN with it, the second FIN its ACK.
  static let merged = """
    → SYN         c     -     0 | SYN-SENT c c+1 -              | SYN-RECEIVED s s+1 c+1
    ← SYN+ACK     s     c+1   0 | ESTABLISHED c+1 c+1 s+1       | SYN-RECEIVED s s+1 c+1
    → ACK         c+1   s+1   0 | ESTABLISHED c+1 c+1+q s+1     | ESTABLISHED s+1 s+1 c+1
    → PSH+ACK     c+1   s+1   q | ESTABLISHED c+1 c+1+q s+1     | ESTABLISHED s+1 s+1 c+1+q
    ← FIN+PSH+ACK s+1   c+1+q r | CLOSE-WAIT c+1+q c+1+q s+2+r  | FIN-WAIT-1 s+1 s+2+r c+1+q
    → FIN+ACK     c+1+q s+2+r 0 | LAST-ACK c+1+q c+2+q s+2+r    | TIME-WAIT s+2+r s+2+r c+2+q
    ← ACK         s+2+r c+2+q 0 | -                             | TIME-WAIT s+2+r s+2+r c+2+q
    """

  /// And the request rides on the third segment of the handshake (RFC 9293 §3.10.7.3).
  static let early = """
    → SYN         c     -     0 | SYN-SENT c c+1 -              | SYN-RECEIVED s s+1 c+1
    ← SYN+ACK     s     c+1   0 | ESTABLISHED c+1 c+1+q s+1     | SYN-RECEIVED s s+1 c+1
    → PSH+ACK     c+1   s+1   q | ESTABLISHED c+1 c+1+q s+1     | ESTABLISHED s+1 s+1 c+1+q
    ← FIN+PSH+ACK s+1   c+1+q r | CLOSE-WAIT c+1+q c+1+q s+2+r  | FIN-WAIT-1 s+1 s+2+r c+1+q
    → FIN+ACK     c+1+q s+2+r 0 | LAST-ACK c+1+q c+2+q s+2+r    | TIME-WAIT s+2+r s+2+r c+2+q
    ← ACK         s+2+r c+2+q 0 | -                             | TIME-WAIT s+2+r s+2+r c+2+q
    """

  static let seeds: [UInt64] = [1, 2, 7, 99, 4711, 123_456_789]

  @Test(arguments: [TCPSettings.book, .modern], seeds)
  func everyCell(profile: TCPSettings, seed: UInt64) throws {
    let exchange = Exchange(profile: profile, seed: seed)
    let ladder = try exchange.ladder()
    #expect(ladder.rows == exchange.expected(Self.plain))
    #expect(ladder.rows.count == 11)
  }

  @Test(arguments: [TCPSettings.book, .modern], seeds)
  func everyCellWithMerging(profile: TCPSettings, seed: UInt64) throws {
    let merged = Exchange(profile: profile, seed: seed, manner: .merged)
    #expect(try merged.ladder().rows == merged.expected(Self.merged))
    let early = Exchange(profile: profile, seed: seed, manner: .early)
    #expect(try early.ladder().rows == early.expected(Self.early))
  }

  /// The same where the numbers run over 2³² in the midst of request and answer (RFC 9293 §3.4).
  @Test(arguments: [TCPSettings.book, .modern], [UInt32.max, UInt32.max - 1, UInt32.max - 30])
  func everyCellAroundTheTop(profile: TCPSettings, first: UInt32) throws {
    var settings = profile
    settings.fixedInitialSequence = first
    for (manner, table) in [
      (Exchange.Manner.plain, Self.plain), (.merged, Self.merged), (.early, Self.early),
    ] {
      let exchange = Exchange(profile: settings, seed: 3, manner: manner)
      #expect(try exchange.ladder().rows == exchange.expected(table))
    }
  }

  /// The wait begins when the second FIN has arrived, lasts 2 MSL, and then the record is gone.
  @Test(arguments: [TCPSettings.book, .modern]) func theWaitEnds(profile: TCPSettings) throws {
    let ladder = try Exchange(profile: profile, seed: 5).ladder()
    let lifetime = profile.maximumSegmentLifetime
    let secondFin = try #require(ladder.arrivals.dropFirst(9).first)
    #expect(ladder.waitBegins == secondFin)
    #expect(ladder.waitEnds == secondFin + lifetime + lifetime)
  }
}

/// One request and one answer over one connection.
struct Exchange {
  let profile: TCPSettings
  let seed: UInt64
  var manner = Manner.plain
  /// Octets of the request and of the answer.
  var request: Int { 60 + Int(seed % 400) }
  var answer: Int { 100 + Int(seed % 317) }

  enum Manner {
    /// Both think before each call, and ACKs do not wait for company.
    case plain
    /// The server answers at once and tells TCP to hold the answer until it closes.
    case merged
    /// The same, and the client hands over its request before the connection stands.
    case early
  }

  private var world: World {
    var settings = profile
    if manner == .plain { settings.acknowledgmentDelay = Nanoseconds(0) }
    return World(.clientAndServer(seed: seed, profile: settings))
  }

  private var thought: [ScriptStep] { manner == .plain ? [.wait(.milliseconds(50))] : [] }

  /// What the client does behind `connect()`, or behind its early request.
  private var client: [ScriptStep] {
    let close = ScriptStep.call(.close(SocketCall.latest))
    let rest = [.receiveAll] + thought + [close]
    return manner == .early ? rest : thought + [.call(ask)] + rest
  }

  private var ask: SocketCall { .send(SocketCall.latest, Array(repeating: 1, count: request)) }

  private var server: [ScriptStep] {
    let latest = SocketCall.latest
    let opening: [SocketCall] = [
      .socket(.stream), .bind(latest, SocketAddress(.any, 80)), .listen(latest, backlog: 5),
      .accept(latest),
    ]
    let holds: [ScriptStep] = manner == .plain ? [] : [.call(.setOption(latest, .noPush(true)))]
    return opening.map { .call($0) } + holds + [.call(.receive(latest, limit: 4096))] + thought
      + [.call(.send(latest, Array(repeating: 2, count: answer)))] + thought
      + [.call(.close(latest))]
  }

  /// Runs the exchange until nothing happens any more.
  func ladder() throws -> ObservedRows {
    var world = world
    var journal = Journal(isLooking: true)
    let (one, other) = (ProcessID(412), ProcessID(80))
    let address = SocketAddress(world.configuration.hosts[1].address, 80)
    let connect = SocketCall.connect(SocketCall.latest, address)
    try world.perform(.start(.script(server), host: .server, process: other), &journal)
    while world.nextEventTime == .zero { _ = try world.step(&journal) }
    try world.perform(.call(host: .client, process: one, .socket(.stream)), &journal)
    if manner == .early {
      try world.perform(.call(host: .client, process: one, connect), &journal)
      try world.perform(.call(host: .client, process: one, ask), &journal)
    }
    let script = manner == .early ? client : [.call(connect)] + client
    try world.perform(.start(.script(script), host: .client, process: one), &journal)
    var ladder = ObservedRows()
    ladder.note(journal.moments[...], world)
    for _ in 0..<2000 {
      let seen = journal.moments.count
      guard try world.step(&journal) else { break }
      ladder.note(journal.moments[seen...], world)
    }
    #expect(world.process(one, of: .client)?.outcome == .done)
    #expect(world.process(other, of: .server)?.outcome == .done)
    return ladder
  }

  /// The table's rows in words, with this exchange's lengths.
  func expected(_ table: String) -> [String] {
    table.split(separator: "\n").map { line in
      line.split(separator: " ").map { word in
        switch word {
        case "q": "\(request)"
        case "r": "\(answer)"
        default: Self.number(word, request: request, answer: answer)
        }
      }.joined(separator: " ")
    }
  }

  /// `c+1+q` becomes `c+301`; other words stay as they are.
  private static func number(_ word: Substring, request: Int, answer: Int) -> String {
    let terms = word.split(separator: "+")
    guard let base = terms.first, ["c", "s"].contains(base) else { return String(word) }
    let sum = terms.dropFirst().reduce(0) { sum, term in
      sum + (term == "q" ? request : term == "r" ? answer : Int(term) ?? 0)
    }
    return sum == 0 ? String(base) : "\(base)+\(sum)"
  }
}

/// What was on the wire and in both records, in the table's words.
struct ObservedRows {
  private(set) var rows: [String] = []
  /// When the segment of each row had arrived.
  private(set) var arrivals: [Instant] = []
  private(set) var waitBegins: Instant?
  private(set) var waitEnds: Instant?
  /// The numbers that each host chose: its first segment tells.
  private var first: [HostID: SequenceNumber] = [:]

  /// - Parameter moments: those of one step, after which the world is as given.
  mutating func note(_ moments: ArraySlice<Moment>, _ world: World) {
    for moment in moments where moment.event == .frameSent && moment.unit.flags.contains(.syn) {
      first[moment.host] = moment.unit.sequence
    }
    for moment in moments { note(moment, world) }
  }

  private mutating func note(_ moment: Moment, _ world: World) {
    switch moment.event {
    case .segmentReceived: arrives(moment, world)
    case .timerStarted where moment.rule == .timeWaitStarts: waitBegins = moment.time
    case .timerFired where moment.rule == .timeWaitEnds: waitEnds = moment.time
    default: break
    }
  }

  private mutating func arrives(_ moment: Moment, _ world: World) {
    let unit = moment.unit
    let isForServer = moment.host == .server
    let (own, peer): (HostID, HostID) = isForServer ? (.client, .server) : (.server, .client)
    let acknowledgment =
      unit.flags.contains(.ack) ? text(unit.acknowledgment, of: peer) : "-"
    let words = [
      isForServer ? "→" : "←", flags(unit), text(unit.sequence, of: own),
      acknowledgment, "\(unit.payload)", "|", record(.client, .server, world), "|",
      record(.server, .client, world),
    ]
    rows.append(words.joined(separator: " "))
    arrivals.append(moment.time)
  }

  private func flags(_ unit: UnitSummary) -> String {
    String(unit.flags.description.map { $0 == " " ? "+" : $0 })
  }

  /// State, SND.UNA, SND.NXT and RCV.NXT of a host's connection; `-` where there is none.
  private func record(_ host: HostID, _ peer: HostID, _ world: World) -> String {
    let memory = world.hosts[Int(host.index)].memory
    guard let slot = memory.used.first(where: { memory[$0].remotePort != 0 }) else { return "-" }
    let block = memory[slot]
    let received = block.isSet(.rcvNxt) ? text(block.receiveNext, of: peer) : "-"
    return [
      block.state.name, text(block.sendUnacknowledged, of: host), text(block.sendNext, of: host),
      received,
    ].joined(separator: " ")
  }

  /// A number counted from its side's first one, `c+1` or `s+1`.
  private func text(_ number: SequenceNumber, of host: HostID) -> String {
    guard let first = first[host] else { return "?" }
    let name = host == .client ? "c" : "s"
    let distance = number.value &- first.value
    return distance == 0 ? name : "\(name)+\(distance)"
  }
}
