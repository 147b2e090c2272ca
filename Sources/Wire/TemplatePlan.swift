// What the supervisor tells a template zygote: which Python to warm up, in which root.

/// The first message to a template zygote.
package struct TemplatePlan: Hashable, Sendable {
    /// "std", "sci": for messages.
    package var name: String
    package var startedAsRoot: Bool
    /// A directory of the host with an environment's packages, shown read-only to every worker.
    package var environment: String?
    /// Modules imported before the first fork, beyond the standard list.
    package var modules: [String]
    /// Our own Python that the driver loads: name and source.
    package var prelude: [Prelude]
    /// Control group directories to take away if the supervisor dies without doing so.
    package var groups: [String]
    /// The directory that its slots are to show; nil: none.
    package var workspace: SharedDirectory?

    package struct Prelude: Hashable, Sendable {
        package var name: String
        package var source: [UInt8]
        package init(name: String, source: [UInt8]) {
            self.name = name
            self.source = source
        }
    }

    package init(
        name: String, startedAsRoot: Bool, environment: String?, modules: [String],
        prelude: [Prelude], groups: [String] = [], workspace: SharedDirectory? = nil
    ) {
        self.name = name
        self.startedAsRoot = startedAsRoot
        self.environment = environment
        self.modules = modules
        self.prelude = prelude
        self.groups = groups
        self.workspace = workspace
    }

    private enum Tag {
        static let name: UInt16 = 1
        static let root: UInt16 = 2
        static let environment: UInt16 = 3
        static let module: UInt16 = 4
        static let preludeName: UInt16 = 5
        static let preludeSource: UInt16 = 6
        static let group: UInt16 = 7
        static let workspace: UInt16 = 32
        static let workspaceIsWritable: UInt16 = 33
    }

    package var encoded: [UInt8] {
        var writer = FrameWriter(kind: MessageKind.configure, reserving: 32_768)
        writer.add(Tag.name, name)
        writer.add(Tag.root, flag: startedAsRoot)
        if let environment { writer.add(Tag.environment, environment) }
        writer.add(Tag.module, texts: modules)
        for file in prelude {
            writer.add(Tag.preludeName, file.name)
            writer.add(Tag.preludeSource, file.source)
        }
        writer.add(Tag.group, texts: groups)
        if let workspace {
            writer.add(Tag.workspace, workspace.path)
            writer.add(Tag.workspaceIsWritable, flag: workspace.isWritable)
        }
        return writer.finished()
    }

    package init(_ frame: Frame) throws(FrameError) {
        guard frame.kind == MessageKind.configure, let name = frame.text(Tag.name)
        else { throw .incomplete(kind: frame.kind) }
        self.name = name
        startedAsRoot = frame.flag(Tag.root)
        environment = frame.text(Tag.environment)
        modules = frame.texts(Tag.module)
        prelude = zip(frame.texts(Tag.preludeName), frame.all(Tag.preludeSource)).map {
            Prelude(name: $0, source: $1)
        }
        groups = frame.texts(Tag.group)
        workspace = frame.text(Tag.workspace).map {
            SharedDirectory(path: $0, isWritable: frame.flag(Tag.workspaceIsWritable))
        }
    }
}
