import Stack

extension RuleProse {
  static let internet: [Row] = [
    row(
      .udpSend,
      ko: "여덟 바이트 헤더만 붙여 바로 보냅니다. 확인은 기다리지 않습니다.",
      en: "Eight bytes of header and off it goes; no acknowledgment is awaited."),
    row(
      .udpReceive,
      ko: "목적지 포트의 소켓에 데이터그램을 넘깁니다.",
      en: "The datagram goes to the socket of its destination port."),
    row(
      .udpChecksum,
      ko: "체크섬이 맞지 않는 데이터그램은 버립니다.",
      en: "A datagram whose checksum does not fit is thrown away."),
    row(
      .udpNoPort,
      ko: "그 포트에 소켓이 없습니다.",
      en: "No socket has that port."),
    row(
      .udpBufferFull,
      ko: "수신 버퍼에 자리가 없어 버립니다. UDP는 다시 보내지 않습니다.",
      en: "The buffer is full, so it is dropped; UDP does not send again."),
    row(
      .echoReply,
      ko: "물음과 같은 내용으로 답합니다.",
      en: "The reply carries what the request carried."),
    row(
      .icmpChecksum,
      ko: "체크섬이 맞지 않는 ICMP 알림은 버립니다.",
      en: "An ICMP message whose checksum does not fit is thrown away."),
    row(
      .portUnreachable,
      ko: "받을 소켓이 없다고 보낸 쪽에 알립니다.",
      en: "The sender is told that no socket has this port."),
    row(
      .protocolUnreachable,
      ko: "그런 프로토콜은 없다고 보낸 쪽에 알립니다.",
      en: "The sender is told that nobody here speaks this protocol."),
    row(
      .icmpHardError,
      ko: "되돌릴 수 없는 소식이므로 접속을 포기합니다.",
      en: "This news is final, so the attempt is given up."),
    row(
      .icmpSoftError,
      ko: "곧 나아질 수도 있으므로 적어 두고 계속합니다.",
      en: "It may pass, so it is noted and the work goes on."),
    row(
      .icmpNotAboutUs,
      ko: "우리가 보낸 것에 대한 알림이 아니므로 버립니다.",
      en: "The message is not about anything of ours, so it is dropped."),
    row(
      .packetTooLarge,
      ko: "패킷이 선로의 MTU보다 커서 보내지 않습니다.",
      en: "The packet is larger than the link's MTU, so it does not leave."),
    row(
      .buildPacket,
      ko: "IP 헤더를 앞에 붙입니다. 누구에게서 누구에게 가는지 적습니다.",
      en: "The IP header goes in front: from whom, to whom."),
    row(
      .chooseRoute,
      ko: "목적지가 같은 링크에 있으면 바로, 아니면 라우터로 보냅니다.",
      en: "On the same link it goes straight there, otherwise to the router."),
    row(
      .noRoute,
      ko: "그 목적지로 가는 길이 없습니다.",
      en: "There is no way to that destination."),
    row(
      .ipChecksum,
      ko: "IP 헤더의 체크섬이 맞지 않으면 버립니다.",
      en: "A packet whose header checksum does not fit is thrown away."),
    row(
      .ipHeader,
      ko: "헤더의 버전과 길이가 올바른지 봅니다.",
      en: "The header's version and lengths must make sense."),
    row(
      .ipNotForUs,
      ko: "목적지가 이 호스트가 아니므로 말없이 버립니다.",
      en: "It is for another host, so it is dropped without a word."),
    row(
      .ipProtocol,
      ko: "프로토콜 번호를 보고 TCP, UDP, ICMP 가운데 맡을 쪽에 넘깁니다.",
      en: "The protocol number says who takes over: TCP, UDP or ICMP."),
    row(
      .ipFragment,
      ko: "조각난 패킷은 여기서 다시 맞추지 않습니다.",
      en: "Fragments are not put together here."),
    row(
      .ipSourceInvalid,
      ko: "보낸 주소가 한 호스트의 주소일 수 없으므로 버립니다.",
      en: "The source cannot be the address of one host, so it is dropped."),
  ]
}
