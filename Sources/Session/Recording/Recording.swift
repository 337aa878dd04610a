import Capture
import Simulation
import Stack
import Wire

/// A run as a pcapng file: every frame that was sent is a packet with a comment, and what an exact replay needs
/// rides where other programs do not show it (enterprise number 32473, RFC 5612).
public enum Recording {
  /// One run of a file. A lesson may have several: its own and those in which something is broken.
  public struct Part: Sendable {
    /// The name of the packets' interface, such as the branch.
    public var name: String
    public var timeline: Timeline
    /// The lesson that was run; nil for a run of none.
    public var lesson: String?
    /// The lesson's steps that happened in this run, in their order.
    public var steps: [RecordedStep]
    /// Where it left another run of the file; nil for a run that began with a fresh world.
    public var origin: RecordedOrigin?
    /// What is written beside a frame.
    public var comments: @Sendable (FrameRecord) -> [String]

    public init(
      name: String = "main", _ timeline: Timeline, lesson: String? = nil,
      steps: [RecordedStep] = [], origin: RecordedOrigin? = nil,
      comments: @escaping @Sendable (FrameRecord) -> [String] = { ["moment \($0.sentMoment)"] }
    ) {
      self.name = name
      self.timeline = timeline
      self.lesson = lesson
      self.steps = steps
      self.origin = origin
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
      writer.hidden(mark + content(of: part))
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

  /// The same from a file that has been read. Of a file that ends too early the frames that are missing are not
  /// missed.
  ///
  /// - Throws: also `RecordingError.altered` when the runs and the frames of the file do not belong together.
  public static func parts(in file: CaptureFile) throws(RecordingError) -> [Part] {
    var parts: [Part] = []
    for block in file.customBlocks where block.enterprise == PcapNGWriter.enterprise {
      guard let content = block.content, content.starts(with: mark) else { continue }
      let part = try part(in: Array(content.dropFirst(mark.count)))
      try compare(part, with: file, interface: parts.count)
      try requireParent(of: part, in: parts)
      parts.append(part)
    }
    guard !parts.isEmpty else { throw .notARecording }
    return parts
  }

  /// The name, the run, the lesson with its steps, the number of moments, and for a branch its origin; then a
  /// check sequence over all of it.
  private static func content(of part: Part) -> [UInt8] {
    var writer = OctetWriter()
    writer.write(part.name)
    writer.write(RecordedRun.octets(of: part.timeline))
    writer.write(part.lesson) { $0.write($1) }
    writer.write(each: part.steps) { $0.write($1) }
    writer.write(part.timeline.momentCount)
    // Only a branch has it, so that a run without one is written as it always was.
    if let origin = part.origin { writer.write(origin) }
    return writer.octets + FrameCheckSequence.octets(of: FrameCheckSequence.of(writer.octets))
  }

  private static func part(in content: [UInt8]) throws(RecordingError) -> Part {
    var reader = OctetReader(content)
    let name = try reader.text()
    let run = try reader.list()
    // A newer version may put other things behind: it is told before the check.
    try RecordedRun.requireVersion(run)
    let end = content.count - 4
    guard end >= 0,
      Array(content[end...])
        == FrameCheckSequence.octets(of: FrameCheckSequence.of(Array(content[..<end])))
    else { throw .altered }
    let lesson = try reader.optional { (reader) throws(RecordingError) in try reader.text() }
    let steps = try reader.each { (reader) throws(RecordingError) in try reader.recordedStep() }
    let count = try reader.int()
    let origin = reader.count > 4 ? try reader.recordedOrigin() : nil
    let timeline = try RecordedRun.timeline(from: run, momentLimit: count)
    guard timeline.momentCount == count,
      steps.allSatisfy({ $0.first >= 0 && $0.first <= $0.last && $0.last <= count })
    else { throw .altered }
    return Part(name: name, timeline, lesson: lesson, steps: steps, origin: origin)
  }

  /// A branch shares the moments up to its fork with a run that stands before it in the file.
  private static func requireParent(of part: Part, in earlier: [Part]) throws(RecordingError) {
    guard let origin = part.origin else { return }
    guard let parent = earlier.first(where: { $0.name == origin.parent })?.timeline,
      (0...min(part.timeline.momentCount, parent.momentCount)).contains(origin.fork),
      (0...origin.fork).contains(origin.moment)
    else { throw .altered }
    for (one, other) in zip(part.timeline.moments, parent.moments).prefix(origin.fork) {
      guard one.time == other.time, one.host == other.host, one.event == other.event else {
        throw .altered
      }
    }
  }

  /// The frames of the file must be those that the run sends.
  private static func compare(
    _ part: Part, with file: CaptureFile, interface: Int
  ) throws(RecordingError) {
    let sent = part.timeline.frames.filter { $0.copyOf == nil }
    let found = file.frames.filter { $0.interface == interface }
    let isWhole = file.faults.isEmpty
    guard isWhole ? found.count == sent.count : found.count <= sent.count else { throw .altered }
    for (one, other) in zip(sent, found) {
      guard one.octets == other.octets, one.octets.count == other.originalLength,
        one.sentAt.nanoseconds == other.nanoseconds
      else { throw .altered }
    }
  }
}
