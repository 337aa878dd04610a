import Course
import Session
import Simulation
import Stack
import Wire

/// A value of two runs.
struct ComparedValue {
  var label: String
  var left: String
  var right: String
  var isEqual: Bool
  /// What `w` explains on either side; nil for what is only counted.
  var whyLeft: WhySubject?
  var whyRight: WhySubject?

  init(label: String, left: String, right: String, isEqual: Bool? = nil) {
    self.label = label
    self.left = left
    self.right = right
    self.isEqual = isEqual ?? (left == right)
  }
}

extension ComparisonScene {
  /// What differs, the most telling first, then what is equal: as many as asked for.
  func values(most: Int) -> [ComparedValue] {
    // How the connections stand comes before how often something was repeated.
    let all =
      [lastCall].compactMap(\.self) + frames.prefix(1) + memory(Self.telling.prefix(3))
      + frames.dropFirst() + memory(Self.telling.dropFirst(3))
    let different = all.filter { !$0.isEqual }
    // That both have nothing says nothing.
    let nothing = ["–", "0", say("없음", "none")]
    let equal = all.filter { $0.isEqual && !nothing.contains($0.left) }
    return Array((different + equal).prefix(most))
  }

  private func say(_ ko: String, _ en: String) -> String { left.scene.say(ko, en) }

  // MARK: Calls and frames

  /// The first call that has not come to its end at the same time in both, else the last one of the client.
  private var lastCall: ComparedValue? {
    let (one, other) = (Self.callEnds(left.scene), Self.callEnds(right.scene))
    let different = (0..<max(one.count, other.count)).first { one[safe: $0] != other[safe: $0] }
    let last = one.lastIndex { $0.host == HostID.client }
    guard let place = different ?? last, let call = one[safe: place] ?? other[safe: place] else {
      return nil
    }
    func text(_ calls: [CallEnd], _ scene: Scene) -> String {
      guard let own = calls[safe: place], own.name == call.name else { return "–" }
      guard let end = own.end else { return say("기다리는 중", "waits") }
      // From ten seconds on in seconds, so that it has room.
      let time =
        end.nanoseconds < 10_000_000_000
        ? scene.milliseconds(end) + " ms"
        : scene.milliseconds(Instant(nanoseconds: end.nanoseconds / 1_000)) + " s"
      return time + (own.hasFailed ? say(" 실패", " failed") : "")
    }
    var value = ComparedValue(
      label: say("\(call.name)() 끝남", "\(call.name)() done"), left: text(one, left.scene),
      right: text(other, right.scene))
    func why(_ calls: [CallEnd]) -> WhySubject? {
      calls[safe: place].flatMap { $0.name == call.name ? .moment($0.moment) : nil }
    }
    value.whyLeft = why(one)
    value.whyRight = why(other)
    return value
  }

  private struct CallEnd: Equatable {
    var name: String
    var host: HostID
    var end: Instant?
    var hasFailed = false
    /// The moment at which it came back, or was made.
    var moment: Int

    /// When it came to its end is what counts.
    static func == (one: CallEnd, other: CallEnd) -> Bool {
      one.name == other.name && one.host == other.host && one.end == other.end
        && one.hasFailed == other.hasFailed
    }
  }

  /// The calls of a run, those of the client first and of each host in their order, with the time at which each came back.
  private static func callEnds(_ scene: Scene) -> [CallEnd] {
    var calls: [CallEnd] = []
    var places: [Int: Int] = [:]
    for (index, moment) in scene.timeline.moments.prefix(scene.index).enumerated()
    where moment.isAboutCall {
      let number = moment.callNumber
      switch moment.event {
      case .call:
        let text = scene.callText(moment)
        places[number] = calls.count
        let name = String(text.prefix { $0 != "(" })
        calls.append(CallEnd(name: name, host: moment.host, moment: index + 1))
      case .callReturned, .callFailed:
        guard let place = places[number] else { continue }
        calls[place].end = moment.time
        calls[place].moment = index + 1
        calls[place].hasFailed = moment.event == .callFailed
      default: break
      }
    }
    let hosts = Set(calls.map(\.host.index)).sorted()
    return hosts.flatMap { host in calls.filter { $0.host.index == host } }
  }

  /// Frames that were sent; of those that were lost and of repetitions only where there are some.
  private var frames: [ComparedValue] {
    func value(
      _ ko: String, _ en: String, _ isMeant: (FrameRecord, Scene) -> Bool
    ) -> ComparedValue {
      let counts = [left.scene, right.scene].map { scene in
        scene.frames.count { isMeant($0, scene) }
      }
      return ComparedValue(label: say(ko, en), left: "\(counts[0])", right: "\(counts[1])")
    }
    return [
      value("보낸 프레임", "frames sent") { frame, _ in frame.wasSentByHost },
      value("잃은 프레임", "frames lost") { $1.hasEnded($0) && $0.fate == .lost },
      value("다시 보낸 것", "sent again") { frame, _ in
        frame.wasSentByHost && frame.isRetransmission
      },
    ].filter { $0.left != "0" || $0.right != "0" }
  }

  // MARK: The sockets' memory

  /// The fields of all sockets of both, by what they tell.
  private func memory(_ fields: ArraySlice<Field>) -> [ComparedValue] {
    // Runs of a lesson may have other hosts.
    let hosts = zip(left.scene.world.hosts, right.scene.world.hosts).map(\.0.configuration)
      .filter { left.scene.hostName($0.id) == right.scene.hostName($0.id) }.map(\.id)
    return fields.flatMap { field in
      hosts.flatMap { host in
        sockets(of: host).compactMap { value(of: field, MemoryReference(host: host, socket: $0)) }
      }
    }
  }

  /// The running numbers of a host's connections in either run; of one without connections those of its others.
  private func sockets(of host: HostID) -> [UInt16] {
    var numbers: [UInt16] = []
    for side in [left, right] {
      for record in side.scene.records(of: host) where !numbers.contains(record.block.number) {
        numbers.append(record.block.number)
      }
    }
    let connected = numbers.filter { number in
      [left, right].contains { side in
        side.scene.block(MemoryReference(host: host, socket: number))?.state != .listen
      }
    }
    return connected.isEmpty ? numbers : connected
  }

  /// What is worth comparing; times of timers differ wherever anything does.
  private static let telling: [Field] = {
    let first: [Field] = [
      .state, .rto, .iss, .sndNxt, .sndUna, .rcvNxt, .sndWnd, .cwnd, .ssthresh, .error, .retries,
      .mssEffective, .receiveQueue, .sendQueue, .rcvWnd, .srtt,
    ]
    // What only says in other words what stands before.
    let again: [Field] = [
      .number, .parent, .irs, .sndWl1, .sndWl2, .lastAckSent, .rttSequence, .rttvar, .owner,
    ]
    let rest = Field.allCases.filter { field in
      switch field.description.form {
      case .instant, .timer, .hidden, .process, .descriptor, .address, .port, .transport, .flag:
        false
      default: !first.contains(field) && !again.contains(field)
      }
    }
    return first + rest
  }()

  private func value(of field: Field, _ memory: MemoryReference) -> ComparedValue? {
    let texts = (text(field, memory, left), text(field, memory, right))
    // Of a socket that only one of both has its state says enough.
    guard texts.0 != nil || texts.1 != nil,
      field == .state || (texts.0 != nil && texts.1 != nil)
    else { return nil }
    let host = left.scene.hostName(memory.host)
    let hasOne = sockets(of: memory.host).count == 1
    let name = field == .state ? say("상태", "state") : field.name
    var value = ComparedValue(
      label: hasOne ? "\(host) \(name)" : "\(host) \(memory.socket) \(name)",
      left: texts.0 ?? "–", right: texts.1 ?? "–", isEqual: isSamePlace(field, memory))
    (value.whyLeft, value.whyRight) = (.field(memory, field), .field(memory, field))
    return value
  }

  /// Whether a sequence number is as far from its connection's first in both, whatever that is; nil for other fields.
  private func isSamePlace(_ field: Field, _ memory: MemoryReference) -> Bool? {
    guard field.description.form == .sequence, field != .iss else { return nil }
    let places = [left, right].map { side -> UInt32? in
      guard let block = side.scene.block(memory), block.isSet(field) else { return nil }
      let number = SequenceNumber(UInt32(truncatingIfNeeded: block.raw(field)))
      let first =
        Self.isPeers(field) ? block.initialReceiveSequence : block.initialSendSequence
      return number.distance(from: first)
    }
    return places[0] == places[1]
  }

  /// Whether a sequence number counts the octets of the other end.
  private static func isPeers(_ field: Field) -> Bool {
    field == .rcvNxt || field == .irs || field == .lastAckSent || field == .sndWl1
  }

  /// Nil where there is no such socket.
  private func text(_ field: Field, _ memory: MemoryReference, _ side: Side) -> String? {
    guard let block = side.scene.block(memory) else { return nil }
    let text = side.scene.text(field, of: memory, block)
    guard field.description.form == .sequence, block.isSet(field), text != "?" else { return text }
    let number = SequenceNumber(UInt32(truncatingIfNeeded: block.raw(field)))
    let host = Self.isPeers(field) ? side.scene.peer(of: memory.host) : memory.host
    let name = side.scene.relative(number, of: host, from: side.origins)
    guard field == .iss || field == .irs else { return name }
    return name == text ? text : "\(text)  \(name)"
  }
}

extension Array {
  fileprivate subscript(safe place: Int) -> Element? {
    indices.contains(place) ? self[place] : nil
  }
}
