/// The head of an HTTP/1 message (RFC 9112 §2).
public struct HTTPHead: Hashable, Sendable {
  /// The request line or the status line.
  public var startLine: String
  /// The field lines in their order, names in lower case.
  public var fields: [Field]
  /// Octets from the start up to the body.
  public var length: Int

  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: String
  }

  /// Reads a head; nil as long as its blank line has not come.
  public init?(parsing octets: [UInt8]) {
    guard let end = Self.endOfHead(octets) else { return nil }
    length = end
    let lines = octets[..<end].split(separator: 10, omittingEmptySubsequences: true).map {
      String(decoding: $0.last == 13 ? $0.dropLast() : $0, as: UTF8.self)
    }
    startLine = lines.first ?? ""
    fields = lines.dropFirst().compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return Field(name: parts[0].lowercased(), value: Self.trimmed(parts[1]))
    }
  }

  /// The value of the first field of that name, given in lower case.
  public func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The words of the start line.
  public var words: [String] { startLine.split(separator: " ").map { String($0) } }

  /// Content-Length in octets (RFC 9110 §8.6); nil when it is absent or no number.
  public var contentLength: Int? { value("content-length").flatMap { Int($0) } }

  /// Where the blank line ends: CR LF CR LF, or LF LF from a careless sender (RFC 9112 §2.2).
  private static func endOfHead(_ octets: [UInt8]) -> Int? {
    var emptySince: Int?
    for (index, octet) in octets.enumerated() {
      switch octet {
      case 10 where emptySince != nil: return index + 1
      case 10: emptySince = index
      case 13: break
      default: emptySince = nil
      }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    let front = text.drop { $0 == " " || $0 == "\t" }
    let end = front.lastIndex { $0 != " " && $0 != "\t" }
    return end.map { String(front[...$0]) } ?? ""
  }
}

/// The version that a request names.
public enum HTTPVersion: String, Hashable, Sendable {
  case http10 = "HTTP/1.0"
  case http11 = "HTTP/1.1"
}
