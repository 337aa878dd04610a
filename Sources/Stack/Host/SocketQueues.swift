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

  /// Datagrams that wait at most, however small they are.
  static let datagramLimit = 1024

  struct Datagram: Sendable {
    var octets: [UInt8]
    var source: SocketAddress
  }
}
