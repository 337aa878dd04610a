import Session
import Simulation
import Stack
import Wire

/// Numbers as the screens write them.
extension Scene {
  /// `0x9a3c1f20`.
  public func hexadecimal(_ number: SequenceNumber) -> String {
    let digits = String(number.value, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The initial sequence numbers that relative numbers count from: `c` and `s`, and `c2`, `s2` for later
  /// connections, as far as they have been sent.
  public var origins: Origins {
    struct Key: Hashable {
      var host: HostID
      var iss: SequenceNumber
    }
    var result: [Origin] = []
    var known: Set<Key> = []
    var counts: [HostID: Int] = [:]
    let isPair = isPair
    for place in timeline.openingPlaces {
      let frame = timeline.frames[place]
      guard frame.sentMoment <= index else { break }
      let summary = UnitSummary(frame: frame.octets)
      let key = Key(host: frame.from, iss: summary.sequence)
      guard !known.contains(key) else { continue }
      // What a router passes on has been counted.
      guard isPair || host(ofPacket: frame).speaker == frame.from else { continue }
      known.insert(key)
      let earlier = counts[frame.from, default: 0]
      counts[frame.from] = earlier + 1
      let letter = letter(of: frame.from)
      result.append((earlier == 0 ? letter : "\(letter)\(earlier + 1)", frame.from, key.iss))
    }
    return Origins(result)
  }

  private func letter(of host: HostID) -> String {
    if host.index == 0 { return "c" }
    let hasServer = world.hosts.contains { $0.configuration.name == SampleHost.server.rawValue }
    return hasServer && hostName(host) == SampleHost.far.rawValue ? "f" : "s"
  }

  /// `c`, `c+1461`, or the plain number when it counts from no known one.
  ///
  /// - Parameter host: the host whose octets the number counts.
  public func relative(_ number: SequenceNumber, of host: HostID) -> String {
    relative(number, of: host, from: showsPlainNumbers ? [] : origins)
  }

  /// `20.115`: milliseconds with three decimals.
  public func milliseconds(_ instant: Instant) -> String {
    let microseconds = (instant.nanoseconds + 500) / 1_000
    let fraction = String(microseconds % 1_000)
    return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// `0.000 000 s`: seconds with microseconds in groups of three.
  public func seconds(_ instant: Instant) -> String {
    let microseconds = instant.nanoseconds / 1_000
    func three(_ number: UInt64) -> String {
      let text = String(number)
      return String(repeating: "0", count: 3 - text.count) + text
    }
    return
      "\(microseconds / 1_000_000).\(three(microseconds / 1_000 % 1_000)) \(three(microseconds % 1_000)) s"
  }

  /// What a field says, as the screens write it: `–` for no value yet, `?` for a covered one.
  public func text(_ field: Field, of memory: MemoryReference, _ block: ControlBlock) -> String {
    if isCovered(memory, field) { return "?" }
    guard block.isSet(field) else { return "–" }
    return text(field, raw: block.raw(field), block)
  }

  /// What a raw number says in a field.
  public func text(_ field: Field, raw: UInt64, _ block: ControlBlock) -> String {
    switch field.description.form {
    case .sequence:
      return hexadecimal(SequenceNumber(UInt32(truncatingIfNeeded: raw)))
    case .milliseconds: return "\(raw) ms"
    case .microseconds: return milliseconds(Instant(nanoseconds: raw * 1_000)) + " ms"
    case .instant: return milliseconds(Instant(nanoseconds: raw)) + " ms"
    case .timer where language == .ko:
      switch TCPTimer(octet: UInt8(truncatingIfNeeded: raw)) {
      case .none: return "없음"
      case .retransmission: return "재전송"
      case .persist: return "윈도우 확인"
      case .keepAlive: return "생존 확인"
      case .timeWait, .unknown: break
      }
    default: break
    }
    if field == .recovery, language == .ko {
      switch LossRecovery(octet: UInt8(truncatingIfNeeded: raw)) {
      case .fast: return "빠른 회복"
      case .afterTimeout: return "시간 초과 뒤"
      case .none, .unknown: break
      }
    }
    switch block.meaning(of: field, raw: raw) {
    case .unset: return "–"
    case .number(let number): return "\(number)"
    case .text(let text): return text == "none" ? say("없음", "none") : text
    }
  }
}
