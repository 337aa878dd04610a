import Wire

/// Where the host keeps its sockets' control blocks: pages of slots.
///
/// A page is the unit that a copy of the host shares: one write after a copy duplicates one page and not
/// all sockets.
public struct SocketMemory: Sendable {
  static let slotsPerPage = 16
  /// The declared address of the first slot; it is the same on every run.
  public static let base = 0x2000

  private var pages: [[ControlBlock]] = []
  private var free: [Int] = []
  /// Slots in use.
  public private(set) var count = 0
  private var nextNumber: UInt16 = 3

  /// No sockets.
  public init() {}

  /// Slots that exist, used or free.
  public var slots: Range<Int> { 0..<(pages.count * Self.slotsPerPage) }

  /// O(1). The slot must exist.
  @inlinable public subscript(slot: Int) -> ControlBlock {
    get { self.block(slot) }
  }

  @usableFromInline func block(_ slot: Int) -> ControlBlock {
    pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage]
  }

  /// The state alone, without a copy of the record.
  @inline(__always)
  func state(_ slot: Int) -> TCPState {
    TCPState(octet: pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].stateOctet)
  }

  /// The local address alone.
  func localAddress(_ slot: Int) -> IPv4Address {
    pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].localAddress
  }

  /// Which words of the record differ from another one's, without a copy of it.
  func differingWords(_ slot: Int, from block: ControlBlock) -> UInt32 {
    block.differingWords(from: pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage])
  }

  subscript(write slot: Int) -> ControlBlock {
    get { pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage] }
    _modify { yield &pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage] }
  }

  /// The declared address of a slot.
  public static func address(ofSlot slot: Int) -> Int { base + slot * ControlBlock.size }

  /// The slots in use, in the order of their addresses. O(slots).
  public var used: [Int] { slots.filter { !self[$0].isFree } }

  /// The slot of the socket with this running number. O(slots).
  public func slot(number: Int) -> Int? {
    slots.first { !self[$0].isFree && self[$0].number == number }
  }

  /// Takes the lowest free slot and gives it a running number; its octets are zero besides.
  mutating func allocate() -> Int {
    if free.isEmpty {
      let first = pages.count * Self.slotsPerPage
      pages.append(Array(repeating: ControlBlock(), count: Self.slotsPerPage))
      free = Array((first..<(first + Self.slotsPerPage)).reversed())
    }
    let slot = free.removeLast()
    self[write: slot].number = nextNumber
    nextNumber = nextNumber == .max ? 3 : nextNumber + 1
    count += 1
    return slot
  }

  /// Makes sure that the slot exists.
  mutating func grow(toHold slot: Int) {
    while !slots.contains(slot) {
      pages.append(Array(repeating: ControlBlock(), count: Self.slotsPerPage))
    }
  }

  /// Gives the slot back; its octets become zero.
  mutating func release(_ slot: Int) {
    self[write: slot] = ControlBlock()
    free.append(slot)
    count -= 1
  }
}
