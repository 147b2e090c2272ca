// Landlock: every right a kernel knows is handled, and no right it does not know is named.

import Testing

@testable import Jail

@Suite struct LandlockWallTests {
    @Test(
        arguments: [
            (1, 0x1FFF), (2, 0x3FFF), (3, 0x7FFF), (4, 0x7FFF), (5, 0xFFFF), (6, 0xFFFF),
            (7, 0xFFFF),
        ] as [(Int, UInt64)])
    func `an ABI's rights are those of its kernel`(abi: Int, rights: UInt64) {
        #expect(LandlockWall.handled(abi: abi).rawValue == rights)
    }

    @Test func `the scratch directory has no right to execute or to make devices`() {
        let use = LandlockWall.scratchUse
        #expect(!use.contains(.execute))
        #expect(!use.contains(.controlDevice))
        for bit in [6, 9, 11] {  // character devices, sockets, block devices
            #expect(use.rawValue & (1 << UInt64(bit)) == 0)
        }
        #expect(LandlockWall.handled(abi: 3).isSuperset(of: use))
    }

    @Test func `reading is reading only`() {
        #expect(LandlockWall.reading == [.readFile, .readDirectory])
    }
}
