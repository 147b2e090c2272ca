import Testing

@testable import Jail

/// Asks the filters of a variant about one call by name.
struct SyscallProbe {
    private let whole: FilterSimulator
    private let staged: FilterSimulator

    init(_ variant: String) throws {
        let compiler = FilterCompiler(table: TableFile.table)
        let stages = try compiler.stages(for: variant)
        whole = FilterSimulator(try compiler.whole(for: variant))
        staged = FilterSimulator(stages.zygote, stages.worker)
    }

    /// `name(arguments…)` is answered with `action` by the whole filter and by its parts.
    func expect(
        _ name: String, _ arguments: [UInt64], _ action: FilterAction,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let syscall = try #require(TableFile.table.syscall(named: name), sourceLocation: location)
        let attempt = SyscallAttempt(syscall.number, arguments)
        let comment: Comment = "\(name)\(arguments) should be \(action.name)"
        #expect(whole.answer(to: attempt) == action.encoded, comment, sourceLocation: location)
        #expect(staged.answer(to: attempt) == action.encoded, comment, sourceLocation: location)
    }

    func expect(
        _ name: String, _ action: FilterAction, _ location: SourceLocation = #_sourceLocation
    ) throws {
        try expect(name, [], action, location)
    }

    func expect(
        _ names: [String], _ action: FilterAction, _ location: SourceLocation = #_sourceLocation
    ) throws {
        for name in names { try expect(name, [], action, location) }
    }
}

extension FilterAction {
    static let eperm = FilterAction.refuse(.EPERM)
    static let enosys = FilterAction.refuse(.ENOSYS)
    static let eagain = FilterAction.refuse(.EAGAIN)
}
