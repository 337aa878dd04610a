import Stack

/// The switches that `so_flags` names: `iw=10,minrto=200,quickack,sack=on,cc=newreno`.
enum Profile {
  /// TCP's settings for a comma-separated list; what it does not name is as in today's stacks.
  ///
  /// - Returns: nil and the word that is not understood.
  static func settings(_ flags: String) -> (settings: TCPSettings, unknown: [String]) {
    var tcp = TCPSettings.modern
    tcp.acknowledgmentDelay = .milliseconds(40)
    tcp.congestionControl = .cubic
    tcp.maximumSegmentLifetime = .seconds(30)
    var unknown: [String] = []
    for word in flags.split(separator: ",") {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if !apply(parts[0], parts.count > 1 ? parts[1] : "", to: &tcp) {
        unknown.append(String(word))
      }
    }
    return (tcp, unknown)
  }

  private static func apply(_ name: String, _ value: String, to tcp: inout TCPSettings) -> Bool {
    switch name {
    case "iw":
      guard let count = UInt8(value) else { return false }
      tcp.initialWindowSegments = count
    case "minrto":
      guard let milliseconds = UInt32(value) else { return false }
      tcp.minimumTimeout = milliseconds
    case "delack":
      guard let milliseconds = UInt64(value), milliseconds < 500 else { return false }
      tcp.acknowledgmentDelay = .milliseconds(milliseconds)
    case "quickack": tcp.acknowledgmentDelay = Nanoseconds(0)
    case "wscale": return setScale(value, &tcp)
    case "sack": return set(\.selectiveAcknowledgment, value, &tcp)
    case "timestamps": return set(\.timestamps, value, &tcp)
    case "nagle":
      guard let isOn = isOn(value) else { return false }
      tcp.nagle = isOn ? .modified : .off
    case "cc":
      guard
        let control = ["off": .none, "newreno": .newReno, "cubic": .cubic][value]
          as CongestionControl?
      else { return false }
      tcp.congestionControl = control
    default: return false
    }
    return true
  }

  private static func isOn(_ value: String) -> Bool? {
    ["on": true, "1": true, "off": false, "0": false][value]
  }

  private static func set(
    _ path: WritableKeyPath<TCPSettings, Bool>, _ value: String, _ tcp: inout TCPSettings
  ) -> Bool {
    guard let isOn = isOn(value) else { return false }
    tcp[keyPath: path] = isOn
    return true
  }

  /// The shift follows from the buffer: the least with which all of it can be offered.
  private static func setScale(_ value: String, _ tcp: inout TCPSettings) -> Bool {
    if value == "off" {
      tcp.windowScale = false
      tcp.receiveBuffer = 65_535
      return true
    }
    guard let shift = Int(value), (0...14).contains(shift) else { return false }
    tcp.windowScale = true
    tcp.receiveBuffer = 65_535 << shift
    return true
  }
}
