import Testing
import Wire

@testable import Stack

/// The tables that find sockets, callers and descriptors.
@Suite struct TableTests {
  static func tuple(_ number: Int) -> FlatKey {
    SocketIndex.FourTuple(
      transport: 6, local: SocketAddress(IPv4Address(192, 0, 2, 80), 80),
      remote: SocketAddress(
        IPv4Address(value: 0x0a00_0000 + UInt32(number >> 14)), UInt16(49_152 + number & 0x3fff))
    ).key
  }

  @Test(arguments: 0..<8) func flatTableIsADictionary(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var table = FlatTable(secret: (random.next(), random.next()))
    var model: [Int: Int] = [:]
    for round in 0..<4_000 {
      let number = Int.random(in: 0...400, using: &random)
      if Bool.random(using: &random) {
        table.insert(Self.tuple(number), round)
        model[number] = round
      } else if let place = table.place(of: Self.tuple(number)) {
        table.remove(at: place)
        #expect(model.removeValue(forKey: number) != nil)
      } else {
        #expect(model[number] == nil)
      }
      #expect(table.count == model.count)
    }
    for number in 0...400 { #expect(table[Self.tuple(number)] == model[number]) }
  }

  /// The keys that a busy server has are near their homes, however many there are.
  @Test(arguments: [1_000, 100_000]) func keysStayNearTheirHomes(count: Int) {
    var table = FlatTable(secret: (0x1234_5678_9abc, 0xfedc_ba98_7654))
    for number in 0..<count { table.insert(Self.tuple(number), number) }
    var steps = 0
    for number in 0..<count {
      if table[Self.tuple(number)] != number { Issue.record("\(number) is not found") }
      steps += table.steps(to: Self.tuple(number)) ?? count
    }
    #expect(steps < 4 * count, "\(steps) steps for \(count) keys")
  }

  @Test(arguments: 0..<6) func framesLeaveInTheirOrder(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var queue = FrameQueue()
    var model: [UInt8] = []
    for round in 0..<2_000 {
      // More come than go in the first half, so that the ring grows with its first place anywhere.
      if Int.random(in: 0..<10, using: &random) < (round < 1_000 ? 6 : 3) {
        let octet = UInt8(truncatingIfNeeded: round)
        queue.append(LinkFrame(octets: [octet], interface: 1))
        model.append(octet)
      } else {
        let expected = model.isEmpty ? nil : LinkFrame(octets: [model.removeFirst()], interface: 1)
        #expect(queue.popFirst() == expected)
      }
    }
    queue.removeAll()
    #expect(queue.popFirst() == nil)
  }

  @Test(arguments: 0..<6) func theLowestFreeDescriptorIsGiven(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var tables = DescriptorTables()
    let processes = [ProcessID(1), ProcessID(9)]
    var model: [[Int: Int]] = [[:], [:]]
    for slot in 0..<600 {
      let who = Int.random(in: 0...1, using: &random)
      switch Int.random(in: 0...4, using: &random) {
      case 0...2:
        let lowest = (3...700).first { model[who][$0] == nil }
        #expect(tables.open(slot, processes[who], limit: 1_000) == lowest)
        if let lowest { model[who][lowest] = slot }
      case 3:
        guard let (descriptor, _) = model[who].randomElement(using: &random) else { continue }
        tables.close(descriptor, processes[who])
        model[who][descriptor] = nil
      default:
        guard let (_, forgotten) = model[who].randomElement(using: &random) else { continue }
        tables.forget(forgotten)
        for place in model.indices { model[place] = model[place].filter { $0.value != forgotten } }
      }
    }
    for (place, process) in processes.enumerated() {
      #expect(tables.all(of: process) == model[place].keys.sorted())
      for descriptor in 0...700 {
        #expect(tables.slot(descriptor, process) == model[place][descriptor])
      }
    }
  }

  @Test func aForgottenSlotHasNoDescriptorAnyMore() {
    var tables = DescriptorTables()
    let process = ProcessID(1)
    // A record that was written over can be accepted twice.
    #expect(tables.open(5, process, limit: 9) == 3)
    #expect(tables.open(5, process, limit: 9) == 4)
    tables.forget(5)
    #expect(tables.all(of: process).isEmpty)
    #expect(tables.open(6, process, limit: 9) == 3)
    #expect(tables.open(7, process, limit: 9) == 4)
  }

  /// The numbers of sockets come round again, but none that a socket has.
  @Test func numbersInUseAreNotGivenAgain() {
    var memory = SocketMemory()
    let first = memory.allocate()
    let second = memory.allocate()
    var numbers: Set<UInt16> = []
    for round in 0..<140_000 {
      let slot = memory.allocate()
      numbers.insert(memory[slot].number)
      if memory[slot].number <= 4 { Issue.record("round \(round)") }
      memory.release(slot)
    }
    #expect(numbers.count == 65_535 - 4)
    #expect(memory[first].number == 3 && memory[second].number == 4)
    memory.release(first)
    for _ in 0..<65_531 {
      let slot = memory.allocate()
      numbers.insert(memory[slot].number)
      memory.release(slot)
    }
    #expect(numbers.contains(3) && !numbers.contains(4))
  }

  @Test func thereIsALimitToDescriptors() {
    var tables = DescriptorTables()
    #expect(tables.open(0, ProcessID(1), limit: 4) == 3)
    #expect(tables.open(1, ProcessID(1), limit: 4) == nil)
    tables.close(3, ProcessID(1))
    #expect(tables.open(1, ProcessID(1), limit: 4) == 3)
  }

  @Test func sleepersAreFoundBySocketTheOldestFirst() {
    var sleepers = Sleepers()
    for number in 0..<12 {
      sleepers.insert(
        BlockedCall(
          process: ProcessID(UInt32(number % 4)), call: .accept(number), slot: number % 3,
          number: number, done: 0))
    }
    func numbers(_ slots: [Int]) -> [Int] {
      sleepers.waiting(on: Signals(slots)).compactMap { sleepers[$0]?.number }
    }
    #expect(numbers([1]) == [1, 4, 7, 10])
    #expect(numbers([2, 0, 2]) == [0, 2, 3, 5, 6, 8, 9, 11])
    #expect(numbers([7]).isEmpty)
    for bed in sleepers.waiting(on: Signals([1])) where sleepers[bed]?.number == 4 {
      sleepers.remove(bed)
    }
    sleepers.removeAll(of: ProcessID(2))
    #expect(numbers([0, 1, 2]) == [0, 1, 3, 5, 7, 8, 9, 11].filter { $0 % 4 != 2 })
    for bed in sleepers.waiting(on: Signals([0, 1, 2])) { sleepers.remove(bed) }
    #expect(sleepers.isEmpty)
  }
}
