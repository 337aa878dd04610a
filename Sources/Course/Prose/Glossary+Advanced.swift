extension Glossary {
  static let advanced: [GlossaryEntry] = [
    entry(
      "congestion-avoidance", "congestion avoidance", "혼잡 회피",
      ko: "한 왕복에 조각 하나만큼만 늘리기",
      en: "growing by one segment a round trip"),
    entry(
      "fast-recovery", "fast recovery", "빠른 회복",
      ko: "구멍을 메우는 동안에도 이어 보내기",
      en: "sending on while a hole is filled"),
    entry(
      "limited-transmit", "limited transmit", "제한 전송",
      ko: "처음 두 중복 ACK에 새 조각 하나씩",
      en: "a new segment on each of the first two duplicate ACKs"),
    entry(
      "bottleneck", "bottleneck", "병목",
      ko: "길에서 가장 느린 곳",
      en: "the slowest part of a way"),
    entry(
      "d-sack", "D-SACK", "D-SACK(중복 SACK)",
      ko: "두 번 왔다고 알리는 SACK 블록",
      en: "a SACK block that says: this came twice"),
    entry(
      "bandwidth-delay-product", "bandwidth-delay product", "대역폭 지연 곱",
      ko: "답이 올 때까지 관에 들어가는 양",
      en: "what fits into the pipe until an answer comes"),
    entry(
      "challenge-ack", "challenge ACK", "도전 ACK",
      ko: "의심스러운 RST나 SYN에 되묻는 ACK",
      en: "an ACK that asks back about a doubtful RST or SYN"),
    entry(
      "user-timeout", "user timeout", "사용자 시간 제한",
      ko: "확인되지 않은 데이터를 앱이 참는 시간",
      en: "how long data may stay unacknowledged"),
  ]
}
