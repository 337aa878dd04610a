import Course
import Foundation

/// What the process's environment says.
enum Surroundings {
  /// The language of the locale: Korean for `ko…`, English for all others. The first of the variables that is
  /// not empty counts (POSIX, Base Definitions 8.2).
  static func language(_ variables: [String: String] = ProcessInfo.processInfo.environment)
    -> Language
  {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? ""
    return locale.lowercased().hasPrefix("ko") ? .ko : .en
  }
}
