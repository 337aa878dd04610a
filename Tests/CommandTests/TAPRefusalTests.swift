import Foundation
import Testing

/// Where the system forbids TAP: the reason, the command that helps, and status 1; `doctor` says the same.
@Suite(.serialized) struct TAPRefusalTests {
  private static func expectRefusal(
    _ way: String, _ reason: String, _ command: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try TAPMachine.withGuest { program, folder in
      let arguments = ["lesson", "L05", "--link", "tap", "--print"]
      let finished = try TAPMachine.run(way, program, arguments, folder: folder)
      #expect(finished.status == 1, "\(finished.complaint)", sourceLocation: sourceLocation)
      #expect(finished.output.isEmpty, sourceLocation: sourceLocation)
      #expect(
        finished.complaint
          == "sockscope: \(reason). Run this command, then try again:\nsockscope:   \(command)\n",
        sourceLocation: sourceLocation)
      let korean = try TAPMachine.run(way, program, arguments + ["--lang", "ko"], folder: folder)
      #expect(korean.complaint.contains("다음 명령을 실행한 뒤 다시 해 보세요"), sourceLocation: sourceLocation)
      #expect(korean.complaint.contains(command), sourceLocation: sourceLocation)
      let doctor = try TAPMachine.run(way, program, ["doctor"], folder: folder)
      #expect(
        doctor.output.contains("\(reason); only --link tap needs it\n"),
        sourceLocation: sourceLocation)
      #expect(doctor.output.contains("  $ \(command)\n"), sourceLocation: sourceLocation)
      #expect(TAPMachine.isClean(folder), sourceLocation: sourceLocation)
    }
  }

  /// Root in a user namespace without any rights, in which no more namespaces are allowed.
  @Test func namespacesAreForbidden() throws {
    let rights = "exec setpriv --bounding-set=-all --inh-caps=-all"
    let limit = "echo 0 > /proc/sys/user/max_user_namespaces"
    try Self.expectRefusal(
      "exec unshare --user --map-root-user sh -c '\(limit) && \(rights) \"$0\" \"$@\"'",
      "user and network namespaces cannot be made (No space left on device)",
      "sudo sysctl -w user.max_user_namespaces=15000")
  }

  @Test func theDeviceIsMissing() throws {
    try Self.expectRefusal(
      "exec unshare --user --map-root-user --mount sh -c 'mount -t tmpfs none /dev/net && exec \"$0\" \"$@\"'",
      "/dev/net/tun cannot be opened (No such file or directory)",
      "sudo sh -c 'modprobe tun; mkdir -p /dev/net; [ -c /dev/net/tun ] || mknod -m 666 /dev/net/tun c 10 200'"
    )
  }

  /// A file in the device's place that is none.
  @Test func theDeviceIsNoDevice() throws {
    let file = "mount -t tmpfs none /dev/net && touch /dev/net/tun"
    try TAPMachine.withGuest { program, folder in
      let finished = try TAPMachine.run(
        "exec unshare --user --map-root-user --mount sh -c '\(file) && exec \"$0\" \"$@\"'",
        program,
        ["lesson", "L05", "--link", "tap", "--print"], folder: folder)
      #expect(finished.status == 1)
      #expect(
        finished.complaint.contains(
          "/dev/net/tun does not give a TAP (Inappropriate ioctl for device)"))
      #expect(TAPMachine.isClean(folder))
    }
  }

  /// Only root can give the device other access rights; an ordinary user tests those that it has.
  @Test func theDeviceIsNotForThisUser() throws {
    if TAPMachine.isRoot {
      try Self.expectRefusal(
        TAPMachine.asNobody(deviceMode: "600"),
        "/dev/net/tun cannot be opened (Permission denied)", "sudo chmod 666 /dev/net/tun")
    } else {
      #expect(access("/dev/net/tun", R_OK | W_OK) == 0, "sudo chmod 666 /dev/net/tun")
    }
  }

  /// A python3 that does not run, in front of which no other stands.
  @Test func pythonIsMissing() throws {
    let hidden = "mount -t tmpfs none /usr/bin && PATH=/nonexistent"
    try TAPMachine.withGuest { program, folder in
      let finished = try TAPMachine.run(
        "exec unshare --user --map-root-user --mount /bin/sh -c '\(hidden) exec \"$0\" \"$@\"'",
        program,
        ["lesson", "L05", "--link", "tap", "--print"], folder: folder)
      #expect(finished.status == 1)
      #expect(finished.complaint.contains("python3 cannot be run"), "\(finished.complaint)")
      #expect(finished.complaint.contains("sockscope:   sudo apt-get install python3\n"))
      #expect(TAPMachine.isClean(folder))
    }
  }

  @Test(arguments: [("L02", "gives the server an order"), ("L06", "s of real time")])
  func aLessonThatNeedsMoreThanTAPGives(id: String, reason: String) throws {
    let finished = try Program.run("lesson", id, "--link", "tap", "--print")
    #expect(finished.status == 1)
    #expect(finished.complaint.contains("\(id) cannot be taken over TAP: "))
    #expect(finished.complaint.contains(reason) && finished.complaint.contains("Leave --link out."))
  }

  @Test(arguments: [["--link", "tap"], ["2", "--link", "tap"], ["L05", "--link", "wifi"]])
  func whatTheOptionWants(arguments: [String]) throws {
    #expect(try Program.finish(Program.url, ["lesson"] + arguments).status == 64)
  }
}
