// The numbers of slots: each is a user identity, so no two slots of this process have one.

import Kernel

/// Numbers nobody uses, shared by all engines of the process.
enum SlotNumbers {
    static let count = 64
    private static let free = Monitor(Array((0..<count).reversed()))

    /// Nil: all are taken.
    static func take() -> Int? { free.read { $0.popLast() } }

    static func giveBack(_ number: Int) { free.read { $0.append(number) } }
}
