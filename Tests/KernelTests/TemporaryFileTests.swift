// Files of ours that have no name.

import Testing

@testable import Kernel

@Suite struct TemporaryFileTests {
    @Test func `a temporary file has no name`() throws {
        let place = try Place()
        let file = try Files.temporary(in: place.path)
        try file.write([1, 2, 3])
        #expect(try file.read(at: 1, limit: 10) == [2, 3])
        #expect(try Files.names(in: place.path).isEmpty)
        #expect(try file.status().links == 0)
    }
}
