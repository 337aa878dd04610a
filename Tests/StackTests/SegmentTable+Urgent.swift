import Stack

/// The rows of the table for segments whose urgent pointer counts: RFC 9293 §3.10.7.4, sixth check.
extension Row {
  static let urgents = urgentAlone + urgentWithText

  private static let urgentAlone =
    rows(
      [.closed], [.urgentAlone, .urgentAck], .reset, .closedReset,
      "3.10.7.1: ACK on: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.listen], [.urgentAlone, .urgentAck], .reset, .listenRefusesAck,
      "3.10.7.2 second: any acknowledgment is bad: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.synSent], [.urgentAlone], .reset, .synSentCheckAck,
      "3.10.7.3 first: SEG.ACK =< ISS: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      [.synReceivedPassive, .synReceivedActive], [.urgentAlone], .reset, .synReceivedBadAck,
      "3.10.7.4 fifth: acknowledgment not acceptable: <SEQ=SEG.ACK><CTL=RST>")
    + rows(
      Situation.takingText, [.urgentAlone], .silence, .urgentNoted,
      "3.10.7.4 sixth: RCV.UP <- max(RCV.UP,SEG.UP), signal the user")
    + rows(
      [.closeWait, .lastAck, .timeWait], [.urgentAlone], .silence, .urgentIgnored,
      "3.10.7.4 sixth: should not occur: ignore the URG")
    + rows(
      [.closing], [.urgentAlone], .silence, .ackDuplicate,
      "3.10.7.4 fifth: our FIN is not acknowledged: ignore the segment")

  private static let urgentWithText =
    rows(
      [.synSent], [.urgentAck], .silence, .synSentIgnoresRest,
      "3.10.7.3 fifth: neither SYN nor RST: drop the segment")
    + rows(
      [.synReceivedPassive, .synReceivedActive], [.urgentAck], to: .established, .ack(10),
      .urgentNoted, "3.10.7.4 fifth: enter ESTABLISHED and continue processing")
    + rows(
      [.established, .finWait2], [.urgentAck], .ack(10), .urgentNoted,
      "3.10.7.4 sixth: RCV.UP <- max(RCV.UP,SEG.UP), signal the user")
    + rows(
      [.finWait1], [.urgentAck], to: .finWait2, .ack(10), .urgentNoted,
      "3.10.7.4 fifth: FIN-WAIT-2 and continue processing in that state")
    + rows(
      [.closeWait, .timeWait], [.urgentAck], .silence, .urgentIgnored,
      "3.10.7.4 sixth: should not occur: ignore the URG")
    + rows(
      [.closing], [.urgentAck], to: .timeWait, .silence, .urgentIgnored,
      "3.10.7.4 fifth: TIME-WAIT; sixth: ignore the URG")
    + rows(
      [.lastAck], [.urgentAck], to: .closed, .silence, .lastAckDeletes,
      "3.10.7.4 fifth: our FIN is acknowledged: delete the TCB, CLOSED")
}
