"""The kernels that can be had here, each as a kernelspec in one temporary folder."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from cells import Cells, python, typescript

ROOT = Path(__file__).resolve().parents[3]
DENO_VERSION = "2.9.6"


@dataclass(frozen=True)
class Kernel:
    name: str
    version: str
    cells: Cells
    no_cache: dict[str, str] | None = None
    """Turns off what the kernel keeps from one start to the next, where it keeps something."""


class NotHere(Exception):
    """Why a kernel is left out of the run."""


def install_all(prefix: Path, wanted: list[str]) -> tuple[list[Kernel], list[str]]:
    """Those that can be had, lectern first, and a sentence for each that cannot."""
    kernels, missing = [], []
    for name, install in installers.items():
        if name not in wanted:
            continue
        try:
            kernels.append(install(prefix))
        except NotHere as reason:
            missing.append(f"{name}: {reason}")
    return kernels, missing


def folder_of_specs(prefix: Path) -> Path:
    return prefix / "share" / "jupyter" / "kernels"


def lectern(prefix: Path) -> Kernel:
    main = ROOT / "dist" / "cli" / "main.js"
    _output([node(), str(main), "install", "--prefix", str(prefix)], 60)
    return Kernel(
        "lectern", _version(ROOT / "package.json"), typescript, no_cache={"LECTERN_SNAPSHOT": "off"}
    )


def tslab(prefix: Path) -> Kernel:
    package = ROOT / "node_modules" / "tslab"
    if not package.is_dir():
        raise NotHere("it is not in node_modules; run npm ci.")
    argv = [node(), str(package / "bin" / "tslab"), "kernel", "--config-path={connection_file}"]
    _write_spec(prefix, "tslab", argv, "typescript")
    return Kernel("tslab", _version(package / "package.json"), typescript)


def deno(prefix: Path) -> Kernel:
    """$DENO, else deno on the PATH, else the npm package, which npm keeps in its cache."""
    found = os.environ.get("DENO") or shutil.which("deno")
    if not found:
        npm = shutil.which("npm")
        if not npm:
            raise NotHere("there is no deno on the PATH, and no npm to fetch it; see deno.com.")
        command = 'deno eval "console.log(Deno.execPath())"'
        try:
            found = _output(
                [npm, "exec", "--yes", f"--package=deno@{DENO_VERSION}", "-c", command],
                120,
                cwd=prefix,
            )
        except NotHere as reason:
            raise NotHere(f"{reason}; install it from deno.com, or set DENO to its path.") from None
    version = re.search(r"\d[\w.]*", _output([found, "-V"], 20))
    environment = {"DENO_DIR": str(prefix / "deno"), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    argv = [found, "jupyter", "--kernel", "--conn", "{connection_file}"]
    _write_spec(prefix, "deno", argv, "typescript", environment)
    return Kernel("deno", version[0] if version else "?", typescript)


def ipykernel(prefix: Path) -> Kernel:
    if not importlib.util.find_spec("ipykernel"):
        raise NotHere(f"{sys.executable} has no ipykernel; pip install -r test/requirements.txt.")
    import ipykernel as package

    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    _write_spec(prefix, "ipykernel", argv, "python")
    with_numpy = bool(importlib.util.find_spec("numpy"))
    return Kernel(
        "ipykernel", package.__version__, python if with_numpy else replace(python, tensors=None)
    )


installers = {"lectern": lectern, "tslab": tslab, "deno": deno, "ipykernel": ipykernel}


def node() -> str:
    found = shutil.which("node")
    if not found:
        raise NotHere("there is no node on the PATH.")
    return found


def node_version() -> str:
    return _output([node(), "--version"], 20).removeprefix("v")


def _write_spec(
    prefix: Path,
    name: str,
    argv: list[str],
    language: str,
    environment: dict[str, str] | None = None,
):
    folder = folder_of_specs(prefix) / name
    folder.mkdir(parents=True)
    spec = {"argv": argv, "display_name": name, "language": language, "env": environment or {}}
    (folder / "kernel.json").write_text(json.dumps(spec))


def _version(package: Path) -> str:
    return json.loads(package.read_text())["version"]


def _output(command: list[str], seconds: int, cwd: Path | None = None) -> str:
    """The last line of what a command prints."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, cwd=cwd, check=True
        )
    except subprocess.TimeoutExpired:
        raise NotHere(f"{' '.join(command[:3])} took more than {seconds} s") from None
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", None) or str(error)).strip()
        raise NotHere(
            f"{' '.join(command[:3])} failed: {said.splitlines()[-1] if said else error}"
        ) from None
    return (done.stdout.strip().splitlines() or [""])[-1]
