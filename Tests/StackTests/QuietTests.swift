import Testing
import Wire

@testable import Stack

/// What a host that nobody looks at does in one go is what an observed one does floor by floor.
@Suite struct QuietTests {
  /// Two hosts that talk over a wire that loses, repeats and reorders, all by one seed.
  struct Traffic {
    var pair: Pair
    var random: RandomSource
    var flying: [(to: Int, frame: LinkFrame)] = []
    /// Every frame, every result of a call and every record in the order in which they came up.
    var frames: [[UInt8]] = []
    var results: [CallResult] = []
    var records: [[ControlBlock]] = []
    var givesBack: Bool

    init(seed: UInt64, isQuiet: Bool, _ settings: TCPSettings, mtu: Int) throws {
      let configure: (inout HostConfiguration) -> Void = {
        $0.isObserved = !isQuiet
        $0.tcp = settings
        $0.maximumTransmissionUnit = mtu
      }
      pair = Pair(seed: seed, client: configure, server: configure)
      random = RandomSource(seed: seed)
      givesBack = isQuiet
      try pair.connect()
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
      Int.random(in: range, using: &random)
    }

    private mutating func call(_ host: Int, _ call: SocketCall) throws {
      results.append(try pair.call(host, call))
      collect()
    }

    private mutating func collect() {
      for host in 0...1 {
        for frame in pair.take(host) {
          frames.append(frame.octets)
          flying.append((1 - host, frame))
        }
      }
    }

    mutating func round() throws {
      let host = number(0...1)
      switch number(0...11) {
      case 0: try call(host, .send(3 + host, (0..<number(1...9_000)).map { UInt8($0 & 0xff) }))
      case 1: try call(host, .send(3 + host, [UInt8](repeating: 7, count: number(1...40))))
      case 2: try call(host, .receive(3 + host, limit: number(1...20_000)))
      case 3: try call(host, .receive(3 + host, limit: 100_000))
      case 4 where number(0...20) == 0: try call(host, .setOption(3 + host, .keepAlive(true)))
      case 4 where number(0...20) == 0: try call(host, .setOption(3 + host, .noDelay(true)))
      case 6 where number(0...7) == 0:
        try call(host, .sendUrgent(3 + host, [UInt8](repeating: 8, count: number(1...4_000))))
      case 5:
        guard let next = pair.hosts.compactMap(\.nextDeadline).min() else { return }
        pair.now = max(pair.now, next)
        for host in 0...1 { try pair.hosts[host].advance(to: pair.now, &pair.journal) }
        collect()
      default: try deliver(number(1...8))
      }
      pair.now = pair.now + .microseconds(UInt64(number(0...30_000)))
      pair.collect()
      records.append(
        pair.hosts.flatMap { host in host.memory.used.map { host.memory[$0] } })
    }

    private mutating func deliver(_ count: Int) throws {
      for _ in 0..<count where !flying.isEmpty {
        let place = number(0...9) == 0 ? number(0...(flying.count - 1)) : 0
        let (to, frame) = flying[place]
        let fate = number(0...19)
        if fate != 1 { flying.remove(at: place) }
        if fate == 0 { continue }
        try pair.hosts[to].receive(frame, at: pair.now, &pair.journal)
        if fate != 1, givesBack { pair.hosts[1 - to].giveBack(frame) }
        collect()
      }
    }

    mutating func end() throws {
      for host in 0...1 {
        try call(host, .close(3 + host))
        try deliver(100)
      }
      for _ in 0..<30 {
        guard try pair.fireNext() else { break }
        frames += pair.frames.suffix(3).map(\.octets)
      }
      records.append(
        pair.hosts.flatMap { host in host.memory.used.map { host.memory[$0] } })
    }
  }

  static let settings: [(String, TCPSettings)] = {
    var reno = TCPSettings.book.answeringAtOnce
    reno.congestionControl = .newReno
    var stamps = TCPSettings.book
    stamps.timestamps = true
    stamps.nagle = .off
    return [
      ("book", .book), ("book at once", .book.answeringAtOnce), ("modern", .modern),
      ("reno", reno), ("timestamps", stamps),
    ]
  }()

  @Test(arguments: 0..<settings.count, 0..<6)
  func doesWhatAnObservedHostDoes(profile: Int, seed: UInt64) throws {
    let (name, settings) = Self.settings[profile]
    let mtu = [1500, 576, 9000][Int(seed % 3)]
    var quiet = try Traffic(seed: seed, isQuiet: true, settings, mtu: mtu)
    var loud = try Traffic(seed: seed, isQuiet: false, settings, mtu: mtu)
    for round in 0..<250 {
      try quiet.round()
      try loud.round()
      try #require(quiet.frames == loud.frames, "\(name), seed \(seed), round \(round)")
      try #require(quiet.records.last == loud.records.last, "\(name), seed \(seed), round \(round)")
    }
    try quiet.end()
    try loud.end()
    #expect(quiet.frames == loud.frames && quiet.results == loud.results)
    #expect(quiet.records == loud.records)
    #expect(quiet.pair.completions == loud.pair.completions)
    #expect(quiet.frames.count > 40 && quiet.pair.journal.moments.isEmpty)
  }

  /// A frame that is anything but plain goes floor by floor.
  @Test func damagedFramesAreDroppedByAQuietHost() throws {
    var pair = Pair(client: { $0.isObserved = false }, server: { $0.isObserved = false })
    try pair.connect()
    try pair.call(0, .send(3, [1, 2, 3]))
    let sent = pair.take(0)
    let frame = try #require(sent.first)
    let slot = try #require(pair.hosts[1].memory.used.last)
    let before = pair.hosts[1].memory[slot]
    for bit in (14 * 8)..<(57 * 8) {
      var damaged = frame
      damaged.octets[bit / 8] ^= 1 << UInt8(bit % 8)
      try pair.hosts[1].receive(damaged, at: pair.now, &pair.journal)
      #expect(pair.hosts[1].memory[slot] == before, "bit \(bit)")
    }
    try pair.hosts[1].receive(frame, at: pair.now, &pair.journal)
    #expect(pair.hosts[1].memory[slot].receiveQueue == 3)
  }
}

extension Pair {
  /// The sockets that exist on both hosts.
  var socketCounts: [Int] { hosts.map(\.memory.count) }
}

/// Nothing on the way of a segment, a call or a timer grows with the number of sockets.
@Suite struct ManySocketsTests {
  /// A pair with so many connections on which nothing happens, and one more.
  static func pair(beside idle: Int) throws -> Pair {
    let roomy: (inout HostConfiguration) -> Void = {
      $0.isObserved = false
      $0.socketLimit = 1 << 20
      $0.descriptorLimit = 1 << 20
      $0.tcp.fixedInitialSequence = 77
    }
    var pair = Pair(client: roomy, server: roomy)
    try pair.listen()
    for index in 0..<idle {
      try pair.call(0, .socket(.stream))
      try pair.call(0, .bind(3 + index, SocketAddress(.any, UInt16(2_000 + index))))
      try pair.call(0, .connect(3 + index, SocketAddress(Pair.serverAddress, 80)))
      try pair.exchange()
      try pair.call(1, .accept(3))
    }
    pair.frames = []
    return pair
  }

  /// TCP's part of the frames that a transfer takes: all but what counts packets.
  static func transfer(_ pair: inout Pair, client: Int, server: Int) throws -> [[UInt8]] {
    try pair.call(0, .socket(.stream))
    try pair.call(0, .bind(client, SocketAddress(.any, 60_000)))
    try pair.call(0, .connect(client, SocketAddress(Pair.serverAddress, 80)))
    try pair.exchange()
    try pair.call(1, .accept(3))
    for _ in 0..<20 {
      try pair.call(0, .send(client, [UInt8](repeating: 9, count: 5_000)))
      try pair.exchange()
      guard case .data(let octets) = try pair.call(1, .receive(server, limit: 65_535)) else {
        break
      }
      #expect(octets.count == 5_000)
      try pair.exchange()
    }
    try pair.call(0, .close(client))
    try pair.exchange()
    try pair.call(1, .close(server))
    try pair.exchange()
    return pair.frames.map { Array($0.octets[34...]) }
  }

  @Test func idleSocketsChangeNothing() throws {
    let count = 3_000
    var alone = try Self.pair(beside: 0)
    var crowded = try Self.pair(beside: count)
    let before = crowded.hosts.map(\.nextDeadline)
    let expected = try Self.transfer(&alone, client: 3, server: 4)
    let frames = try Self.transfer(&crowded, client: 3 + count, server: 4 + count)
    #expect(frames == expected && frames.count > 60)
    // Idle connections have no timers that run.
    #expect(before.allSatisfy { ($0?.nanoseconds ?? 0) <= 1_000_000_000 })
    #expect(crowded.socketCounts == [count + 1, count + 1])
  }

  @Test func idleSocketsTellNobody() throws {
    var pair = try Self.pair(beside: 500)
    for index in 0..<400 {
      #expect(try pair.call(0, .receive(3 + index, limit: 10)) == .blocked)
    }
    try pair.call(1, .send(4 + 250, [1, 2]))
    try pair.exchange()
    #expect(pair.completions[0].suffix(1).map(\.call) == [.receive(3 + 250, limit: 10)])
    #expect(pair.completions[0].suffix(1).map(\.result) == [.data([1, 2])])
  }
}
