import Stack

extension RuleProse {
  static let arrival: [Row] = [
    row(
      .segmentChecksum,
      ko: "체크섬이 맞지 않는 조각은 말없이 버립니다.",
      en: "A segment whose checksum does not fit is thrown away without a word."),
    row(
      .findSocket,
      ko: "양쪽 주소와 포트, 네 값으로 이 조각의 소켓을 찾습니다.",
      en: "The two addresses and two ports together find the socket."),
    row(
      .closedReset,
      ko: "받을 소켓이 없는 조각에는 RST로 답합니다.",
      en: "A segment for which there is no socket is answered with RST."),
    row(
      .closedIgnore,
      ko: "RST에는 RST로 답하지 않습니다.",
      en: "RST is never answered with RST."),
    row(
      .listenIgnoresReset,
      ko: "기다리는 소켓은 RST를 무시합니다.",
      en: "A waiting socket ignores RST."),
    row(
      .listenRefusesAck,
      ko: "기다리는 소켓에 ACK가 오면 RST로 답합니다. 보낸 적이 없기 때문입니다.",
      en: "An ACK to a waiting socket is answered with RST: nothing was ever sent."),
    row(
      .listenTakesSyn,
      ko: "SYN이 오면 새 소켓을 만들어 상대의 번호를 적고 SYN+ACK로 답합니다.",
      en: "A SYN makes a new socket, which notes the peer's number and answers SYN+ACK."),
    row(
      .listenIgnoresRest,
      ko: "SYN도 ACK도 아닌 조각은 기다리는 소켓과 상관이 없어 버립니다.",
      en: "A segment with neither SYN nor ACK means nothing to a waiting socket."),
    row(
      .backlogFull,
      ko: "기다리는 줄이 꽉 차서 새 SYN을 버립니다.",
      en: "The queue of waiting connections is full, so the SYN is dropped."),
    row(
      .synSentCheckAck,
      ko: "ACK 번호가 내가 보낸 번호가 아니면 RST로 답합니다.",
      en: "An ACK number that is not mine is answered with RST."),
    row(
      .synSentResetRefuses,
      ko: "내 SYN에 RST가 왔습니다. 접속이 거절됐습니다.",
      en: "RST answers my SYN: the connection is refused."),
    row(
      .synSentIgnoresReset,
      ko: "내 SYN에 대한 것이 아닌 RST는 버립니다.",
      en: "A RST that does not answer my SYN is dropped."),
    row(
      .synSentTakesSyn,
      ko: "상대의 시작 번호를 IRS에, 그다음 번호를 RCV.NXT에 적습니다.",
      en: "The peer's first number goes into IRS, the one after it into RCV.NXT."),
    row(
      .synSentEstablished,
      ko: "내 SYN이 확인됐으므로 ESTABLISHED가 되고 ACK를 보냅니다.",
      en: "My SYN is acknowledged: the state becomes ESTABLISHED and an ACK leaves."),
    row(
      .simultaneousOpen,
      ko: "양쪽이 동시에 SYN을 보냈습니다. SYN+ACK로 답합니다.",
      en: "Both sides sent SYN at once; the answer is SYN+ACK."),
    row(
      .synSentIgnoresRest,
      ko: "SYN도 RST도 없는 조각은 아직 받을 수 없습니다.",
      en: "Without SYN or RST a segment means nothing yet."),
    row(
      .checkSequence,
      ko: "조각의 번호가 받을 수 있는 범위 안에 있는지 봅니다.",
      en: "The segment's numbers must lie inside the receive window."),
    row(
      .answerUnacceptable,
      ko: "범위 밖의 조각은 버리고, 기다리는 번호를 ACK로 알립니다.",
      en: "A segment outside the window is dropped and answered with the number expected."),
    row(
      .trimToWindow,
      ko: "받을 수 있는 부분만 남기고 잘라 냅니다.",
      en: "What lies outside the window is cut off."),
    row(
      .resetInSynReceived,
      ko: "맺는 중에 RST가 왔습니다. 새 소켓을 지우고 다시 기다립니다.",
      en: "RST while connecting: the new socket is deleted and the waiting one waits on."),
    row(
      .resetAborts,
      ko: "RST가 왔습니다. 접속은 그 자리에서 끝납니다.",
      en: "RST has come: the connection ends on the spot."),
    row(
      .resetInClosing,
      ko: "닫는 중에 RST가 왔으므로 소켓을 지웁니다.",
      en: "RST while closing: the socket is deleted."),
    row(
      .resetChallenge,
      ko: "번호가 꼭 맞지 않는 RST는 믿지 않고 ACK로 되묻습니다.",
      en: "A RST whose number does not fit exactly is questioned with an ACK."),
    row(
      .synReturnsToListen,
      ko: "맺는 중에 새 SYN이 왔으므로 처음으로 돌아가 기다립니다.",
      en: "A new SYN while connecting: back to waiting."),
    row(
      .synChallenge,
      ko: "맺어진 접속에 온 SYN은 믿지 않고 ACK로 되묻습니다.",
      en: "A SYN on a connection that stands is questioned with an ACK."),
    row(
      .ackRequired,
      ko: "ACK 비트가 없는 조각은 버립니다.",
      en: "A segment without the ACK flag is dropped."),
    row(
      .synReceivedEstablished,
      ko: "내 SYN+ACK가 확인됐으므로 ESTABLISHED가 됩니다.",
      en: "My SYN+ACK is acknowledged: the state becomes ESTABLISHED."),
    row(
      .synReceivedBadAck,
      ko: "확인 번호가 내 것이 아니므로 RST로 답합니다.",
      en: "The acknowledgment is not for my number, so the answer is RST."),
    row(
      .ackAdvances,
      ko: "확인된 데이터는 더 간직할 필요가 없어 SND.UNA가 나아갑니다.",
      en: "What is acknowledged need not be kept: SND.UNA moves on."),
    row(
      .ackDuplicate,
      ko: "이미 받은 확인이므로 새로 알게 된 것이 없습니다.",
      en: "This was acknowledged before; it tells nothing new."),
    row(
      .ackOfUnsent,
      ko: "보내지도 않은 번호를 확인했으므로 버리고 ACK로 답합니다.",
      en: "It acknowledges what was never sent: dropped, and answered with an ACK."),
    row(
      .windowUpdate,
      ko: "상대가 지금 받을 수 있는 크기를 SND.WND에 적습니다.",
      en: "How much the peer can take now is written into SND.WND."),
    row(
      .finAcknowledged,
      ko: "내 FIN이 확인됐습니다.",
      en: "My FIN is acknowledged."),
    row(
      .closingToTimeWait,
      ko: "양쪽의 FIN이 모두 확인됐으므로 TIME-WAIT에서 기다립니다.",
      en: "Both FINs are acknowledged; TIME-WAIT begins."),
    row(
      .lastAckDeletes,
      ko: "마지막 ACK가 왔으므로 소켓을 지웁니다.",
      en: "The last ACK has come, so the socket is deleted."),
    row(
      .timeWaitRestarts,
      ko: "상대의 FIN이 다시 왔습니다. 다시 확인하고 기다림을 처음부터 셉니다.",
      en: "The peer's FIN came again: it is acknowledged and the wait starts afresh."),
    row(
      .urgentNoted,
      ko: "긴급 데이터의 끝을 RCV.UP에 적고, 긴급 데이터가 있다고 앱에 알립니다.",
      en: "The end of the urgent data goes into RCV.UP, and the application is told."),
    row(
      .urgentAdvances,
      ko: "긴급 데이터가 더 늘었으므로 RCV.UP을 옮기고 앱에 다시 알립니다.",
      en: "The urgent data goes on: RCV.UP moves, and the application is told again."),
    row(
      .urgentKnown,
      ko: "이미 알린 긴급 포인터이므로 다시 알리지 않습니다.",
      en: "This urgent pointer says nothing new, so nobody is told again."),
    row(
      .urgentIgnored,
      ko: "상대의 FIN을 받은 뒤에는 URG가 있어도 무시합니다.",
      en: "After the peer's FIN no more data can come, so URG is ignored."),
    row(
      .textAccepted,
      ko: "차례가 맞는 데이터를 수신 버퍼에 담고 RCV.NXT를 옮깁니다.",
      en: "Data in its turn goes into the receive buffer and RCV.NXT moves on."),
    row(
      .textHeld,
      ko: "앞이 비어 있으므로 데이터를 따로 맡아 둡니다.",
      en: "Something before it is missing, so the data is kept aside."),
    row(
      .textJoined,
      ko: "빈자리가 채워져, 맡아 둔 데이터까지 이어집니다.",
      en: "The gap is filled; what was kept aside now follows."),
    row(
      .textIgnored,
      ko: "이 상태에서는 데이터를 더 받지 않습니다.",
      en: "In this state no more data is taken."),
    row(
      .acknowledgeText,
      ko: "어디까지 받았는지 ACK로 알립니다.",
      en: "An ACK says how far the data has arrived."),
    row(
      .finIgnored,
      ko: "상대를 아직 모르는 상태에서는 FIN을 처리하지 않습니다.",
      en: "In a state that does not know the peer yet, FIN is not processed."),
    row(
      .finReceived,
      ko: "상대가 더 보낼 것이 없다고 알렸습니다. FIN도 번호를 하나 씁니다.",
      en: "The peer has no more to send; its FIN uses one number."),
    row(
      .finToCloseWait,
      ko: "FIN을 받아 CLOSE-WAIT이 됩니다. 이제 앱이 닫을 차례입니다.",
      en: "FIN leads to CLOSE-WAIT: now the application has to close."),
    row(
      .finWhileFinWait1,
      ko: "내 FIN이 확인되기 전에 상대의 FIN이 와서 CLOSING이 됩니다.",
      en: "The peer's FIN came before my own was acknowledged: CLOSING."),
    row(
      .finToTimeWait,
      ko: "상대도 닫았으므로 TIME-WAIT에서 얼마 동안 기다립니다.",
      en: "The peer has closed too; TIME-WAIT begins."),
    row(
      .resetAnswer,
      ko: "맞지 않는 조각에 RST로 답합니다. 번호는 그 조각에서 가져옵니다.",
      en: "The answer is RST; its numbers come from the segment that it answers."),
  ]
}
