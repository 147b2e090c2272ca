// Paths, hosts and addresses: what lies where, and what nobody can say.

import Testing

@testable import Notation
@testable import Policies

@Suite struct PlaceTests {
    @Test(arguments: [
        ("/srv/a", "/srv/a", Truth.yes), ("/srv/a", "/srv/a/b", .yes), ("/srv/a", "/srv/ab", .no),
        ("/srv/a", "/srv/a/../b", .no), ("/srv/a", "/srv/b/../a/./c//d", .yes),
        ("/srv/a", "/../../srv/a", .yes), ("/srv/a/", "/srv/a", .yes), ("/", "/x", .yes),
        ("/srv/a", "srv/a", .unknown), ("/srv/a", "", .unknown), ("/srv/a", "~/x", .unknown),
        ("/srv/a", "/srv/a\0/../..", .unknown), ("/srv/a", "/srv/a/x/../../a/y", .yes),
        ("src", "src/x", .yes), ("src", "./src", .yes), ("src", "src/../../src", .no),
        ("src", "x", .no), ("src", "/src", .unknown), (".", "x/y", .yes), (".", "..", .no),
        (".", "x/../..", .no), (".", ".", .yes),
    ])
    func `a path lies in a directory once dots are resolved`(
        directory: String, path: String, expected: Truth
    ) {
        #expect(DirectoryPath(directory)?.contains(path) == expected)
    }

    @Test(arguments: ["", "../x", "a/../../b", "/a\0"])
    func `what is no directory is refused`(text: String) {
        #expect(DirectoryPath(text) == nil)
    }

    @Test(arguments: [
        ("good.example", Truth.yes), ("GOOD.example.", .yes), ("https://good.example/x?y#z", .yes),
        ("https://good.example:443", .yes), ("git+ssh://good.example/x", .yes),
        ("good.example:80", .yes), ("a.wide.example", .yes), ("http://a.b.wide.example", .yes),
        ("wide.example", .no), ("xwide.example", .no), ("https://evil.example", .no),
        ("https://good.example.evil.example", .no), ("https://evil.example/good.example", .no),
        ("https://evil.example?good.example", .no), ("https://evil.example#@good.example", .no),
        ("https://good.example@evil.example", .unknown),
        ("https://evil.example\\@good.example", .unknown),
        ("https:good.example", .unknown), ("//good.example", .unknown), ("", .unknown),
        ("https://", .unknown), ("good.example/x", .unknown), ("https://good%2eexample", .unknown),
        (" good.example", .unknown), ("good\u{2024}example", .unknown), ("g..example", .unknown),
        (".wide.example", .unknown), ("https://good.example:x", .unknown), ("https://[::1]/", .yes),
        ("https://[::2]/", .no), ("https://[::1]x/", .unknown), ("1tp://good.example", .unknown),
    ])
    func `a host is in the list beyond doubt or not at all`(text: String, expected: Truth) {
        let list = HostList(["Good.Example", ".wide.example", "[::1]"])
        #expect(list.contains(text) == expected)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", Truth.yes), ("10.0.0.0/8", "11.0.0.0", .no),
        ("10.9.9.9/8", "10.1.2.3", .yes), ("10.0.0.1", "10.0.0.1", .yes),
        ("10.0.0.0/8", "::ffff:10.1.2.3", .yes), ("10.0.0.0/8", "::ffff:0a01:203", .yes),
        ("0.0.0.0/0", "255.255.255.255", .yes), ("0.0.0.0/0", "::1", .no), ("::/0", "1.2.3.4", .no),
        ("2001:db8::/32", "2001:db8:1::5", .yes), ("2001:db8::/32", "2001:db9::", .no),
        ("::1", "::1", .yes), ("::1", "0:0:0:0:0:0:0:1", .yes),
        ("10.0.0.0/8", "010.0.0.1", .unknown),
        ("10.0.0.0/8", "10.1", .unknown), ("10.0.0.0/8", "0x0a000001", .unknown),
        ("10.0.0.0/8", "10.0.0.256", .unknown), ("10.0.0.0/8", "10.0.0.1 ", .unknown),
        ("::/0", "1::2::3", .unknown), ("::/0", ":::", .unknown), ("::/0", "1:2", .unknown),
        ("::/0", "::1%eth0", .unknown), ("::/0", "::+1", .unknown), ("::/0", "", .unknown),
        ("::/0", "1:2:3:4:5:6:7:8:9", .unknown), ("::/0", "1:2:3:4:5:6:7::", .yes),
        ("::/0", "1:2:3:4:5:6:7:8::", .unknown), ("::/0", "::1.2.3.4", .yes),
    ])
    func `an address lies in a network`(network: String, address: String, expected: Truth) {
        #expect(IPNetwork(network)?.contains(address) == expected)
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "x", "10.0.0.0/8/8", ""])
    func `what is no network is refused`(text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test func `globs and needles agree with a slow search`() {
        var random = SeededGenerator(seed: 11)
        func text(_ letters: String, _ most: Int) -> String {
            String(
                (0..<Int.random(in: 0...most, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                })
        }
        func matches(_ glob: Substring, _ text: Substring) -> Bool {
            guard let first = glob.first else { return text.isEmpty }
            if first == "*", matches(glob.dropFirst(), text) { return true }
            guard let letter = text.first else { return false }
            if first == "*" { return matches(glob, text.dropFirst()) }
            return (first == "?" || first == letter) && matches(glob.dropFirst(), text.dropFirst())
        }
        for _ in 0..<3_000 {
            let (glob, subject, needle) = (text("ab*?", 6), text("ab", 8), text("ab", 4))
            #expect(GlobText(glob).matches(subject) == matches(glob[...], subject[...]))
            let glued = "*\(needle)*"
            #expect(Needle(needle).occurs(in: subject) == matches(glued[...], subject[...]))
        }
    }

    @Test func `a glob that would take too long is not answered`() {
        let glob = GlobText(
            String(repeating: "*a", count: 20) + String(repeating: "a", count: 900) + "b")
        let text = String(repeating: "a", count: 2_000)
        #expect(glob.matches(text, maxSteps: 100_000) == nil)
        #expect(glob.matches(text) == false)
    }
}
