/// The languages that lessons and prose are written in.
public enum Language: String, CaseIterable, Sendable {
  case ko, en
}

/// One saying in both languages.
public struct Phrase: Hashable, Sendable {
  public var ko: String
  public var en: String

  public init(ko: String, en: String) {
    self.ko = ko
    self.en = en
  }

  public func text(_ language: Language) -> String {
    switch language {
    case .ko: ko
    case .en: en
    }
  }
}
