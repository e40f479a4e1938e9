"""What Dockerfile, compose.yaml and the systemd unit promise, and that they fit the code."""

import importlib
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from dotenv import dotenv_values

from bot.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
KUBERNETES = ROOT / "deploy" / "kubernetes.yaml"
UNIT = (ROOT / "deploy" / "footnote.service").read_text()
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
VARIABLES = set(dotenv_values(ROOT / ".env.example"))


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


@pytest.fixture(scope="module", params=["bot", "bot-2", "worker", "postgres", "chroma"])
def service(compose, request):
    return compose["services"][request.param]


def last_stage() -> str:
    return DOCKERFILE.split("\nFROM ")[-1]


def test_services_can_change_nothing_but_their_data(service):
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    in_memory = {mount.split(":")[0] for mount in service["tmpfs"]}
    assert "/tmp" in in_memory
    assert in_memory <= {"/tmp", "/var/run/postgresql"}
    assert len(service["volumes"]) == 1
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)


def test_no_port_is_published(service):
    assert "ports" not in service


@pytest.mark.parametrize(("name", "profiles"), [("chroma", 2), ("postgres", 1)])
def test_servers_are_on_a_private_network_alone(compose, name, profiles):
    server = compose["services"][name]
    assert server["networks"] == [name]
    assert len(server["profiles"]) == profiles, "not started unless asked for"
    assert compose["networks"][name] == {"internal": True}


def test_only_the_bot_is_started_unasked(compose):
    assert [name for name, one in compose["services"].items() if "profiles" not in one] == ["bot"]


def test_the_fleet_is_two_halves_and_two_workers(compose):
    services = compose["services"]
    fleet = {name for name, one in services.items() if "fleet" in one.get("profiles", ["fleet"])}
    assert fleet == set(services)
    assert services["bot-2"]["environment"]["SHARDS"] == "1/2"
    assert services["worker"]["deploy"] == {"replicas": 2}
    assert len({services[name]["volumes"][0] for name in ("bot", "bot-2", "worker")}) == 3
    assert "outside" not in services["worker"]["networks"]


def test_the_example_for_kubernetes_fits_the_code():
    objects = {one["kind"]: one["spec"] for one in yaml.safe_load_all(KUBERNETES.read_text())}
    for spec in objects.values():
        (container,) = spec["template"]["spec"]["containers"]
        assert any(container["args"][0] in commands for commands in COMMANDS.values())
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert spec["template"]["spec"]["securityContext"]["runAsUser"] == 10001
        assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/data", "/tmp"}
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            assert container[probe]["exec"]["command"] == ["footnote", "health"]
        named = {one["name"] for one in container["env"]} - {"POD"}
        assert named <= VARIABLES
        given = [one for one in container["env"] if "value" in one]
        assert not [one for one in given if one["name"] != "SHARDS"], "secrets are by reference"
    worker = objects["Deployment"]["template"]["spec"]["containers"][0]["env"]
    chroma = {name for name in VARIABLES if name.startswith("CHROMA_")}
    assert {one["name"] for one in worker} == {"DATABASE_URL", "FOOTNOTE_MODEL", *chroma}
    for one in worker:
        reference = one["valueFrom"]["secretKeyRef"]
        assert (reference["name"], reference["key"]) == ("footnote", one["name"])
        assert reference.get("optional", False) is (one["name"] != "DATABASE_URL")
    bots = objects["StatefulSet"]
    (container,) = bots["template"]["spec"]["containers"]
    (shards,) = [one["value"] for one in container["env"] if one["name"] == "SHARDS"]
    assert shards == f"$(POD)/{bots['replicas']}"


def test_chroma_is_the_release_that_is_pinned(compose):
    (pinned,) = re.findall(r"^chromadb==(\S+)", (ROOT / "requirements.lock").read_text(), re.M)
    assert compose["services"]["chroma"]["image"] == f"chromadb/chroma:{pinned}"


def test_compose_holds_no_secret(compose):
    assert compose["services"]["bot"]["env_file"] == ".env"
    assert not {v for v in compose["services"]["bot"]["environment"] if "TOKEN" in v or "KEY" in v}


def test_only_settings_that_there_are_are_set(compose):
    image = set(re.findall(r"\b((?:FOOTNOTE|METRICS)_[A-Z]+)=", DOCKERFILE))
    unit = set(re.findall(r"\b(FOOTNOTE_[A-Z]+)=", UNIT))
    assert image | unit | set(compose["services"]["bot"]["environment"]) <= VARIABLES
    assert "FOOTNOTE_MODELS" in image


def test_the_image_runs_as_nobody_and_has_a_health_check():
    stage = last_stage()
    assert re.search(r"^USER 10001$", stage, re.M)
    assert 'CMD ["footnote", "health"]' in stage
    assert "HEALTHCHECK" in stage
    assert "METRICS_PORT=" in stage, "the check asks there"
    assert "curl" not in DOCKERFILE


def test_the_image_is_labelled_and_its_base_is_a_release():
    labels = dict(re.findall(r'org\.opencontainers\.image\.([\w.]+)="([^"]+)"', last_stage()))
    assert {"title", "description", "licenses", "base.name"} <= set(labels)
    (base,) = re.findall(r"^ARG PYTHON=(\S+)$", DOCKERFILE, re.M)
    assert re.fullmatch(r"\d+\.\d+\.\d+-slim-bookworm(@sha256:[0-9a-f]{64})?", base)
    assert DOCKERFILE.count("ARG SOURCE_DATE_EPOCH=0") == DOCKERFILE.count("\nFROM ")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_pin_actions_and_may_only_read(workflow):
    text = workflow.read_text()
    used = re.findall(r"uses: (\S+) # v[\d.]+$", text, re.M)
    assert len(used) == text.count("uses: ") > 0
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) for action in used)
    described = yaml.safe_load(text)
    assert described["permissions"] == {"contents": "read"}
    more = {job: given.get("permissions") for job, given in described["jobs"].items()}
    assert (
        more
        == {
            "tests.yml": {"tests": None},
            "image.yml": {"image": {"contents": "read", "packages": "write"}},
            "release.yml": {"build": None, "publish": {"id-token": "write"}},
        }[workflow.name]
    )


def test_the_image_is_built_for_both_architectures():
    (build,) = re.findall(r"platforms: (\S+)", (ROOT / ".github/workflows/image.yml").read_text())
    assert build == "linux/amd64,linux/arm64"


def test_only_what_the_image_needs_is_sent_to_docker():
    lines = (ROOT / ".dockerignore").read_text().split()
    assert lines[0] == "*"
    sent = {line[1:] for line in lines if line.startswith("!")}
    copied = set(" ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)).split())
    assert copied == sent
    assert all((ROOT / name).exists() for name in copied)


def test_the_service_may_write_its_state_alone():
    options = dict(re.findall(r"^(\w+)=(.*)$", UNIT, re.M))
    assert options["ProtectSystem"] == "strict"
    assert options["DynamicUser"] == "yes"
    assert options["NoNewPrivileges"] == "yes"
    assert options["CapabilityBoundingSet"] == ""
    assert options["StateDirectory"] == "footnote"
    assert "FOOTNOTE_DATA=/var/lib/footnote" in UNIT
    assert "MemoryDenyWriteExecute" not in options, "OpenVINO writes machine code"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_understands_the_unit(tmp_path):
    """With a program that is there, as Footnote is not in /opt here."""
    unit = tmp_path / "footnote.service"
    unit.write_text(UNIT.replace("/opt/footnote/.venv/bin/footnote", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "footnote.service" not in done.stderr


def test_the_console_script_is_there():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert set(scripts) == {"footnote", "footnote-bot"}, "the second is what uvx starts"
    (script,) = set(scripts.values())
    module, _, name = script.partition(":")
    assert callable(getattr(importlib.import_module(module), name))
