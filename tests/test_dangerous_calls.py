"""Calls that turn data into code, of which the tree makes none."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = sorted(path for folder in ("bot", "index") for path in (ROOT / folder).rglob("*.py"))
NEVER = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "yaml.load_all"),
    *("pickle.load", "pickle.loads", "marshal.loads", "shelve.open", "joblib.load"),
    *("subprocess.getoutput", "asyncio.create_subprocess_shell", "pandas.read_pickle"),
}


def dangerous(source: str) -> list[str]:
    """Return the calls of a source that must not be made."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        given = {k.arg: ast.unparse(k.value) for k in node.keywords}
        if (
            (name in NEVER and not given.get("Loader", "").endswith(("BaseLoader", "SafeLoader")))
            or (name == "torch.load" and given.get("weights_only") != "True")
            or (name.endswith("np.load") and given.get("allow_pickle", "False") != "False")
            or given.get("trust_remote_code", "False") != "False"
            or given.get("shell", "False") != "False"
        ):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_data_becomes_code(path):
    assert not dangerous(path.read_text())


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "yaml.load(file)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
        "AutoModel.from_pretrained(name, trust_remote_code=True)",
        "subprocess.run(line, shell=True)",
        "subprocess.run(line, shell=given)",
        "pickle.loads(data)",
    ],
)
def test_such_calls_are_found(source):
    assert dangerous(source)


@pytest.mark.parametrize(
    "source",
    [
        "yaml.safe_load(file)",
        "yaml.load(text, Loader=yaml.BaseLoader)",
        "torch.load(path, weights_only=True)",
        "re.compile(pattern)",
    ],
)
def test_others_are_not(source):
    assert not dangerous(source)
