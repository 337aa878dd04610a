import Stack

/// Rules by which a sender spares the network and finds out what was lost.
extension RuleProse {
  static let congestion: [Row] = [
    row(
      .initialWindow,
      ko: "망을 아직 모르므로 처음에는 조각 몇 개만 내보냅니다.",
      en: "The network is not known yet, so a few segments go at first."),
    row(
      .slowStart,
      ko: "확인받은 만큼 cwnd를 늘립니다. 왕복마다 거의 두 배가 됩니다.",
      en: "cwnd grows by what is acknowledged: almost twice as much each round trip."),
    row(
      .congestionAvoidance,
      ko: "이제 조심스럽게, 왕복마다 조각 하나씩 cwnd를 늘립니다.",
      en: "From here on with care: cwnd grows by one segment each round trip."),
    row(
      .cubicGrowth,
      ko: "CUBIC 곡선을 따라 지난 손실 때의 크기로 다가갑니다.",
      en: "cwnd follows the CUBIC curve towards where the last loss was."),
    row(
      .congestionWindowFull,
      ko: "망에 내보낼 수 있는 만큼 다 내보냈으므로 확인을 기다립니다.",
      en: "As much is under way as the network may carry, so sending waits."),
    row(
      .idleRestart,
      ko: "오래 쉬었으므로 cwnd를 처음 크기로 되돌립니다.",
      en: "After a long pause cwnd is what it was at the start."),
    row(
      .limitedTransmit,
      ko: "같은 ACK가 한두 번 오면 새 조각을 하나씩 더 보냅니다.",
      en: "On the first two duplicate ACKs a new segment may follow each."),
    row(
      .fastRetransmit,
      ko: "같은 ACK가 세 번 왔으므로 타이머를 기다리지 않고 다시 보냅니다.",
      en: "Three duplicate ACKs tell of a loss: it goes again before the timer fires."),
    row(
      .fastRecoveryInflates,
      ko: "같은 ACK는 조각 하나가 도착했다는 뜻이므로 하나를 더 보낼 수 있습니다.",
      en: "Each duplicate ACK means that a segment has arrived, so one more may go."),
    row(
      .partialAck,
      ko: "일부만 확인되었으므로 그다음 조각도 사라졌다고 봅니다.",
      en: "Only a part is acknowledged, so the next segment is taken for lost, too."),
    row(
      .recoveryEnds,
      ko: "손실을 알았을 때 나가 있던 것이 모두 확인되어 회복이 끝났습니다.",
      en: "All that was under way when the loss was noticed has arrived."),
    row(
      .timeoutCollapses,
      ko: "타이머가 손실을 알렸으므로 cwnd를 조각 하나로 줄입니다.",
      en: "The timer told of the loss, so cwnd falls to one segment."),
    row(
      .resendsLost,
      ko: "사라졌다고 보는 다음 조각을 다시 보냅니다.",
      en: "The next segment that is taken for lost is sent again."),
    row(
      .rescueRetransmit,
      ko: "더 보낼 것이 없어 ACK가 끊길 수 있으므로 마지막 조각을 한 번 더 보냅니다.",
      en: "Nothing else can go, so the last segment goes once more: an ACK has to come."),
    row(
      .sackNoted,
      ko: "상대가 SACK으로 이미 가진 구간을 알려 왔습니다.",
      en: "The peer's SACK blocks say what it holds already."),
    row(
      .duplicateSack,
      ko: "상대가 같은 것을 두 번 받았다고 알려 왔습니다.",
      en: "The peer says that something has arrived twice."),
  ]
}
