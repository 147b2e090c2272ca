import Notation

@testable import Jail

/// What the table file means, in the plainest way: no compiler, no loader, no cleverness.
///
/// The filters are compared with this; it reads the file by itself so that the loader is under
/// test as well. Mistakes in the file's form are the loader's business and trap here.
struct NaiveTable {
    struct Condition {
        let argument: Int
        let mask: UInt64
        let values: [UInt64]
    }
    struct Rule {
        let conditions: [Condition]
        let action: UInt32
    }
    struct Ruling {
        let rules: [Rule]
        let otherwise: UInt32
    }

    var rulings: [UInt32: Ruling] = [:]
    let unlisted: UInt32
    let foreign: UInt32

    init(_ file: JSON, variant: String) {
        unlisted = Self.action(file["default"])
        foreign = Self.action(file["foreign"])
        var numbers: [String: UInt32] = [:]
        for group in file["groups"]!.asArray! {
            for (name, number) in group["calls"]!.asObject! {
                numbers[name] = UInt32(number.asInteger!)
                rulings[numbers[name]!] = Self.ruling(group)
            }
        }
        var line = [file["variants"]![variant]!]
        while let parent = line[0]["extends"]?.asString {
            line.insert(file["variants"]![parent]!, at: 0)
        }
        for change in line.flatMap({ $0["changes"]!.asArray! }) {
            for name in change["calls"]!.asArray! {
                rulings[numbers[name.asString!]!] = Self.ruling(change)
            }
        }
    }

    func answer(to attempt: SyscallAttempt) -> UInt32 {
        guard attempt.architecture == 0xc000_003e, attempt.number < 0x4000_0000 else {
            return foreign
        }
        guard let ruling = rulings[attempt.number] else { return unlisted }
        for rule in ruling.rules {
            let holds = rule.conditions.allSatisfy { condition in
                condition.values.contains(attempt.arguments[condition.argument] & condition.mask)
            }
            if holds { return rule.action }
        }
        return ruling.otherwise
    }

    private static func ruling(_ json: JSON) -> Ruling {
        let rules = (json["rules"]?.asArray ?? []).map { rule in
            Rule(
                conditions: rule["when"]!.asArray!.map(condition), action: action(rule["action"]))
        }
        return Ruling(rules: rules, otherwise: action(json["otherwise"] ?? json["action"]))
    }

    private static func condition(_ json: JSON) -> Condition {
        let mask = json["bits"] == nil ? json["mask"]?.asInteger ?? 0xffff_ffff : -1
        let values = json["among"]?.asObject?.map(\.value) ?? [json["equals"]!]
        return Condition(
            argument: Int(json["argument"]!.asInteger!), mask: UInt64(bitPattern: mask),
            values: values.map { UInt64($0.asInteger!) })
    }

    private static func action(_ json: JSON?) -> UInt32 {
        let errors: [String: UInt32] = [
            "EPERM": 1, "EAGAIN": 11, "EINVAL": 22, "ENOTTY": 25, "ENOSYS": 38, "ENOPROTOOPT": 92,
            "ENOTSUP": 95, "EAFNOSUPPORT": 97,
        ]
        switch json!.asString! {
        case "allow": return 0x7fff_0000
        case "kill": return 0x8000_0000
        case let name: return 0x0005_0000 + errors[name]!
        }
    }
}
