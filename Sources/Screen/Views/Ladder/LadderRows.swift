import Session
import Simulation
import Stack
import Wire

/// The rows of the sequence diagram up to a scene's moment, read off its frames and moments.
struct LadderRows {
  let scene: Scene
  let origins: Origins
  private(set) var rows: [LadderRow] = []
  /// What each host is about while the moments are read.
  var work: [HostID: HostWork] = [:]
  /// The row of each frame.
  private var places: [UInt32: Int] = [:]
  var timeouts: [MemoryReference: UInt64] = [:]
  private var latest = Instant.zero
  /// There is a row before, so that silence has a beginning.
  private var hasBegun = false
  private var isWhole: Bool

  /// What a host is about.
  struct HostWork {
    enum Cause {
      case nothing
      case call
      /// A frame's arrival or a timer, by its row.
      case row(Int)
    }

    var cause = Cause.nothing
    var time = Instant.zero
    /// The call has not sent anything yet.
    var isFresh = false
    /// What a call has changed before it sends.
    var pending: LadderNote?
    /// The unit that is being built; those that wait for an address; those that wait for the line.
    var building: Build?
    var held: [Build] = []
    var built: [Build] = []
  }

  /// A unit from its building to the line.
  struct Build {
    var note: LadderNote?
    var moment: Int
    var startsAnew = false
  }

  /// Silence this long is worth a row.
  static let longSilence = Nanoseconds.milliseconds(200)
  /// How many frames before and after the chosen one are read; more would not be seen.
  static let reach = 150

  /// - Parameter anchor: The moment of the chosen row, around which the rows of a long run are read; nil
  ///   for the newest.
  /// - Parameter isWhole: All rows, however many.
  init(_ scene: Scene, around anchor: Int? = nil, isWhole: Bool = false) {
    self.scene = scene
    origins = scene.origins
    self.isWhole = true
    let frames = scene.frames
    var range = 1..<(scene.index + 1)
    if !isWhole, frames.count > 2 * Self.reach {
      let chosen = anchor.map { moment in
        frames.firstPlace { $0.sentMoment >= moment }
      }
      let middle = chosen ?? frames.count
      let first = max(0, min(middle, frames.count) - Self.reach)
      let last = middle + Self.reach
      if first > 0 {
        range = max(1, frames[first].sentMoment - 40)..<range.upperBound
        self.isWhole = false
      }
      if last < frames.count { range = range.lowerBound..<frames[last].sentMoment }
    }
    read(range)
    if range.upperBound > scene.index { appendCountdowns() }
  }

  // MARK: Reading

  private mutating func read(_ range: Range<Int>) {
    for number in range {
      guard let moment = scene.timeline.moment(number) else { continue }
      if work[moment.host]?.time != moment.time {
        // Whatever the host was about has ended with its instant.
        flush(moment.host)
        work[moment.host, default: HostWork()].cause = .nothing
        work[moment.host]?.time = moment.time
      }
      read(moment, number)
    }
    let hosts = work.keys.sorted { $0.index < $1.index }
    for host in hosts { flush(host) }
    for host in hosts { showUnsent(host) }
  }

  /// What the host has changed by building units that are not on the line yet.
  private mutating func showUnsent(_ host: HostID) {
    guard let work = work[host] else { return }
    let builds = work.built + (work.building.map { [$0] } ?? [])
    for build in builds {
      guard let note = build.note, let time = scene.timeline.moment(note.moment)?.time else {
        continue
      }
      var row = LadderRow(kind: .event, moment: note.moment, first: time, last: time)
      row.notes[host] = note
      row.tookAt = build.moment
      append(row)
    }
  }

  private mutating func read(_ moment: Moment, _ number: Int) {
    switch moment.event {
    case .frameSent, .frameDuplicated: appendFrame(moment, number)
    case .frameReceived: beginArrival(moment, number)
    case .call:
      flush(moment.host)
      work[moment.host]?.cause = .call
      work[moment.host]?.isFresh = true
    case .callReturned, .callFailed, .callBlocked: flush(moment.host)
    case .timerFired: beginTimer(moment, number)
    case .segmentBuilt, .segmentRetransmitted, .datagramBuilt, .messageBuilt, .neighbourAsked,
      .packetForwarded:
      beginBuild(moment, number)
      note(moment, number)
    case .packetHeld:
      if let build = work[moment.host]?.building { work[moment.host]?.held.append(build) }
      work[moment.host]?.building = nil
    case .framePadded: endBuild(moment.host, number)
    default:
      // What the lower layers check says nothing about what became of the frame.
      let isTelling = [.tcp, .udp, .icmp, .arp].contains(moment.layer)
      let isRouting = moment.layer == .ip && scene.isRouter(moment.host)
      let tells = (isTelling || isRouting) && moment.rule != nil
      if tells, case .row(let place) = work[moment.host]?.cause,
        rows[place].notes[moment.host] == nil, isMeant(moment.host, rows[place])
      {
        rows[place].tookAt = number
      }
      note(moment, number)
    }
  }

  private mutating func beginArrival(_ moment: Moment, _ number: Int) {
    flush(moment.host)
    guard let place = places[moment.unit.frame] else { return }
    work[moment.host]?.cause = .row(place)
    rows[place].last = moment.time
    latest = max(latest, moment.time)
    guard isMeant(moment.host, rows[place]) else { return }
    rows[place].tookAt = number
  }

  /// Whether a row's frame was for this host: a hub carries it to others, too.
  private func isMeant(_ host: HostID, _ row: LadderRow) -> Bool {
    guard !scene.isPair, let frame = row.frame else { return true }
    return frame.to == host || frame.to == .wire
  }

  private mutating func beginTimer(_ moment: Moment, _ number: Int) {
    flush(moment.host)
    var row = LadderRow(
      kind: .event, moment: number, first: moment.time, last: moment.time)
    row.notes[moment.host] = expiry(moment, number)
    row.tookAt = number
    append(row)
    work[moment.host]?.cause = .row(rows.count - 1)
    note(moment, number)
  }

  private mutating func beginBuild(_ moment: Moment, _ number: Int) {
    var build = Build(moment: number)
    if case .call = work[moment.host]?.cause {
      build.startsAnew = work[moment.host]?.isFresh ?? false
      work[moment.host]?.isFresh = false
      build.note = work[moment.host]?.pending
      work[moment.host]?.pending = nil
    }
    work[moment.host]?.building = build
  }

  /// The frame is at the adapter: it will be the next but those before it to go on the line.
  private mutating func endBuild(_ host: HostID, _ number: Int) {
    var build = work[host]?.building
    if build == nil, let held = work[host]?.held.first {
      build = held
      work[host]?.held.removeFirst()
    }
    work[host]?.built.append(build ?? Build(moment: number))
    work[host]?.building = nil
  }

  private mutating func appendFrame(_ moment: Moment, _ number: Int) {
    guard let frame = scene.timeline.frame(moment.unit.frame) else { return }
    var row = LadderRow(kind: .frame(frame), moment: number, first: moment.time, last: moment.time)
    var startsAnew = false
    if frame.wasSentByHost, let build = work[frame.from]?.built.first {
      work[frame.from]?.built.removeFirst()
      row.notes[frame.from] = build.note
      row.builtAt = build.moment
      startsAnew = build.startsAnew
    } else if let original = frame.copyOf {
      row.notes[frame.from] = word("사본 #\(original)", "copy of #\(original)", .drop, number)
    } else if frame.isInjected {
      row.notes[frame.from] = word("! 끼워 넣음", "! forged", .drop, number)
    }
    if places.isEmpty && isWhole { appendOpening(number, moment.time) }
    append(row, afterPause: startsAnew && !places.isEmpty)
    places[frame.number] = rows.count - 1
  }

  // MARK: Rows

  /// How the hosts stand before the first frame: the sender's own news belongs to its frame.
  private mutating func appendOpening(_ number: Int, _ time: Instant) {
    for host in work.keys.sorted(by: { $0.index < $1.index }) { flush(host) }
    let before = rows
    rows.removeAll()
    hasBegun = false
    guard !before.isEmpty else { return }
    var row = LadderRow(kind: .opening, moment: number, first: time, last: time)
    for earlier in before { row.notes.merge(earlier.notes) { $1 } }
    for host in scene.world.hosts where row.notes[host.configuration.id] == nil {
      row.notes[host.configuration.id] = LadderNote(text: "–", rank: .learnt, moment: 0)
    }
    rows.append(row)
    hasBegun = false
  }

  mutating func append(_ row: LadderRow, afterPause: Bool = false) {
    if hasBegun, row.first.since(latest) >= Self.longSilence {
      // As the shown times differ: they are rounded.
      let span = (row.first.nanoseconds + 500) / 1_000 - (latest.nanoseconds + 500) / 1_000
      let silence = LadderRow(
        kind: .silence(span), moment: row.moment, first: latest, last: row.first)
      rows.append(silence)
    } else if afterPause {
      rows.append(
        LadderRow(kind: .pause, moment: row.moment, first: row.first, last: row.first))
    }
    rows.append(row)
    hasBegun = true
    latest = max(latest, row.last)
  }

  /// What a call has changed without sending anything is a row of its own.
  private mutating func flush(_ host: HostID) {
    guard let note = work[host]?.pending else { return }
    work[host]?.pending = nil
    let time = scene.timeline.moment(note.moment)?.time ?? .zero
    var row = LadderRow(kind: .event, moment: note.moment, first: time, last: time)
    row.notes[host] = note
    row.tookAt = note.moment
    append(row)
  }

  // MARK: Notes

  /// Puts a note where it belongs: to the unit being built, the row at work, or the call.
  mutating func attach(_ note: LadderNote, _ host: HostID, toUnit: Bool = false) {
    if toUnit, work[host]?.building != nil {
      work[host]?.building?.note.raise(note)
      return
    }
    switch work[host]?.cause {
    case .row(let place): attach(note, host, row: place)
    case .call: work[host]?.pending.raise(note)
    case .nothing, nil:
      var row = LadderRow(
        kind: .event, moment: note.moment, first: work[host]?.time ?? .zero,
        last: work[host]?.time ?? .zero)
      row.notes[host] = note
      row.tookAt = note.moment
      append(row)
      work[host]?.cause = .row(rows.count - 1)
    }
  }

  private mutating func attach(_ note: LadderNote, _ host: HostID, row place: Int) {
    if case .event = rows[place].kind {
      // A timer's row is followed by the segment that it sends again.
      if note.rank == .timeout, let last = work[host]?.built.indices.last {
        work[host]?.built[last].note.raise(note)
        return
      }
      if let old = rows[place].notes[host], old.rank == .expired,
        note.rank.rawValue > old.rank.rawValue
      {
        rows[place].words = (host, old.text)
      }
    }
    let before = rows[place].notes[host]
    rows[place].notes[host].raise(note)
    let isHigher = before == nil || note.rank.rawValue >= (before?.rank.rawValue ?? 0)
    if isHigher, isMeant(host, rows[place]) {
      rows[place].tookAt = note.moment
    }
  }

  func word(_ ko: String, _ en: String, _ rank: LadderNote.Rank, _ moment: Int) -> LadderNote {
    LadderNote(text: scene.say(ko, en), rank: rank, moment: moment)
  }
}
