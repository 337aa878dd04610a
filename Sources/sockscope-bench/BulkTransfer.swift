import Glibc
import Stack

/// Bulk data over one connection: MSS 1460, window 65,535, one thread, every checksum made and verified.
///
/// The client's application writes 64 KiB at a time and sleeps while the send buffer is full; the server's
/// reads whatever there is each time the frames that were on their way have arrived. What it read is compared
/// with what was written after the clock has stopped.
struct BulkTransfer {
  let mode: Options.Mode
  let mebibytes: Int

  private static let writeSize = 65_536
  private static let readLimit = 65_535

  func run(_ repetitions: Int) throws {
    let data = Self.pattern(mebibytes << 20)
    var rates: [Double] = []
    var costs: [Double] = []
    var last = Round()
    // The first one warms the caches and the allocator up.
    for number in 0...repetitions {
      let round = try transfer(data)
      guard number > 0 else { continue }
      rates.append(Double(mebibytes << 23) / round.cost.wall)
      costs.append(round.cost.cpu / Double(round.segments))
      last = round
    }
    let name = "bulk \(mode.rawValue)"
    let per = Double(last.segments)
    report("\(name) payload", Sample(rates), "Gbit/s", "\(mebibytes) MiB")
    report(
      "\(name) CPU", Sample(costs), "ns/data segment", "both hosts and their ACKs included",
      "\(last.segments) data segments",
      "\((Double(last.acknowledgments) / per).rounded(to: 2)) ACKs each",
      "\((Double(last.moments) / per).rounded(to: 1)) moments each")
  }

  private struct Round {
    var cost = Cost()
    var segments = 0
    var acknowledgments = 0
    var moments = 0
  }

  private func transfer(_ data: [[UInt8]]) throws -> Round {
    var pair = HostPair(mode)
    let listening = try pair.listen()
    let (client, server) = try pair.connect(to: listening)
    let frames = (pair.framesToServer, pair.framesToClient)
    let moments = pair.momentCount
    var received: [[UInt8]] = []
    received.reserveCapacity(2 * data.count)
    var round = Round()
    round.cost = try measured { try move(data, &pair, client, server, into: &received) }
    round.segments = pair.framesToServer - frames.0
    round.acknowledgments = pair.framesToClient - frames.1
    round.moments = pair.momentCount - moments
    guard Self.isEqual(received, data) else {
      throw WrongResult(description: "what arrived is not what was sent")
    }
    return round
  }

  @inline(never)
  private func move(
    _ data: [[UInt8]], _ pair: inout HostPair, _ client: Descriptor, _ server: Descriptor,
    into received: inout [[UInt8]]
  ) throws {
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
  private static func pattern(_ count: Int) -> [[UInt8]] {
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
