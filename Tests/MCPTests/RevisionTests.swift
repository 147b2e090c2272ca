// The revisions there are, and how one is agreed on.

import MCP
import Testing

@Suite struct RevisionTests {
    @Test func `names round trip and order by date`() {
        let names = Revision.allCases.map(\.name)
        #expect(names == ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
        #expect(names.compactMap(Revision.init) == Revision.allCases)
        #expect(Revision.allCases.sorted() == Revision.allCases)
        #expect(Revision.allCases.max() == Revision.newest)
        #expect(Revision(name: Era.statelessVersion) == nil)
    }

    @Test func `only one revision has batches`() {
        #expect(Era.all.filter(\.hasBatches) == [.handshake(.march2025)])
    }
}
