/// The rows of the table for what waits, and for what the network can take.
extension Field {
  static var patience: [FieldDescription] {
    [
      row(
        .ackDue, "ack.due", \.acknowledgeDue, .progress, .instant,
        "when a delayed ACK goes, RFC 9293 §3.8.6.3"),
      row(
        .switches, "switches", \.switchOctet, .application, .switches,
        "socket options, RFC 9293 §3.9.1"),
      row(.probes, "probes", \.probes, .progress, .number, "window probes, RFC 9293 §3.8.6.1"),
      row(.reserved, "reserved", \.reserved, .reserved, .hidden, "nothing"),
      row(
        .userTimeout, "user.timeout", \.userTimeout, .application, .milliseconds,
        "user timeout, RFC 9293 §3.9.1.1"),
    ]
  }

  static var congestion: [FieldDescription] {
    [
      row(.cwnd, "cwnd", \.congestionWindow, .progress, .octets, "cwnd, RFC 5681 §2"),
      row(.ssthresh, "ssthresh", \.slowStartThreshold, .progress, .octets, "ssthresh, RFC 5681 §2"),
      row(
        .recover, "recover", \.recoveryPoint, .progress, .sequence,
        "end of the recovery, RFC 6582 §3.1"),
      row(
        .rexmitNext, "rexmit.nxt", \.retransmitNext, .progress, .sequence,
        "HighRxt + 1, RFC 6675 §2"),
      row(
        .dupAcks, "dup.acks", \.duplicateAcknowledgments, .progress, .number,
        "duplicate ACKs, RFC 5681 §2"),
      row(
        .recovery, "recovery", \.recoveryOctet, .progress, .recovery,
        "recovery from a loss, RFC 5681 §3.2"),
      row(
        .urgent, "urgent", \.urgentOctet, .progress, .urgent,
        "urgent pointers in force, RFC 9293 §3.8.5"),
      row(.reservedTwo, "reserved.2", \.reservedTwo, .reserved, .hidden, "nothing"),
      row(
        .ackedOctets, "acked.octets", \.acknowledgedOctets, .progress, .octets,
        "acknowledged since cwnd grew, RFC 5681 §3.1"),
      row(
        .rescueNext, "rescue.nxt", \.rescueNext, .progress, .sequence,
        "RescueRxt + 1, RFC 6675 §2"),
      row(
        .pathMTU, "path.mtu", \.pathLimit, .progress, .octets,
        "MTU found on the way, RFC 1191 §6.2"),
      row(
        .mssLink, "mss.link", \.linkSegmentSize, .progress, .octets,
        "Eff.snd.MSS without path.mtu, RFC 1191 §6.3"),
      row(.cubicMax, "cubic.max", \.cubicMaximum, .progress, .octets, "W_max, RFC 9438 §4.1.2"),
      row(.cubicK, "cubic.k", \.cubicInflection, .progress, .milliseconds, "K, RFC 9438 §4.2"),
      row(
        .cubicEpoch, "cubic.epoch", \.cubicEpoch, .progress, .instant, "t_epoch, RFC 9438 §4.1.2"),
      row(
        .cubicEstimate, "cubic.est", \.cubicEstimate, .progress, .octets, "W_est, RFC 9438 §4.3"),
      row(
        .lastSmall, "snd.small", \.lastSmall, .progress, .sequence,
        "end of the last small segment, RFC 9293 A.3"),
      row(
        .lastSentAt, "last.sent.at", \.lastSentAt, .progress, .instant,
        "when text was sent last, RFC 5681 §4.1"),
      row(.sndUp, "snd.up", \.sendUrgent, .application, .sequence, "SND.UP, RFC 9293 §3.3.1"),
      row(.rcvUp, "rcv.up", \.receiveUrgent, .peer, .sequence, "RCV.UP, RFC 9293 §3.3.1"),
      row(.reservedFive, "reserved.5", \.reservedFive, .reserved, .hidden, "nothing"),
    ]
  }
}
