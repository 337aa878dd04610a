import Course
import Foundation
import TapLink

extension Finding {
  /// Whether the device for TAP is there and may be opened.
  static func tapDevice() -> Finding {
    let title = Phrase(ko: "TAP", en: "TAP")
    let device = TapProblem.device
    guard let problem = TapProblem.ofDevice() else {
      return Finding(
        title, found: Phrase(ko: "\(device)을 열 수 있습니다", en: "\(device) can be opened"),
        isNeeded: false)
    }
    return Finding(title, problem)
  }

  /// Whether an ordinary user may make a network of their own.
  static func namespaces() -> Finding {
    let title = Phrase(ko: "이름 공간", en: "namespaces")
    guard let problem = TapProblem.ofNamespaces() else {
      return Finding(
        title,
        found: Phrase(
          ko: "사용자와 네트워크 이름 공간을 만들 수 있습니다",
          en: "user and network namespaces can be made"), isNeeded: false)
    }
    return Finding(title, problem)
  }

  private init(_ title: Phrase, _ problem: TapProblem) {
    let text = problem.text
    self.init(
      title,
      found: Phrase(
        ko: text.ko + ". --link tap에만 필요합니다", en: text.en + "; only --link tap needs it"),
      mend: problem.command, isNeeded: false)
  }
}

extension TapProblem {
  /// What is wrong, without a full stop.
  var text: Phrase {
    let reason = reason.map { "(\($0))" } ?? ""
    let because = reason.isEmpty ? "" : " " + reason
    switch self {
    case .deviceMissing, .deviceForbidden:
      return Phrase(
        ko: "\(Self.device)을 열 수 없습니다\(reason)", en: "\(Self.device) cannot be opened\(because)")
    case .deviceRefused:
      return Phrase(
        ko: "\(Self.device)으로 TAP을 만들 수 없습니다\(reason)",
        en: "\(Self.device) does not give a TAP\(because)")
    case .namespacesForbidden:
      return Phrase(
        ko: "사용자와 네트워크 이름 공간을 만들 수 없습니다\(reason)",
        en: "user and network namespaces cannot be made\(because)")
    case .serverMissing:
      return Phrase(ko: "python3을 실행할 수 없습니다\(reason)", en: "python3 cannot be run\(because)")
    case .serverSilent:
      return Phrase(
        ko: "python3 http.server가 시작되지 않습니다", en: "python3’s http.server does not start")
    case .noRoom:
      return Phrase(
        ko: "프로세스나 임시 폴더를 만들 수 없습니다\(reason)",
        en: "no process or temporary folder can be made\(because)")
    case .broken:
      return Phrase(ko: "TAP이 끊겼습니다\(reason)", en: "TAP has broken off\(because)")
    }
  }
}
