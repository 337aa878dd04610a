import Wire

/// Something wrong in a capture file, and where.
public struct CaptureFault: Error, Hashable, Sendable {
  /// The octet of the file at which the wrong thing begins.
  public var offset: Int
  /// What is wrong.
  public var problem: Problem

  /// A fault at an octet of the file.
  public init(offset: Int, _ problem: Problem) {
    self.offset = offset
    self.problem = problem
  }

  /// What can be wrong.
  public enum Problem: Hashable, Sendable {
    /// The file has no octets.
    case empty
    /// The file begins with no magic of pcap or pcapng: it is no capture.
    case notACapture(magic: UInt32)
    /// The section does not say its byte order.
    case noByteOrder(magic: UInt32)
    /// A version that is not understood.
    case unsupportedVersion(major: UInt16, minor: UInt16)
    /// The reserved bits of the link type are not zero.
    case reservedLinkBits(UInt32)
    /// The file ends before what begins here does.
    case truncated(needed: Int, have: Int)
    /// A block whose length is below its minimum or no multiple of 4.
    case badBlockLength(UInt32)
    /// The length behind a block is not the one before it.
    case unequalBlockLengths(first: UInt32, second: UInt32)
    /// More octets of a frame than its block or any capture has.
    case badFrameLength(UInt32)
    /// A frame of an interface that was not described.
    case unknownInterface(UInt32)
    /// An option that reaches over the end of its block, or of a wrong length.
    case badOption(code: UInt16, length: UInt16)
    /// A fraction of a second of a second or more.
    case badTimeFraction(UInt32)
    /// A time that nanoseconds in 64 bits do not hold.
    case timeOutOfRange
  }
}

extension CaptureFault: CustomStringConvertible {
  /// Where and what, in one sentence.
  public var description: String { "octet \(offset): \(problem)" }
}

extension CaptureFault.Problem: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .empty: "the file is empty"
    case .notACapture(let magic): "no pcap or pcapng file begins with 0x\(magic.hexadecimal)"
    case .noByteOrder(let magic): "0x\(magic.hexadecimal) is no byte-order magic"
    case .unsupportedVersion(let major, let minor): "version \(major).\(minor) is not supported"
    case .reservedLinkBits(let type): "reserved bits in the link type 0x\(type.hexadecimal)"
    case .truncated(let needed, let have): "\(needed) octets are needed, \(have) are there"
    case .badBlockLength(let length): "no block is \(length) octets long"
    case .unequalBlockLengths(let first, let second):
      "the block is \(first) octets long by its start and \(second) by its end"
    case .badFrameLength(let length): "no frame of \(length) octets is here"
    case .unknownInterface(let id): "interface \(id) was not described"
    case .badOption(let code, let length): "option \(code) cannot be \(length) octets long"
    case .badTimeFraction(let fraction): "the fraction of a second is \(fraction)"
    case .timeOutOfRange: "the time does not fit into 64 bits of nanoseconds"
    }
  }
}
