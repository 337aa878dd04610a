import Stack

extension RuleProse {
  static let router: [Row] = [
    row(
      .forwardRoute,
      ko: "경로표에서 도착지에 가장 잘 맞는 줄을 찾아 다음 홉을 정합니다.",
      en: "The row of the routing table that fits best says where it goes next."),
    row(
      .forwardNoRoute,
      ko: "경로표에 도착지로 가는 줄이 없어 패킷을 버립니다.",
      en: "No row of the routing table fits, so the packet is dropped."),
    row(
      .forwardTimeToLive,
      ko: "라우터를 하나 지날 때마다 TTL을 1 줄이고, 0이 되면 버립니다.",
      en: "Each router takes 1 off the TTL; at 0 the packet is dropped."),
    row(
      .forwardChecksum,
      ko: "TTL이 바뀐 만큼만 IP 헤더 체크섬을 고치고 패킷을 중계합니다.",
      en: "The header checksum follows the TTL's change, and the packet goes on."),
    row(
      .forwardTooLarge,
      ko: "다음 링크의 MTU보다 큰데 나누지 말라고 적혀 있어 버립니다.",
      en: "It is larger than the next link's MTU and may not be cut up."),
    row(
      .forwardFragments,
      ko: "다음 링크의 MTU에 맞게 나누고, 조각마다 IP 헤더를 붙입니다.",
      en: "It is cut to the next link's MTU, each part with a header of its own."),
    row(
      .forwardSourceInvalid,
      ko: "라우터를 지나갈 수 없는 주소이므로 버립니다.",
      en: "Such an address may not cross a router, so it is dropped."),
    row(
      .timeExceeded,
      ko: "TTL이 다해 버렸다고 보낸 쪽에 알립니다.",
      en: "The sender is told that the packet's TTL has run out."),
    row(
      .networkUnreachable,
      ko: "그 네트워크로 가는 길이 없다고 보낸 쪽에 알립니다.",
      en: "The sender is told that there is no way to that network."),
    row(
      .hostUnreachable,
      ko: "마지막 링크에서 그 호스트가 대답하지 않는다고 보낸 쪽에 알립니다.",
      en: "The sender is told that the host does not answer on its own link."),
    row(
      .fragmentationNeeded,
      ko: "너무 크다고 보낸 쪽에 알리고, 다음 링크의 MTU를 함께 적습니다.",
      en: "The sender is told that it is too large, and what the next link takes."),
  ]
}
