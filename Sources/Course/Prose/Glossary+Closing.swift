extension Glossary {
  static let closing: [GlossaryEntry] = [
    entry(
      "disconnect", "to disconnect", book: "연결을 끊다 / 연결 끊기 동작", "연결 종료(해제)",
      ko: "FIN을 주고받아 접속을 마치는 일",
      en: "to exchange FINs and so end the connection"),
    entry(
      "fin", "FIN", "FIN",
      ko: "더 보낼 것이 없다는 비트",
      en: "“I send no more”"),
    entry(
      "delete-socket", "to delete a socket", book: "소켓을 말소한다", "소켓 해제(닫기)",
      ko: "기록을 지우고 메모리를 돌려주는 일",
      en: "to free the record"),
    entry(
      "active-close", "active close", book: "먼저 끊는 쪽", "능동 종료",
      ko: "FIN을 먼저 보내는 쪽이 하는 일",
      en: "what the sender of the first FIN does"),
    entry(
      "passive-close", "passive close", "수동 종료",
      ko: "FIN을 받고 나서 닫는 쪽이 하는 일",
      en: "what the sender of the second FIN does"),
    entry(
      "time-wait", "TIME-WAIT", book: "(잠시 기다림)", "TIME_WAIT 상태",
      ko: "먼저 끊은 쪽이 남아서 기다리는 상태",
      en: "the first closer's wait before its record goes"),
    entry(
      "msl", "MSL", "최대 세그먼트 수명",
      ko: "조각이 망에서 살아 있을 수 있는 가장 긴 시간",
      en: "longest life of a segment in the network"),
    entry(
      "close-wait", "CLOSE-WAIT", "CLOSE_WAIT 상태",
      ko: "상대는 닫았고 내 앱은 아직 닫지 않은 상태",
      en: "the peer has closed, one's own program has not"),
    entry(
      "half-close", "half-close", "반닫힘(하프 클로즈)",
      ko: "한쪽 방향만 닫힌 접속",
      en: "one direction is closed, the other is not"),
    entry(
      "half-open", "half-open", "반열림",
      ko: "한쪽만 접속되어 있는 줄 아는 상태",
      en: "one side has forgotten the connection"),
    entry(
      "early-reuse", "malfunction by early reuse", book: "오동작", "포트 재사용 사고",
      ko: "옛 FIN이 새 소켓에 닿는 일",
      en: "an old FIN hits a new socket"),
    entry(
      "persistent-connection", "persistent connection", "지속 연결(keep-alive)",
      ko: "접속 하나로 여러 번 요청하기",
      en: "several requests over one connection"),
  ]
}
