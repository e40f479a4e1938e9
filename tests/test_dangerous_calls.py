"""Calls that turn data into code, of which the tree makes none."""

import ast
from collections.abc import Iterator

import pytest

from tests.sourcetree import offences

NEVER = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "yaml.load_all"),
    *("pickle.load", "pickle.loads", "marshal.loads", "shelve.open", "joblib.load"),
    *("subprocess.getoutput", "asyncio.create_subprocess_shell", "pandas.read_pickle"),
}


def dangerous(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of the calls that must not be made."""
    for node in ast.walk(tree):
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
            yield node.lineno, ast.unparse(node)


def test_no_data_becomes_code():
    assert not offences(lambda module: dangerous(module.tree))


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
    assert [*dangerous(ast.parse(source))]


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
    assert not [*dangerous(ast.parse(source))]
