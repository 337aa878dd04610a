/// Something that many learners think and that is not so, such as `M2.2a`: section, sub-section and a
/// letter (CURRICULUM §1).
public struct Misconception: Hashable, Sendable, CustomStringConvertible {
  public let description: String
  /// The thought itself, short and without blame.
  public let thought: Phrase

  /// Finds `M2.2a`; nil for a name that nobody has given.
  public init?(_ name: String) {
    guard let found = Self.all.first(where: { $0.description == name }) else { return nil }
    self = found
  }

  init(_ name: String, ko: String, en: String) {
    description = name
    thought = Phrase(ko: ko, en: en)
  }

  /// What is said to a learner whose answer shows it: it is a thought that many have.
  public var saying: Phrase {
    Phrase(ko: "흔히들 이렇게 생각합니다: “\(thought.ko)”", en: "Many think so: “\(thought.en)”.")
  }
}

extension Misconception {
  /// All that have a name so far, in the order of their names.
  public static let all = creating + connecting + exchanging + closing + beyond

  private static let creating = [
    Misconception(
      "M1.1a", ko: "OSI 일곱 계층은 프로그램 일곱 개다", en: "The seven OSI layers are seven programs"),
    Misconception("M1.1b", ko: "패킷은 Socket 라이브러리가 보낸다", en: "The socket library sends the packets"),
    Misconception("M1.1c", ko: "ARP는 IP 패킷에 실려 간다", en: "ARP travels inside an IP packet"),
    Misconception("M1.1d", ko: "브라우저가 TCP/IP로 말한다", en: "The browser itself speaks TCP/IP"),
    Misconception("M1.1e", ko: "패킷의 크기는 데이터의 크기다", en: "A packet is as large as its data"),
    Misconception("M1.2a", ko: "소켓은 곧 포트다", en: "A socket is a port"),
    Misconception("M1.2b", ko: "포트 하나에 접속 하나", en: "One port, one connection"),
    Misconception("M1.2c", ko: "netstat은 망에 물어본다", en: "netstat asks the network"),
    Misconception("M1.2d", ko: "앱이 끝나면 소켓도 없어진다", en: "The socket goes when its program ends"),
    Misconception("M1.3a", ko: "socket()을 부르면 서버에 연락이 간다", en: "socket() contacts the server"),
    Misconception("M1.3b", ko: "디스크립터도 상대에게 보낸다", en: "The descriptor is sent to the other side"),
    Misconception("M1.3c", ko: "접속은 accept()가 맺는다", en: "accept() opens the connection"),
    Misconception("M1.3d", ko: "CLOSED도 기록에 적힌 상태다", en: "CLOSED is a state that is stored"),
  ]

  private static let connecting = [
    Misconception("M2.1a", ko: "접속하면 전용선이 생긴다", en: "Connecting reserves a line"),
    Misconception("M2.1b", ko: "케이블을 뽑으면 바로 CLOSED다", en: "Pull the cable and the state is CLOSED"),
    Misconception("M2.1c", ko: "connect()가 첫 데이터를 보낸다", en: "connect() sends the first data"),
    Misconception("M2.2a", ko: "ACK 번호는 언제나 SEQ + 1이다", en: "The ACK number is always SEQ + 1"),
    Misconception("M2.2b", ko: "윈도우는 내가 보낼 양이다", en: "The window is how much I may send"),
    Misconception("M2.2c", ko: "플래그 여섯, 예약 비트 여섯", en: "Six flags and six reserved bits"),
    Misconception("M2.2d", ko: "소켓의 내용을 상대에게 보낸다", en: "The socket’s content is sent to the peer"),
    Misconception("M2.3a", ko: "회선이 잘 되는지 시험해 보는 것이다", en: "The handshake tests the line"),
    Misconception("M2.3b", ko: "시퀀스 번호는 0이나 1에서 시작한다", en: "Sequence numbers start at 0 or 1"),
    Misconception("M2.3c", ko: "MSS는 둘이 합의한 하나의 값이다", en: "MSS is one value that both agree on"),
    Misconception("M2.3d", ko: "SYN을 받으면 서버는 접속된 것이다", en: "With the SYN the server is connected"),
    Misconception("M2.3e", ko: "ACK에도 확인이 돌아온다", en: "An ACK is acknowledged too"),
    Misconception(
      "M2.3f", ko: "서버는 새 접속에 다른 포트를 쓴다", en: "A new connection gets another server port"),
  ]

  private static let closing = [
    Misconception("M4.1a", ko: "언제나 client가 먼저 끊는다", en: "The client always closes first"),
    Misconception("M4.1b", ko: "FIN이 오면 접속은 바로 없어진다", en: "A FIN ends the connection at once"),
    Misconception("M4.1c", ko: "FIN에는 번호가 없다", en: "A FIN has no number"),
    Misconception("M4.1d", ko: "끊을 때는 언제나 조각 넷이다", en: "Closing always takes four segments"),
    Misconception("M4.1e", ko: "FIN에는 OS가 FIN으로 답한다", en: "The OS answers a FIN with a FIN"),
    Misconception(
      "M4.2a", ko: "TIME-WAIT은 늘 같은 쪽에 생긴다", en: "TIME-WAIT is always at the same side"),
    Misconception("M4.2b", ko: "TIME-WAIT은 없애야 할 고장이다", en: "TIME-WAIT is a fault; set it to 0"),
    Misconception(
      "M4.2c", ko: "TIME-WAIT이면 새로 접속할 수 없다", en: "In TIME-WAIT nobody can connect anew"),
    Misconception("M4.2d", ko: "포트가 모두에게 막힌다", en: "The port is blocked for everyone"),
  ]

  /// Of later sections, where an early question already meets them.
  private static let beyond = [
    Misconception("M5.8b", ko: "프리앰블도 프레임에 든다", en: "The preamble is part of the frame")
  ]
}
