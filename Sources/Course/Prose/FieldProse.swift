import Stack

/// One line of explanation for each field of a control block.
public enum FieldProse {
  /// The field's name as the standards print it: `SND.NXT`, `Eff.snd.MSS`; else its dotted name.
  public static func standardName(_ field: Field) -> String {
    switch field {
    case .mssEffective: return "Eff.snd.MSS"
    case .mssReceive: return "MSS"
    case .iss, .irs, .sndUna, .sndNxt, .sndWnd, .sndUp, .rcvNxt, .rcvWnd, .rcvUp, .sndWl1,
      .sndWl2, .rto, .srtt, .rttvar:
      return field.name.uppercased()
    default: return field.name
    }
  }

  public static func text(_ field: Field, _ language: Language) -> String {
    phrase(field).text(language)
  }

  /// A heading for the fields of one origin: the chapter sorts the control information so.
  public static func text(_ origin: FieldOrigin, _ language: Language) -> String {
    let phrase =
      switch origin {
      case .application: Phrase(ko: "앱이 알려 준 것", en: "told by the application")
      case .peer: Phrase(ko: "상대에게서 안 것", en: "learnt from the peer")
      case .progress: Phrase(ko: "일이 나아간 정도", en: "progress of the work")
      case .reserved: Phrase(ko: "빈칸", en: "gap")
      }
    return phrase.text(language)
  }

  private static func phrase(_ field: Field) -> Phrase {
    if let phrase = waiting(field) ?? network(field) { return phrase }
    return switch field.description.form {
    case .sequence: sequence(field)
    case .milliseconds, .microseconds, .instant, .timer, .timestamp: time(field)
    case .octets: size(field)
    default: identity(field)
    }
  }

  private static func sequence(_ field: Field) -> Phrase {
    switch field {
    case .iss: Phrase(ko: "내가 고른 시작 번호입니다.", en: "The number I chose to start with.")
    case .irs: Phrase(ko: "상대가 고른 시작 번호입니다.", en: "The number the peer chose to start with.")
    case .sndUna:
      Phrase(ko: "보냈지만 아직 확인받지 못한 첫 번호입니다.", en: "The first number sent and not acknowledged.")
    case .sndNxt: Phrase(ko: "다음에 보낼 번호입니다.", en: "The next number to send.")
    case .sndUp: Phrase(ko: "내 긴급 데이터가 끝난 다음 번호입니다.", en: "The number behind my urgent data.")
    case .rcvUp:
      Phrase(ko: "상대의 긴급 데이터가 끝난 다음 번호입니다.", en: "The number behind the peer's urgent data.")
    case .rcvNxt: Phrase(ko: "다음에 받을 번호입니다.", en: "The next number expected.")
    case .sndWl1:
      Phrase(
        ko: "윈도우를 마지막으로 고친 조각의 SEQ입니다.",
        en: "SEQ of the segment that updated the window last.")
    case .sndWl2:
      Phrase(
        ko: "윈도우를 마지막으로 고친 조각의 ACK 번호입니다.",
        en: "ACK number of the segment that updated the window last.")
    case .rttSequence:
      Phrase(
        ko: "이 번호가 확인되면 왕복 시간이 나옵니다.",
        en: "Its acknowledgment ends the round-trip measurement.")
    default: Phrase(ko: "마지막으로 보낸 ACK 번호입니다.", en: "The acknowledgment number sent last.")
    }
  }

  private static func time(_ field: Field) -> Phrase {
    switch field {
    case .rto:
      Phrase(ko: "확인을 이만큼 기다렸다가 다시 보냅니다.", en: "How long to wait before sending again.")
    case .srtt: Phrase(ko: "왕복 시간의 평균입니다.", en: "The smoothed round-trip time.")
    case .rttvar: Phrase(ko: "왕복 시간이 흔들리는 정도입니다.", en: "How much the round-trip time varies.")
    case .askedAt: Phrase(ko: "앱이 접속을 부탁한 때입니다.", en: "When the application asked to connect.")
    case .timerDue: Phrase(ko: "타이머가 울릴 때입니다.", en: "When the timer fires.")
    case .rttAt: Phrase(ko: "재고 있는 조각을 보낸 때입니다.", en: "When the measured segment was sent.")
    case .firstSentAt:
      Phrase(
        ko: "확인받지 못한 가장 오래된 조각을 처음 보낸 때입니다.",
        en: "When the oldest unacknowledged segment was first sent.")
    case .timer: Phrase(ko: "지금 가는 타이머의 종류입니다.", en: "Which timer is running.")
    default: Phrase(ko: "상대에게 되돌려 줄 시계 값입니다.", en: "The peer's clock, to be sent back.")
    }
  }

  private static func size(_ field: Field) -> Phrase {
    switch field {
    case .mssEffective:
      Phrase(ko: "한 조각에 담을 데이터의 최대 크기입니다.", en: "The most data that one segment carries.")
    case .mssReceive:
      Phrase(ko: "내가 받을 수 있다고 알린 조각 크기입니다.", en: "The piece size I said I can take.")
    case .sndWnd: Phrase(ko: "상대가 지금 받을 수 있는 바이트 수입니다.", en: "Bytes the peer can take now.")
    case .rcvWnd: Phrase(ko: "내가 지금 받을 수 있는 바이트 수입니다.", en: "Bytes I can take now.")
    case .sndWndMax: Phrase(ko: "상대가 알린 가장 큰 윈도우입니다.", en: "The largest window the peer has told.")
    case .sendQueue:
      Phrase(ko: "송신 버퍼에 있는 바이트 수입니다.", en: "Bytes in the send buffer.")
    case .receiveQueue:
      Phrase(ko: "앱이 읽기를 기다리는 바이트 수입니다.", en: "Bytes that wait for the application.")
    case .sendBuffer: Phrase(ko: "송신 버퍼의 크기입니다.", en: "Room in the send buffer.")
    case .unsent:
      Phrase(ko: "송신 버퍼에서 아직 보내지 않은 바이트 수입니다.", en: "Bytes of the send buffer not sent yet.")
    default: Phrase(ko: "수신 버퍼의 크기입니다.", en: "Room in the receive buffer.")
    }
  }

  private static func identity(_ field: Field) -> Phrase {
    switch field {
    case .state: Phrase(ko: "통신이 어디까지 왔는지 적은 칸입니다.", en: "How far the communication has come.")
    case .proto: Phrase(ko: "TCP인지 UDP인지 적은 칸입니다.", en: "TCP or UDP.")
    case .answered: Phrase(ko: "상대의 답이 왔는지 적은 칸입니다.", en: "Whether the peer has answered.")
    case .options: Phrase(ko: "양쪽이 함께 쓰기로 한 옵션입니다.", en: "Options that both sides use.")
    case .owner: Phrase(ko: "주인 프로그램의 번호입니다.", en: "The program that owns the socket.")
    case .localAddress: Phrase(ko: "내 IP 주소입니다.", en: "My own IP address.")
    case .localPort: Phrase(ko: "내 포트 번호입니다.", en: "My own port.")
    case .remoteAddress: Phrase(ko: "상대의 IP 주소입니다.", en: "The peer's IP address.")
    case .remotePort: Phrase(ko: "상대의 포트 번호입니다.", en: "The peer's port.")
    case .retries: Phrase(ko: "같은 조각을 다시 보낸 횟수입니다.", en: "How often the segment was sent again.")
    case .closing: Phrase(ko: "앱이 닫은 방향입니다.", en: "Which halves the application has closed.")
    case .urgent:
      Phrase(ko: "긴급 데이터를 보내거나 읽는 중인지 적은 칸입니다.", en: "Whether urgent data is under way.")
    case .opened: Phrase(ko: "1이면 기다리던 쪽의 소켓입니다.", en: "1 on the side that waited.")
    case .descriptor: Phrase(ko: "앱이 이 소켓을 부르는 번호표입니다.", en: "The application's number for it.")
    case .number: Phrase(ko: "이 호스트에서 만든 소켓의 차례 번호입니다.", en: "The host's running number of it.")
    case .parent: Phrase(ko: "이 소켓을 낳은 접속 대기 소켓입니다.", en: "The waiting socket it came from.")
    case .backlog: Phrase(ko: "줄 서서 기다릴 수 있는 접속의 수입니다.", en: "How many connections may wait.")
    case .waiting: Phrase(ko: "지금 줄 서 있는 접속의 수입니다.", en: "How many connections wait now.")
    case .error: Phrase(ko: "다음 호출이 돌려줄 오류입니다.", en: "The error for the next call.")
    case .sndShift: Phrase(ko: "상대의 윈도우를 미는 비트 수입니다.", en: "Bits to shift the peer's window.")
    case .rcvShift: Phrase(ko: "내 윈도우를 미는 비트 수입니다.", en: "Bits to shift my own window.")
    default:
      Phrase(
        ko: "ICMP가 알려 왔지만 아직 끝내지는 않은 오류입니다.",
        en: "What ICMP reported without ending anything.")
    }
  }
}
