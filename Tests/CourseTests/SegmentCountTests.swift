import Testing

@testable import Course

/// What a lesson may count: segments by kind, and octets on both sides of a buffer.
@Suite struct SegmentCountTests {
  private func run(_ expectations: String) throws -> LessonRun {
    try SampleWorldLessonTests.run(
      """
      {hosts: [client, server], link: wire, profile: book, arp: known, \
      server: {delayed-ack: off}, client: {delayed-ack: off}}
      """,
      """
      fault: drop client data nth 2
      do: [server socket tcp, server bind 80, server listen 1, client socket tcp,
        "client connect 192.0.2.80:80", server accept, server receive 9000, wait 1 s,
        client send 3000 bytes, wait 3 s, server receive 9000, client receive 10, server send 7 bytes, wait 1 s]
      expect:
      \(expectations)
      """)
  }

  /// 3000 octets are three segments, one of them lost and sent again. The server acknowledges the first, the third
  /// (which is early) and the second, and tells of its window when all is read.
  @Test func countsAreThoseOfTheWire() throws {
    let run = try run(
      """
        client.data.sent: 4
        client.retransmissions: 1
        client.octets.sent: 3000 + 1460
        server.octets.received: 3000
        client.octets.received: 7
        server.data.sent: 1
        client.segments.sent: 4 + 1 + client.acks.sent
        client.acks.sent: 2
        server.acks.sent: 4
      """)
    #expect(run.problems.map(\.message) == [])
    #expect(run.steps[0].expectations.count == 9)
  }

  /// A count that is wrong is said.
  @Test func aWrongCountIsAProblem() throws {
    #expect(try run("  client.data.sent: 3").problems.count == 1)
  }
}
