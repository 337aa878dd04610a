/// What many think about sending and receiving data (CURRICULUM §1, section 3).
extension Misconception {
  static let exchanging = [
    Misconception(
      "M3.1a", ko: "write() 한 번에 패킷 하나, read() 한 번", en: "One write, one packet, one read"),
    Misconception(
      "M3.1b", ko: "write()가 돌아왔으니 서버가 받았다", en: "write() returned, so the server has it"),
    Misconception("M3.1c", ko: "MSS에는 헤더도 들어간다", en: "MSS includes the headers"),
    Misconception("M3.1d", ko: "작은 데이터는 늘 타이머를 기다린다", en: "Small data always waits for a timer"),
    Misconception("M3.1e", ko: "네이글과 지연 ACK는 같은 것이다", en: "Nagle and delayed ACK are the same"),
    Misconception("M3.2a", ko: "긴 데이터는 IP가 조각낸다", en: "IP cuts long data into pieces"),
    Misconception("M3.2b", ko: "번호는 패킷에 1, 2, 3을 매긴다", en: "Packets are numbered 1, 2, 3"),
    Misconception("M3.2c", ko: "read()는 조각 하나씩 돌려준다", en: "read() returns segment by segment"),
    Misconception("M3.3a", ko: "ACK n은 n번까지 받았다는 뜻이다", en: "ACK n says that byte n has arrived"),
    Misconception("M3.3b", ko: "ACK 번호는 패킷을 센다", en: "ACK numbers count packets"),
    Misconception("M3.3c", ko: "받는 쪽이 다시 보내 달라고 한다", en: "The receiver asks for a resend"),
    Misconception("M3.3d", ko: "ACK가 왔으니 앱이 읽었다", en: "An ACK means that the program has read it"),
    Misconception(
      "M3.3e", ko: "하나를 잃으면 그 뒤를 모두 다시 보낸다", en: "After a loss all that follows goes again"),
    Misconception("M3.4a", ko: "RTO는 평균 왕복 시간의 두 배다", en: "RTO is twice the average round trip"),
    Misconception("M3.4b", ko: "타이머는 패킷마다 하나씩 있다", en: "Every packet has its own timer"),
    Misconception("M3.4c", ko: "카른 알고리즘은 RTT를 구하는 식이다", en: "Karn’s rule is the formula for RTT"),
    Misconception("M3.5a", ko: "윈도우는 패킷의 수다", en: "The window is a number of packets"),
    Misconception("M3.5b", ko: "윈도우는 곧 MSS다", en: "The window is the MSS"),
    Misconception("M3.5c", ko: "윈도우가 망의 혼잡을 막는다", en: "The window keeps the network from jams"),
    Misconception("M3.5d", ko: "윈도우만큼 언제나 더 보낼 수 있다", en: "I may always send a whole window more"),
    Misconception(
      "M3.5e", ko: "윈도우를 넘는 데이터는 받는 쪽이 쌓아 둔다", en: "The receiver keeps what exceeds the window"),
    Misconception("M3.6a", ko: "데이터마다 ACK가 하나씩 온다", en: "Every data segment gets its own ACK"),
    Misconception("M3.6b", ko: "지연 ACK는 데이터를 늦춘다", en: "A delayed ACK delays the data"),
    Misconception(
      "M3.6c", ko: "윈도우 통지는 특별한 패킷이다", en: "A window update is a special kind of packet"),
    Misconception("M3.7a", ko: "read()는 패킷 하나를 받는다", en: "read() receives one packet"),
    Misconception("M3.7b", ko: "순서는 브라우저가 맞춘다", en: "The browser puts packets in order"),
    Misconception(
      "M3.7c", ko: "read()의 0은 오류나 ‘아직 없음’이다", en: "read() = 0 is an error or “no data yet”"),
  ]
}
