// Cutting names into words.

import Testing

@testable import Policies

@Suite struct NameTokensTests {
    @Test(arguments: [
        ("list_open_issues", ["list", "open", "issues"]),
        ("list-open-issues", ["list", "open", "issues"]),
        ("listOpenIssues", ["list", "open", "issues"]),
        ("ListOpenIssues", ["list", "open", "issues"]),
        ("issues.list", ["issues", "list"]),
        ("repos/issues/list", ["repos", "issues", "list"]),
        ("getURLStatus", ["get", "url", "status"]),
        ("listURLs", ["list", "urls"]),
        ("parseHTML", ["parse", "html"]),
        ("HTMLParse", ["html", "parse"]),
        ("s3_get_object", ["s3", "get", "object"]),
        ("k8sListPods", ["k8s", "list", "pods"]),
        ("get2Users", ["get2", "users"]),
        ("API-get-user", ["api", "get", "user"]),
        ("__delete__all__", ["delete", "all"]),
        ("LÖSCHE_Datei", ["lösche", "datei"]),
        ("", []),
        ("*", []),
    ])
    func `a name has these words`(name: String, words: [String]) {
        #expect(NameTokens.split(name) == words)
    }

    @Test func `a long name is looked at in part`() {
        #expect(NameTokens.split(String(repeating: "a_", count: 100_000)).count <= 32)
        #expect(NameTokens.split(String(repeating: "x", count: 100_000)).first?.count == 256)
    }

    @Test(arguments: [
        ("searchnodes", ["search", "nodes"]), ("webfetch", ["web", "fetch"]),
        ("listing", ["listing"]), ("reader", ["reader"]), ("address", ["address"]),
    ])
    func `two words in one are found at either end`(token: String, parts: [String]) {
        #expect(JoinedWords.split(token) == parts)
    }
}
