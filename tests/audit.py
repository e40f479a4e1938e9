"""`make audit`: known vulnerabilities of the pinned releases, but for the exceptions of audit.toml.

    python -m tests.audit PIP_AUDIT

PIP_AUDIT is the program. It is asked of PyPI's advisories and, where those cannot be had, of OSV's.
Where neither can, that is said and is no failure: a machine that reaches only a package index could
otherwise never pass. Leaves with 1 for a finding that is no exception.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).parents[1]
PINNED = ("requirements.lock", "requirements-test.lock", "requirements-torch.txt")
EXCEPTIONS = ROOT / "audit.toml"
SERVICES = ("pypi", "osv")
SECONDS = 600


@dataclass(frozen=True)
class Finding:
    """A known vulnerability; `ids` are all its names."""

    package: str
    version: str
    ids: frozenset[str]
    fixed_in: tuple[str, ...]


@dataclass(frozen=True)
class Allowed:
    """An exception of audit.toml."""

    package: str
    ids: frozenset[str]
    reason: str


@dataclass(frozen=True)
class Audit:
    """What pip-audit found; of `unknown` it could learn nothing."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]
    findings: tuple[Finding, ...]


def read(output: str) -> Audit:
    """Read pip-audit's JSON; what is none, as after a failed connection, is an audit of nothing."""
    try:
        packages = json.loads(output)["dependencies"]
    except ValueError:
        return Audit((), (), ())
    known = [package for package in packages if "skip_reason" not in package]
    return Audit(
        tuple(package["name"] for package in known),
        tuple(package["name"] for package in packages if "skip_reason" in package),
        tuple(
            Finding(
                package["name"],
                package["version"],
                frozenset([found["id"], *found["aliases"]]),
                tuple(found["fix_versions"]),
            )
            for package in known
            for found in package["vulns"]
        ),
    )


def pins(files: Sequence[str] = PINNED) -> str:
    """Return the pinned releases without hashes, which pip-audit wants for all or for none."""
    text = "".join((ROOT / name).read_text() for name in files)
    return "".join(f"{pin.strip()}\n" for pin in re.findall(r"^[^\s#]+==[^\\\n]+", text, re.M))


def exceptions(text: str) -> list[Allowed]:
    """Read audit.toml; each must say why."""
    given = tomllib.loads(text).get("exception", [])
    allowed = [Allowed(e["package"], frozenset(e["ids"]), e["reason"].strip()) for e in given]
    assert all(one.reason and one.ids for one in allowed)
    return allowed


def judge(audit: Audit, allowed: Sequence[Allowed]) -> tuple[int, list[str]]:
    """Return the exit code, and what is to be said."""
    if not audit.known:
        return 0, ["NOTHING WAS AUDITED: no service with advisories can be reached from here."]
    lines, left, met = [], 0, set()
    for finding in audit.findings:
        names = ", ".join(sorted(finding.ids))
        excused = [a for a in allowed if a.package == finding.package and a.ids & finding.ids]
        met.update(excused)
        if excused:
            lines.append(f"excepted: {finding.package} {finding.version}: {names}")
            continue
        left += 1
        fixed = f"; fixed in {', '.join(finding.fixed_in)}" if finding.fixed_in else ""
        lines.append(f"FOUND: {finding.package} {finding.version}: {names}{fixed}")
    lines += [f"no longer found: {', '.join(sorted(a.ids))}" for a in allowed if a not in met]
    if audit.unknown:
        lines.append(f"not audited: {', '.join(audit.unknown)}")
    lines.append(f"{len(audit.known)} packages audited, {left} findings that are no exceptions")
    return int(left > 0), lines


def run(program: str) -> Audit:
    """Ask one service after the other until one knows anything."""
    audit = Audit((), (), ())
    command = f"{program} --format json --progress-spinner off --disable-pip --no-deps"
    for service in SERVICES:
        with NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(pins())
            file.flush()
            done = subprocess.run(
                [*command.split(), "--vulnerability-service", service, "--requirement", file.name],
                capture_output=True,
                timeout=SECONDS,
                text=True,
            )
        audit = read(done.stdout)
        if audit.known:
            break
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"{service} tells nothing: {reason}", file=sys.stderr)
    return audit


def main(program: str) -> int:
    code, lines = judge(run(program), exceptions(EXCEPTIONS.read_text()))
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
