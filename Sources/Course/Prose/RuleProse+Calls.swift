import Stack

extension RuleProse {
  static let calls: [Row] = [
    row(
      .createSocket,
      ko: "소켓 하나를 적을 메모리를 잡고, 프로토콜과 처음 상태를 적습니다.",
      en: "Memory is set aside for one socket; its protocol and first state are written down."),
    row(
      .bindAddress,
      ko: "앱이 말한 주소와 포트를 소켓에 적습니다.",
      en: "The address and port that the application names are written into the socket."),
    row(
      .chooseEphemeralPort,
      ko: "앱이 포트를 정하지 않았으므로 스택이 빈 임시 포트를 고릅니다.",
      en: "The application named no port, so the stack picks a free ephemeral one."),
    row(
      .passiveOpen,
      ko: "listen()은 소켓을 LISTEN으로 바꿉니다. 아무것도 보내지 않습니다.",
      en: "listen() turns the socket to LISTEN; nothing is sent."),
    row(
      .activeOpen,
      ko: "connect()는 상대를 적고, 시작 번호를 골라 SYN을 보냅니다.",
      en: "connect() writes down the peer, chooses a first number and sends SYN."),
    row(
      .acceptConnection,
      ko: "accept()는 이미 맺어진 접속을 앱에 넘기고 번호표를 줍니다.",
      en: "accept() hands a finished connection to the application, with a descriptor."),
    row(
      .sendCall,
      ko: "앱의 데이터를 송신 버퍼에 담습니다. 보내는 때는 TCP가 정합니다.",
      en: "The data goes into the send buffer; TCP decides when it leaves."),
    row(
      .urgentMarked,
      ko: "앱이 긴급하다고 한 데이터의 끝 다음 번호를 SND.UP에 적습니다.",
      en: "The application calls this data urgent: SND.UP is the number behind it."),
    row(
      .urgentRemains,
      ko: "아직 읽지 않은 긴급 데이터가 더 있습니다.",
      en: "More urgent data remains to be read."),
    row(
      .urgentEnds,
      ko: "긴급 데이터를 다 읽었습니다. 한 번의 읽기는 그 끝을 넘지 않습니다.",
      en: "All urgent data has been read; no single read goes beyond its end."),
    row(
      .urgentAsked,
      ko: "긴급 데이터를 끝까지 읽었는지 앱에 알려 줍니다.",
      en: "The application is told whether it has read all urgent data."),
    row(
      .receiveCall,
      ko: "수신 버퍼에 모인 데이터를 앱의 메모리로 옮깁니다.",
      en: "What has gathered in the receive buffer is copied to the application."),
    row(
      .endOfData,
      ko: "상대가 FIN을 보냈고 남은 데이터가 없으므로 0을 돌려줍니다.",
      en: "The peer has sent FIN and nothing is left, so the call returns 0."),
    row(
      .closeCall,
      ko: "close()는 더 보낼 것이 없다는 뜻입니다. 남은 데이터 뒤에 FIN이 나갑니다.",
      en: "close() says there is no more to send: FIN follows whatever is queued."),
    row(
      .closeUnread,
      ko: "읽지 않은 데이터를 두고 닫으면 FIN 대신 RST를 보냅니다.",
      en: "Closing with unread data sends RST instead of FIN."),
    row(
      .abortCall,
      ko: "접속을 버립니다. RST가 나가고 소켓은 바로 지워집니다.",
      en: "The connection is given up: RST leaves and the socket is deleted at once."),
    row(
      .shutdownCall,
      ko: "한쪽 방향만 닫습니다. 다른 방향은 그대로 열려 있습니다.",
      en: "One direction is closed; the other stays open."),
    row(
      .noConnection,
      ko: "이 소켓에는 아직 접속이 없으므로 호출은 실패합니다.",
      en: "This socket has no connection, so the call fails."),
    row(
      .connectionClosing,
      ko: "이미 닫는 중인 접속에는 데이터를 더 맡길 수 없습니다.",
      en: "A connection that is being closed takes no more data."),
    row(
      .insufficientResources,
      ko: "소켓을 적을 메모리나 번호표가 모자라 호출은 실패합니다.",
      en: "There is no room for another socket or descriptor, so the call fails."),
    row(
      .alreadyOpen,
      ko: "이미 열려 있는 소켓은 다시 열 수 없습니다.",
      en: "A socket that is open already cannot be opened again."),
    row(
      .portTaken,
      ko: "같은 프로토콜의 다른 소켓이 이 포트를 쓰고 있습니다.",
      en: "Another socket of the same protocol uses this port."),
    row(
      .deadOwner,
      ko: "주인 프로그램이 끝났으므로 스택이 대신 닫습니다.",
      en: "The program has ended, so the stack closes for it."),
    row(
      .chooseISS,
      ko: "시작 번호는 시계와 비밀 값으로 만들어 추측하기 어렵습니다.",
      en: "The first number comes from a clock and a secret: hard to guess."),
  ]
}
