import Course
import Session
import Simulation
import Stack

/// What can befall a host.
extension FaultScene {
  /// The processes of a host that live, in the order of their numbers: `server`, `server process 2`.
  func processes(of host: HostID) -> [(number: Int, record: ProcessRecord)] {
    (1...9).compactMap { number in
      let id = CommandLine.process(of: host, number: number)
      guard let record = world.process(id, of: host), isAlive(record) else { return nil }
      return (number, record)
    }
  }

  /// Its program runs, or a socket is its own.
  private func isAlive(_ process: ProcessRecord) -> Bool {
    if process.program != nil { return process.outcome == nil }
    let memory = world.hosts[Int(process.host.index)].memory
    return process.pending != nil || memory.used.contains { memory[$0].owner == process.id.value }
  }

  func hostRows(_ state: FaultState) -> [FaultRow] {
    let name = scene.hostName(state.host)
    let processes = processes(of: state.host)
    let chosen =
      processes.isEmpty ? nil : processes[min(state.settings.process, processes.count - 1)]
    let isPaused = chosen?.record.isPaused ?? false
    let actor = (chosen?.number ?? 1) == 1 ? name : "\(name) process \(chosen?.number ?? 1)"
    let which: [FaultRow.Part] =
      processes.count > 1
      ? [.text("프로세스 ", "process "), .value("\(chosen?.number ?? 1)", .process)] : []
    let nobody =
      chosen == nil ? Phrase(ko: "도는 프로세스가 없습니다", en: "no process runs here") : nil
    let reading =
      isPaused
      ? FaultRow(
        "resume", ko: "앱 다시 가기", en: "go on", [.text("앱이 다시 읽습니다", "its program reads again")],
        more: which, obstacle: nobody, command: "\(actor) resume")
      : FaultRow(
        "pause", ko: "앱 멈추기", en: "stop reading",
        [.text("앱이 읽지 않습니다", "its program reads nothing")],
        more: which, obstacle: nobody, command: "\(actor) pause")
    return [
      reading, bufferRow(state, name, .receiveBuffer), bufferRow(state, name, .sendBuffer),
      FaultRow(
        "kill", ko: "프로세스 죽이기", en: "kill",
        [.text("소켓은 시스템이 닫습니다", "the system closes its sockets")], more: which, obstacle: nobody,
        command: "\(actor) exit"),
      FaultRow(
        "reboot", ko: "재부팅", en: "reboot",
        [.text("모두 잊고, 말하지 않습니다", "it forgets all and tells nobody")],
        command: "\(name) reboot"),
      cableRow(state, name),
    ]
  }

  private func bufferRow(
    _ state: FaultState, _ name: String, _ parameter: HostParameter
  ) -> FaultRow {
    let now = world.hosts[Int(state.host.index)].configuration.tcp
    let isSend = parameter == .sendBuffer
    let size = isSend ? now.sendBuffer : now.receiveBuffer
    return FaultRow(
      "buffer", ko: isSend ? "송신 버퍼" : "수신 버퍼", en: isSend ? "send buffer" : "receive buffer",
      [.text("지금 \(size)바이트", "\(size) bytes now")],
      more: [.text("→ ", "→ "), .value("\(state.settings.size)", .size)],
      obstacle: size == state.settings.size
        ? Phrase(ko: "이미 그 크기입니다", en: "it has this size already") : nil,
      command: "\(name) set \(parameter.name) \(state.settings.size)")
  }

  private func cableRow(_ state: FaultState, _ name: String) -> FaultRow {
    world.isCut(state.host)
      ? FaultRow(
        "mend", ko: "케이블 잇기", en: "mend cable", [.text("다시 오갑니다", "frames pass again")],
        command: "mend \(name) cable")
      : FaultRow(
        "cut", ko: "케이블 끊기", en: "cut cable",
        [.text("오가는 것이 모두 사라집니다", "whatever is sent is lost")],
        command: "cut \(name) cable")
  }
}
