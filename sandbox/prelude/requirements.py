"""Are the packages a program needs installed?

A program names them in a PEP 723 block; a job can name more. Nothing is installed here: what is
missing is reported, with a reason, and the caller decides.

Everything is imported on first use: a worker whose program names no package never pays for it.
"""

REPORTED = 100  # unsatisfied requirements listed at most
REASON_CHARACTERS = 300
REQUIREMENT_CHARACTERS = 200
SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"
NAMED = 1_000  # requirements one program may name

# PEP 723's own expression. It is applied to a copy of the program in which only whole-line comments
# are left, so that a block inside a string literal is no block.
BLOCK = r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$"


class Invalid(ValueError):
    """The program or the job states requirements wrongly; the message is shown to its author."""


def check(code, requirements, inline):
    """Returns None when all is satisfied, else a JSON array of {requirement, reason}.

    `code` is the program, `requirements` JSON text or None, `inline` whether the program's block
    counts.
    """
    python, wanted = _block(code) if inline else (None, [])
    wanted = _union(_listed(requirements), wanted)
    if len(wanted) > NAMED:
        raise Invalid(f"{len(wanted)} requirements are named; the limit is {NAMED}")
    if python is None and not wanted:
        return None
    try:
        _import_packaging()
        import packaging.requirements
    except ImportError:
        reason = "can't be checked: the package 'packaging' is missing (Debian: python3-packaging)"
        names = wanted if python is None else [f"python {python}", *wanted]
        return _report([(name, reason) for name in names])
    missing = [] if python is None else _python_problems(python)
    for text in wanted:
        missing += ((text, reason) for reason in _problems(text, packaging.requirements))
    return _report(missing) if missing else None


def _import_packaging():
    """Loads `packaging` from the environment, or else the system's own copy.

    The system's directory is on the path for this import only: what else is in it is no part of
    the environment, and must not count as installed.
    """
    import sys

    try:
        import packaging.requirements
        import packaging.specifiers
    except ImportError:
        sys.path.append(SYSTEM_PACKAGES)
        try:
            import packaging.requirements
            import packaging.specifiers
        finally:
            sys.path.remove(SYSTEM_PACKAGES)


def _report(missing):
    import json

    return json.dumps(
        [
            {"requirement": name[:REQUIREMENT_CHARACTERS], "reason": reason[:REASON_CHARACTERS]}
            for name, reason in missing[:REPORTED]
        ]
    )


def _listed(text):
    if text is None:
        return []
    import json

    try:
        listed = json.loads(text)
    except ValueError as error:
        raise Invalid(f"the requirements are not JSON: {error}") from None
    return _strings(listed, "the requirements")


def _strings(value, subject):
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Invalid(f"{subject} must be a list of strings")
    return value


def _union(*lists):
    """All of them in order, once each; spelling, spaces and quotes make no difference."""
    kept = {}
    for item in (item for items in lists for item in items):
        kept.setdefault(_canonical(item), item.strip())
    return list(kept.values())


def _canonical(text):
    import re

    return re.sub(r"\s+", "", text).replace("'", '"').replace("_", "-").lower()


def _block(code):
    """Returns (requires-python or None, dependencies) of the program's `script` block."""
    import re
    import tomllib

    blocks = [found for found in re.finditer(BLOCK, _comments(code)) if found["type"] == "script"]
    if not blocks:
        return None, []
    if len(blocks) > 1:
        raise Invalid("the program has more than one '# /// script' block (PEP 723 allows one)")
    content = "".join(
        line[2:] if line.startswith("# ") else line[1:]
        for line in blocks[0]["content"].splitlines(keepends=True)
    )
    try:
        metadata = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"the program's '# /// script' block is not TOML: {error}") from None
    python = metadata.get("requires-python")
    if python is not None and not isinstance(python, str):
        raise Invalid("requires-python in the program's '# /// script' block must be a string")
    dependencies = metadata.get("dependencies", [])
    return python, _strings(dependencies, "dependencies in the program's '# /// script' block")


def _comments(code):
    """The program with every line replaced by a dot unless all of it is a comment."""
    import io
    import tokenize

    lines = code.splitlines()
    kept = ["."] * len(lines)
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            row, column = token.start
            if token.type == tokenize.COMMENT and column == 0 and row <= len(lines):
                kept[row - 1] = token.string
    except (tokenize.TokenError, SyntaxError):
        pass  # a broken program: what stands before the break still counts
    return "".join(line + "\n" for line in kept)


def _python_problems(specification):
    import platform

    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    running = platform.python_version()
    try:
        fits = SpecifierSet(specification).contains(running, prereleases=True)
    except InvalidSpecifier:
        return [(f"python {specification}", "is not a valid version specifier")]
    return [] if fits else [(f"python {specification}", f"Python {running} runs here")]


def _problems(text, packaging_requirements):
    try:
        requirement = packaging_requirements.Requirement(text)
    except packaging_requirements.InvalidRequirement as error:
        return ["is not a valid requirement: " + " ".join(str(error).split())]
    if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
        return []  # meant for another platform or Python
    return _unmet(requirement, packaging_requirements, set())


def _unmet(requirement, packaging_requirements, seen):
    from importlib import metadata

    try:
        found = metadata.distribution(requirement.name)
    except (metadata.PackageNotFoundError, ValueError):
        return [f"{requirement.name} is not installed"]
    version = found.version
    if requirement.url is not None and not _installed_from(found, requirement.url):
        return [f"{requirement.name} {version} is installed, but not from {requirement.url}"]
    if not _fits(requirement.specifier, version):
        return [f"{requirement.name} {version} is installed, which is not {requirement.specifier}"]
    problems = []
    for extra in sorted(requirement.extras):
        key = (requirement.name.lower(), extra)
        if key not in seen:
            seen.add(key)
            problems += _unmet_of_extra(found, extra, packaging_requirements, seen)
    return problems


def _fits(specifier, version):
    from packaging.version import InvalidVersion

    try:  # a pre-release that is installed was wanted by somebody: it counts
        return not specifier or (
            version is not None and specifier.contains(version, prereleases=True)
        )
    except InvalidVersion:
        return False


def _unmet_of_extra(found, extra, packaging_requirements, seen):
    problems = []
    for text in found.requires or ():
        needed = packaging_requirements.Requirement(text)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            continue  # not for the extra: installed with the package itself
        if needed.marker.evaluate({"extra": extra}):
            problems += (
                f"extra '{extra}': {reason}"
                for reason in _unmet(needed, packaging_requirements, seen)
            )
    return problems


def _installed_from(found, url):
    import json

    try:
        recorded = json.loads(found.read_text("direct_url.json") or "{}")
    except ValueError:
        return False
    return isinstance(recorded, dict) and recorded.get("url") == url
