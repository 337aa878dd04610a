import Foundation

/// Where a recording goes. Whether it can be written is found out before anything runs.
struct RecordingFile {
  private let path: String
  private let shared: SharedOptions

  /// - Throws: when the file cannot be written.
  init(path: String, _ shared: SharedOptions) throws(Failure) {
    self.path = path
    self.shared = shared
    let existed = FileManager.default.fileExists(atPath: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    close(descriptor)
    if !existed { unlink(path) }
  }

  /// - Throws: when the file cannot be written whole; nothing half-written is left then.
  func write(_ octets: [UInt8]) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    var rest = octets[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let number = errno
        close(descriptor)
        if isRegular { unlink(path) }
        throw problem(number)
      }
    }
    guard close(descriptor) == 0 else { throw problem(errno) }
  }

  /// A device or a pipe is not ours to delete.
  private var isRegular: Bool {
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return kind == .typeRegular
  }

  private func problem(_ number: Int32) -> Failure {
    let reason = Console.errorText(number)
    return .failed(
      shared.say(
        "녹화 파일 “\(path)”에 쓸 수 없습니다(\(reason)). 쓸 수 있는 폴더의 파일을 골라 주세요.",
        "The recording “\(path)” cannot be written (\(reason)); choose a file in a folder you may write to."
      ))
  }
}
