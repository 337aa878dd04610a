import Foundation

/// Where a recording goes. Whether it can be written is found out before anything runs.
///
/// A file is written whole beside the old one and put in its place, so that whoever reads it, and whenever the
/// program ends, finds a whole recording. A device or a pipe takes the octets as they come.
struct RecordingFile {
  private let path: String
  private let shared: SharedOptions
  /// Whether it can be written again and again: a file, no device and no pipe.
  let isReplaceable: Bool

  /// - Throws: when the file cannot be written.
  init(path: String, _ shared: SharedOptions) throws(Failure) {
    // What stands behind a symbolic link is replaced, not the link.
    self.path = URL(filePath: path).resolvingSymlinksInPath().path
    self.shared = shared
    let kind = Self.kind(of: self.path)
    isReplaceable = kind == nil || kind == .typeRegular
    guard isReplaceable || kind != .typeDirectory else { throw problem(EISDIR) }
    guard isReplaceable else { return }
    let descriptor = open(self.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    close(descriptor)
    if kind == nil { unlink(self.path) }
  }

  /// - Throws: when the file cannot be written whole; it is then as it was before.
  func write(_ octets: [UInt8]) throws(Failure) {
    guard isReplaceable else {
      return try put(octets, O_WRONLY | O_CLOEXEC, at: path)
    }
    let fresh = path + ".\(getpid()).part"
    do throws(Failure) {
      try put(octets, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, at: fresh)
    } catch {
      // In a folder that takes no other file the old one is written over.
      unlink(fresh)
      guard Self.kind(of: path) != nil, access(folder, W_OK) != 0 else { throw error }
      return try put(octets, O_WRONLY | O_TRUNC | O_CLOEXEC, at: path)
    }
    var old = stat()
    if stat(path, &old) == 0 { _ = chmod(fresh, old.st_mode & 0o7777) }
    guard rename(fresh, path) == 0 else {
      let number = errno
      unlink(fresh)
      throw problem(number)
    }
  }

  private func put(_ octets: [UInt8], _ flags: Int32, at path: String) throws(Failure) {
    let descriptor = open(path, flags, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    var rest = octets[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let number = errno
        close(descriptor)
        throw problem(number)
      }
    }
    guard close(descriptor) == 0 else { throw problem(errno) }
  }

  private var folder: String { URL(filePath: path).deletingLastPathComponent().path }

  /// Nil where there is nothing.
  private static func kind(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path)[.type]) as? FileAttributeType
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
