import Stack
import Wire

/// RFC 9293 §3.10.7 as a table: every situation with every kind of segment, exactly once.
extension Row {
  static let all: [Row] = plain + waiting + cookies

  /// Of the situations that the section itself knows.
  static let plain: [Row] =
    closed + listen + synSent + synReceived + unacceptable + resets + acknowledgments + texts + fins
    + urgents

  static func rows(
    _ situations: [Situation], _ kinds: [SegmentKind], to next: TCPState? = nil, _ reply: Reply,
    _ rule: Rule?, _ cite: String
  ) -> [Row] {
    situations.flatMap { situation in
      kinds.map {
        Row(
          situation: situation, kind: $0, next: next ?? situation.state, reply: reply, rule: rule,
          cite: cite)
      }
    }
  }

  static let resetKinds: [SegmentKind] = [
    .rst, .rstInWindow, .rstOutside, .rstAck, .rstAckBad, .rstWithText,
  ]
  static let ackless: [SegmentKind] = [.finNoAck, .textNoAck, .nothing]
  private static let withAck: [SegmentKind] = [
    .synAck, .synAckBad, .ackDuplicate, .ackAdvancing, .ackUnsent, .ackTooOld, .fin, .finAck,
    .finBeyondGap, .finOld, .text, .textAck, .textOld, .textOverlapping, .textBeyondGap,
    .textBeyondWindow, .urgent,
  ]
  /// Those of `withAck` that acknowledge SND.UNA and no more: in SYN-SENT and SYN-RECEIVED nothing.
  static let ofUna: [SegmentKind] = [
    .ackDuplicate, .fin, .finBeyondGap, .text, .textOverlapping, .textBeyondGap, .urgent,
  ]

  private static let closed =
    rows(
      [.closed], resetKinds, .silence, .closedIgnore,
      "3.10.7.1: a segment containing a RST is discarded")
    + rows(
      [.closed], withAck, .reset, .closedReset, "3.10.7.1: ACK on: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.closed], ackless + [.syn, .synOld], .resetAck, .closedReset,
      "3.10.7.1: ACK off: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>")

  private static let listen =
    rows(
      [.listen], resetKinds, .silence, .listenIgnoresReset,
      "3.10.7.2 first: an incoming RST should be ignored")
    + rows(
      [.listen], withAck, .reset, .listenRefusesAck,
      "3.10.7.2 second: any acknowledgment is bad: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.listen], [.syn, .synOld], to: .synReceived, .synAck, .listenTakesSyn,
      "3.10.7.2 third: <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>, SYN-RECEIVED")
    + rows(
      [.listen], ackless, .silence, .listenIgnoresRest,
      "3.10.7.2 fourth: drop the segment and return")

  private static let synSent =
    rows(
      [.synSent],
      ofUna + [.synAckBad, .ackUnsent, .ackTooOld, .finOld, .textOld, .textBeyondWindow],
      .reset, .synSentCheckAck,
      "3.10.7.3 first: SEG.ACK =< ISS or SEG.ACK > SND.NXT: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.synSent], [.rstAckBad], .silence, .synSentCheckAck,
      "3.10.7.3 first: unless the RST bit is set, if so drop the segment")
    + rows(
      [.synSent], [.rst, .rstInWindow, .rstOutside, .rstWithText], .silence, .synSentIgnoresReset,
      "3.10.7.3 second: otherwise (no ACK), drop the segment")
    + rows(
      [.synSent], [.rstAck], to: .closed, .silence, .synSentResetRefuses,
      "3.10.7.3 second: ACK acceptable: connection reset, CLOSED")
    + rows(
      [.synSent], [.synAck], to: .established, .ackOfSyn, .synSentEstablished,
      "3.10.7.3 fourth: SND.UNA > ISS: ESTABLISHED, <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>")
    + rows(
      [.synSent], [.syn, .synOld], to: .synReceived, .synAck, .simultaneousOpen,
      "3.10.7.3 fourth: otherwise SYN-RECEIVED, <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>")
    + rows(
      [.synSent], ackless + [.ackAdvancing, .finAck, .textAck], .silence, .synSentIgnoresRest,
      "3.10.7.3 fifth: neither SYN nor RST: drop the segment")

  private static let bothReceived: [Situation] = [.synReceivedPassive, .synReceivedActive]

  private static let synReceived =
    rows(
      [.synReceivedPassive], [.syn], to: .closed, .silence, .synReturnsToListen,
      "3.10.7.4 fourth: passive OPEN: return this connection to LISTEN")
    + rows(
      [.synReceivedActive], [.syn], .ack(0), .synChallenge,
      "3.10.7.4 fourth: otherwise as in synchronized states: challenge ACK")
    + rows(
      bothReceived, [.synOld], .synAckAgain, .answerUnacceptable,
      "3.10.7.4 first: a repeated SYN; our choice: SYN,ACK again where the RFC has ACK")
    + rows(
      [.synReceivedActive], [.synAck], to: .established, .silence, .synReceivedEstablished,
      "3.5 Figure 7 line 6: the other side's SYN,ACK establishes (A.2 on the first check)")
    + rows(
      [.synReceivedPassive], [.synAck], .ack(0), .answerUnacceptable,
      "3.10.7.4 first: not acceptable: an acknowledgment in reply")
    + rows(
      bothReceived, [.synAckBad], .ack(0), .answerUnacceptable,
      "3.10.7.4 first: not acceptable: an acknowledgment in reply")
    + rows(
      bothReceived, ofUna + [.ackUnsent, .ackTooOld], .reset, .synReceivedBadAck,
      "3.10.7.4 fifth: acknowledgment not acceptable: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      bothReceived, [.ackAdvancing], to: .established, .silence, .synReceivedEstablished,
      "3.10.7.4 fifth: SND.UNA < SEG.ACK =< SND.NXT: ESTABLISHED")
    + rows(
      bothReceived, [.finAck], to: .closeWait, .ack(1), .finToCloseWait,
      "3.10.7.4 eighth: SYN-RECEIVED, ESTABLISHED: enter CLOSE-WAIT")
    + rows(
      bothReceived, [.textAck], to: .established, .ack(10), .textAccepted,
      "3.10.7.4 fifth: enter ESTABLISHED and continue processing")
    + rows(
      bothReceived, [.rst, .rstAck, .rstAckBad], to: .closed, .silence, .resetInSynReceived,
      "3.10.7.4 second: passive: return to LISTEN; active: refused, CLOSED")

  private static let everySynchronized = bothReceived + Situation.synchronized

  private static let unacceptable =
    rows(
      everySynchronized, [.textOld, .textBeyondWindow], .ack(0), .answerUnacceptable,
      "3.10.7.4 first: not acceptable: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>")
    + rows(
      everySynchronized.filter { $0 != .timeWait }, [.finOld], .ack(0), .answerUnacceptable,
      "3.10.7.4 first: not acceptable: an acknowledgment in reply")
    + rows(
      [.timeWait], [.finOld], .ack(0), .timeWaitRestarts,
      "3.10.7.4 fifth: a retransmission of the remote FIN: acknowledge it, restart 2 MSL")
    + rows(
      Situation.synchronized, [.synOld, .synAck, .synAckBad], .ack(0), .answerUnacceptable,
      "3.10.7.4 first: not acceptable: an acknowledgment in reply")
    + rows(
      Situation.synchronized, [.syn], .ack(0), .synChallenge,
      "3.10.7.4 fourth: SYN in a synchronized state: MUST send a challenge ACK")
    + rows(
      everySynchronized, ackless, .silence, .ackRequired,
      "3.10.7.4 fifth: if the ACK bit is off, drop the segment and return")

  private static let resets =
    rows(
      everySynchronized, [.rstOutside], .silence, .checkSequence,
      "3.10.7.4 second 1): RST outside the window: silently drop")
    + rows(
      everySynchronized, [.rstWithText], .silence, .checkSequence,
      "3.10.7.4 second 1): SEG.SEQ is before the window, whatever text follows: silently drop")
    + rows(
      everySynchronized, [.rstInWindow], .ack(0), .resetChallenge,
      "3.10.7.4 second 3): in the window but not RCV.NXT: MUST send a challenge ACK")
    + rows(
      [.established, .finWait1, .finWait2, .closeWait], [.rst, .rstAck, .rstAckBad], to: .closed,
      .silence, .resetAborts, "3.10.7.4 second 2): exactly RCV.NXT: connection reset, CLOSED")
    + rows(
      [.closing, .lastAck, .timeWait], [.rst, .rstAck, .rstAckBad], to: .closed, .silence,
      .resetInClosing, "3.10.7.4 second: CLOSING, LAST-ACK, TIME-WAIT: enter CLOSED")

  private static let acknowledgments =
    rows(
      Situation.synchronized, [.ackUnsent, .ackTooOld], .ack(0), .ackOfUnsent,
      "3.10.7.4 fifth: outside SND.UNA-MAX.SND.WND..SND.NXT: MUST be discarded, ACK sent back")
    + rows(
      [.established, .closeWait, .finWait1, .lastAck, .closing], [.ackDuplicate], .silence,
      .ackDuplicate, "3.10.7.4 fifth: SEG.ACK =< SND.UNA: it can be ignored")
    + rows(
      [.finWait2, .timeWait], [.ackDuplicate, .ackAdvancing], .silence, nil,
      "3.10.7.4 fifth: nothing is outstanding")
    + rows(
      [.established, .closeWait], [.ackAdvancing], .silence, .ackAdvances,
      "3.10.7.4 fifth: SND.UNA < SEG.ACK =< SND.NXT: SND.UNA <- SEG.ACK")
    + rows(
      [.finWait1], [.ackAdvancing], to: .finWait2, .silence, .finAcknowledged,
      "3.10.7.4 fifth: our FIN is acknowledged: FIN-WAIT-2")
    + rows(
      [.closing], [.ackAdvancing, .textAck], to: .timeWait, .silence,
      .closingToTimeWait, "3.10.7.4 fifth: the ACK acknowledges our FIN: TIME-WAIT")
    + rows(
      [.lastAck], [.ackAdvancing, .textAck, .finAck], to: .closed, .silence, .lastAckDeletes,
      "3.10.7.4 fifth: our FIN is acknowledged: delete the TCB, CLOSED")

  private static let texts =
    rows(
      Situation.takingText, [.text], .ack(10), .textAccepted,
      "3.10.7.4 seventh: advances RCV.NXT, sends an acknowledgment")
    + rows(
      [.established, .finWait2], [.textAck], .ack(10), .textAccepted,
      "3.10.7.4 seventh: advances RCV.NXT, sends an acknowledgment")
    + rows(
      [.finWait1], [.textAck], to: .finWait2, .ack(10), .textAccepted,
      "3.10.7.4 fifth: FIN-WAIT-2 and continue processing in that state")
    + rows(
      Situation.takingText, [.textOverlapping], .ack(6), .trimToWindow,
      "3.10.7.4 first: only the new parts are processed")
    + rows(
      Situation.takingText, [.textBeyondGap], .ack(0), .textHeld,
      "3.10.7.4 first: higher beginning numbers SHOULD be held; seventh: MAY send an ACK")
    + rows(
      Situation.takingText, [.urgent], .ack(10), .urgentNoted,
      "3.10.7.4 sixth: signal the user that the remote side has urgent data")
    + rows(
      [.closeWait, .lastAck, .timeWait], [.text, .textOverlapping, .textBeyondGap, .urgent],
      .silence, .textIgnored, "3.10.7.4 sixth, seventh: should not occur: ignore URG and text")
    + rows(
      [.closing], [.text, .textOverlapping, .textBeyondGap, .urgent], .silence, .textIgnored,
      "3.10.7.4 fifth: our FIN is not acknowledged: ignore the segment")
    + rows(
      [.closeWait, .timeWait], [.textAck], .silence, .textIgnored,
      "3.10.7.4 seventh: should not occur: ignore the segment text")

  private static let fins =
    rows(
      [.established], [.fin, .finAck], to: .closeWait, .ack(1), .finToCloseWait,
      "3.10.7.4 eighth: ESTABLISHED: enter CLOSE-WAIT, acknowledge the FIN")
    + rows(
      [.finWait1], [.fin], to: .closing, .ack(1), .finWhileFinWait1,
      "3.10.7.4 eighth: our FIN is not acknowledged: CLOSING")
    + rows(
      [.finWait1, .finWait2], [.finAck], to: .timeWait, .ack(1), .finToTimeWait,
      "3.10.7.4 eighth: our FIN has been acknowledged: TIME-WAIT")
    + rows(
      [.finWait2], [.fin], to: .timeWait, .ack(1), .finToTimeWait,
      "3.10.7.4 eighth: FIN-WAIT-2: enter TIME-WAIT")
    + rows(
      Situation.takingText, [.finBeyondGap], .ack(0), nil,
      "3.10.7.4 first: processed in SEG.SEQ order: the FIN waits behind the gap")
    + rows(
      [.closeWait, .lastAck], [.fin], .ack(0), .finReceived,
      "3.10.7.4 eighth: remain in the state")
    + rows(
      [.closeWait], [.finAck], .ack(0), .finReceived, "3.10.7.4 eighth: remain in CLOSE-WAIT")
    + rows(
      [.closing], [.finAck], to: .timeWait, .ack(0), .timeWaitRestarts,
      "3.10.7.4 fifth: TIME-WAIT; eighth: remain there, restart 2 MSL")
    + rows(
      [.closing], [.fin, .finBeyondGap], .silence, .finIgnored,
      "3.10.7.4 fifth: our FIN is not acknowledged: ignore the segment")
    + rows(
      [.timeWait], [.fin, .finAck], .ack(0), .timeWaitRestarts,
      "3.10.7.4 eighth: remain in TIME-WAIT, restart the 2 MSL timeout")
    + rows(
      [.closeWait, .lastAck, .timeWait], [.finBeyondGap], .ack(0), nil,
      "3.10.7.4 eighth: remain in the state; MAY-13: an ACK")
}
