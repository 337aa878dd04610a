import Stack

// How connections open and what is left of them, and whether an offered window is taken back.
extension OctetWriter {
  mutating func writeLifetimes(_ tcp: TCPSettings) {
    write(tcp.synAcknowledgmentRepeats)
    tag(tcp.synCookies.rawValue)
    write(tcp.fixedInitialSequence) { $0.write($1) }
    write(tcp.keepsTimeWait)
    write(tcp.reopensTimeWait)
    write(tcp.ignoresResetInTimeWait)
    write(tcp.shrinksWindow)
  }
}

extension OctetReader {
  mutating func readLifetimes(_ tcp: inout TCPSettings) throws(RecordingError) {
    tcp.synAcknowledgmentRepeats = try unsigned(UInt8.self)
    let cookies = try tag()
    guard let known = SynCookies(rawValue: cookies) else {
      throw .unreadable("SYN cookies \(cookies)")
    }
    tcp.synCookies = known
    tcp.fixedInitialSequence = try optional { (reader) throws(RecordingError) in
      try reader.unsigned(UInt32.self)
    }
    tcp.keepsTimeWait = try flag()
    tcp.reopensTimeWait = try flag()
    tcp.ignoresResetInTimeWait = try flag()
    tcp.shrinksWindow = try flag()
  }
}

extension TCPSettings {
  /// Recordings that tell nothing of it come from a stack that knew R2 alone and reopened nothing.
  mutating func beforeLifetimes() {
    synAcknowledgmentRepeats = 0
    reopensTimeWait = false
  }
}
