import Stack
import Wire

/// What other documents change about TIME-WAIT and about a server that keeps no record of a SYN.
extension Row {
  /// The rows of TIME-WAIT, for a situation that differs from it in other kinds only.
  private static func asTimeWait(_ situation: Situation, but kinds: [SegmentKind]) -> [Row] {
    plain.filter { $0.situation == .timeWait && !kinds.contains($0.kind) }.map {
      var row = $0
      row.situation = situation
      return row
    }
  }

  private static let accepted: [SegmentKind] = [.rst, .rstAck, .rstAckBad]
  private static let withoutReset = SegmentKind.allCases.filter { !resetKinds.contains($0) }

  static let waiting: [Row] = kept + reusable + stamped

  private static let kept =
    rows(
      [.timeWaitKept], accepted, .silence, .timeWaitIgnoresReset,
      "RFC 1337 3 (F1): ignore RST segments in TIME-WAIT state")
    + asTimeWait(.timeWaitKept, but: accepted)

  private static let reusable =
    rows(
      [.timeWaitReusable], [.syn], to: .synReceived, .synAck, .timeWaitReopens,
      "RFC 6191 2, no timestamps: the sequence number is larger than the last: SYN-RECEIVED")
    + asTimeWait(.timeWaitReusable, but: [.syn])

  private static let stamped =
    asTimeWait(.timeWaitStamped, but: [])
    + rows(
      [.timeWaitOldStamp], withoutReset, .ack(0), .oldTimestamp,
      "RFC 7323 5.3 R1: SEG.TSval < TS.Recent, no RST: not acceptable, an acknowledgment in reply")
    + asTimeWait(.timeWaitOldStamp, but: withoutReset)
    + rows(
      [.timeWaitNoStamp], withoutReset, .silence, .timestampMissing,
      "RFC 7323 3.2: a non-RST segment without the option: SHOULD silently drop the segment")
    + asTimeWait(.timeWaitNoStamp, but: withoutReset)

  /// RFC 4987 §3.6: the state is in the cookie, so what does not bring it back meets LISTEN (RFC 9293 §3.10.7.2).
  static let cookies =
    rows(
      [.cookieSent], resetKinds, .silence, .listenIgnoresReset,
      "3.10.7.2 first: an incoming RST should be ignored")
    + rows(
      [.cookieSent], [.syn, .synOld], .cookie, .synCookieSent,
      "RFC 4987 3.6: the SYN-ACK's number is the cookie; no state is kept")
    + rows(
      [.cookieSent], ackless, .silence, .listenIgnoresRest,
      "3.10.7.2 fourth: drop the segment and return")
    + rows(
      [.cookieSent], [.synAck, .synAckBad], .reset, .listenRefusesAck,
      "3.10.7.2 second: a SYN,ACK ends no handshake of LISTEN: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.cookieSent],
      ofUna + [.urgentAlone, .ackUnsent, .ackTooOld, .finOld, .textOld, .textBeyondWindow],
      .reset, .listenRefusesAck,
      "RFC 4987 3.6: no cookie comes back; 3.10.7.2 second: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.cookieSent], [.ackAdvancing], to: .established, .silence, .synCookieTaken,
      "RFC 4987 3.6: the ACK brings the cookie back: ESTABLISHED")
    + rows(
      [.cookieSent], [.textAck], to: .established, .ack(10), .synCookieTaken,
      "RFC 4987 3.6: so does the first data; 3.10.7.4 seventh: an acknowledgment")
    + rows(
      [.cookieSent], [.urgentAck], to: .established, .ack(10), .urgentNoted,
      "RFC 4987 3.6, then 3.10.7.4 sixth: RCV.UP <- max(RCV.UP,SEG.UP), signal the user")
    + rows(
      [.cookieSent], [.finAck], to: .closeWait, .ack(1), .synCookieTaken,
      "RFC 4987 3.6, then 3.10.7.4 eighth: enter CLOSE-WAIT")
}
