import Stack

/// The layers' names as the learner reads them.
public enum LayerProse {
  public static func text(_ layer: Layer, _ language: Language) -> String {
    phrase(layer).text(language)
  }

  /// The Korean name with the particle of a subject.
  static func koreanSubject(_ layer: Layer) -> String {
    let name = text(layer, .ko)
    switch layer {
    case .application, .socket, .ethernet: return name + "이"
    default: return name + "가"
    }
  }

  private static func phrase(_ layer: Layer) -> Phrase {
    switch layer {
    case .application: Phrase(ko: "애플리케이션", en: "application")
    case .library: Phrase(ko: "Socket 라이브러리", en: "socket library")
    case .socket: Phrase(ko: "소켓", en: "socket")
    case .tcp: Phrase(ko: "TCP", en: "TCP")
    case .udp: Phrase(ko: "UDP", en: "UDP")
    case .icmp: Phrase(ko: "ICMP", en: "ICMP")
    case .ip: Phrase(ko: "IP", en: "IP")
    case .arp: Phrase(ko: "ARP", en: "ARP")
    case .ethernet: Phrase(ko: "이더넷", en: "Ethernet")
    case .driver: Phrase(ko: "LAN 드라이버", en: "driver")
    case .adapter: Phrase(ko: "LAN 어댑터", en: "adapter")
    case .wire: Phrase(ko: "선로", en: "wire")
    }
  }
}
