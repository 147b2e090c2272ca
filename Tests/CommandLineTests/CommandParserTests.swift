import Testing

@testable import sandboa

@Suite struct CommandParserTests {
    @Test func `no words ask for help`() throws {
        #expect(try CommandParser().parse([]) == Invocation(command: .help))
    }
}
