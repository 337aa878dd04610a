import Capture
import Course
import Session

/// Why a file cannot be replayed, in sentences.
struct ReplayFailure {
  private let file: String
  private let shared: SharedOptions

  init(_ file: String, _ shared: SharedOptions) {
    self.file = file
    self.shared = shared
  }

  private func counted(_ count: Int) -> String { "\(count) frame" + (count == 1 ? "" : "s") }

  func unreadable(isThere: Bool) -> Failure {
    isThere
      ? .missing(
        shared.say(
          "“\(file)”을(를) 읽을 수 없습니다. 파일과 그 권한을 확인해 주세요.",
          "“\(file)” cannot be read; check that it is a file and its permissions."))
      : .missing(
        shared.say(
          "“\(file)”이(가) 없습니다. 파일 이름을 확인해 주세요.", "There is no file “\(file)”; check its name."))
  }

  func noCapture(_ fault: CaptureFault?) -> Failure {
    let reason = fault.map { " (\($0))" } ?? ""
    return .missing(
      shared.say(
        "“\(file)”은(는) pcap이나 pcapng 파일이 아닙니다\(reason).",
        "“\(file)” is no pcap or pcapng file\(reason)."))
  }

  func refused(_ error: RecordingError) -> Failure {
    switch error {
    case .version(let version):
      .missing(
        shared.say(
          "“\(file)”은(는) 녹화 형식 \(version)판입니다. 이 프로그램은 \(RecordedRun.version)판을 읽습니다. 녹화한 프로그램으로 열어 주세요.",
          "“\(file)” is a recording of format version \(version), and this program reads version \(RecordedRun.version); open it with the program that made it."
        ))
    case .altered:
      .missing(
        shared.say(
          "“\(file)”은(는) 녹화한 뒤에 바뀌었습니다. 적힌 seed와 입력에서 그 프레임이 나오지 않습니다. 원래 파일을 열어 주세요.",
          "“\(file)” was altered after it was recorded: its seed and inputs do not give its frames. Open the original file."
        ))
    case .notARecording, .truncated, .unreadable:
      .missing(
        shared.say(
          "“\(file)”의 녹화를 읽을 수 없습니다. 바뀌었거나 이 프로그램이 만든 것이 아닙니다.",
          "The recording in “\(file)” cannot be read: it was altered, or this program did not make it."
        ))
    }
  }

  func otherLink(_ count: Int, _ links: [LinkType]) -> Failure {
    let names = links.map(\.description).joined(separator: ", ")
    return .missing(
      shared.say(
        "“\(file)”의 프레임 \(count)개는 \(names)입니다. Ethernet 프레임만 볼 수 있습니다.",
        "“\(file)” has \(counted(count)) of \(names); only Ethernet can be shown."))
  }

  func noConnection(_ number: Int, of count: Int) -> Failure {
    .missing(
      shared.say(
        "“\(file)”에 접속 \(number)은(는) 없습니다. 접속은 \(count)개입니다.",
        "There is no connection \(number) in “\(file)”; it has \(count)."))
  }

  func damaged(_ capture: CaptureFile) -> Failure {
    let count = capture.frames.count
    guard count > 0 else {
      return .failed(
        shared.say(
          "“\(file)”은(는) 손상되어 읽을 수 있는 프레임이 없습니다.",
          "“\(file)” is damaged: no frame of it can be read."))
    }
    return .failed(
      shared.say(
        "“\(file)”은(는) 손상됐습니다. 읽을 수 있는 프레임 \(count)개를 보였습니다.",
        "“\(file)” is damaged; the \(counted(count)) that can be read \(count == 1 ? "is" : "are") shown."
      ))
  }
}
