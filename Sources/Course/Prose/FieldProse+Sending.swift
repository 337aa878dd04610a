import Stack

/// The fields by which a sender waits, and those by which it spares the network.
extension FieldProse {
  static func waiting(_ field: Field) -> Phrase? {
    switch field {
    case .ackDue:
      Phrase(ko: "미룬 ACK가 늦어도 나갈 시각입니다.", en: "When the delayed ACK goes at the latest.")
    case .switches:
      Phrase(ko: "앱이 이 소켓에 켜 둔 설정입니다.", en: "What the application has switched on here.")
    case .probes:
      Phrase(ko: "닫힌 윈도우나 조용한 상대에게 물어본 횟수입니다.", en: "How often a silent peer was asked.")
    case .userTimeout:
      Phrase(
        ko: "확인받지 못한 채 기다릴 시간을 앱이 정한 값입니다.",
        en: "How long the application allows without an acknowledgment.")
    case .lastSmall:
      Phrase(
        ko: "다 차지 않은 조각을 마지막으로 보낸 끝 번호입니다.",
        en: "Where the last segment ended that was not full.")
    case .lastSentAt:
      Phrase(ko: "데이터를 마지막으로 보낸 시각입니다.", en: "When data was sent last.")
    default: nil
    }
  }

  static func network(_ field: Field) -> Phrase? {
    switch field {
    case .cwnd:
      Phrase(ko: "망에 한 번에 내보낼 수 있는 바이트 수입니다.", en: "Bytes the network may carry at once.")
    case .ssthresh:
      Phrase(ko: "cwnd가 여기까지는 빠르게 자랍니다.", en: "Up to here cwnd grows fast.")
    case .recover:
      Phrase(ko: "이 번호까지 확인되면 회복이 끝납니다.", en: "Its acknowledgment ends the recovery.")
    case .rexmitNext:
      Phrase(ko: "다음에 다시 보낼 번호입니다.", en: "The next number to send again.")
    case .rescueNext:
      Phrase(
        ko: "이 번호를 지나 확인되면 마지막 조각을 한 번 더 보낼 수 있습니다.",
        en: "Once ACKs pass it the last segment may go again.")
    case .pathMTU:
      Phrase(
        ko: "상대에게 가는 길에서 알아낸 가장 좁은 선로의 MTU입니다.",
        en: "The MTU of the narrowest link found on the way.")
    case .mssLink:
      Phrase(
        ko: "path.mtu가 낡으면 되돌아갈 조각 크기입니다.",
        en: "The piece size to come back to when path.mtu is old.")
    case .dupAcks:
      Phrase(ko: "같은 ACK가 이어서 온 횟수입니다.", en: "How often the same ACK came in a row.")
    case .recovery:
      Phrase(ko: "손실을 어떻게 회복하는 중인지 적은 칸입니다.", en: "What is done about a loss.")
    case .ackedOctets:
      Phrase(
        ko: "cwnd가 자란 뒤로 확인받은 바이트 수입니다.", en: "Bytes acknowledged since cwnd grew last.")
    case .cubicMax:
      Phrase(ko: "지난번 손실 때의 cwnd입니다.", en: "cwnd when the last loss was noticed.")
    case .cubicK:
      Phrase(ko: "그 크기로 돌아갈 때까지의 시간입니다.", en: "The time until cwnd is back there.")
    case .cubicEpoch:
      Phrase(ko: "CUBIC이 다시 세기 시작한 시각입니다.", en: "When CUBIC began to count anew.")
    case .cubicEstimate:
      Phrase(ko: "Reno였다면 되었을 cwnd입니다.", en: "What cwnd would be with Reno.")
    default: nil
    }
  }
}
