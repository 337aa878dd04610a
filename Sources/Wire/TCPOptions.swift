/// The two clocks in a timestamps option (RFC 7323 §3.2).
public struct TCPTimestamps: Hashable, Sendable, BitwiseCopyable {
  /// The sender's clock, TSval.
  public var value: UInt32
  /// The receiver's clock sent back, TSecr.
  public var echo: UInt32

  /// The option with these clocks.
  @inlinable
  public init(value: UInt32, echo: UInt32) {
    self.value = value
    self.echo = echo
  }
}

/// What the options of a TCP header say (RFC 9293 §3.2, RFC 7323, RFC 2018); nothing on the heap.
///
/// Options of unknown kinds are skipped by their length (RFC 9293 §3.1, MUST-6).
public struct TCPOptions: Hashable, Sendable, BitwiseCopyable {
  /// The greatest segment the sender wants to receive, in octets of data (kind 2).
  public var maximumSegmentSize: UInt16?
  /// By how many bits the sender's later windows are shifted (kind 3, RFC 7323 §2.2).
  public var windowScale: UInt8?
  /// The sender understands SACK blocks (kind 4, RFC 2018 §2).
  public var sackPermitted: Bool
  /// The clocks (kind 8, RFC 7323 §3).
  public var timestamps: TCPTimestamps?
  /// What has arrived out of order (kind 5, RFC 2018 §3).
  public var sackBlocks: SACKBlocks

  /// The options given; by default none.
  @inlinable
  public init(
    maximumSegmentSize: UInt16? = nil, windowScale: UInt8? = nil, sackPermitted: Bool = false,
    timestamps: TCPTimestamps? = nil, sackBlocks: SACKBlocks = SACKBlocks()
  ) {
    self.maximumSegmentSize = maximumSegmentSize
    self.windowScale = windowScale
    self.sackPermitted = sackPermitted
    self.timestamps = timestamps
    self.sackBlocks = sackBlocks
  }

  /// True when there is no option.
  @inlinable @inline(__always)
  public var isEmpty: Bool {
    maximumSegmentSize == nil && windowScale == nil && !sackPermitted && timestamps == nil
      && sackBlocks.count == 0
  }

  /// Most octets that options can take.
  public static let maximumLength = 40

  /// Octets that the options take in a header, a multiple of 4 and at most 40. SACK blocks for
  /// which there is no room are left out: beside timestamps only three fit (RFC 2018 §3).
  @inlinable @inline(__always)
  public var encodedLength: Int { isEmpty ? 0 : lengthWhenAny }

  @inlinable @inline(never)
  var lengthWhenAny: Int { fixedLength + sackLength(count: writtenBlocks) }

  /// How many SACK blocks are written.
  @inlinable
  public var writtenBlocks: Int {
    Swift.min(sackBlocks.count, (40 - fixedLength - 4) / 8)
  }

  /// Octets of all options but SACK blocks, each group filled to 4 with no-operations.
  @inlinable
  var fixedLength: Int {
    var length = maximumSegmentSize == nil ? 0 : 4
    if timestamps != nil {
      length += 12
    } else if sackPermitted {
      length += 4
    }
    return windowScale == nil ? length : length + 4
  }

  /// Octets of the SACK option with two no-operations before it.
  @inlinable
  func sackLength(count: Int) -> Int { count == 0 ? 0 : 4 + 8 * count }
}

extension TCPOptions {
  /// The numbers that name the options on the wire (IANA "TCP Option Kind Numbers").
  public enum Kind {
    /// The end of the options; what follows is padding.
    public static let end: UInt8 = 0
    /// Nothing, to move the next option to a multiple of 4.
    public static let noOperation: UInt8 = 1
    /// Maximum segment size.
    public static let maximumSegmentSize: UInt8 = 2
    /// Window scale.
    public static let windowScale: UInt8 = 3
    /// SACK permitted.
    public static let sackPermitted: UInt8 = 4
    /// SACK blocks.
    public static let sack: UInt8 = 5
    /// Timestamps.
    public static let timestamps: UInt8 = 8

    /// Whether an option of this kind may have this length; any of at least 2 for unknown kinds.
    static func allows(_ kind: UInt8, length: Int) -> Bool {
      switch kind {
      case maximumSegmentSize: length == 4
      case windowScale: length == 3
      case sackPermitted: length == 2
      case sack: length >= 10 && length <= 34 && length % 8 == 2
      case timestamps: length == 10
      default: length >= 2
      }
    }
  }
}
