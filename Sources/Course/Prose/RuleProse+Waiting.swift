import Stack

/// Rules by which a sender or an answer waits, and by which the waiting ends.
extension RuleProse {
  static let waiting: [Row] = [
    row(
      .setOption,
      ko: "앱이 이 소켓의 동작을 바꿉니다.",
      en: "The application changes how this socket behaves."),
    row(
      .delayAcknowledgment,
      ko: "ACK를 바로 보내지 않고, 함께 실어 보낼 것이 있는지 잠깐 기다립니다.",
      en: "The ACK waits a little: something may come along that can carry it."),
    row(
      .acknowledgeAtOnce,
      ko: "빈자리 뒤에 온 데이터와 빈자리를 메운 데이터에는 바로 ACK로 답합니다.",
      en: "Data above a gap, or data that fills one, is acknowledged at once."),
    row(
      .nagleWaits,
      ko: "작은 조각은 보낸 것이 모두 확인될 때까지, 또는 조각 하나가 찰 때까지 기다립니다.",
      en: "A small segment waits until all that was sent is acknowledged, or until it is full."),
    row(
      .moreToCome,
      ko: "앱이 더 보낼 것이 있다고 했으므로, 다 차지 않은 조각은 그것을 기다립니다.",
      en: "The application said that more is to come, so a segment that is not full waits for it."),
    row(
      .sillyWindowWaits,
      ko: "윈도우가 조금만 열렸을 때는 잘게 나누어 보내지 않고 더 열리기를 기다립니다.",
      en: "The window is open by a little only, so no tiny segment is sent into it."),
    row(
      .overrideSends,
      ko: "너무 오래 기다렸으므로 작은 조각이라도 보냅니다.",
      en: "It has waited long enough, so even a small segment goes."),
    row(
      .probeWindow,
      ko: "윈도우가 0이면 시간을 늘려 가며 한 바이트를 보내 열렸는지 물어봅니다.",
      en: "The window is 0, so one byte asks whether it has opened, at growing intervals."),
    row(
      .windowShrunk,
      ko: "상대가 윈도우의 오른쪽 끝을 뒤로 당겼습니다. 권하지 않는 일이지만 견뎌야 합니다.",
      en: "The peer has pulled the right edge back: discouraged, but to be survived."),
    row(
      .keepAliveAsks,
      ko: "오랫동안 조용하므로 이미 받은 번호로 조각을 보내, 상대가 아직 있는지 물어봅니다.",
      en: "After a long silence an old number asks whether the peer is still there."),
    row(
      .keepAliveGivesUp,
      ko: "여러 번 물어도 답이 없어 접속을 포기합니다.",
      en: "Several questions stayed without an answer, so the connection is given up."),
    row(
      .userTimeoutEnds,
      ko: "앱이 정한 시간 안에 확인이 오지 않아 접속을 끝냅니다.",
      en: "The time that the application allows for an acknowledgment is over."),
    row(
      .windowPulledBack,
      ko: "버퍼가 줄어, 이미 알린 윈도우의 오른쪽 끝을 뒤로 당깁니다. RFC가 권하지 않는 일입니다.",
      en: "The buffer has shrunk and takes back what was offered, which the RFC advises against."),
  ]

  static let timeWait: [Row] = [
    row(
      .timeWaitSkipped,
      ko: "TIME-WAIT을 끈 호스트라, 기다리지 않고 접속의 기록을 바로 지웁니다.",
      en: "This host keeps no TIME-WAIT: the record is deleted without waiting."),
    row(
      .timeWaitIgnoresReset,
      ko: "TIME-WAIT에서는 RST를 무시합니다. 늦게 온 조각이 기다림을 끝내지 못하게 합니다.",
      en: "In TIME-WAIT a RST is ignored, so that no late segment ends the wait."),
    row(
      .timeWaitReopens,
      ko: "TIME-WAIT인 접속과 네 값이 같은 새 접속을 엽니다. 옛 번호보다 뒤의 번호로 시작합니다.",
      en: "A new connection takes the place of the one in TIME-WAIT, with numbers above the old."),
    row(
      .timeWaitResumes,
      ko: "새 SYN이 실은 옛 조각이었으므로 TIME-WAIT으로 돌아갑니다.",
      en: "The SYN was an old duplicate after all, so TIME-WAIT is resumed."),
    row(
      .synCookieSent,
      ko: "기록을 만들지 않고, SYN의 내용을 담아 만든 번호(SYN 쿠키)를 시작 번호로 답합니다.",
      en: "No record is made: the first number of the answer, a SYN cookie, holds what matters."),
    row(
      .synCookieTaken,
      ko: "ACK 번호가 내가 만든 SYN 쿠키입니다. 그 번호에서 접속의 기록을 되살립니다.",
      en: "The ACK brings back my SYN cookie, and the record is made from it."),
    row(
      .synReceivedGivesUp,
      ko: "SYN+ACK를 여러 번 보내도 ACK가 오지 않아, 반쯤 열린 접속을 지웁니다.",
      en: "Several SYN+ACKs stayed unanswered, so the half-open connection is deleted."),
  ]
}
