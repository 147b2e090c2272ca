// The kinds of frame on each channel.

/// What a frame is.
package enum MessageKind {
    // Supervisor → worker, worker → supervisor: as in CPythonHost/sbx_frame.h.
    package static let job: UInt16 = 1
    package static let result: UInt16 = 2
    package static let forkSession: UInt16 = 3
    package static let hello: UInt16 = 4
    // Supervisor → template zygote.
    package static let configure: UInt16 = 16
    package static let startSlot: UInt16 = 17
    // Supervisor → slot zygote.
    package static let fork: UInt16 = 18
    // Zygote → supervisor.
    package static let ready: UInt16 = 32
    package static let failed: UInt16 = 33
    /// A slot's outer init, as a pidfd: killing it ends the slot.
    package static let born: UInt16 = 34
    /// A worker, as a pidfd.
    package static let forked: UInt16 = 35
    package static let exited: UInt16 = 36
    /// The process list of the next worker's pid namespace, as a directory.
    package static let window: UInt16 = 40
}

/// Longest message on a control channel: a slot plan with both filters fits many times.
package let controlMessageBytes = 128 * 1024

/// Longest report of a zygote, and longest order to a slot: read into a small buffer, since they
/// come with every run.
package let reportBytes = 8 * 1024
