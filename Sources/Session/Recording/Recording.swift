import Capture
import Simulation
import Stack

/// A run as a pcapng file: every frame that was sent is a packet with a comment, and what an exact replay needs
/// rides where other programs do not show it (enterprise number 32473, RFC 5612).
public enum Recording {
  /// One run of a file. A lesson may have several: its own and those in which something is broken.
  public struct Part: Sendable {
    /// The name of the packets' interface, such as the branch.
    public var name: String
    public var timeline: Timeline
    /// What is written beside a frame.
    public var comments: @Sendable (FrameRecord) -> [String]

    public init(
      name: String = "main", _ timeline: Timeline,
      comments: @escaping @Sendable (FrameRecord) -> [String] = { ["moment \($0.sentMoment)"] }
    ) {
      self.name = name
      self.timeline = timeline
      self.comments = comments
    }
  }

  /// What our octets begin with.
  private static let mark = Array("Sockscope run\n".utf8)

  /// The file's octets. Frames are as they were sent, in the order of sending; copies that the wire made are
  /// not frames of their own.
  public static func octets(of parts: [Part]) -> [UInt8] {
    var writer = PcapNGWriter()
    writer.sectionHeader()
    for part in parts {
      let interface = writer.interface(name: part.name)
      var content = OctetWriter()
      content.write(part.name)
      content.write(RecordedRun.octets(of: part.timeline))
      writer.hidden(mark + content.octets)
      for frame in part.timeline.frames where frame.copyOf == nil {
        writer.packet(
          frame.octets, nanoseconds: frame.sentAt.nanoseconds, interface: interface,
          comments: part.comments(frame))
      }
    }
    return writer.octets
  }

  /// The runs of a file, made again from their inputs.
  ///
  /// - Throws: `RecordingError.notARecording` for a capture without our octets, others for damaged ones.
  public static func parts(in octets: [UInt8]) throws(RecordingError) -> [Part] {
    try parts(in: CaptureFile.parse(octets))
  }

  /// The same from a file that has been read.
  public static func parts(in file: CaptureFile) throws(RecordingError) -> [Part] {
    var parts: [Part] = []
    for block in file.customBlocks where block.enterprise == PcapNGWriter.enterprise {
      guard let content = block.content, content.starts(with: mark) else { continue }
      var reader = OctetReader(Array(content.dropFirst(mark.count)))
      let name = try reader.text()
      parts.append(Part(name: name, try RecordedRun.timeline(from: try reader.list())))
    }
    guard !parts.isEmpty else { throw .notARecording }
    return parts
  }
}
