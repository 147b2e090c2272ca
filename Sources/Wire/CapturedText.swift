// One stream of a run's output, as a result shows it.

/// One stream of a run, ready to show.
package struct CapturedText: Hashable, Sendable {
    /// Valid text; bytes that were none are replacement characters.
    package var text: String
    /// Characters (Unicode scalars) shown, and printed in all.
    package var shown: Int64
    package var total: Int64

    package init(text: String, shown: Int64, total: Int64) {
        self.text = text
        self.shown = shown
        self.total = total
    }

    package static let none = CapturedText(text: "", shown: 0, total: 0)

    package var isCut: Bool { shown < total }
}
