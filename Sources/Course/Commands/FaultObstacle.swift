import Simulation
import Stack

/// Why a fault cannot befall a frame.
public enum FaultObstacle: Hashable, Sendable {
  /// It is held and has no time of arrival that could be another.
  case isHeld
  /// It ends before the octet; so many it has.
  case isTooShort(Int)
  case hasNoField(String)

  public var reason: Phrase {
    switch self {
    case .isHeld:
      Phrase(ko: "붙잡혀 있어 도착할 시각이 없습니다", en: "it is held, so it has no time of arrival")
    case .isTooShort(let count):
      Phrase(ko: "이 프레임은 \(count)바이트입니다", en: "the frame has \(count) bytes")
    case .hasNoField(let id):
      Phrase(ko: "이 프레임에는 \(id)이(가) 없습니다", en: "the frame has no \(id)")
    }
  }
}

extension FaultEffect {
  /// What is in the way of doing this to a frame; nil when it can be done.
  public func obstacle(on frame: FrameInFlight) -> FaultObstacle? {
    switch self {
    case .delay, .hold, .swapWithNext: frame.fate == .held ? .isHeld : nil
    case .flipBit(let octet, _, _):
      frame.octets.indices.contains(octet) ? nil : .isTooShort(frame.octets.count)
    case .rewrite(let field, _):
      Value(header: field, in: frame.octets) == .unset ? .hasNoField(field) : nil
    case .drop, .duplicate, .precede: nil
    }
  }
}
