import Session
import Stack

/// A row of the sequence diagram: what passed between the hosts, or happened at one of them.
struct LadderRow {
  enum Kind {
    /// How both ends stood before the first frame.
    case opening
    case frame(FrameRecord)
    /// Something at one end that sends nothing: a timer, a call.
    case event
    /// Nothing happened for so long, in microseconds.
    case silence(UInt64)
    /// An application begins something new.
    case pause
    /// A closed connection's record is kept for so long.
    case countdown
  }

  var kind: Kind
  /// The number of the moment that began it: what `enter` goes to, and the row's name.
  var moment: Int
  /// When it began, and when the last of it happened so far.
  var first: Instant
  var last: Instant
  /// What it changed at each end.
  var notes: [HostID: LadderNote] = [:]
  /// Words between the two lines, beside this host's.
  var words: (host: HostID, text: String)?
  /// The moment at which the frame's contents were built.
  var builtAt: Int?
  /// The moment that says what the frame did where it arrived.
  var tookAt: Int?

  /// Whether the row can be chosen.
  var isChoosable: Bool {
    switch kind {
    case .frame, .event: true
    case .opening, .silence, .pause, .countdown: false
    }
  }

  var frame: FrameRecord? {
    if case .frame(let frame) = kind { return frame }
    return nil
  }
}

/// What a row changed at one end: a state, a variable, or why the frame was thrown away.
struct LadderNote {
  /// Where a row changed several things the highest is shown.
  enum Rank: Int {
    case learnt, window, queue, timeout, expired, next, duplicate, una, early, text, mark, shut
    case error, drop, state
  }

  var text: String
  var rank: Rank
  var moment: Int
  /// The host whose numbers the text names; nil for words.
  var counts: HostID?

  var isWarning: Bool { rank == .drop || rank == .error || rank == .shut }
}

extension LadderNote? {
  /// Takes the note unless a higher one is there.
  mutating func raise(_ note: LadderNote) {
    if let self, self.rank.rawValue > note.rank.rawValue { return }
    self = note
  }
}
