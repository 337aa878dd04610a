/// What a pcap or pcapng file holds, as far as it can be read.
///
/// The format of pcap is draft-ietf-opsawg-pcap, that of pcapng draft-ietf-opsawg-pcapng.
public struct CaptureFile: Hashable, Sendable {
  /// Which format the file has; nil when it is no capture.
  public internal(set) var format: Format?
  /// The program that wrote it, where it says so (shb_userappl).
  public internal(set) var application: String?
  /// The comments on the file as a whole (opt_comment of section headers).
  public internal(set) var comments: [String] = []
  /// The interfaces of all sections, in the order of the file.
  public internal(set) var interfaces: [Interface] = []
  /// Frames and custom blocks, in the order of the file.
  public internal(set) var records: [Record] = []
  /// What is wrong with the file, in its order; empty for a good one. Records before a fault,
  /// and behind one that does not hide where the next block begins, are in `records`.
  public internal(set) var faults: [CaptureFault] = []

  /// The formats.
  public enum Format: Hashable, Sendable {
    /// The older format: one interface, no comments.
    case pcap
    /// The newer format, of blocks with options.
    case pcapng
  }

  /// Where frames were captured.
  public struct Interface: Hashable, Sendable {
    /// What its frames begin with.
    public var linkType: LinkType
    /// The most octets kept of a frame; 0 for no limit.
    public var snapLength: UInt32
    /// Its name, such as `eth0` (if_name).
    public var name: String?
    /// Octets of frame check sequence at the end of its frames; nil when the file does not say.
    public var fcsLength: Int?
  }

  /// One thing of a file that is in an order with others.
  public enum Record: Hashable, Sendable {
    /// A frame.
    case frame(Frame)
    /// A block whose meaning is private.
    case custom(CustomBlock)
  }

  /// A captured frame.
  public struct Frame: Hashable, Sendable {
    /// The octets that were captured.
    public var octets: [UInt8]
    /// How many octets the frame had on the wire.
    public var originalLength: Int
    /// When it was captured, in nanoseconds since the file's epoch (1970 in captures of real
    /// networks); nil when the file does not tell.
    public var nanoseconds: UInt64?
    /// Where: an index of `interfaces`.
    public var interface: Int
    /// What was written beside it (opt_comment).
    public var comments: [String]
    /// The octet of the file at which its block or record begins.
    public var offset: Int
  }

  /// Octets for the programs that know an enterprise number: a custom block, or the custom
  /// options of an interface statistics block.
  public struct CustomBlock: Hashable, Sendable {
    /// What holds them in the file.
    public enum Carrier: Hashable, Sendable {
      /// A block of their own.
      case block
      /// Options of an interface statistics block.
      case options
    }

    /// What holds them in the file.
    public var carrier: Carrier
    /// Whose block it is (IANA private enterprise number).
    public var enterprise: UInt32
    /// The data as they stand in the file. Those of a block have its padding to 32 bits and any
    /// options behind them; those of several options are joined.
    public var data: [UInt8]
    /// Whether programs may copy it into files that they change.
    public var isCopyable: Bool
    /// The byte order of its section.
    public var order: ByteOrder
    /// The octet of the file at which it begins.
    public var offset: Int

    /// The octets that `PcapNGWriter.custom` or `hidden` was given; nil when the data of a block
    /// do not begin with their length.
    public var content: [UInt8]? {
      if carrier == .options { return data }
      let span = data.span.bytes
      guard span.byteCount >= 4 else { return nil }
      let length = Int(order.uint32(span, at: 0))
      guard length <= span.byteCount - 4, span.byteCount - 4 - length < 4 else { return nil }
      return Array(data[4..<(4 + length)])
    }
  }

  /// All frames, in the order of the file.
  public var frames: [Frame] {
    records.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
  }

  /// All custom blocks, in the order of the file.
  public var customBlocks: [CustomBlock] {
    records.compactMap { if case .custom(let block) = $0 { block } else { nil } }
  }

  /// Reads a file of either format. Never traps: what is wrong is in `faults`.
  public static func parse(_ octets: [UInt8]) -> CaptureFile { parse(octets.span.bytes) }

  /// Reads a file of either format. Never traps: what is wrong is in `faults`.
  public static func parse(_ octets: RawSpan) -> CaptureFile {
    var file = CaptureFile()
    do throws(CaptureFault) {
      guard octets.byteCount > 0 else { throw CaptureFault(offset: 0, .empty) }
      guard octets.byteCount >= 4 else {
        throw CaptureFault(offset: 0, .truncated(needed: 4, have: octets.byteCount))
      }
      let magic = ByteOrder.big.uint32(octets, at: 0)
      if magic == PcapNGBlock.sectionHeader {
        file.format = .pcapng
        try file.readBlocks(octets)
      } else if let header = PcapHeader(magic: magic) {
        file.format = .pcap
        try file.readRecords(octets, header)
      } else {
        throw CaptureFault(offset: 0, .notACapture(magic: magic))
      }
    } catch {
      file.faults.append(error)
    }
    return file
  }
}
