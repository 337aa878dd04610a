import Stack

extension RuleProse {
  static let link: [Row] = [
    row(
      .arpCacheHit,
      ko: "다음 호스트의 MAC 주소를 이미 알고 있습니다.",
      en: "The next hop's MAC address is known already."),
    row(
      .arpAsk,
      ko: "그 IP 주소의 주인이 누구인지 링크의 모두에게 묻습니다.",
      en: "Everyone on the link is asked who has this IP address."),
    row(
      .arpAnswer,
      ko: "내 IP 주소를 물었으므로 내 MAC 주소를 알려 줍니다.",
      en: "The question is about my IP address, so I answer with my MAC address."),
    row(
      .arpLearn,
      ko: "IP 주소와 MAC 주소의 짝을 표에 적습니다.",
      en: "The pair of IP and MAC address goes into the table."),
    row(
      .arpHold,
      ko: "MAC 주소를 알 때까지 패킷을 붙잡아 둡니다.",
      en: "The packet waits until the MAC address is known."),
    row(
      .arpGiveUp,
      ko: "아무도 대답하지 않아 기다리던 패킷을 버립니다.",
      en: "Nobody answered, so what was waiting is dropped."),
    row(
      .arpMalformed,
      ko: "ARP 패킷의 모양이 올바르지 않아 버립니다.",
      en: "The ARP packet is not well formed, so it is dropped."),
    row(
      .arpExpire,
      ko: "오래된 짝은 지우고, 필요하면 다시 묻습니다.",
      en: "An old pair is forgotten and asked for again when needed."),
    row(
      .buildFrame,
      ko: "MAC 헤더를 앞에 붙입니다.",
      en: "The MAC header goes in front."),
    row(
      .padFrame,
      ko: "짧은 프레임은 60바이트까지 0으로 채우고, 끝에 FCS 4바이트를 붙입니다.",
      en: "A short frame is filled up to 60 bytes, and four bytes of FCS follow."),
    row(
      .checkFrame,
      ko: "FCS가 맞지 않는 프레임은 어댑터가 버립니다.",
      en: "The adapter throws away a frame whose FCS does not fit."),
    row(
      .addressFilter,
      ko: "나에게 온 프레임과 모두에게 보낸 프레임만 받습니다.",
      en: "Only frames for me or for everyone are taken."),
    row(
      .etherType,
      ko: "타입 값을 보고 IP나 ARP에 넘깁니다.",
      en: "The type field says who takes over: IP or ARP."),
    row(
      .handToAdapter,
      ko: "드라이버가 프레임을 어댑터의 버퍼에 옮깁니다.",
      en: "The driver puts the frame into the adapter's buffer."),
    row(
      .interruptCPU,
      ko: "어댑터가 프레임이 왔다고 CPU에 알립니다.",
      en: "The adapter tells the CPU that a frame has come."),
    row(
      .learnerWrote,
      ko: "학습자가 이 칸을 직접 고쳐 썼습니다. 스택은 모르고 그대로 따릅니다.",
      en: "You wrote here yourself; the stack does not know and obeys."),
    row(
      .learnerSet,
      ko: "이 기계의 설정을 바꿨습니다.",
      en: "A setting of this machine is another now."),
    row(
      .processPaused,
      ko: "프로그램이 멈춰서 호출을 하지 않습니다.",
      en: "The program stands still and makes no calls."),
    row(
      .processResumed,
      ko: "멈췄던 프로그램이 다시 움직입니다.",
      en: "The program goes on."),
    row(
      .hostRebooted,
      ko: "기계가 다시 켜졌습니다. 소켓도 접속도 ARP 표도 잊었습니다.",
      en: "The machine was restarted: sockets, connections and ARP table are forgotten."),
    row(
      .firewallDrops,
      ko: "방화벽이 말없이 버립니다. 보낸 쪽은 아무 답도 받지 못합니다.",
      en: "The firewall drops it silently; the sender gets no answer at all."),
  ]
}
