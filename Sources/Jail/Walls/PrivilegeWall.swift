// Privileges: what is left of root, or of an ordinary user, in a zygote and in a worker.

package import Kernel

/// Giving up privileges for good.
package enum PrivilegeWall {
    /// What a slot zygote keeps as root: mounting the next scratch, founding the next pid
    /// namespace, and turning its children into the slot's user.
    static let slotCapabilities: CapabilitySet = [.administer, .setUser, .setGroup]

    /// For a slot zygote, before its filter: no new privileges by exec, an empty bounding set.
    package static func lowerSlot() throws(StageError) {
        try stage("no new privileges") { () throws(SystemError) in
            try Privileges.forbidNewPrivileges()
        }
        try stage("capabilities") { () throws(SystemError) in
            try Privileges.dropBoundingSet()
            try Privileges.keepCapabilities(slotCapabilities)
        }
    }

    /// For a worker: the slot's user (as root) or the same user without capabilities.
    package static func lowerWorker(
        asRoot: Bool, user: UInt32, group: UInt32
    ) throws(SystemError) {
        if asRoot {
            // Leaving uid 0 empties the capability sets as well.
            try Privileges.become(user: user, group: group)
        } else {
            try Privileges.keepCapabilities([])
        }
        try Privileges.forbidInspection()
    }
}
