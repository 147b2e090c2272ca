// Secrets planted everywhere: none may come out.

import Foundation
import Notation
import Testing

@testable import Ledger

@Suite struct RedactorTests {
    private static let sentinel = "Tr0ub4dor3hunter2"

    /// Texts and values that hold the sentinel, and must not after redaction.
    static let planted: [JSON] = {
        let s = sentinel
        var all: [JSON] = []
        for name in [
            "password", "PASSWORD", "Pass-Word", "db_password", "userPasswd", "passphrase",
            "api_key", "apiKey", "API-KEY", "x-api-key", "Authorization", "Proxy-Authorization",
            "cookie", "Set-Cookie", "token", "access_token", "refreshToken",
            "AWS_SECRET_ACCESS_KEY",
            "client_secret", "private key", "private_key", "credentials", "pwd", "auth",
        ] {
            all.append([name: .string(s)])
            all.append(["outer": [["deep": [name: .string(s)]]]])
            all.append([name: ["nested": [.string(s)]]])
            all.append([["name": .string(name), "value": .string(s)]])
            all.append([.string(name), .string(s)])
        }
        for text in [
            "password = '\(s)'", "password='''\(s)'''", "PASSWORD=\(s)", "password: \(s)",
            "db_password = b\"\(s)\"", "os.environ['API_KEY'] = '\(s)'", "token=\"abc\" + \"\(s)\"",
            "{\"password\": \"\(s)\"}", "{\\\"password\\\": \\\"\(s)\\\"}", "password => '\(s)'",
            "curl -H 'Authorization: Bearer \(s)' https://x.org", "Authorization: Basic \(s)==",
            "Cookie: a=b; session=\(s)", "Set-Cookie: id=\(s); HttpOnly", "bearer \(s)",
            "--password \(s)", "--api-key=\(s)", "cmd --token '\(s)' go",
            "https://user:\(s)@host/path", "redis://:\(s)@host:6379/0", "https://\(s)@github.com/x",
            "postgres://u:pa/\(s)@host/db", "see https://a.b/c?access_token=\(s)&x=1",
            "ghp_\(s)", "x=github_pat_11AA\(s)", "sk-proj-\(s)", "AKIA\(s.uppercased())",
            "xoxb-123-\(s)", "glpat-\(s)", "key is sk_live_\(s).",
            "eyJhbGciOiJIUzI1NiJ9.\(s).\(s)",
            "-----BEGIN PRIVATE KEY-----\n\(s)\n-----END PRIVATE KEY-----",
            "-----BEGIN OPENSSH PRIVATE KEY-----\\n\(s)",
            "import x\nclient = X(api_key=get('k', '\(s)'))\n",
            "secret = os.environ.get('S', '\(s)')", "password = \"\\\"\(s)\"",
        ] {
            all.append(.string(text))
            all.append(.string("before: " + text))
            all.append(["code": .string("x = 1\n" + text + "\ny = 2")])
            all.append([[["a": [.string(text)]]]])
        }
        all.append([.string("--password"), .string(s)])
        all.append(["ghp_\(s)": 1])
        return all
    }()

    @Test(arguments: planted)
    func `a planted secret does not come out`(value: JSON) {
        let text = Redactor.redact(value).text
        #expect(!text.lowercased().contains(Self.sentinel.lowercased()), "\(text)")
        #expect(text.contains("[redacted]"))
    }

    @Test func `no planted secret reaches the log, by any field`() throws {
        let logged = try Logged()
        let log = try logged.open()
        for value in Self.planted {
            for field in ["summary", "reason", "finding", "error", "client", "grant", "anything"] {
                try log.append(AuditRecord(.decided, [field: value]))
            }
        }
        for file in try logged.files() {
            for line in try logged.lines(file) {
                #expect(!line.lowercased().contains(Self.sentinel.lowercased()))
            }
        }
        #expect(try logged.verify().isIntact)
    }

    @Test(arguments: [
        "print(1 + 1)", "for token in tokens:\n    print(token)", "a = b", "task-sk-1",
        "https://example.org:8080/a?b=c@d", "mail@example.org", "def password():", "x: int = 5",
        "The basic idea is simple", "eyJ is how they begin", "-----", "==", "",
    ])
    func `an ordinary text stays`(text: String) {
        #expect(Redactor.summary.redact(text) == text)
    }

    @Test func `a long text is cut, and a secret across the cut does not show`() {
        let long = String(repeating: "é", count: 5000)
        let cut = Redactor.summary.redact(long)
        #expect(cut.utf8.count < 230 && cut.hasSuffix("… [10000 bytes]"))
        for offset in 150...210 {
            let text = String(repeating: ".", count: offset) + "ghp_" + Self.sentinel
            let shown = Redactor.summary.redact(text + String(repeating: " x", count: 4000))
            for length in 4...Self.sentinel.count {
                #expect(!shown.contains(Self.sentinel.prefix(length)))
            }
        }
        // No end in sight: what might be a password is masked to the end.
        let open = "https://user:" + String(repeating: "x", count: 9000) + "@host"
        #expect(!Redactor.summary.redact(open).contains("xxx"))
    }

    @Test func `wide, deep and endless values are bounded`() {
        var deep: JSON = 1
        for _ in 0..<100 { deep = [deep] }
        #expect(Redactor.redact(deep).text.utf8.count < 100)
        let wide = JSON.array(Array(repeating: 1, count: 100_000))
        #expect(Redactor.redact(wide).text.contains("more]"))
        let number = JSON.number(String(repeating: "9", count: 5000))
        #expect(Redactor.redact(number) == "[a long number]")
        let many = JSON.array(Array(repeating: wide, count: 32))
        #expect(Redactor.redact(many).text.utf8.count < 2000)
    }

    @Test func `what was redacted stays as it is when redacted again`() {
        for value in Self.planted {
            let once = Redactor.redact(value)
            #expect(!Redactor(Redactor.record).redact(once).text.contains(Self.sentinel))
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `any text is taken`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "password", "=", "\"", "'", "\\", " ", "\n", "://", "@", ":", "-----BEGIN", "-----END",
            "-----", "ghp_", "eyJ", ".", "bearer", "é", "(", ")", "b", "--", "/", "]", "x",
        ]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...40, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            #expect(Redactor.summary.redact(text).utf8.count <= 200 + 30)
        }
    }
}
