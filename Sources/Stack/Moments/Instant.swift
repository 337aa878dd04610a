/// A moment of a host's clock: nanoseconds since the host was switched on.
///
/// The clock is handed in by whoever drives the host; the stack never reads one by itself.
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Nanoseconds since the host was switched on.
  public var nanoseconds: UInt64

  @inlinable public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// The moment of switching on.
  public static let zero = Instant(nanoseconds: 0)

  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Saturates: a deadline beyond the clock's end is the clock's end.
  @inlinable public static func + (instant: Instant, span: Nanoseconds) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(span.count)
    return Instant(nanoseconds: overflow ? .max : sum)
  }

  /// The span since `earlier`; zero when `earlier` is not earlier.
  @inlinable public func since(_ earlier: Instant) -> Nanoseconds {
    Nanoseconds(nanoseconds > earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0)
  }
}

/// A span of time in nanoseconds.
public struct Nanoseconds: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Nanoseconds.
  public var count: UInt64

  @inlinable public init(_ count: UInt64) { self.count = count }
  /// 10⁻⁶ s; saturates.
  @inlinable public static func microseconds(_ count: UInt64) -> Nanoseconds {
    scaled(count, by: 1_000)
  }
  /// 10⁻³ s; saturates.
  @inlinable public static func milliseconds(_ count: UInt64) -> Nanoseconds {
    scaled(count, by: 1_000_000)
  }
  /// Whole seconds; saturates.
  @inlinable public static func seconds(_ count: UInt64) -> Nanoseconds {
    scaled(count, by: 1_000_000_000)
  }
  @inlinable public static func < (left: Nanoseconds, right: Nanoseconds) -> Bool {
    left.count < right.count
  }

  @inlinable static func scaled(_ count: UInt64, by unit: UInt64) -> Nanoseconds {
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    return Nanoseconds(overflow ? .max : product)
  }
}
