// A directory's changes: also the one that watching a file would miss.

import Testing

@testable import Kernel

@Suite struct DirectoryWatchTests {
    private var soon: Moment { .now.advanced(byMilliseconds: 10_000) }

    @Test func `a file replaced by a rename is noticed`() throws {
        let place = try Place()
        let file = "\(place.path)/policy.yaml"
        try Files.replace(file, with: Array("one".utf8), mode: 0o600)
        let watch = try DirectoryWatch(place.path)
        #expect(try !watch.wait(until: .now))
        try Files.replace(file, with: Array("two".utf8), mode: 0o600)
        #expect(try watch.wait(until: soon))
    }

    @Test func `a directory that is not there can't be watched`() {
        #expect(throws: SystemError.self) { _ = try DirectoryWatch("/nowhere/at/all") }
    }
}
