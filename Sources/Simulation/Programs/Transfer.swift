import Stack
import Wire

/// A program that moves a known amount of data each way over one connection, for tests and measurements.
public struct Transfer: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case connect(to: SocketAddress)
    case accept(port: UInt16, backlog: Int)
  }

  public var role: Role
  public var data: Payload
  /// The most octets handed over by one `send`.
  public var writeLimit = 4096
  /// The most octets that one `receive` takes.
  public var readLimit = 4096
  /// Sends everything before it reads anything; the other way round where it is false.
  public var sendsFirst = true
  /// Keeps what it receives; else only its count and digest.
  public var keepsOctets = true
  /// Every so many `send`s one is urgent (RFC 9293 §3.9.1.2); 0: none.
  public var urgentEvery = 0
  /// Asks after each `receive` whether that was the end of urgent data.
  public var asksForMark = false

  public init(_ role: Role, data: Payload) {
    self.role = role
    self.data = data
    if case .accept = role { sendsFirst = false }
  }
}

/// Octets to be sent.
public enum Payload: Hashable, Sendable {
  case octets([UInt8])
  /// Octets that follow from their place and the seed, so that none need be kept.
  case pattern(count: Int, seed: UInt64)

  public var count: Int {
    switch self {
    case .octets(let octets): octets.count
    case .pattern(let count, _): count
    }
  }

  /// A part of it, cut to what there is. O(octets of the part).
  public func octets(_ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<count)
    switch self {
    case .octets(let octets): return Array(octets[range])
    case .pattern(_, let seed):
      var octets: [UInt8] = []
      octets.reserveCapacity(range.count)
      var word: UInt64 = 0
      for place in range {
        if place % 8 == 0 || octets.isEmpty {
          var numbers = RandomSource(seed: seed ^ UInt64(place / 8) &* 0x9e37_79b9_7f4a_7c15)
          word = numbers.next()
        }
        octets.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * (place % 8))))
      }
      return octets
    }
  }

  public var all: [UInt8] { octets(0..<count) }
}

/// What was received: kept in the pieces in which it came, so that a copy of the world shares them.
public struct ReceivedOctets: Hashable, Sendable {
  public private(set) var pieces: [[UInt8]] = []
  public private(set) var count = 0
  /// FNV-1a over all octets, where they are not kept.
  public private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  let isKept: Bool

  init(isKept: Bool) { self.isKept = isKept }

  mutating func append(_ octets: [UInt8]) {
    count += octets.count
    if isKept {
      pieces.append(octets)
    } else {
      digest = Self.digest(octets, from: digest)
    }
  }

  /// All octets; none where they are not kept.
  public var octets: [UInt8] { Array(pieces.joined()) }

  /// FNV-1a, going on from an earlier digest.
  public static func digest(_ octets: [UInt8], from start: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64
  {
    octets.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// A transfer under way.
public struct TransferRun: Sendable {
  public let transfer: Transfer
  public private(set) var received: ReceivedOctets
  /// Octets that `send` has taken.
  public private(set) var sent = 0
  /// What was sent as urgent, by its place in the data.
  public private(set) var urgent: [Range<Int>] = []
  /// Where urgent data ended in what was received, as `sockatmark` told.
  public private(set) var marks: [Int] = []
  private var writes = 0
  private var listening: Descriptor?
  private var connection: Descriptor?
  private var phase = Phase.start
  private var outcome = ProgramOutcome.done

  private enum Phase {
    case start, creating, binding, listening, opening, sending, shutting, receiving, asking, closing
  }

  init(_ transfer: Transfer) {
    self.transfer = transfer
    received = ReceivedOctets(isKept: transfer.keepsOctets)
  }

  mutating func next(after result: CallResult?) -> ProgramStep {
    if phase == .start {
      phase = .creating
      return .call(.socket(.stream))
    }
    if phase == .closing { return .finish(outcome) }
    if case .failed(let error) = result { return close(.failed(error)) }
    switch (phase, result) {
    case (.creating, .returned(let descriptor)): return open(descriptor)
    case (.binding, .returned): return listen()
    case (.listening, .returned):
      phase = .opening
      return .call(.accept(listening ?? SocketCall.latest))
    case (.opening, .returned): return begin()
    case (.opening, .accepted(let descriptor, _)):
      connection = descriptor
      return begin()
    case (.sending, .returned(let count)):
      sent += count
      return send()
    case (.shutting, .returned): return receive()
    case (.receiving, .data(let octets)):
      received.append(octets)
      if transfer.asksForMark, !octets.isEmpty { return ask() }
      guard octets.isEmpty else { return receive() }
      return transfer.sendsFirst ? close(.done) : send()
    case (.asking, .returned(let isAtMark)):
      if isAtMark == 1 { marks.append(received.count) }
      return receive()
    default: return close(.misunderstood)
    }
  }

  private mutating func open(_ descriptor: Descriptor) -> ProgramStep {
    switch transfer.role {
    case .connect(let server):
      connection = descriptor
      phase = .opening
      return .call(.connect(descriptor, server))
    case .accept(let port, _):
      listening = descriptor
      phase = .binding
      return .call(.bind(descriptor, SocketAddress(.any, port)))
    }
  }

  private mutating func listen() -> ProgramStep {
    guard case .accept(_, let backlog) = transfer.role else { return close(.misunderstood) }
    phase = .listening
    return .call(.listen(listening ?? SocketCall.latest, backlog: backlog))
  }

  private mutating func begin() -> ProgramStep { transfer.sendsFirst ? send() : receive() }

  private mutating func send() -> ProgramStep {
    guard let connection else { return close(.misunderstood) }
    phase = .sending
    if sent < transfer.data.count {
      let octets = transfer.data.octets(sent..<(sent + transfer.writeLimit))
      writes += 1
      guard transfer.urgentEvery > 0, writes % transfer.urgentEvery == 0 else {
        return .call(.send(connection, octets))
      }
      urgent.append(sent..<(sent + octets.count))
      return .call(.sendUrgent(connection, octets))
    }
    guard transfer.sendsFirst else { return close(.done) }
    phase = .shutting
    return .call(.shutdown(connection, .sending))
  }

  private mutating func receive() -> ProgramStep {
    guard let connection else { return close(.misunderstood) }
    phase = .receiving
    return .call(.receive(connection, limit: transfer.readLimit))
  }

  private mutating func ask() -> ProgramStep {
    guard let connection else { return close(.misunderstood) }
    phase = .asking
    return .call(.atMark(connection))
  }

  private mutating func close(_ outcome: ProgramOutcome) -> ProgramStep {
    self.outcome = outcome
    phase = .closing
    guard let descriptor = connection ?? listening else { return .finish(outcome) }
    return .call(.close(descriptor))
  }
}
