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
  /// Which numbers are in use, a bit for each; empty before they have all been used once.
  private var numbers: [UInt64] = []

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

  /// What of its urgent pointers is in force, without a copy of the record.
  @inline(__always)
  func urgent(_ slot: Int) -> UrgentMode {
    pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].urgent
  }

  /// The number of the waiting socket that it was made from, alone.
  @inline(__always)
  func parent(_ slot: Int) -> UInt16 {
    pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].parent
  }

  /// The running number alone.
  @inline(__always)
  func number(_ slot: Int) -> UInt16 {
    pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].number
  }

  /// The local port alone, with its transport.
  @inline(__always)
  func localPort(_ slot: Int) -> SocketIndex.LocalPort {
    .init(
      transport: pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].transport,
      port: pages[slot / Self.slotsPerPage][slot % Self.slotsPerPage].localPort)
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
    self[write: slot].number = takeNumber()
    count += 1
    return slot
  }

  /// A number that no other socket has. Where there are more sockets than numbers some share one: nothing
  /// finds a connection by it.
  private mutating func takeNumber() -> UInt16 {
    if !numbers.isEmpty, count < Self.numberLimit {
      // A learner may have written over numbers, so that none of them comes free.
      var tries = 0
      while tries < Int(UInt16.max), isInUse(nextNumber) {
        passNumber()
        tries += 1
      }
    }
    let number = nextNumber
    if number == .max, numbers.isEmpty {
      numbers = Array(repeating: 0, count: 1_024)
      for slot in slots { mark(self[slot].number) }
    }
    if !numbers.isEmpty { mark(number) }
    passNumber()
    return number
  }

  private mutating func passNumber() { nextNumber = nextNumber == .max ? 3 : nextNumber + 1 }

  private mutating func mark(_ number: UInt16) {
    numbers[Int(number) / 64] |= 1 << UInt64(number % 64)
  }

  private func isInUse(_ number: UInt16) -> Bool {
    numbers[Int(number) / 64] >> UInt64(number % 64) & 1 == 1
  }

  /// With more sockets than this a free number may be hard to find.
  private static let numberLimit = 60_000

  /// Makes sure that the slot exists.
  mutating func grow(toHold slot: Int) {
    while !slots.contains(slot) {
      pages.append(Array(repeating: ControlBlock(), count: Self.slotsPerPage))
    }
  }

  /// Gives the slot back; its octets become zero.
  mutating func release(_ slot: Int) {
    let number = self[slot].number
    if !numbers.isEmpty { numbers[Int(number) / 64] &= ~(1 << UInt64(number % 64)) }
    self[write: slot] = ControlBlock()
    free.append(slot)
    count -= 1
  }
}
