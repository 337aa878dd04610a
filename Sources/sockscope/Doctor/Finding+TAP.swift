import Course
import Foundation

extension Finding {
  private static let device = "/dev/net/tun"

  /// Whether the device for TAP is there and may be opened.
  static func tapDevice() -> Finding {
    let title = Phrase(ko: "TAP", en: "TAP")
    let descriptor = open(device, O_RDWR | O_CLOEXEC)
    if descriptor >= 0 {
      close(descriptor)
      return Finding(
        title, found: Phrase(ko: "\(device)을 열 수 있습니다", en: "\(device) can be opened"),
        isNeeded: false)
    }
    let number = errno
    let reason = Console.errorText(number)
    let mend: String =
      switch number {
      case ENOENT:
        "sudo sh -c 'modprobe tun; mkdir -p /dev/net; [ -c \(device) ] || mknod -m 666 \(device) c 10 200'"
      case EACCES: "sudo chmod 666 \(device)"
      case EPERM: "docker run --device \(device) --cap-add NET_ADMIN …"
      default: "sudo modprobe tun"
      }
    return Finding(
      title,
      found: Phrase(
        ko: "\(device)을 열 수 없습니다(\(reason)). --link tap에만 필요합니다",
        en: "\(device) cannot be opened (\(reason)); only --link tap needs it"), mend: mend,
      isNeeded: false)
  }

  /// Whether an ordinary user may make a network of their own.
  static func namespaces() -> Finding {
    let title = Phrase(ko: "이름 공간", en: "namespaces")
    guard let isAllowed = makesNamespace() else {
      return Finding(
        title,
        found: Phrase(
          ko: "unshare 프로그램이 없어 알 수 없습니다", en: "not known, for the program unshare is missing"),
        mend: "sudo apt-get install util-linux", isNeeded: false)
    }
    if isAllowed {
      return Finding(
        title,
        found: Phrase(
          ko: "사용자와 네트워크 이름 공간을 만들 수 있습니다",
          en: "user and network namespaces can be made"), isNeeded: false)
    }
    return Finding(
      title,
      found: Phrase(
        ko: "사용자 이름 공간을 만들 수 없습니다. --link tap에만 필요합니다",
        en: "no user namespace can be made; only --link tap needs one"), mend: namespaceMend(),
      isNeeded: false)
  }

  /// Tries it in a process of its own; nil where the program for that is missing.
  private static func makesNamespace() -> Bool? {
    let places = ["/usr/bin/unshare", "/bin/unshare"]
    guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["--user", "--map-root-user", "--net", "true"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// The setting that forbids it, as the kernel tells.
  private static func namespaceMend() -> String {
    func setting(_ name: String) -> Int? {
      FileManager.default.contents(atPath: "/proc/sys/" + name.replacing(".", with: "/"))
        .flatMap { Int(String(decoding: $0, as: UTF8.self).filter(\.isNumber)) }
    }
    if setting("user.max_user_namespaces") == 0 {
      return "sudo sysctl -w user.max_user_namespaces=15000"
    }
    if setting("kernel.unprivileged_userns_clone") == 0 {
      return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    }
    if setting("kernel.apparmor_restrict_unprivileged_userns") == 1 {
      return "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    }
    return "docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined …"
  }
}
