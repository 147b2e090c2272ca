/// Why a text is no list of tools, and where.
package struct ToolListError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Such as `tools[3].inputSchema`; empty for the whole text.
    package let place: String
    package let problem: String

    init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
}
