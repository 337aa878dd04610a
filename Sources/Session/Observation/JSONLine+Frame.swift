import Stack
import Wire

extension JSONLine {
  /// A frame of a foreign capture as a line of the shape that moments have. What a capture cannot know is null:
  /// there is no rule, nothing of any memory, no lesson.
  ///
  /// The event is `frame-sent`, as for each frame of an own run: that its source sent it is what a frame tells;
  /// whether it arrived it does not. The host is the source's address, `?` where the frame has none.
  public static func of(_ frame: ObservedFrame, of connection: ObservedConnection?) -> String {
    let members = [
      "\"moment\":\(frame.number)", "\"time\":\(frame.time.map(seconds) ?? "null")",
      "\"host\":\(string(FrameWords.source(of: frame.octets)))",
      "\"layer\":\(string(Layer.wire.name))", "\"event\":\(string(Event.frameSent.name))",
      "\"rule\":null", "\"changes\":[]", "\"frame\":\"\(hexadecimal(frame.octets))\"",
      "\"lesson\":null", "\"step\":null", "\"branch\":null",
      "\"connection\":\(connection.map { "\($0.number)" } ?? "null")",
    ]
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Seconds with nine decimals; a frame may stand behind a later one.
  private static func seconds(_ time: Int64) -> String {
    (time < 0 ? "-" : "") + seconds(Instant(nanoseconds: time.magnitude))
  }
}
