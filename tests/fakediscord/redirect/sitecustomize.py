"""Points an unmodified discord.py process at the fake server named by FAKE_DISCORD_URL.

Put this folder on PYTHONPATH. These are post-import hooks only: nothing of discord.py or aiohttp is
imported before the program imports it itself; what is imported already, as in a fork, is patched at
once.

- discord.http.Route.BASE, discord.asset.Asset.BASE and
  discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY are set
- aiohttp, httpx, requests: any request to a Discord host (webhook URLs, CDN links, ...) is
  rewritten as a safety net
- FAKE_DISCORD_HEARTBEAT_TIMEOUT=5 shortens discord.py's zombie detection (60 s) for tests
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import sys

BASE = os.environ.get("FAKE_DISCORD_URL", "").rstrip("/")
HOSTS = re.compile(
    r"^(https?|wss?)://(?:(?:[\w-]+\.)?discord(?:app)?\.(?:com|net|gg|media))(?::\d+)?(/[^\s]*)?$",
    re.IGNORECASE,
)


def rewrite(url):
    """Turn a Discord URL into the same on the fake server; leave any other."""
    found = HOSTS.match(str(url))
    if not found:
        return url
    path = found[2] or "/"
    if found[1].lower().startswith("ws"):
        return BASE.replace("http", "ws", 1) + "/ws" + path
    return BASE + path


def _http(module):
    module.Route.BASE = f"{BASE}/api/v{module.INTERNAL_API_VERSION}"


def _gateway(module):
    url = module.yarl.URL(BASE.replace("http", "ws", 1) + "/ws/")
    module.DiscordWebSocket.DEFAULT_GATEWAY = url


def _asset(module):
    module.Asset.BASE = BASE + "/cdn"


def _state(module):
    timeout = os.environ.get("FAKE_DISCORD_HEARTBEAT_TIMEOUT")
    if not timeout:
        return
    init = module.ConnectionState.__init__

    def patched(self, *args, **kwargs):
        init(self, *args, **kwargs)
        self.heartbeat_timeout = float(timeout)

    module.ConnectionState.__init__ = patched


def _aiohttp(module):
    request = module.ClientSession._request

    async def patched(self, method, str_or_url, *args, **kwargs):
        return await request(self, method, rewrite(str_or_url), *args, **kwargs)

    module.ClientSession._request = patched


def _httpx(module):
    def patched(build):
        return lambda self, method, url, **kwargs: build(self, method, rewrite(url), **kwargs)

    for cls in (module.Client, module.AsyncClient):
        cls.build_request = patched(cls.build_request)


def _requests(module):
    prepare = module.PreparedRequest.prepare_url

    def patched(self, url, params):
        return prepare(self, rewrite(url), params)

    module.PreparedRequest.prepare_url = patched


HOOKS = {
    "discord.http": _http,
    "discord.gateway": _gateway,
    "discord.asset": _asset,
    "discord.state": _state,
    "aiohttp.client": _aiohttp,
    "httpx._client": _httpx,
    "requests.models": _requests,
}


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self):
        self.busy = set()

    def find_spec(self, name, path=None, target=None):
        if name not in HOOKS or name in self.busy:
            return None
        self.busy.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.busy.discard(name)
        if spec and spec.loader:
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                HOOKS[name](module)

            spec.loader.exec_module = exec_module
        return spec


def _run_hidden():
    """Run the sitecustomize that this one hides, if there is one."""
    here = os.path.dirname(os.path.abspath(__file__))
    for path in sys.path:
        if os.path.abspath(path or ".") == here:
            continue
        spec = importlib.machinery.PathFinder.find_spec("sitecustomize", [path])
        if spec and spec.loader:
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
            return


if BASE:
    for name in HOOKS.keys() & sys.modules.keys():  # of a fork's parent
        HOOKS[name](sys.modules[name])
    sys.meta_path.insert(0, _Finder())
_run_hidden()
