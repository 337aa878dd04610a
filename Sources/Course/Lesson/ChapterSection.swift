/// The chapter's six sections, as the map names them.
public enum ChapterSection: Int, CaseIterable, Sendable {
  case creating = 1
  case connecting, exchanging, closing, packets, datagrams

  public var title: Phrase {
    switch self {
    case .creating: Phrase(ko: "소켓을 만든다", en: "Creating a socket")
    case .connecting: Phrase(ko: "서버에 접속한다", en: "Connecting to the server")
    case .exchanging: Phrase(ko: "데이터를 주고받는다", en: "Sending and receiving data")
    case .closing: Phrase(ko: "연결을 끊고 소켓을 지운다", en: "Closing, deleting the socket")
    case .packets: Phrase(ko: "IP와 이더넷", en: "IP and Ethernet")
    case .datagrams: Phrase(ko: "UDP로 주고받는다", en: "UDP")
    }
  }
}

/// What lies beyond the chapter: the advanced lessons.
public enum AdvancedPart {
  /// What an advanced lesson has in place of a section, and what a learner types for all of them.
  public static let name = "A"
  public static let title = Phrase(ko: "책 너머로 · 심화", en: "Beyond the book")
}
