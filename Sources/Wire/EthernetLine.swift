/// What the adapter adds around a frame, and its least and greatest sizes (IEEE 802.3 cl. 3 and 4).
public enum EthernetLine {
  /// The seven octets with which receivers find the beat of the bits.
  public static let preamble = [UInt8](repeating: 0x55, count: 7)
  /// The start frame delimiter: its last two bits 1 1 break the pattern.
  public static let startFrameDelimiter: UInt8 = 0xd5
  /// Octets of preamble and start frame delimiter.
  public static let preambleLength = 8
  /// Least octets of payload with padding.
  public static let minimumPayload = 46
  /// Greatest octets of payload: the MTU.
  public static let maximumPayload = 1500
  /// Octets of the frame check sequence.
  public static let fcsLength = 4
  /// Least octets of a frame without its FCS.
  @inlinable public static var minimumFrame: Int { EthernetHeader.minimumLength + minimumPayload }
  /// The pause between two frames, in octet times (96 bit times).
  public static let interframeGap = 12

  /// The frame with zero octets behind it up to the least length of 60.
  public static func padded(_ frame: [UInt8]) -> [UInt8] {
    frame + [UInt8](repeating: 0, count: max(0, minimumFrame - frame.count))
  }

  /// Everything that goes on the line for a frame: preamble, delimiter, the frame padded, its FCS.
  public static func octets(of frame: [UInt8]) -> [UInt8] {
    var sent = padded(frame)
    FrameCheckSequence.append(to: &sent)
    return preamble + [startFrameDelimiter] + sent
  }

  /// Octet times a frame of so many octets (without FCS) takes on the line, preamble, padding and
  /// FCS included, the gap after it not.
  @inlinable
  public static func octetTimes(frame count: Int) -> Int {
    preambleLength + max(count, minimumFrame) + fcsLength
  }
}
