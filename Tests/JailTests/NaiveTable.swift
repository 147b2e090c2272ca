// The oracle of the filter tests.

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
        unlisted = Self.action(file.member("default"))
        foreign = Self.action(file.member("foreign"))
        var numbers: [String: UInt32] = [:]
        for group in file.member("groups").items {
            for (name, number) in group.member("calls").members {
                numbers[name] = UInt32(number.whole)
                rulings[UInt32(number.whole)] = Self.ruling(group)
            }
        }
        var line = [file.member("variants").member(variant)]
        while let parent = line[0]["extends"]?.asString {
            line.insert(file.member("variants").member(parent), at: 0)
        }
        for change in line.flatMap({ $0.member("changes").items }) {
            for name in change.member("calls").items {
                guard let number = numbers[name.word] else {
                    preconditionFailure("a change names \(name.word), which no group has")
                }
                rulings[number] = Self.ruling(change)
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
                conditions: rule.member("when").items.map(condition),
                action: action(rule.member("action")))
        }
        return Ruling(
            rules: rules, otherwise: action(json["otherwise"] ?? json.member("action")))
    }

    private static func condition(_ json: JSON) -> Condition {
        let mask = json["bits"] == nil ? json["mask"]?.asInteger ?? 0xffff_ffff : -1
        let values = json["among"]?.asObject?.map(\.value) ?? [json.member("equals")]
        return Condition(
            argument: Int(json.member("argument").whole), mask: UInt64(bitPattern: mask),
            values: values.map { UInt64($0.whole) })
    }

    private static func action(_ json: JSON) -> UInt32 {
        let errors: [String: UInt32] = [
            "EPERM": 1, "EAGAIN": 11, "EINVAL": 22, "ENOTTY": 25, "ENOSYS": 38, "ENOPROTOOPT": 92,
            "ENOTSUP": 95, "EAFNOSUPPORT": 97,
        ]
        switch json.word {
        case "allow": return 0x7fff_0000
        case "kill": return 0x8000_0000
        case let name:
            guard let code = errors[name] else { preconditionFailure("no action is '\(name)'") }
            return 0x0005_0000 + code
        }
    }
}

/// Access that traps: the table's form is the loader's business.
extension JSON {
    fileprivate func member(_ key: String) -> JSON {
        guard let value = self[key] else { preconditionFailure("the table lacks '\(key)'") }
        return value
    }

    fileprivate var items: [JSON] {
        guard let items = asArray else { preconditionFailure("no list: \(text)") }
        return items
    }

    fileprivate var members: JSONObject {
        guard let members = asObject else { preconditionFailure("no map: \(text)") }
        return members
    }

    fileprivate var whole: Int64 {
        guard let number = asInteger else { preconditionFailure("no whole number: \(text)") }
        return number
    }

    fileprivate var word: String {
        guard let word = asString else { preconditionFailure("no text: \(text)") }
        return word
    }
}
