// Where this program's own files are.

internal import Kernel

/// The files that belong to a running sandboa.
package struct Installation: Hashable, Sendable {
    /// The program itself, as an absolute path.
    package let program: String
    package let worker: String
    /// The directory with `sandbox` and `policies`.
    package let share: String

    /// Finds them from where the running program is: beside it in a build tree, or under
    /// `libexec/sandboa` and `share/sandboa` of the prefix it was installed to.
    package static func find() throws(EngineError) -> Installation {
        guard let program = Files.linkTarget("/proc/self/exe") else {
            throw EngineError(
                stage: "installation", message: "/proc/self/exe cannot be read", fix: "mount /proc")
        }
        let directory = parent(program)
        let prefix = parent(directory)
        let installed = Installation(
            program: program, worker: "\(prefix)/libexec/sandboa/sandboa-worker",
            share: "\(prefix)/share/sandboa")
        if installed.isComplete { return installed }
        var above = directory
        while above.count > 1 {
            let built = Installation(
                program: program, worker: "\(directory)/sandboa-worker", share: above)
            if built.isComplete { return built }
            above = parent(above)
        }
        throw EngineError(
            stage: "installation",
            message: "sandboa-worker and the sandbox directory are not beside \(program)",
            fix: "run `make install PREFIX=…`, or start the program from its build directory")
    }

    private var isComplete: Bool {
        Files.isExecutable(worker) && Files.isDirectory("\(share)/sandbox/profiles")
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
