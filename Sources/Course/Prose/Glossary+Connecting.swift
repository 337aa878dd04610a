extension Glossary {
  static let connecting: [GlossaryEntry] = [
    entry(
      "connection-setup", "to connect / connection setup", book: "접속 / 접속 동작", "연결 / 연결 수립",
      ko: "제어 정보를 주고받아 적는 일",
      en: "exchange and record control information"),
    entry(
      "connection", "connection", book: "커넥션(=파이프)", "연결",
      ko: "그렇게 이어진 한 쌍",
      en: "the resulting pair of records"),
    entry(
      "three-way-handshake", "three-way handshake", book: "(접속 동작)", "3방향 핸드셰이크",
      ko: "SYN·SYN+ACK·ACK 세 번 주고받기",
      en: "SYN, SYN+ACK, ACK"),
    entry(
      "header", "header", "헤더",
      ko: "앞에 붙는 제어 정보",
      en: "control data put in front"),
    entry(
      "segment", "data fragment / segment", book: "데이터 조각", "세그먼트",
      ko: "TCP 헤더+데이터 조각",
      en: "TCP header + piece of data"),
    entry(
      "port-pair", "source / destination port", book: "송신처 / 수신처 포트 번호", "출발지 / 목적지 포트",
      ko: "보낸 쪽 / 받을 쪽 포트",
      en: "sender's / receiver's port"),
    entry(
      "sequence-number", "sequence number", book: "시퀀스 번호", "순서 번호(일련번호)",
      ko: "이 조각 첫 바이트의 번호",
      en: "number of the first byte"),
    entry(
      "acknowledgment-number", "acknowledgment number", book: "ACK 번호", "확인응답 번호",
      ko: "다음에 받을 바이트 번호",
      en: "next byte expected"),
    entry(
      "isn", "initial sequence number (ISN)", book: "초기값(난수)", "초기 순서 번호(ISN)",
      ko: "추측하기 어렵게 고른 시작 번호",
      en: "first number, hard to guess"),
    entry(
      "data-offset", "data offset", book: "데이터 오프셋", "헤더 길이",
      ko: "4바이트 단위 헤더 길이",
      en: "header length in 32-bit words"),
    entry(
      "flags", "control bits / flags", book: "컨트롤 비트(제어 비트)", "플래그",
      ko: "통신 상태를 알리는 비트",
      en: "SYN, ACK, FIN, RST, PSH, URG, ECE, CWR"),
    entry(
      "syn", "SYN", "SYN",
      ko: "시작 번호를 알리는 비트",
      en: "“here is my starting number”"),
    entry(
      "ack-flag", "ACK (flag)", "ACK",
      ko: "ACK 번호가 유효함",
      en: "acknowledgment field is valid"),
    entry(
      "rst", "RST", "RST (리셋)",
      ko: "강제로 끊거나 거절",
      en: "connection refused or broken off"),
    entry(
      "psh", "PSH", "PSH",
      ko: "모으지 말고 넘기기",
      en: "deliver without waiting"),
    entry(
      "urgent-pointer", "URG / urgent pointer", "URG / 긴급 포인터 (쓰지 않음)",
      ko: "예전의 긴급 표시",
      en: "old out-of-band mark"),
    entry(
      "window", "window (field)", book: "윈도우", "수신 윈도우(rwnd)",
      ko: "받을 수 있는 바이트 수",
      en: "bytes the receiver can take"),
    entry(
      "checksum", "checksum", "체크섬 (검사합)",
      ko: "오류 검사용 16비트 값",
      en: "16-bit error check"),
    entry(
      "pseudo-header", "pseudo-header", "의사 헤더",
      ko: "체크섬에 함께 넣는 IP 값",
      en: "IP fields included in the checksum"),
    entry(
      "option", "option", "옵션",
      ko: "추가 항목",
      en: "extra header items"),
    entry(
      "mss", "MSS", "MSS (최대 세그먼트 크기)",
      ko: "한 조각 데이터의 최대 크기",
      en: "largest data part it can receive"),
    entry(
      "mtu", "MTU", "MTU (최대 전송 단위)",
      ko: "한 링크의 최대 패킷 크기",
      en: "largest IP packet on a link"),
    entry(
      "round-trip-time", "round trip time", book: "왕복 시간", "왕복 시간(RTT)",
      ko: "갔다 오는 시간",
      en: "there and back"),
    entry(
      "connection-refused", "connection refused", "연결 거부",
      ko: "SYN에 RST가 온 경우",
      en: "RST to the SYN"),
    entry(
      "syn-flood", "SYN flood", "SYN 플러드",
      ko: "반쯤 연 접속으로 막는 공격",
      en: "half-open connections as attack"),
    entry(
      "syn-cookie", "SYN cookie", "SYN 쿠키",
      ko: "상태를 ISN에 숨기기",
      en: "state hidden in the ISN"),
  ]
}
