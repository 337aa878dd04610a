extension Glossary {
  static let exchanging: [GlossaryEntry] = [
    entry(
      "request-message", "request message", book: "리퀘스트 메시지", "요청 메시지",
      ko: "앱이 서버에 묻는 말 (HTTP 요청)",
      en: "what a program asks (HTTP)"),
    entry(
      "response-message", "response message", "응답 메시지",
      ko: "서버가 돌려주는 말 (HTTP 응답)",
      en: "what the server answers (HTTP)"),
    entry(
      "to-split", "to split / segmentation", book: "분할하다", "세그먼트화, 분할",
      ko: "MSS에 맞춰 자르기",
      en: "cut into pieces of MSS"),
    entry(
      "acknowledgment", "acknowledgment", book: "수신 확인 응답", "확인응답(ACK)",
      ko: "어디까지 받았다는 답",
      en: "report of what has arrived"),
    entry(
      "cumulative-ack", "cumulative ACK", "누적 확인응답",
      ko: "그 번호 앞은 모두 받음",
      en: "“everything before this”"),
    entry(
      "retransmission", "retransmission", book: "재송신(다시 보내기)", "재전송",
      ko: "같은 바이트를 다시 보내기",
      en: "sending the same bytes again"),
    entry(
      "rto", "timeout value (RTO)", book: "타임아웃 값(대기 시간)", "재전송 타임아웃(RTO)",
      ko: "다시 보내기까지 기다리는 시간",
      en: "wait before sending again"),
    entry(
      "srtt", "smoothed RTT / variation", book: "패킷 평균 왕복 시간", "SRTT / RTTVAR",
      ko: "왕복 시간의 평균과 흔들림",
      en: "running mean and spread of RTT"),
    entry(
      "karns-rule", "Karn's rule", "카른 알고리즘",
      ko: "다시 보낸 것은 재지 않기",
      en: "no sample from what was sent twice"),
    entry(
      "exponential-backoff", "exponential backoff", "지수 백오프",
      ko: "기다림을 두 배씩 늘리기",
      en: "doubling the wait each time"),
    entry(
      "stop-and-wait", "stop-and-wait", "정지-대기",
      ko: "하나 보내고 답 기다리기",
      en: "one segment per round trip"),
    entry(
      "sliding-window", "window control, sliding window", book: "윈도우 제어 방식", "슬라이딩 윈도우",
      ko: "답을 기다리며 이어 보내기",
      en: "sending on while ACKs are awaited"),
    entry(
      "window-size", "window size", book: "윈도우 사이즈", "윈도우 크기",
      ko: "한 번에 받을 수 있는 최대 바이트",
      en: "upper limit of the window"),
    entry(
      "flow-control", "flow control", "흐름 제어",
      ko: "받는 쪽에 맞춰 보내기",
      en: "not overrunning the receiver"),
    entry(
      "window-update", "window notice / update", book: "윈도우 통지", "윈도우 업데이트",
      ko: "다시 자리가 났다는 알림",
      en: "“I have room again”"),
    entry(
      "piggyback", "to share a ride (piggyback)", book: "합승", "피기백",
      ko: "다른 조각에 함께 실어 보내기",
      en: "an ACK travels on another segment"),
    entry(
      "delayed-ack", "delayed ACK", book: "(잠시 기다림)", "지연 ACK",
      ko: "함께 실을 것을 기다리며 미룬 ACK",
      en: "an ACK that waits briefly"),
    entry(
      "nagle", "Nagle algorithm", book: "(타이머와 MSS로 판단)", "네이글 알고리즘",
      ko: "확인을 기다리는 동안 작은 조각 미루기",
      en: "no second small segment in flight"),
    entry(
      "zero-window", "zero window / probe", "제로 윈도우 / 윈도우 프로브",
      ko: "꽉 찬 상대 / 가끔 물어보는 조각",
      en: "a full receiver / asking it again"),
    entry(
      "persist-timer", "persist timer", "지속(영속) 타이머",
      ko: "프로브 간격을 재는 타이머",
      en: "times the probes"),
    entry(
      "silly-window", "silly window syndrome", "어리석은 윈도우 증후군",
      ko: "조금씩 열고 잘게 보내는 현상",
      en: "tiny windows, tiny segments"),
    entry(
      "duplicate-ack", "duplicate ACK", "중복 ACK",
      ko: "같은 번호가 다시 온 ACK",
      en: "the same ACK number again"),
    entry(
      "fast-retransmit", "fast retransmit", "빠른 재전송",
      ko: "중복 ACK 셋이면 바로 다시 보내기",
      en: "send again after three duplicates"),
    entry(
      "out-of-order", "out-of-order segment", "순서가 바뀐 세그먼트",
      ko: "앞 것보다 먼저 온 조각",
      en: "it came before an earlier one"),
    entry(
      "congestion-control", "congestion control / cwnd", "혼잡 제어 / 혼잡 윈도우",
      ko: "망에 맞춰 보내기 / 그 한도",
      en: "not overrunning the network"),
    entry(
      "slow-start", "slow start / ssthresh", "슬로 스타트 / 임계값",
      ko: "왕복마다 두 배로 / 그만둘 곳",
      en: "doubling each round trip, up to"),
    entry(
      "sack", "SACK", "선택적 확인응답(SACK)",
      ko: "빈자리 뒤에 받은 구간의 목록",
      en: "list of blocks beyond a gap"),
    entry(
      "window-scale", "window scale", "윈도우 스케일",
      ko: "윈도우 칸의 값을 몇 배로 읽기",
      en: "shift of the window field"),
    entry(
      "timestamps", "timestamps / PAWS", "타임스탬프 / PAWS",
      ko: "시간 표시 / 그것으로 옛 조각 거르기",
      en: "RTT samples / a check for old copies"),
    entry(
      "keep-alive", "keep-alive", "킵얼라이브",
      ko: "쉬는 연결에 상대가 있는지 묻기",
      en: "a question to a silent peer"),
    entry(
      "byte-stream", "byte stream", "바이트 스트림",
      ko: "경계가 없는 바이트의 줄",
      en: "bytes without message borders"),
  ]
}
