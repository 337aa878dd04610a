import CTap
import Glibc

/// Why there is no TAP line, by what would mend it.
public enum TapProblem: Error, Hashable, Sendable {
  /// There is no /dev/net/tun: the module is not loaded, or the container has not got the device.
  case deviceMissing
  /// Its access rights do not let this user open it.
  case deviceForbidden
  /// It is there but does not open, or makes no interface; the errno.
  case deviceRefused(Int32)
  /// No network of our own: the errno of unshare.
  case namespacesForbidden(Int32)
  /// python3 is not installed or does not run; the errno.
  case serverMissing(Int32)
  /// The server ended or did not listen in time.
  case serverSilent
  /// No further process or no folder for the server; the errno.
  case noRoom(Int32)
  /// The line that was there has broken; the errno.
  case broken(Int32)

  /// The device of TAP.
  public static let device = "/dev/net/tun"

  /// What the system says about it, such as `Permission denied`; nil where it said nothing.
  public var reason: String? {
    switch self {
    case .deviceMissing: Self.text(ENOENT)
    case .deviceForbidden: Self.text(EACCES)
    case .deviceRefused(let number), .namespacesForbidden(let number), .serverMissing(let number),
      .noRoom(let number), .broken(let number):
      Self.text(number)
    case .serverSilent: nil
    }
  }

  /// The command that mends it, to be typed as it stands.
  public var command: String {
    switch self {
    case .deviceMissing:
      "sudo sh -c 'modprobe tun; mkdir -p /dev/net; [ -c \(Self.device) ] || mknod -m 666 \(Self.device) c 10 200'"
    case .deviceForbidden: "sudo chmod 666 \(Self.device)"
    case .deviceRefused(EPERM): "docker run --device \(Self.device) --cap-add NET_ADMIN …"
    case .deviceRefused, .broken: "sudo modprobe tun"
    case .namespacesForbidden: Self.namespaceCommand()
    case .serverMissing: "sudo apt-get install python3"
    case .serverSilent: "python3 -I -m http.server 8000"
    case .noRoom: "df -h \"${TMPDIR:-/tmp}\"; ulimit -a"
    }
  }

  private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }

  /// The setting that forbids it, as the kernel tells.
  private static func namespaceCommand() -> String {
    if setting("user.max_user_namespaces") == 0 {
      return "sudo sysctl -w user.max_user_namespaces=15000"
    }
    if setting("user.max_net_namespaces") == 0 {
      return "sudo sysctl -w user.max_net_namespaces=15000"
    }
    if setting("kernel.unprivileged_userns_clone") == 0 {
      return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    }
    if setting("kernel.apparmor_restrict_unprivileged_userns") == 1 {
      return "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    }
    return "docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined …"
  }

  /// A number of /proc/sys; nil where there is none.
  private static func setting(_ name: String) -> Int? {
    let path = "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 })
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 32)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    let digits = buffer.prefix { $0 >= 48 && $0 <= 57 }.map { UInt8(bitPattern: $0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

extension TapProblem {
  /// The problem of a stage of the making; nil when it is done.
  init?(stage: Int32, error: Int32) {
    switch tap_stage(UInt32(bitPattern: stage)) {
    case TAP_DONE: return nil
    case TAP_NAMESPACES: self = .namespacesForbidden(error)
    case TAP_DEVICE: self.init(openingDevice: error)
    case TAP_INTERFACE: self = .deviceRefused(error)
    case TAP_SERVER_MISSING: self = .serverMissing(error)
    case TAP_SERVER_ENDED, TAP_SERVER_SILENT: self = .serverSilent
    default: self = .noRoom(error)
    }
  }

  init(openingDevice error: Int32) {
    switch error {
    case ENOENT: self = .deviceMissing
    case EACCES: self = .deviceForbidden
    default: self = .deviceRefused(error)
    }
  }

  /// What keeps this process from opening the device; nil: nothing.
  public static func ofDevice() -> TapProblem? {
    let error = tap_probe_device()
    return error == 0 ? nil : TapProblem(openingDevice: error)
  }

  /// What keeps this process from having a network of its own, found by trying; nil: nothing.
  public static func ofNamespaces() -> TapProblem? {
    let error = tap_probe_namespaces()
    return error == 0 ? nil : .namespacesForbidden(error)
  }
}
