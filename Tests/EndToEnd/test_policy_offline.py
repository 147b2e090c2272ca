"""Judging policies and calls from the shell, without running anything.

Numbers in comments are those of the weaknesses of other engines that a test shows we don't have;
all of this is 39.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from Harness.server import PROJECT, Server

SEEDS = PROJECT / "policies" / "seeds"


@pytest.fixture
def write(tmp_path: Path, server: Server):
    """Writes a file any user can read, and gives its path."""
    folder = server.home.parent / f"policies-{server.mode}-{tmp_path.name}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)

    def write(name: str, text: str) -> str:
        path = folder / name
        path.write_text(text)
        path.chmod(0o644)
        return str(path)

    return write


def evaluate(server: Server, policy: str, calls: str) -> list[dict]:
    done = server.run("policy", "eval", "--policy", policy, "--calls", calls, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines(*calls: dict) -> str:
    return "".join(json.dumps(call) + "\n" for call in calls)


INTERCEPT = """
version: "1"
default: deny
hide: [secret]
tools:
  deploy:
    rules:
      - name: small only
        conditions:
          - {path: args.count, op: lte, value: 3}
        on_deny: At most three at once.
      - name: few a minute
        rate_limit: 2/minute
  wipe:
    rules:
      - name: never
        action: deny
"""


def test_every_call_gets_a_line_in_order(server: Server, write) -> None:
    calls = lines(
        {"tool": "deploy", "arguments": {"count": 3}},
        {"tool": "deploy", "arguments": {"count": 4}},
        {"tool": "wipe"},
        {"tool": "secret"},
        {"tool": "unheard of"},
    )
    answers = evaluate(server, write("p.yaml", INTERCEPT), write("c.jsonl", calls))
    assert [a["decision"] for a in answers] == ["allow", "deny", "deny", "hidden", "deny"]
    assert [a["rule"] for a in answers] == [
        "", "small only", "never", "(hidden)", "(default deny)",
    ]
    assert answers[1]["reason"].startswith("At most three at once.")
    assert list(answers[0])[:3] == ["decision", "rule", "reason"]


def test_the_clock_begins_where_the_contract_says(server: Server, write) -> None:
    call = {"tool": "deploy", "arguments": {"count": 1}}
    calls = lines(
        call, call, call,
        call | {"at": "2026-01-15T10:00:59Z"},
        call | {"at": "2026-01-15T10:01:00Z"},
        call, call,
    )
    answers = evaluate(server, write("p.yaml", INTERCEPT), write("c.jsonl", calls))
    decisions = [a["decision"] for a in answers]
    assert decisions == ["allow", "allow", "deny", "deny", "allow", "allow", "deny"]
    assert answers[2]["retry_after_ms"] == 60_000
    assert answers[3]["retry_after_ms"] == 1_000


CONTRACT = """
version: "1"
dialect: sandboa
default: deny
counters: {scope: grant}
hide: [secret]
tools:
  deploy:
    rules:
      - {name: one for each, limit: {counter: c, max: 1, window: day, scope: SCOPE}}
  ask:
    rules:
      - {name: a person, action: require_approval}
      - {name: few, limit: {counter: asked, max: 1, window: day}}
  wipe:
    rules: [{name: never, action: deny, on_deny: Not here.}]
"""


def test_eval_prints_what_the_contract_says_for_each_decision(server: Server, write) -> None:
    tools = ["deploy", "deploy", "ask", "ask", "wipe", "secret", "unheard of"]
    calls = lines(*({"tool": tool, "arguments": {}} for tool in tools))
    policy = write("p.yaml", CONTRACT.replace("SCOPE", "server"))
    answers = evaluate(server, policy, write("c.jsonl", calls))
    assert [(a["decision"], a["rule"]) for a in answers] == [
        ("allow", ""), ("deny", "one for each"), ("require_approval", "a person"),
        # Nobody agreed, so nothing was counted.
        ("require_approval", "a person"), ("deny", "never"), ("hidden", "(hidden)"),
        ("deny", "(default deny)"),
    ]
    for answer in answers:
        assert list(answer)[:3] == ["decision", "rule", "reason"]
        assert bool(answer["reason"]) is (answer["decision"] != "allow")
        assert answer["category"] == "Execute" and len(answer["policy"]) == 64
    assert answers[1]["code"] == "rate_limited" and answers[1]["retry_after_ms"] > 0
    assert answers[4]["reason"] == "Not here."
    assert answers[4]["source"].startswith(f"{policy}:")
    # Denials are answers: eval itself succeeded. So it did without --json.
    done = server.run("policy", "eval", "--policy", policy, "--calls", "-", stdin=calls)
    assert done.returncode == 0
    assert sum(" deny " in line for line in done.stdout.splitlines()) == 3


@pytest.mark.parametrize("scope", ["grant", "session", "client"])
def test_eval_counts_by_who_calls(server: Server, write, scope: str) -> None:
    who = [{}, {scope: "a"}, {scope: "b"}, {scope: "a"}, {scope: None}, {scope: "b"}]
    calls = lines(*({"tool": "deploy", "arguments": {}, **one} for one in who))
    policy = write("p.yaml", CONTRACT.replace("SCOPE", scope))
    decisions = [a["decision"] for a in evaluate(server, policy, write("c.jsonl", calls))]
    assert decisions == ["allow", "allow", "allow", "deny", "deny", "deny"]


def test_eval_begins_with_empty_counters_and_leaves_nothing(server: Server, write, place) -> None:
    home = place / "nothing"
    policy = write("p.yaml", CONTRACT.replace("SCOPE", "server"))
    calls = write("c.jsonl", lines(*[{"tool": "deploy", "arguments": {}}] * 2))
    for _ in range(2):
        done = server.run(
            "policy", "eval", "--policy", policy, "--calls", calls, "--json",
            XDG_STATE_HOME=str(home))
        decisions = [json.loads(line)["decision"] for line in done.stdout.splitlines()]
        assert decisions == ["allow", "deny"]
    assert not home.exists()


# 14
def test_an_earlier_time_refills_nothing(server: Server, write) -> None:
    call = {"tool": "deploy", "arguments": {"count": 1}}
    calls = lines(
        call | {"at": "2026-01-15T10:05:00Z"}, call, call | {"at": "2026-01-15T10:01:00Z"},
        call | {"at": None}, call | {"at": "2026-01-15T11:06:00+01:00"}, call, call,
    )
    answers = evaluate(server, write("p.yaml", INTERCEPT), write("c.jsonl", calls))
    decisions = [a["decision"] for a in answers]
    assert decisions == ["allow", "allow", "deny", "deny", "allow", "allow", "deny"]


# 28
def test_a_call_s_time_decides_where_a_rule_asks_for_it(server: Server, write) -> None:
    policy = write(
        "p.yaml",
        "version: '1'\ndialect: sandboa\ndefault: deny\ntools:\n  t:\n    rules:\n"
        "      - {name: by day, require: {path: time.hour, op: lt, value: 18}}\n",
    )
    calls = lines(
        {"tool": "t"}, {"tool": "t", "at": "2026-01-15T18:00:00Z"}, {"tool": "t"},
        {"tool": "t", "at": "2026-01-16T00:00:00Z"},
    )
    decisions = [a["decision"] for a in evaluate(server, policy, write("c.jsonl", calls))]
    assert decisions == ["allow", "deny", "deny", "allow"]
    explain = ("policy", "explain", "t", "--policy", policy)
    assert server.run(*explain).returncode == 0
    assert server.run(*explain, "--at", "2026-01-15T20:00:00Z").returncode == 3
    assert server.run(*explain, "--at", "teatime").returncode == 2


def test_lines_may_end_as_they_like_and_be_blank(server: Server, write) -> None:
    calls = '\n{"tool":"wipe"}\r\n  \n{"tool":"deploy","arguments":null,"odd":1}'
    policy = write("p.yaml", INTERCEPT)
    path = write("c.jsonl", calls)
    done = server.run("policy", "eval", "--policy", policy, "--calls", path, "--json")
    assert done.returncode == 0
    rules = [json.loads(line)["rule"] for line in done.stdout.splitlines()]
    assert rules == ["never", "small only"]
    assert f"{path}:4" in done.stderr and "odd" in done.stderr


def test_calls_that_are_not_there_are_a_mistake_of_the_operator(server: Server, write) -> None:
    policy = write("p.yaml", INTERCEPT)
    done = server.run("policy", "eval", "--policy", policy, "--calls", "/nowhere.jsonl", "--json")
    assert done.returncode == 2 and done.stdout == "" and "/nowhere.jsonl" in done.stderr


def test_an_invalid_policy_tells_every_error_with_its_place(server: Server, write) -> None:
    policy = write("bad.yaml", "version: '1'\ndefualt: deny\ntools:\n  x:\n    rules: 5\n")
    done = server.run("policy", "eval", "--policy", policy, "--calls", write("c", ""), "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{policy}:2:1" in done.stderr and "default" in done.stderr
    assert f"{policy}:5:" in done.stderr and "rules" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        '{"tool":"x","tool":"y"}', '{"tool":"x","Tool":"y"}', '["x"]', '{"tool":5}', "{",
        '{"tool":"x","arguments":[1]}', '{"tool":"x","at":"yesterday"}',
    ],
)
def test_a_line_that_is_no_call_changes_nothing(server: Server, write, line: str) -> None:
    calls = write("c.jsonl", lines({"tool": "wipe"}) + line + "\n")
    done = server.run("policy", "eval", "--policy", write("p.yaml", INTERCEPT), "--calls", calls)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{calls}:2" in done.stderr


def test_a_policy_that_is_not_there_is_a_mistake_of_the_operator(server: Server) -> None:
    done = server.run("policy", "eval", "--policy", "/nowhere.yaml", stdin="")
    assert done.returncode == 2
    assert "/nowhere.yaml" in done.stderr


@pytest.mark.parametrize("seed", sorted(p.name for p in SEEDS.iterdir()))
def test_the_published_policies_are_valid(server: Server, seed: str) -> None:
    share = server.program.parent.parent / "share" / "sandboa" / "policies" / "seeds"
    done = server.run("policy", "check", str(share / seed), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["valid"]


def test_our_own_policies_pass_their_tests(server: Server) -> None:
    done = server.run("policy", "test", "default", "strict", "permissive")
    assert done.returncode == 0, done.stdout
    assert "0 failed" in done.stdout


def test_a_failing_test_of_a_policy_fails(server: Server, write) -> None:
    text = "version: '1'\ndialect: sandboa\ndefault: deny\n"
    text += "tests: [{name: wrong, tool: x, expect: allow}]\n"
    done = server.run("policy", "test", write("p.yaml", text))
    assert done.returncode == 1
    assert "FAIL" in done.stdout and "1 failed" in done.stdout


def test_an_explanation_names_rule_place_and_finding(server: Server, write) -> None:
    policy = write("p.yaml", INTERCEPT)
    done = server.run("policy", "explain", "deploy", "count=9", "--policy", policy, "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["decision"] == "deny" and told["rule"] == "small only"
    step = next(s for s in told["steps"] if s["rule"] == "small only")
    assert step["finding"]["path"] == "args.count" and policy in step["source"]


def test_a_hostile_pattern_and_text_cost_little(server: Server, write) -> None:
    policy = write(
        "p.yaml",
        "version: '1'\ntools:\n  t:\n    rules:\n      - name: r\n        conditions:\n"
        "          - {path: args.text, op: regex, value: '^(a+)+$'}\n",
    )
    calls = write("c.jsonl", lines({"tool": "t", "arguments": {"text": "a" * 65_536 + "!"}}))
    answers = evaluate(server, policy, calls)
    assert answers[0]["decision"] == "deny"
    assert "aaaa" not in json.dumps(answers[0])[:400]


# 20 to 22 and more: what can't be meant is refused.
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a bomb of aliases", "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)},*{chr(97 + n)},"
            f"*{chr(97 + n)},*{chr(97 + n)},*{chr(97 + n)},*{chr(97 + n)},*{chr(97 + n)}]\n"
            for n in range(12))),
        ("ten megabytes", "version: '1'\n" + "# x\n" * 2_600_000),
        ("deep nesting", "tools: " + "[" * 10_000),
        ("a zero byte", "version: '1'\0\n"),
        ("a key twice", "version: '1'\ndefault: deny\ndefault: allow\n"),
        ("a number too large", "version: '1'\ntools:\n  t:\n    rules:\n      - name: r\n"
         "        rate_limit: 99999999999999999999/minute\n"),
    ],
)
def test_a_hostile_policy_is_refused_with_a_reason(server, write, name, text) -> None:
    done = server.run("policy", "check", write("p.yaml", text), timeout=20)
    assert done.returncode == 2, name
    assert "p.yaml" in done.stderr + done.stdout


def test_a_difference_comes_with_a_call_that_eval_confirms(server: Server, write) -> None:
    before = write("a.yaml", INTERCEPT)
    after = write("b.yaml", INTERCEPT.replace("value: 3", "value: 2"))
    assert server.run("policy", "diff", before, before).returncode == 0
    done = server.run("policy", "diff", before, after, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["relation"] == "stricter"
    witness = told["witnesses"][0]
    calls = write("w.jsonl", lines({"tool": witness["tool"], "arguments": witness["arguments"]}))
    for policy, side in ((before, "before"), (after, "after")):
        decided = evaluate(server, policy, calls)[0]["decision"]
        assert decided == witness[side]["decision"]


# 30
def test_letters_that_deceive_are_told_with_place_and_name(server: Server, write) -> None:
    text = INTERCEPT.replace("wipe", "w\u0456pe").replace("[secret]", "[sec\u200bret]")
    path = write("p.yaml", text)
    done = server.run("policy", "check", path, "--json")
    assert done.returncode == 0
    problems = json.loads(done.stdout)[0]["problems"]
    told = {(p["line"], p["column"]): p["message"] for p in problems if "U+" in p["message"]}
    assert sorted(told) == [(4, 8), (14, 3)]
    assert "character 4 is U+200B ZERO WIDTH SPACE" in told[4, 8]
    assert "character 2 is U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I" in told[14, 3]
    shown = server.run("policy", "check", path).stderr
    assert "\u200b" not in shown and "U+200B" in shown


def test_a_policy_is_checked_for_what_is_odd(server: Server, write) -> None:
    text = INTERCEPT + """
  broken:
    rules:
      - name: impossible
        conditions:
          - {path: args.n, op: gt, value: 5}
          - {path: args.n, op: lt, value: 3}
"""
    done = server.run("policy", "check", write("p.yaml", text), "--json")
    assert done.returncode == 0
    problems = json.loads(done.stdout)[0]["problems"]
    assert any("impossible" in str(one) or one["line"] >= 21 for one in problems), problems


def test_formatting_keeps_the_meaning_and_settles(server: Server, write) -> None:
    path = write("p.yaml", "# ours\nversion: '1'\ndialect: sandboa\ndefault:   deny\n")
    once = server.run("policy", "fmt", path).stdout
    assert once.startswith("# ours\n")
    assert server.run("policy", "fmt", write("q.yaml", once)).stdout == once


def test_what_a_language_can_not_say_is_refused(server: Server) -> None:
    seed = server.program.parent.parent / "share/sandboa/policies/seeds/mcp-devtools-server.json"
    assert server.run("policy", "convert", str(seed)).returncode == 0
    done = server.run("policy", "convert", "--to", "intercept", str(seed))
    assert done.returncode == 1 and "grant" in done.stderr


def test_foreign_tools_are_classified_with_evidence(server: Server, write) -> None:
    tools = [{"name": "delete_repository"}, {"name": "list_issues"}, {"name": "create_refund"}]
    path = write("tools.json", json.dumps({"tools": tools}))
    told = json.loads(server.run("classify", path, "--json").stdout)["tools"]
    assert [tool["category"] for tool in told] == ["Destructive", "Read", "Financial"]
    assert all(tool["evidence"] for tool in told)
    suggested = server.run("classify", path, "--suggest").stdout
    assert server.run("policy", "check", write("s.yaml", suggested)).returncode == 0
