import Stack

/// Why something was thrown away, in a few words that follow a colon.
public enum DropReasonProse {
  public static func text(_ reason: DropReason, _ language: Language) -> String {
    phrase(reason).text(language)
  }

  private static func phrase(_ reason: DropReason) -> Phrase {
    switch reason {
    case .frameCheckSequence: Phrase(ko: "FCS가 맞지 않음", en: "the FCS does not fit")
    case .notMyAddress: Phrase(ko: "다른 MAC 주소로 가는 프레임", en: "for another MAC address")
    case .noHandler: Phrase(ko: "맡을 프로토콜이 없음", en: "nobody here handles this type")
    case .headerMalformed: Phrase(ko: "헤더의 모양이 올바르지 않음", en: "the header is not well formed")
    case .ipChecksum: Phrase(ko: "IP 체크섬이 맞지 않음", en: "the IP checksum does not fit")
    case .notMyIPAddress: Phrase(ko: "다른 IP 주소로 가는 패킷", en: "for another IP address")
    case .noProtocol: Phrase(ko: "모르는 프로토콜 번호", en: "unknown protocol number")
    case .fragment: Phrase(ko: "조각난 패킷", en: "a fragment")
    case .sourceInvalid: Phrase(ko: "보낸 주소가 올바르지 않음", en: "the source address cannot be")
    case .tcpChecksum: Phrase(ko: "TCP 체크섬이 맞지 않음", en: "the TCP checksum does not fit")
    case .udpChecksum: Phrase(ko: "UDP 체크섬이 맞지 않음", en: "the UDP checksum does not fit")
    case .icmpChecksum: Phrase(ko: "ICMP 체크섬이 맞지 않음", en: "the ICMP checksum does not fit")
    case .noSocket: Phrase(ko: "받을 소켓이 없음", en: "there is no socket for it")
    case .bufferFull: Phrase(ko: "버퍼에 자리가 없음", en: "the buffer is full")
    case .backlogFull: Phrase(ko: "기다리는 줄이 꽉 참", en: "the queue of waiting connections is full")
    case .outsideWindow: Phrase(ko: "번호가 윈도우 밖", en: "its numbers lie outside the window")
    case .oldDuplicate: Phrase(ko: "이미 받은 것", en: "it has arrived before")
    case .unacceptableAck: Phrase(ko: "ACK 번호가 맞지 않음", en: "its ACK number does not fit")
    case .stateForbids: Phrase(ko: "이 상태에서는 받지 않음", en: "this state does not take it")
    case .neighbourUnanswered:
      Phrase(ko: "ARP에 아무도 대답하지 않음", en: "nobody answered the ARP question")
    case .noRoute: Phrase(ko: "목적지로 가는 길이 없음", en: "there is no way to the destination")
    case .tooLarge: Phrase(ko: "선로가 나르기에 너무 큼", en: "too large for the link")
    case .timeToLive: Phrase(ko: "TTL이 다함", en: "its TTL has run out")
    case .lostOnTheWire: Phrase(ko: "선로에서 사라짐", en: "lost on the wire")
    case .linkCut: Phrase(ko: "케이블이 끊어짐", en: "the cable is cut")
    case .noReceiver: Phrase(ko: "그 링크에 다른 호스트가 없음", en: "no other host is on that link")
    case .queueFull:
      Phrase(ko: "라우터의 대기열이 꽉 참", en: "the router's queue is full")
    case .filtered: Phrase(ko: "방화벽이 막음", en: "the firewall filters it")
    }
  }
}
