// Landlock: rights on files that hold whatever the mounts and modes say.
//
// Every right the running kernel knows is handled, and only what is listed here is granted. From
// ABI 4 binding and connecting are refused, from ABI 6 signals and abstract sockets to the outside.
// Landlock grants; it cannot carve holes. So nothing is granted on "/" but reading.

package import Kernel

/// The file rights of a profile, as a ruleset that each worker restricts itself with.
package enum LandlockWall {
    package struct Rights: OptionSet, Sendable {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }
        static let execute = Rights(rawValue: 1 << 0)
        static let writeFile = Rights(rawValue: 1 << 1)
        static let readFile = Rights(rawValue: 1 << 2)
        static let readDirectory = Rights(rawValue: 1 << 3)
        static let removeDirectory = Rights(rawValue: 1 << 4)
        static let removeFile = Rights(rawValue: 1 << 5)
        static let makeDirectory = Rights(rawValue: 1 << 7)
        static let makeRegular = Rights(rawValue: 1 << 8)
        static let makeSocket = Rights(rawValue: 1 << 9)
        static let makeFIFO = Rights(rawValue: 1 << 10)
        static let makeLink = Rights(rawValue: 1 << 12)
        static let refer = Rights(rawValue: 1 << 13)
        static let truncate = Rights(rawValue: 1 << 14)
        static let controlDevice = Rights(rawValue: 1 << 15)
    }

    static let reading: Rights = [.readFile, .readDirectory]
    static let scratchUse: Rights = [
        .readFile, .readDirectory, .writeFile, .removeDirectory, .removeFile, .makeDirectory,
        .makeRegular, .makeFIFO, .makeLink, .refer, .truncate,
    ]

    /// Every file right of an ABI: 13 bits in ABI 1, one more each in 2, 3 and 5.
    package static func handled(abi: Int) -> Rights {
        var rights: UInt64 = (1 << 13) - 1
        if abi >= 2 { rights |= Rights.refer.rawValue }
        if abi >= 3 { rights |= Rights.truncate.rawValue }
        if abi >= 5 { rights |= Rights.controlDevice.rawValue }
        return Rights(rawValue: rights)
    }

    /// Prepared once per slot; for a workspace below /tmp, once per scratch directory. `programs`:
    /// whether /usr may be executed from, and whether the programs may meet at sockets in the
    /// scratch directory. (Where there is a workspace, the filter lets nobody connect.)
    ///
    /// A workspace below /tmp lies in the scratch directory and has its rights: there a read-only
    /// one is kept so by its mount alone.
    package static func prepare(
        programs: Bool, workspace: WorkspaceWall?
    ) throws(StageError) -> Descriptor {
        let abi = Landlock.abi
        let handled = handled(abi: abi)
        // ABI 4: TCP bind and connect, none allowed. ABI 6: both scopes.
        let network: UInt64 = abi >= 4 ? 0b11 : 0
        let scopes: UInt64 = abi >= 6 ? 0b11 : 0
        return try stage("landlock") { () throws(SystemError) in
            let ruleset = try Landlock.ruleset(
                files: handled.rawValue, network: network, scopes: scopes, abi: abi)
            // A rule on a mount point does not reach a file system mounted over it later; one on
            // its parent does. The parents hold nothing else.
            try Landlock.allow(reading.rawValue, beneath: "/", in: ruleset)
            let meets = programs && workspace == nil
            let scratch = meets ? scratchUse.union(.makeSocket) : scratchUse
            try Landlock.allow(
                scratch.intersection(handled).rawValue, beneath: RootWall.scratchParent,
                in: ruleset)
            if let workspace {
                if workspace.isInScratch {
                    try Landlock.allow(
                        scratch.intersection(handled).rawValue, beneath: RootWall.temporaryName,
                        in: ruleset)
                }
                let use = workspace.isWritable ? scratchUse.intersection(handled) : reading
                try Landlock.allow(use.rawValue, beneath: workspace.path, in: ruleset)
            }
            for name in RootWall.devices {
                let use: Rights = [.readFile, .writeFile]
                try Landlock.allow(use.rawValue, beneath: "/dev/\(name)", in: ruleset)
            }
            if programs {
                let use: Rights = [.execute, .readFile, .readDirectory]
                try Landlock.allow(use.rawValue, beneath: "/usr", in: ruleset)
            }
            return ruleset
        }
    }
}
