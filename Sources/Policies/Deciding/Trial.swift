/// What goes on while a condition is evaluated.
struct Trial {
    var budget = VisitBudget()
    /// Whether the first value that stands in the call's way is kept, for a message.
    let isTracing: Bool
    var obstacle: ReachedValue?

    init(isTracing: Bool = false) { self.isTracing = isTracing }
}
