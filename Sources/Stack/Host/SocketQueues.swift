import DequeModule
import Wire

/// What a socket holds besides its control block: octets, datagrams and finished connections in waiting.
struct SocketQueues: Sendable {
  var send = SendBuffer()
  /// What of the sent octets the peer says that it holds.
  var sacked = Scoreboard()
  var receive = ReceiveBuffer()
  /// Slots of connections that wait for `accept()`, oldest first.
  var accept = Deque<Int>()
  /// Datagrams that wait for `receivefrom()`.
  var datagrams = Deque<Datagram>()

  /// When TS.Recent was written last.
  var timestampTakenAt = Instant.zero
  var challenges = ChallengeLimit()
  /// The record in TIME-WAIT whose place this one has taken: at most one, none once established.
  var earlier: [ControlBlock] = []

  /// Nothing is left, as of a socket that was never used.
  ///
  /// What is empty is not written: most sockets have used few of these, and each is counted storage.
  mutating func clear() {
    send.removeAll()
    if !sacked.isEmpty { sacked.removeAll() }
    receive.removeAll()
    if !accept.isEmpty { accept.removeAll() }
    if !datagrams.isEmpty { datagrams.removeAll() }
    timestampTakenAt = .zero
    challenges = ChallengeLimit()
    if !earlier.isEmpty { earlier.removeAll() }
  }

  /// Datagrams that wait at most, however small they are.
  static let datagramLimit = 1024

  struct Datagram: Sendable {
    var octets: [UInt8]
    var source: SocketAddress
  }
}
