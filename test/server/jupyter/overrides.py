"""Fixtures of jupyter_server's own tests, such that they test our server: appended to their conftest.py."""

import json as _json
import os as _os
import subprocess as _subprocess
import urllib.parse as _parse
from types import SimpleNamespace as _Namespace

import pytest
import tornado.httpclient as _httpclient
import tornado.websocket as _websocket
from jupyter_server.utils import url_path_join as _join
from tornado.escape import url_escape as _escape

_node = _os.environ["LECTERN_NODE"]
_program = _os.environ["LECTERN_SERVE"]


@pytest.fixture
def jp_root_dir(tmp_path):
    folder = tmp_path / "root_dir"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def lectern_server():
    with _subprocess.Popen([_node, _program], stdin=_subprocess.PIPE, stdout=_subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()
        process.wait(timeout=60)


@pytest.fixture
def jp_serverapp(jp_root_dir, lectern_server):
    print(jp_root_dir, file=lectern_server.stdin, flush=True)
    place = _json.loads(lectern_server.stdout.readline())
    kernels = _Namespace(default_kernel_name="lectern", use_pending_kernels=False, get_kernel=lambda _id: _Namespace())
    return _Namespace(
        root_dir=str(jp_root_dir),
        port=place["port"],
        token=place["token"],
        kernel_manager=kernels,
        session_manager=_Namespace(create_session=None),
        contents_manager=_Namespace(),
    )


@pytest.fixture
def jp_base_url():
    return "/"


@pytest.fixture
def jp_http_port(jp_serverapp):
    return jp_serverapp.port


@pytest.fixture
def jp_auth_header(jp_serverapp):
    return {"Authorization": f"token {jp_serverapp.token}"}


def _path(parts, params):
    # Theirs begin with the base URL, which is ours.
    return "/" + _escape(_join(*parts), plus=False).lstrip("/") + "?" + _parse.urlencode(params or {})


def _ours(body):
    """Their kernel is Python's; ours has another name."""
    return body if body is None else body.replace('"python3"', '"lectern"').replace('"python"', '"lectern"')


@pytest.fixture
def jp_fetch(jp_serverapp, jp_auth_header, jp_asyncio_loop):
    async def fetch(*parts, headers=None, params=None, body=None, **options):
        url = f"http://127.0.0.1:{jp_serverapp.port}{_path(parts, params)}"
        client = _httpclient.AsyncHTTPClient(force_instance=True)
        options.setdefault("request_timeout", 60)
        return await client.fetch(url, headers={**jp_auth_header, **(headers or {})}, body=_ours(body), **options)

    return fetch


@pytest.fixture
def jp_ws_fetch(jp_serverapp, jp_auth_header):
    async def fetch(*parts, headers=None, params=None, **_options):
        url = f"ws://127.0.0.1:{jp_serverapp.port}{_path(parts, params)}"
        headers = {**jp_auth_header, **(headers or {})}
        return await _websocket.websocket_connect(_httpclient.HTTPRequest(url, headers=headers, connect_timeout=60))

    return fetch


@pytest.fixture
def http_server_client(jp_serverapp):
    raise pytest.skip.Exception("asks tornado's own server")


@pytest.fixture(autouse=True)
def jp_server_cleanup():
    yield


def pytest_collection_modifyitems(items, config):
    """Theirs run once for each class of a manager; ours has one."""
    seen, kept, dropped = set(), [], []
    for item in items:
        params = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        for name in ("jp_argv", "jp_server_config"):
            params.pop(name, None)
        key = (item.nodeid.split("[")[0], repr(sorted(params.items())))
        (dropped if key in seen else kept).append(item)
        seen.add(key)
    config.hook.pytest_deselected(items=dropped)
    items[:] = kept
