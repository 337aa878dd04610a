import Wire

/// A segment that has arrived: its header, and where its text lies in the frame that brought it.
///
/// The frame itself is in `Services.arriving`: a segment is handed from check to check, and numbers alone are
/// copied without counting who holds the octets.
struct TCPSegment: Sendable {
  var header: TCPHeader
  let source: IPv4Address
  let destination: IPv4Address
  /// The text's octets in the frame; trimming narrows it.
  var text: Range<Int>
  /// Numbers that trimming has cut off its front.
  var cut: UInt32 = 0

  var sequence: SequenceNumber { header.sequence }
  var acknowledgment: SequenceNumber { header.acknowledgment }
  var flags: TCPFlags { header.flags }

  /// SEG.LEN: text, and one for SYN and one for FIN (RFC 9293 §3.4).
  @inline(__always)
  var length: UInt32 {
    UInt32(text.count) + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }

  /// The number after the segment's last.
  @inline(__always)
  var end: SequenceNumber { sequence + length }

  /// SEG.UP, RFC 9293 §3.3.1: the pointer counts from the number that the segment came with.
  var urgentEnd: SequenceNumber { sequence - cut + UInt32(header.urgentPointer) }

  /// The number of the first octet of text.
  @inline(__always)
  var textSequence: SequenceNumber { flags.contains(.syn) ? sequence + 1 : sequence }

  @inline(__always)
  var remote: SocketAddress { SocketAddress(source, header.sourcePort) }
  @inline(__always)
  var local: SocketAddress { SocketAddress(destination, header.destinationPort) }
}

/// Whether the processing of a segment goes on after a check.
enum Check {
  case passed
  case finished
}
