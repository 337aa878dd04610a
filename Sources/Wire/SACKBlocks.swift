/// One stretch of data that has arrived out of order (RFC 2018 §3).
public struct SACKBlock: Hashable, Sendable, BitwiseCopyable {
  /// The first sequence number of the stretch.
  public var left: SequenceNumber
  /// The sequence number right after the stretch.
  public var right: SequenceNumber

  /// The stretch from `left` up to, not including, `right`.
  @inlinable
  public init(left: SequenceNumber, right: SequenceNumber) {
    self.left = left
    self.right = right
  }
}

/// Up to four SACK blocks, as many as the options of a header hold; kept without the heap.
public struct SACKBlocks: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var first, second, third, fourth: SACKBlock
  @usableFromInline var filled: UInt8

  /// How many blocks there are, at most 4.
  @inlinable
  public var count: Int { Int(filled) }

  /// No blocks.
  @inlinable
  public init() {
    let none = SACKBlock(left: SequenceNumber(0), right: SequenceNumber(0))
    (first, second, third, fourth) = (none, none, none, none)
    filled = 0
  }

  /// Adds a block at the end; a fifth one is left out, and the answer is then false.
  @discardableResult
  public mutating func append(_ block: SACKBlock) -> Bool {
    switch count {
    case 0: first = block
    case 1: second = block
    case 2: third = block
    case 3: fourth = block
    default: return false
    }
    filled += 1
    return true
  }
}

extension SACKBlocks: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> SACKBlock {
    precondition(position >= 0 && position < count, "no such SACK block")
    switch position {
    case 0: return first
    case 1: return second
    case 2: return third
    default: return fourth
    }
  }
}

extension SACKBlocks: ExpressibleByArrayLiteral {
  /// The blocks in order, at most four.
  public init(arrayLiteral blocks: SACKBlock...) {
    self.init()
    for block in blocks { precondition(append(block), "at most four SACK blocks") }
  }
}
