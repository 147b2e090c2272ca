// `#require` and `#expect` for what cannot be copied.

import Testing

/// A value that should have been there.
struct NothingGiven: Error {}

/// The value, or the end of the test.
func given<Value: ~Copyable>(_ value: consuming Value?) throws -> Value {
    guard let value else { throw NothingGiven() }
    return value
}

/// `#expect` for what a descriptor gives: the macro would copy the descriptor.
func expect<Value: Equatable>(
    _ got: Value, is wanted: Value, at place: SourceLocation = #_sourceLocation
) {
    #expect(got == wanted, sourceLocation: place)
}
