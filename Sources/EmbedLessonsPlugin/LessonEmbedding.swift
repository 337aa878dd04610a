import Foundation
import PackagePlugin

/// Has the lesson files written into the module that asks for it.
@main
struct LessonEmbedding: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Lessons")
    let experiments = folder.appending(path: "experiments")
    let lessons = try [folder, experiments].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedLessons.swift")
    // The folders are inputs too, so that a new lesson is seen although the plan of the build is old.
    return [
      .buildCommand(
        displayName: "Embedding the lessons",
        executable: try context.tool(named: "embed-lessons").url,
        arguments: [output.path, folder.path], inputFiles: [folder, experiments] + lessons,
        outputFiles: [output])
    ]
  }
}
