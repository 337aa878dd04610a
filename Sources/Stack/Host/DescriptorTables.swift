import HeapModule

/// Which descriptors a process holds, and which slots they mean. Nothing here grows with their number.
struct DescriptorTables: Sendable {
  private struct Table: Sendable {
    let process: ProcessID
    /// Slots by descriptor, -1 for none; the first three are the standard streams, never sockets.
    var slots: [Int32]
    /// Descriptors below the table's end that are free.
    var free = Heap<Int>()
  }

  /// Which table holds a slot under which descriptor.
  private struct Holder: Sendable {
    var table: Int32
    var descriptor: Int32
  }

  private var tables: [Table] = []
  private var places: [ProcessID: Int] = [:]
  /// The table used last: most hosts have one process that does something.
  private var latest = 0
  /// By slot.
  private var holders: [Holder] = []
  /// Further descriptors of a slot: a record that somebody wrote over may be accepted twice.
  private var others: [(slot: Int, holder: Holder)] = []

  static let firstDescriptor = 3
  private static let none = Holder(table: -1, descriptor: -1)

  private func place(of process: ProcessID) -> Int? {
    if latest < tables.count, tables[latest].process == process { return latest }
    return places[process]
  }

  func slot(_ descriptor: Descriptor, _ process: ProcessID) -> Int? {
    guard let place = place(of: process), tables[place].slots.indices.contains(descriptor) else {
      return nil
    }
    let slot = tables[place].slots[descriptor]
    return slot < 0 ? nil : Int(slot)
  }

  /// The process's descriptors in rising order. O(its descriptors).
  func all(of process: ProcessID) -> [Descriptor] {
    guard let place = place(of: process) else { return [] }
    return tables[place].slots.indices.filter { tables[place].slots[$0] >= 0 }
  }

  /// The lowest descriptor that is free, as POSIX has it; nil beyond the limit. O(log of the free ones).
  mutating func open(_ slot: Int, _ process: ProcessID, limit: Int) -> Descriptor? {
    latest = place(of: process) ?? addTable(process)
    let descriptor: Int
    if let free = tables[latest].free.popMin() {
      descriptor = free
      tables[latest].slots[free] = Int32(truncatingIfNeeded: slot)
    } else {
      descriptor = tables[latest].slots.count
      guard descriptor < limit else { return nil }
      tables[latest].slots.append(Int32(truncatingIfNeeded: slot))
    }
    hold(
      slot,
      Holder(
        table: Int32(truncatingIfNeeded: latest),
        descriptor: Int32(truncatingIfNeeded: descriptor)))
    return descriptor
  }

  private mutating func addTable(_ process: ProcessID) -> Int {
    places[process] = tables.count
    tables.append(
      Table(process: process, slots: Array(repeating: -1, count: Self.firstDescriptor)))
    return tables.count - 1
  }

  private mutating func hold(_ slot: Int, _ holder: Holder) {
    while holders.count <= slot { holders.append(Self.none) }
    if holders[slot].table >= 0 {
      others.append((slot, holder))
    } else {
      holders[slot] = holder
    }
  }

  mutating func close(_ descriptor: Descriptor, _ process: ProcessID) {
    guard let place = place(of: process), let slot = slot(descriptor, process) else { return }
    latest = place
    if holders[slot].table == place, holders[slot].descriptor == descriptor {
      holders[slot] = Self.none
    } else {
      others.removeAll { $0.holder.table == place && $0.holder.descriptor == descriptor }
    }
    vacate(descriptor, place)
  }

  private mutating func vacate(_ descriptor: Int, _ place: Int) {
    tables[place].slots[descriptor] = -1
    tables[place].free.insert(descriptor)
  }

  /// The slot is given back: no descriptor may mean it any more.
  mutating func forget(_ slot: Int) {
    guard slot < holders.count else { return }
    let holder = holders[slot]
    holders[slot] = Self.none
    if holder.table >= 0 { vacate(Int(holder.descriptor), Int(holder.table)) }
    guard !others.isEmpty else { return }
    for other in others where other.slot == slot {
      vacate(Int(other.holder.descriptor), Int(other.holder.table))
    }
    others.removeAll { $0.slot == slot }
  }
}
