import Stack

extension RuleProse {
  static let sending: [Row] = [
    row(
      .sendSegment,
      ko: "보낼 수 있는 데이터가 있어 조각을 만듭니다. SEQ는 SND.NXT에서 옵니다.",
      en: "There is data that may go, so a segment is built; its SEQ is SND.NXT."),
    row(
      .sendWindowFull,
      ko: "상대의 윈도우가 꽉 차서 더 보내지 않고 기다립니다.",
      en: "The peer's window is full, so sending waits."),
    row(
      .sendFin,
      ko: "보낼 데이터를 모두 보냈으므로 FIN을 보냅니다.",
      en: "Everything queued has been sent, so FIN follows."),
    row(
      .urgentTold,
      ko: "데이터는 아직 나갈 수 없지만, 긴급 포인터는 지금 알립니다.",
      en: "The data has to wait, but its urgent pointer is told now."),
    row(
      .timestampMissing,
      ko: "타임스탬프를 쓰기로 했는데 조각에 없으면 버립니다.",
      en: "Timestamps are agreed on, so a segment without one is dropped."),
    row(
      .oldTimestamp,
      ko: "타임스탬프가 지난 것보다 오래된 조각은 옛 조각이므로 버립니다.",
      en: "A segment with an older timestamp than the last is an old one: dropped."),
    row(
      .negativeAdvice,
      ko: "여러 번 다시 보내도 답이 없으면 IP에 길을 다시 알아보라고 알립니다.",
      en: "After several repeats without an answer IP is told to look for another way."),
    row(
      .errorReported,
      ko: "일어난 오류를 앱의 다음 호출에 알립니다. 한 번만 알립니다.",
      en: "The application's next call is told of the error, once."),
    row(
      .challengeLimit,
      ko: "확인을 구하는 ACK는 한 번에 많이 보내지 않습니다.",
      en: "Challenge ACKs are limited, so that nobody can make many of them."),
    row(
      .windowReopened,
      ko: "앱이 읽어서 자리가 넉넉해졌으므로 새 윈도우를 알립니다.",
      en: "The application has read enough to make room, so the new window is told."),
    row(
      .announceMSS,
      ko: "내가 한 조각으로 받을 수 있는 크기를 알립니다. MTU에서 40을 뺀 값입니다.",
      en: "I tell the largest piece that I can take: my MTU minus 40."),
    row(
      .learnMSS,
      ko: "상대가 알린 크기와 내 MTU 가운데 작은 쪽에 맞춥니다.",
      en: "What the peer announced and my own MTU, the smaller one counts."),
    row(
      .defaultMSS,
      ko: "상대가 MSS를 알리지 않았으므로 536으로 봅니다.",
      en: "The peer announced no MSS, so 536 is assumed."),
    row(
      .pathMTULowers,
      ko: "길에 더 좁은 선로가 있다는 알림입니다. 조각을 줄여 곧바로 다시 보냅니다.",
      en: "A link on the way is narrower: pieces get smaller, and go again at once."),
    row(
      .pathMTUKnown,
      ko: "길에 좁은 선로가 있음을 이미 알고 있으므로 조각을 거기에 맞춥니다.",
      en: "A narrower link on the way is known already: pieces are made to fit it."),
    row(
      .pathMTURises,
      ko: "10분이 지나 길이 넓어졌을 수도 있으므로 다시 큰 조각을 보내 봅니다.",
      en: "After ten minutes the path may carry more, so larger pieces are tried again."),
    row(
      .agreeWindowScale,
      ko: "양쪽이 모두 제안했으므로 윈도우 스케일을 씁니다.",
      en: "Both offered window scaling, so it is used."),
    row(
      .agreeTimestamps,
      ko: "양쪽이 모두 제안했으므로 타임스탬프를 씁니다.",
      en: "Both offered timestamps, so they are used."),
    row(
      .agreeSack,
      ko: "양쪽이 모두 제안했으므로 SACK을 씁니다.",
      en: "Both offered SACK, so it is used."),
    row(
      .timestampRecent,
      ko: "상대의 시계 값을 적어 두었다가 되돌려 줍니다.",
      en: "The peer's clock is noted, to be sent back."),
    row(
      .timerStarts,
      ko: "확인을 기다릴 것이 생겼으므로 재전송 타이머를 켭니다.",
      en: "Something waits for its acknowledgment, so the retransmission timer starts."),
    row(
      .timerStops,
      ko: "기다릴 것이 없으므로 타이머를 끕니다.",
      en: "Everything is acknowledged, so the timer stops."),
    row(
      .timerRestarts,
      ko: "새 데이터가 확인됐으므로 타이머를 처음부터 다시 셉니다.",
      en: "New data was acknowledged, so the timer starts afresh."),
    row(
      .measureRoundTrip,
      ko: "보낸 때와 확인된 때의 차이로 왕복 시간을 잽니다.",
      en: "The time from sending to acknowledgment is one round trip."),
    row(
      .computeTimeout,
      ko: "평균에 흔들림의 네 배를 더해 기다릴 시간을 정합니다.",
      en: "The timeout is the average plus four times the variation."),
    row(
      .karn,
      ko: "두 번 보낸 조각으로는 왕복 시간을 재지 않습니다.",
      en: "A segment that was sent twice is no measure of the round trip."),
    row(
      .retransmit,
      ko: "시간 안에 확인이 오지 않아 가장 오래된 조각을 다시 보냅니다.",
      en: "No acknowledgment in time: the oldest segment is sent again."),
    row(
      .backOff,
      ko: "다시 보낼 때마다 기다리는 시간을 두 배로 늘립니다.",
      en: "Each repetition doubles the waiting time."),
    row(
      .synTimeoutReset,
      ko: "SYN을 다시 보낸 접속은 데이터의 기다림을 3초에서 시작합니다.",
      en: "After a repeated SYN the timeout for data starts at 3 seconds."),
    row(
      .giveUp,
      ko: "오래 답이 없어 포기하고 앱에 알립니다.",
      en: "After a long silence TCP gives up and tells the application."),
    row(
      .timeWaitEnds,
      ko: "기다림이 끝나 소켓을 지웁니다.",
      en: "The wait is over and the socket is deleted."),
    row(
      .timeWaitStarts,
      ko: "늦게 올 조각을 위해 MSL의 두 배만큼 기다립니다.",
      en: "Two MSL of waiting begin, for segments that come late."),
  ]
}
