/// How far urgent data is on its way in either direction, RFC 9293 §3.8.5.
public struct UrgentMode: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Urgent data is queued or not acknowledged yet: SND.UP is in force.
  public static let sending = UrgentMode(rawValue: 1)
  /// The application is in “urgent mode”: it has not read up to RCV.UP.
  public static let receiving = UrgentMode(rawValue: 2)
  /// The application has read up to RCV.UP and nothing beyond: what `sockatmark()` tells.
  public static let atMark = UrgentMode(rawValue: 4)
  /// RCV.UP came with a SYN; it counts once the connection is established (RFC 9293 §3.10.7.2).
  public static let early = UrgentMode(rawValue: 8)
}

extension UrgentMode {
  /// The modes' names joined by `+`, or `none`.
  public var name: String {
    var names: [String] = []
    if contains(.sending) { names.append("sending") }
    if contains(.receiving) { names.append("receiving") }
    if contains(.atMark) { names.append("at-mark") }
    if contains(.early) { names.append("early") }
    return names.isEmpty ? "none" : names.joined(separator: "+")
  }
}
