"""What `make audit` makes of what pip-audit finds; no network."""

import json

import pytest

from tests.audit import EXCEPTIONS, exceptions, judge, pins, read

CHROMA = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-45829"], "fix_versions": []}
OTHER = {"id": "PYSEC-2026-2", "aliases": ["CVE-2026-1"], "fix_versions": ["2.0"]}


def output(*packages, unknown=()):
    """pip-audit's JSON for packages and their vulnerabilities."""
    audited = [{"name": n, "version": "1.0", "vulns": list(v)} for n, v in packages]
    skipped = [{"name": name, "skip_reason": "not found"} for name in unknown]
    return json.dumps({"dependencies": audited + skipped, "fixes": []})


def judged(text):
    return judge(read(text), exceptions(EXCEPTIONS.read_text()))


def test_a_finding_fails_and_says_what_mends_it():
    code, lines = judged(output(("aiohttp", [OTHER]), ("yarl", [])))
    assert code == 1
    assert lines[0] == "FOUND: aiohttp 1.0: CVE-2026-1, PYSEC-2026-2; fixed in 2.0"
    assert lines[-1] == "2 packages audited, 1 findings that are no exceptions"


def test_a_documented_exception_passes_by_any_of_its_names():
    code, lines = judged(output(("chromadb", [CHROMA])))
    assert code == 0
    assert lines[0] == "excepted: chromadb 1.0: CVE-2026-45829, PYSEC-2026-1"


def test_an_exception_is_for_its_package_and_finding_alone():
    assert judged(output(("aiohttp", [CHROMA])))[0] == 1
    assert judged(output(("chromadb", [CHROMA, OTHER])))[0] == 1


def test_an_exception_that_is_not_needed_any_more_is_reported():
    code, lines = judged(output(("chromadb", [])))
    assert code == 0
    assert "no longer found: CVE-2026-45829" in lines


@pytest.mark.parametrize("text", ["", "Traceback ...", output(unknown=("aiohttp", "yarl"))])
def test_where_no_service_is_reached_it_says_that_nothing_was_audited(text):
    """Of an index without advisories pip-audit says that nothing was found, and leaves with 0."""
    code, lines = judged(text)
    assert code == 0
    assert lines == ["NOTHING WAS AUDITED: no service with advisories can be reached from here."]


def test_what_could_not_be_looked_up_is_reported():
    code, lines = judged(output(("yarl", []), unknown=("torch",)))
    assert code == 0
    assert "not audited: torch" in lines


def test_every_exception_has_a_reason():
    assert all(len(one.reason) > 40 for one in exceptions(EXCEPTIONS.read_text()))


def test_all_that_is_installed_is_audited():
    audited = pins().splitlines()
    assert {"torch==2.13.0"} < set(audited)
    assert {line.split("==")[0] for line in audited} > {"chromadb", "pytest", "torch"}
    assert not [line for line in audited if "hash" in line or "\\" in line]
