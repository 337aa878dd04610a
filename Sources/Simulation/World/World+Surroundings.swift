import Stack

// What befalls a host besides calls and frames.
extension World {
  mutating func set(
    _ parameter: HostParameter, to value: Int, of host: HostID, _ journal: inout Journal
  ) throws(Stop) {
    guard let place = place(of: host) else { return }
    try hosts[place].set(parameter, to: value, at: now, &journal)
    if parameter == .queue {
      for port in ports(of: host) where ports[port].interface > 0 {
        ports[port].queueLimit = value > 0 ? value : nil
      }
    }
    try settle(place, &journal)
  }

  /// The process makes no calls until it is resumed.
  mutating func pause(process index: Int, _ journal: inout Journal) throws(Stop) {
    let host = Int(processes[index].host.index)
    processes[index].isPaused = true
    try hosts[host].pause(processes[index].id, at: now, &journal)
    try settle(host, &journal)
  }

  /// A paused process goes on where it was.
  mutating func goOn(process index: Int, _ journal: inout Journal) throws(Stop) {
    guard processes[index].isPaused else { return }
    let host = Int(processes[index].host.index)
    processes[index].isPaused = false
    if processes[index].isDue {
      processes[index].isDue = false
      queue.schedule(.resumption(process: index), at: now)
    }
    try hosts[host].resume(processes[index].id, at: now, &journal)
    try settle(host, &journal)
  }

  /// The host forgets everything; its programs are gone, and what waited in its adapter.
  mutating func reboot(_ host: HostID, _ journal: inout Journal) throws(Stop) {
    guard let place = place(of: host) else { return }
    for index in processes.indices where processes[index].host == host {
      queue.remove(.resumption(process: index))
      processes[index].forget()
    }
    for port in ports(of: host) {
      ports[port].waiting.removeAll()
      queue.remove(.lineFree(port: port))
    }
    try hosts[place].reboot(at: now, &journal)
    try settle(place, &journal)
  }
}
