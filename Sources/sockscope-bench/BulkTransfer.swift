import Glibc
import Stack

/// Bulk data over one connection: MSS 1460, window 65,535, one thread, every checksum made and verified.
///
/// The client's application writes 64 KiB at a time and sleeps while the send buffer is full; the server's
/// reads whatever there is each time the frames that were on their way have arrived. It goes in laps of a
/// MiB, whose memory the applications use again; what was read is compared with what was written after each
/// lap, while the clock stands still.
struct BulkTransfer {
  let variants: [Variant]
  let mebibytes: Int

  /// A way in which the same transfer is done; all of them take turns, so that what else the machine does
  /// befalls them alike.
  struct Variant {
    let mode: Options.Mode
    /// Established connections beside it on which nothing happens.
    var idle = 0
    /// An acknowledgment for each segment instead of every second one.
    var acknowledgesEach = false

    var name: String {
      "bulk \(mode.rawValue)" + (idle > 0 ? " beside \(idle) idle sockets" : "")
        + (acknowledgesEach ? ", each acknowledged" : "")
    }
  }

  func run(_ repetitions: Int) throws {
    let data = Stream.pattern(1 << 20)
    var streams: [Stream] = []
    for variant in variants { streams.append(try Stream(variant)) }
    var rates = variants.map { _ in [Double]() }
    var costs = rates
    var rounds = variants.map { _ in Stream.Round() }
    // The first one warms the caches and the allocator up.
    for number in 0...repetitions {
      for index in variants.indices {
        // One lap that does not count, for the caches are full of what another one did.
        _ = try streams[index].transfer(data)
        var round = Stream.Round()
        for _ in 0..<mebibytes { round += try streams[index].transfer(data) }
        guard number > 0 else { continue }
        rates[index].append(Double(mebibytes << 23) / round.cost.wall)
        costs[index].append(round.cost.cpu / Double(round.segments))
        rounds[index] = round
      }
    }
    let plain = Sample(costs[0]).median
    for (index, variant) in variants.enumerated() {
      let per = Double(rounds[index].segments)
      report(
        "\(variant.name) CPU", Sample(costs[index]), "ns/data segment",
        "both hosts and their ACKs included",
        "\((Double(rounds[index].acknowledgments) / per).rounded(to: 2)) ACKs each",
        "\((Double(rounds[index].moments) / per).rounded(to: 1)) moments each")
      if index > 0 {
        report(
          "\(variant.name) ratio", Sample(costs[index]).median / plain, "to \(variants[0].name)")
      }
      report(
        "\(variant.name) payload", Sample(rates[index]), "Gbit/s",
        "\(mebibytes) laps of a MiB, \(rounds[index].segments) data segments")
    }
  }
}

/// A connection between two hosts that carries one lap after the other.
struct Stream {
  private var pair: HostPair
  private let client: Descriptor
  private let server: Descriptor

  private static let writeSize = 65_536
  private static let readLimit = 65_535

  struct Round {
    var cost = Cost()
    var segments = 0
    var acknowledgments = 0
    var moments = 0

    static func += (left: inout Round, right: Round) {
      left.cost += right.cost
      left.segments += right.segments
      left.acknowledgments += right.acknowledgments
      left.moments += right.moments
    }
  }

  init(_ variant: BulkTransfer.Variant) throws {
    pair = HostPair(variant.mode, acknowledgesEach: variant.acknowledgesEach)
    if variant.idle > 0 { try pair.addIdle(variant.idle) }
    (client, server) = try pair.connect(to: pair.listen())
  }

  /// One lap.
  mutating func transfer(_ data: [[UInt8]]) throws -> Round {
    let frames = (pair.framesToServer, pair.framesToClient)
    let moments = pair.momentCount
    var received: [[UInt8]] = []
    received.reserveCapacity(4 * data.count)
    var round = Round()
    round.cost = try measured { try move(data, into: &received) }
    round.segments = pair.framesToServer - frames.0
    round.acknowledgments = pair.framesToClient - frames.1
    round.moments = pair.momentCount - moments
    guard Self.isEqual(received, data) else {
      throw WrongResult(description: "what arrived is not what was sent")
    }
    return round
  }

  @inline(never)
  private mutating func move(_ data: [[UInt8]], into received: inout [[UInt8]]) throws {
    let total = data.count * Self.writeSize
    var next = 0
    var isWriting = false
    var isReading = false
    var count = 0
    while count < total {
      if let completion = pair.client.takeCompletion(), case .returned = completion.result {
        isWriting = false
      }
      if !isWriting, next < data.count {
        isWriting = try pair.clientCalls(.send(client, data[next])) == .blocked
        next += 1
      }
      _ = try pair.exchange()
      try pair.pass(.microseconds(10))
      if let completion = pair.server.takeCompletion(), case .data(let octets) = completion.result {
        isReading = false
        received.append(octets)
        count += octets.count
      }
      guard !isReading, count < total else { continue }
      switch try pair.serverCalls(.receive(server, limit: Self.readLimit)) {
      case .data(let octets):
        received.append(octets)
        count += octets.count
      case .blocked: isReading = true
      default: throw WrongResult(description: "the connection ended early")
      }
    }
    // What is still on its way back belongs to this lap.
    while try pair.exchange() {}
    _ = pair.client.takeCompletion()
  }

  /// Whether the pieces that were read are the pieces that were written, cut up in another way.
  private static func isEqual(_ received: [[UInt8]], _ data: [[UInt8]]) -> Bool {
    var place = 0
    for piece in received {
      var done = 0
      while done < piece.count {
        guard place < data.count * writeSize else { return false }
        let expected = data[place / writeSize]
        let start = place % writeSize
        let count = min(piece.count - done, writeSize - start)
        guard areEqual(piece, done, expected, start, count) else { return false }
        done += count
        place += count
      }
    }
    return place == data.count * writeSize
  }

  /// Octets that differ from place to place, in the pieces that the application hands over.
  static func pattern(_ count: Int) -> [[UInt8]] {
    var state: UInt32 = 1
    return (0..<(count / writeSize)).map { _ in
      (0..<writeSize).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
      }
    }
  }
}

/// Whether two arrays agree over `count` octets from a place in each.
private func areEqual(
  _ one: [UInt8], _ start: Int, _ other: [UInt8], _ otherStart: Int, _ count: Int
) -> Bool {
  precondition(start + count <= one.count && otherStart + count <= other.count)
  return one.withUnsafeBytes { left in
    other.withUnsafeBytes { right in
      guard let left = left.baseAddress, let right = right.baseAddress else { return count == 0 }
      return memcmp(left + start, right + otherStart, count) == 0
    }
  }
}
