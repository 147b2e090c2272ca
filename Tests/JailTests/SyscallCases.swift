@testable import Jail

/// System calls that a wrong filter would judge wrongly: every number, every edge of every rule.
struct SyscallCases {
    /// How often each value of a rule is tried, with other arguments random.
    private static let variationsPerValue = 3

    private let naive: NaiveTable
    private var generator: SeededGenerator
    private(set) var attempts: [SyscallAttempt] = []

    static func all(of naive: NaiveTable, seed: UInt64) -> [SyscallAttempt] {
        var cases = SyscallCases(naive: naive, generator: SeededGenerator(seed: seed))
        cases.addNumbers()
        cases.addForeign()
        for (number, ruling) in naive.rulings.sorted(by: { $0.key < $1.key }) {
            if !ruling.rules.isEmpty { cases.addRules(of: ruling, number) }
        }
        return cases.attempts
    }

    /// Every number there is and well beyond, with plain and with wild arguments.
    private mutating func addNumbers() {
        let tops: [UInt32] = [0x3fff_ffff, 0x3fff_fffe, 0x2000_0000, 0x1_0000, 0x0100_0000]
        for number in Array(0...0x1ff) + tops {
            attempts.append(SyscallAttempt(number, [UInt64](repeating: 0, count: 6)))
            attempts.append(SyscallAttempt(number, [UInt64](repeating: .max, count: 6)))
            for _ in 0..<8 { attempts.append(SyscallAttempt(number, random(6))) }
        }
    }

    /// x32, negative numbers, i386 and other machines, for arguments that would be allowed.
    private mutating func addForeign() {
        for number: UInt32 in 0...0x1ff {
            for offset: UInt32 in [0x4000_0000, 0x8000_0000, 0xc000_0000, 0xffff_fe00] {
                attempts.append(SyscallAttempt(number &+ offset, random(6)))
            }
            for architecture: UInt32 in [0x4000_0003, 0xc000_00b7, 0x8000_003e, 0, .max] {
                attempts.append(
                    SyscallAttempt(number, random(6), architecture: architecture))
            }
        }
        attempts.append(SyscallAttempt(.max, random(6)))
    }

    /// From arguments that satisfy each rule: every bit flipped, every edge, every high half.
    private mutating func addRules(of ruling: NaiveTable.Ruling, _ number: UInt32) {
        for rule in ruling.rules {
            let most = rule.conditions.map(\.values.count).max() ?? 0
            for pick in 0..<most * Self.variationsPerValue {
                var fitting = random(6)
                for condition in rule.conditions {
                    let value = condition.values[pick % condition.values.count]
                    let free = fitting[condition.argument] & ~condition.mask
                    fitting[condition.argument] = value | free
                }
                attempts.append(SyscallAttempt(number, fitting))
                addNeighbors(of: fitting, ruling, number)
            }
        }
        for _ in 0..<200 { attempts.append(SyscallAttempt(number, random(6))) }
    }

    private mutating func addNeighbors(
        of fitting: [UInt64], _ ruling: NaiveTable.Ruling, _ number: UInt32
    ) {
        func add(_ argument: Int, _ value: UInt64) {
            var arguments = fitting
            arguments[argument] = value
            attempts.append(SyscallAttempt(number, arguments))
        }
        for argument in 0..<6 {
            let value = fitting[argument]
            for bit in 0..<64 { add(argument, value ^ (1 << UInt64(bit))) }
            for edge in [0, .max, value &+ 1, value &- 1, ~value, UInt64(UInt32.max)] {
                add(argument, edge)
                add(argument, edge ^ 1 << 32)
            }
        }
        for condition in ruling.rules.flatMap(\.conditions) {
            for value in condition.values + [condition.mask, ~condition.mask] {
                for nearby in [value, value &+ 1, value &- 1] {
                    add(condition.argument, nearby)
                    add(condition.argument, nearby | random(1)[0] << 32)
                    add(condition.argument, nearby | random(1)[0] & ~condition.mask)
                }
            }
        }
    }

    private mutating func random(_ count: Int) -> [UInt64] {
        (0..<count).map { _ in generator.next() }
    }
}
