// Properties of JSON over seeded values and seeded damage.

import Foundation
import Testing

@testable import Notation

@Suite struct JSONPropertyTests {
    @Test(arguments: UInt64(0)..<300)
    func `what is written reads back the same, order included`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.json()
        let again = try JSON(parsing: value.bytes)
        #expect(again == value)
        #expect(again.bytes == value.bytes)
        #expect(again.hashValue == value.hashValue)
    }

    @Test(arguments: UInt64(0)..<300)
    func `canonical bytes do not depend on the order of members`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.json()
        func shuffled(_ value: JSON) -> JSON {
            guard let object = value.asObject else { return value }
            var result = JSONObject()
            for (key, value) in Array(object).shuffled(using: &generator) {
                result[key] = shuffled(value)
            }
            return .object(result)
        }
        let other = shuffled(value)
        #expect(other == value)
        #expect(other.canonicalBytes == value.canonicalBytes)
        #expect(try JSON(parsing: value.canonicalBytes) == value)
    }

    @Test(arguments: UInt64(0)..<200)
    func `random bytes never trap`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet =
            Array(#"{}[],:"\u0019e.-+truefalsn dD8cC"#.utf8) + [0x00, 0x0A, 0x80, 0xC3, 0xED, 0xF0]
        for _ in 0..<50 {
            let count = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            do throws(JSONError) {
                let value = try JSON(parsing: bytes)
                #expect(try JSON(parsing: value.bytes) == value)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }

    @Test(arguments: UInt64(0)..<300)
    func `a damaged text is refused or reads like Foundation reads it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bytes = generator.json().bytes
        for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[place] = Array(#"{}[],:"\0a1 "#.utf8).randomElement(using: &generator) ?? 0
        }
        guard let value = try? JSON(parsing: bytes),
            let other = try? JSONSerialization.jsonObject(
                with: Data(bytes), options: .fragmentsAllowed)
        else { return }
        #expect(Self.agrees(value, other), "\(value) against \(other)")
    }

    @Test(arguments: UInt64(0)..<300)
    func `Foundation accepts what is written, unless a double overflows`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.json()
        do {
            let other = try JSONSerialization.jsonObject(
                with: Data(value.bytes), options: .fragmentsAllowed)
            #expect(Self.agrees(value, other))
        } catch {
            #expect(value.text.contains("e999"))
        }
    }

    /// Foundation's dictionaries take canonically equal keys for one, hence the looser count.
    private static func agrees(_ value: JSON, _ other: Any) -> Bool {
        switch value {
        case .null: return other is NSNull
        case .bool(let value): return other as? Bool == value
        case .integer(let value): return (other as? NSNumber)?.int64Value == value
        case .number:
            // Foundation reads some doubles through a decimal type and is off by some last bits.
            guard let ours = value.asDouble, let theirs = (other as? NSNumber)?.doubleValue
            else { return false }
            return abs(ours - theirs) <= abs(ours) * 1e-14
        case .string(let value): return (other as? String).map { $0 == value } ?? false
        case .array(let values):
            guard let others = other as? [Any], others.count == values.count else { return false }
            return zip(values, others).allSatisfy { agrees($0, $1) }
        case .object(let object):
            guard let others = other as? [String: Any], others.count <= object.count
            else { return false }
            guard others.count == object.count else { return true }
            return object.allSatisfy { pair in
                others[pair.key].map { agrees(pair.value, $0) } ?? false
            }
        }
    }
}
