// What names of metadata directories say, and what they cannot be made to say.

import Testing

@testable import Engine

@Suite struct DistributionNameTests {
    @Test(arguments: [
        ("demo-1.2.dist-info", "demo", "1.2"),
        ("Flask_Cors-6.0.2.dist-info", "flask-cors", "6.0.2"),
        ("lazr.uri-1.0.6.egg-info", "lazr-uri", "1.0.6"),
        ("demo-1.0-py3.11.egg-info", "demo", "1.0"),
        ("demo-1.0-py3.11-linux-x86_64.egg-info", "demo", "1.0"),
        ("outcome-1.3.0.post0.dist-info", "outcome", "1.3.0.post0"),
        ("torch-2.1.0+cu118.dist-info", "torch", "2.1.0+cu118"),
        ("epoch-1!2.0.dist-info", "epoch", "1!2.0"),
        ("my-old-name-0.1.dist-info", "my-old-name", "0.1"),
        ("A__b..c-1.dist-info", "a-b-c", "1"),
    ])
    func `a name and a version are told`(entry: String, name: String, version: String) {
        #expect(DistributionName(entry) == .package(name: name, version: version))
    }

    @Test(arguments: [
        ".dist-info", "demo.dist-info", "cryptography.egg-info", "-1.0.dist-info",
        "demo-.dist-info", "demo-x.dist-info", "de mo-1.0.dist-info", "demo-1.0\n.dist-info",
        "demo-1.0\u{1B}[31m.dist-info", "démo-1.0.dist-info", "demo-1.٣.dist-info",
        "~emo-1.0.dist-info", "demo-1.0-2.dist-info", "_demo-1.0.dist-info",
        String(repeating: "x", count: 101) + "-1.0.dist-info", "\u{FFFD}-1.0.dist-info",
    ])
    func `what installers do not write is unclear`(entry: String) {
        #expect(DistributionName(entry) == .unclear)
    }

    @Test(arguments: ["demo", "demo.py", "demo-1.0", "dist-info", "demo-1.0.DIST-INFO", ""])
    func `the rest is no metadata`(entry: String) {
        #expect(DistributionName(entry) == .other)
    }
}
