"""Lectern and its peers through one Jupyter client, in turns, as a Markdown table.

npm run bench:kernel -- [--rounds 3] [--cells 70] [--kernels lectern,tslab] [--markdown FILE]
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import psutil

from holder import Holder, taken
from kernels import ROOT, Kernel, folder_of_specs, install_all, installers, node_version
from measures import first_round, later_round
from quiet import disturbances
from rows import rows
from session import Session
from table import Samples, markdown


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="npm run bench:kernel --", description="lectern and its peers, side by side"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="turns of each kernel, after one that does not count"
    )
    parser.add_argument("--cells", type=int, default=70, help="warm cells a round")
    parser.add_argument(
        "--kernels", default=",".join(installers), help="which, separated by commas"
    )
    parser.add_argument("--json", type=Path, help="write every sample to this file")
    parser.add_argument("--markdown", type=Path, help="write the table to this file")
    parser.add_argument("--verbose", action="store_true", help="print every sample as it comes")
    arguments = parser.parse_args()
    noise = disturbances(_cores())
    for sentence in noise:
        print(
            f"bench: the numbers may mislead: {sentence}; best on a quiet machine", file=sys.stderr
        )
    with tempfile.TemporaryDirectory(prefix="lectern-bench-", ignore_cleanup_errors=True) as folder:
        kernels, missing = install_all(Path(folder), arguments.kernels.split(","))
        for sentence in missing:
            print(f"bench: {sentence}", file=sys.stderr)
        if not kernels:
            sys.exit(f"bench: --kernels must name one that is here, but got {arguments.kernels}.")
        start = time.perf_counter()
        samples = measure(Path(folder), kernels, arguments)
        took = time.perf_counter() - start
    text = f"{markdown(kernels, samples, rows)}\n\n{_conditions(arguments, took, noise, missing)}"
    print(text)
    if arguments.markdown:
        arguments.markdown.write_text(f"{text}\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(_as_json(samples, kernels), indent=1))
    if any(
        sample.wrong for by_kernel in samples.values() for sample in by_kernel.get("lectern", [])
    ):
        sys.exit("bench: lectern must do all that is measured, but did not; see the first column.")


def measure(prefix: Path, kernels: list[Kernel], arguments: argparse.Namespace) -> Samples:
    samples: Samples = {}
    environment = {**os.environ, "XDG_CACHE_HOME": str(prefix / "cache")}
    for turn in range(arguments.rounds + 1):
        at = turn % len(kernels)
        for kernel in kernels[at:] + kernels[:at]:
            _tell(f"round {turn} of {arguments.rounds}: {kernel.name}")

            def open_session(extra: dict[str, str], name: str = kernel.name) -> Session:
                return Session(
                    name, folder_of_specs(prefix), ROOT / "notebooks", {**environment, **extra}
                )

            steps = later_round(kernel, arguments.cells) if turn else first_round(kernel)
            for sample in taken(steps, Holder(open_session)):
                samples.setdefault(sample.measure, {}).setdefault(kernel.name, []).append(sample)
                if arguments.verbose:
                    print(kernel.name, sample, file=sys.stderr)
    _tell("")
    return samples


def _conditions(
    arguments: argparse.Namespace, seconds: float, noise: list[str], missing: list[str]
) -> str:
    """The facts by which a reader judges the numbers."""
    sentences = [
        f"Medians and 95th percentiles over {arguments.rounds} rounds in turns, with "
        f"{arguments.cells} warm cells a round; in brackets the multiple of the first column. "
        f"All through jupyter_client, in {seconds:.0f} s.",
        "Memory is the resident memory of the kernel's process tree.",
        f"{platform.platform()}, {_cores()} cores, Node {node_version()}.",
        *(f"The machine was not quiet: {each}." for each in noise),
        *(f"Without {each}" for each in missing),
    ]
    return " ".join(sentences)


def _as_json(samples: Samples, kernels: list[Kernel]) -> dict:
    return {
        "platform": platform.platform(),
        "versions": {kernel.name: kernel.version for kernel in kernels},
        "samples": {
            measure: {name: [asdict(sample) for sample in each] for name, each in by_kernel.items()}
            for measure, by_kernel in samples.items()
        },
    }


def _cores() -> int:
    process = psutil.Process()
    return (
        len(process.cpu_affinity()) if hasattr(process, "cpu_affinity") else psutil.cpu_count() or 1
    )


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    elif text:
        print(text, file=sys.stderr, flush=True)


main()
