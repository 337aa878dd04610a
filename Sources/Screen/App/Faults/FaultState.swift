import Stack

/// The box of faults: what is chosen in it.
public struct FaultState: Hashable, Sendable {
  public enum Page: Hashable, Sendable {
    /// A frame that is on its way.
    case wire
    /// A host: its program, its memory, its cable.
    case hosts
  }

  public var page: Page
  /// The frame that is to be hit; nil while none is on its way.
  public var frame: UInt32?
  public var host: HostID
  /// The chosen row of each page.
  public var wireRow = 0
  public var hostRow = 0
  /// Which of the row's values ←→ change.
  public var place = 0
  /// Digits on their way into that value.
  public var typed = ""
  public var settings = FaultSettings()

  public var row: Int {
    get { page == .wire ? wireRow : hostRow }
    set {
      if page == .wire { wireRow = newValue } else { hostRow = newValue }
      place = 0
      typed = ""
    }
  }
}

/// The values that faults have.
public struct FaultSettings: Hashable, Sendable {
  /// Milliseconds.
  public var delay: UInt64 = 50
  public var octet = 38
  public var bit = 0
  /// The FCS is made anew, so that the adapter sees nothing wrong.
  public var renewsCheck = false
  /// The header's field that is rewritten.
  public var field = "tcp.window"
  /// Its new value; nil for one that is not the present one.
  public var number: UInt64?
  /// Octets of a buffer.
  public var size = 1000
  /// Which of the host's processes, as a place among those that live.
  public var process = 0
}

/// A value of a row that can be changed.
enum FaultKnob: Hashable {
  case delay, octet, bit, check, field, number, size, process

  /// Digits can be typed into it.
  var takesDigits: Bool {
    switch self {
    case .delay, .octet, .bit, .number, .size: true
    case .check, .field, .process: false
    }
  }
}
