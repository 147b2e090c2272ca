/// A test that stood in a call's way.
struct Obstacle {
    var test: CompiledTest
    /// The test must not hold for the call to go through.
    var isNegated: Bool
    var actual: ReachedValue
    /// Another test of the same condition would do as well.
    var hasAlternatives: Bool
}
