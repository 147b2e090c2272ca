// What an engine is made of, settled before it starts.

package import Jail
internal import Kernel
internal import Notation
package import Wire

/// Everything an engine needs to know.
package struct EngineConfiguration: Sendable {
    package let installation: Installation
    package var profile: Profile
    /// The data environment's site-packages, when it has been built.
    package var environment: String?
    /// The server's workspace, absolute and canonical; nil: it has none.
    package let workspace: String?
    package let startedAsRoot: Bool
    /// Walls that must hold; a missing one stops the start.
    package var required: Set<WallName>
    private let material: EngineMaterial

    package init(
        installation: Installation, profile: Profile, environment: String?,
        required: Set<WallName>?, workspace: String? = nil
    ) {
        self.installation = installation
        self.profile = profile
        self.environment = environment
        self.workspace = workspace
        startedAsRoot = Processes.userIdentifier == 0
        self.required =
            required
            ?? (Landlock.abi > 0 ? WallName.always.union([.landlock]) : WallName.always)
        material = EngineMaterial(
            sandbox: "\(installation.share)/sandbox", filter: profile.filter,
            showsWorkspace: workspace != nil && profile.workspace != .none,
            profilePath: profile.path)
    }

    /// The same, with other walls required.
    package func requiring(_ walls: Set<WallName>) -> EngineConfiguration {
        var copy = self
        copy.required = walls
        return copy
    }

    /// What runs see of the workspace; nil: nothing.
    package var shownWorkspace: SharedDirectory? {
        guard let workspace, profile.workspace != .none else { return nil }
        return SharedDirectory(path: workspace, isWritable: profile.workspace == .write)
    }

    func templatePlan(
        _ name: TemplateName, groups: [String]
    ) throws(EngineError) -> TemplatePlan {
        TemplatePlan(
            name: name.rawValue, startedAsRoot: startedAsRoot, environment: environment,
            modules: name.modules, prelude: try material.loaded().prelude, groups: groups,
            workspace: shownWorkspace)
    }

    func slotPlan(index: Int) throws(EngineError) -> SlotPlan {
        let filters = try material.loaded().filters
        let limits = profile.limits
        return SlotPlan(
            startedAsRoot: startedAsRoot,
            user: startedAsRoot ? Self.slotUser(index) : Processes.userIdentifier,
            group: startedAsRoot ? Self.slotUser(index) : Processes.groupIdentifier,
            hostname: "sandboa", scratchBytes: UInt64(limits.scratch),
            scratchFiles: UInt64(limits.scratchFiles), showsProcesses: profile.showsProcesses,
            limits: profile.kernelLimits(asRoot: startedAsRoot).map {
                SlotPlan.Limit(resource: $0.resource.rawValue, value: $0.value)
            },
            cpuSeconds: UInt64(limits.cpuSeconds), usesLandlock: Landlock.abi > 0,
            slotFilter: filters.zygote.bytes, workerFilter: filters.worker.bytes,
            mayFork: profile.mayFork, workspace: shownWorkspace)
    }

    /// A user of its own for each slot of each server on the machine, from a range that nothing
    /// else uses: above container ranges, below 2^31. 64 a server, by its pid (at most 2^22).
    static func slotUser(_ index: Int) -> UInt32 {
        0x7000_0000 + UInt32(Processes.ownPid & 0x3F_FFFF) * 64 + UInt32(index & 63)
    }
}
