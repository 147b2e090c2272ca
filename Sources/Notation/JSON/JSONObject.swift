// A JSON object: members in the order they were written, each key once.
//
// INVARIANT: no two members have byte-equal keys.
// INVARIANT: `index` is nil up to `linearLimit` members, and from then on maps every key to its
// place. Small objects are searched in a line, which is faster than hashing; large ones must not
// be, or an object of 100,000 keys would cost ten billion comparisons.

/// Keys and values in insertion order.
package struct JSONObject: Sendable {
    package typealias Element = (key: String, value: JSON)

    struct Member: Sendable {
        let key: String
        var value: JSON
    }

    /// Members an object may have before it gets an index.
    static let linearLimit = 12

    private(set) var members: [Member] = []
    private var index: [ExactText: Int]?

    package init() {}

    init(literal elements: [(String, JSON)]) {
        members.reserveCapacity(elements.count)
        for (key, value) in elements {
            let isNew = appendIfNew(key, value)
            precondition(isNew, "a JSON object literal names the key '\(key)' twice")
        }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var keys: [String] { members.map(\.key) }

    /// The value of `key`. Setting nil removes the member; setting a new key appends it.
    package subscript(_ key: String) -> JSON? {
        get { place(of: key).map { members[$0].value } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member at the end; false, and no change, if the key is there already.
    mutating func appendIfNew(_ key: String, _ value: JSON) -> Bool {
        guard place(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    func place(of key: String) -> Int? {
        if let index { return index[ExactText(key)] }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func append(_ key: String, _ value: JSON) {
        members.append(Member(key: key, value: value))
        if index != nil {
            index?[ExactText(key)] = members.count - 1
        } else if members.count > Self.linearLimit {
            rebuildIndex()
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        rebuildIndex()
    }

    private mutating func rebuildIndex() {
        guard members.count > Self.linearLimit else {
            index = nil
            return
        }
        var places = [ExactText: Int](minimumCapacity: members.count * 2)
        for (place, member) in members.enumerated() { places[ExactText(member.key)] = place }
        index = places
    }
}

extension JSONObject: Hashable {
    /// Order does not matter: JSON calls an object unordered.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { right[$0.key] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var sum = members.count
        for member in members {
            var one = Hasher()
            one.combine(member.key)
            one.combine(member.value)
            sum &+= one.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate var members: IndexingIterator<[Member]>

        package mutating func next() -> (key: String, value: JSON)? {
            members.next().map { ($0.key, $0.value) }
        }
    }

    package func makeIterator() -> Iterator { Iterator(members: members.makeIterator()) }
    package var underestimatedCount: Int { members.count }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(literal: elements)
    }
}
