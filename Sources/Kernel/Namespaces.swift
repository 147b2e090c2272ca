// Namespaces, mounts and the parked init.

internal import CKernel

package struct NamespaceKinds: OptionSet, Sendable {
    package let rawValue: CInt
    package init(rawValue: CInt) { self.rawValue = rawValue }
    package static let mount = NamespaceKinds(rawValue: 0x0002_0000)
    package static let cgroup = NamespaceKinds(rawValue: 0x0200_0000)
    package static let uts = NamespaceKinds(rawValue: 0x0400_0000)
    package static let ipc = NamespaceKinds(rawValue: 0x0800_0000)
    package static let user = NamespaceKinds(rawValue: 0x1000_0000)
    package static let pid = NamespaceKinds(rawValue: 0x2000_0000)
    package static let network = NamespaceKinds(rawValue: 0x4000_0000)
}

package enum Namespaces {
    /// Leaves the named namespaces for fresh ones (pid: from the next child on).
    package static func unshare(_ kinds: NamespaceKinds) throws(SystemError) {
        try check(sbx_unshare(kinds.rawValue), "unshare")
    }

    package static func enter(
        _ namespace: borrowing Descriptor, _ kind: NamespaceKinds
    ) throws(SystemError) {
        try check(sbx_setns(namespace.raw, kind.rawValue), "setns")
    }

    package static func setHostname(_ name: String) throws(SystemError) {
        // SAFETY: the name is read until its NUL.
        try check(unsafe sbx_set_hostname(name), "sethostname", name)
    }

    /// The parked init's program, in a sealed memory file.
    package static func initImage() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try check(sbx_init_image_file(), "memfd_create"))
    }

    /// Starts a parked init (CKernel/init.S) where the next child lands. It ends with the lifeline.
    package static func spawnInit(
        image: borrowing Descriptor, lifeline: borrowing Descriptor
    ) throws(SystemError) -> CInt {
        try check(sbx_spawn_init(image.raw, lifeline.raw), "execveat", "init")
    }
}

package struct MountFlags: OptionSet, Sendable {
    package let rawValue: UInt
    package init(rawValue: UInt) { self.rawValue = rawValue }
    package static let readOnly = MountFlags(rawValue: 0x1)
    package static let noSetID = MountFlags(rawValue: 0x2)
    package static let noDevices = MountFlags(rawValue: 0x4)
    package static let noExecution = MountFlags(rawValue: 0x8)
    package static let remount = MountFlags(rawValue: 0x20)
    package static let bind = MountFlags(rawValue: 0x1000)
    package static let recursive = MountFlags(rawValue: 0x4000)
    package static let makePrivate = MountFlags(rawValue: 0x40000)
    /// What every writable mount of ours carries.
    package static let harmless: MountFlags = [.noSetID, .noDevices, .noExecution]
}

package enum Mounts {
    package static func mount(
        _ source: String, at target: String, type: String? = nil, _ flags: MountFlags,
        options: String? = nil
    ) throws(SystemError) {
        // SAFETY: all strings are read until their NUL.
        let result = unsafe sbx_mount(source, target, type, flags.rawValue, options)
        try check(result, "mount", target)
    }

    /// Makes a mount and all below it read-only, without set-user-id and device files.
    package static func makeTreeReadOnly(
        _ path: String, execution: Bool
    ) throws(SystemError) {
        // SAFETY: the path is read until its NUL.
        try check(unsafe sbx_mount_read_only_tree(path, execution ? 0 : 1), "mount_setattr", path)
    }

    /// The same for one device file, which must stay a device.
    package static func makeDeviceReadOnly(_ path: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_mount_read_only_device(path), "mount_setattr", path)
    }

    package static func unmount(_ target: String, lazily: Bool = false) throws(SystemError) {
        // SAFETY: as above. 2 is MNT_DETACH.
        try check(unsafe sbx_umount(target, lazily ? 2 : 0), "umount2", target)
    }

    /// Makes the current directory the root and stacks the old root under it.
    package static func pivotHere() throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_pivot_root(".", "."), "pivot_root")
    }
}
