"""A process that steps when it is told to: a request a line on stdin, a reply a line on stdout, as JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np


class Training(Protocol):
    def step(self) -> float:
        """A step whose noise is drawn; the loss before the update."""

    def step_with_given_noise(self) -> float:
        """A step with the noise that came with the arrays."""


class Arrays:
    """What all engines start a workload from, as `arrays.ts` wrote it."""

    def __init__(self, folder: Path, letter: str):
        shapes = json.loads((folder / "workloads.json").read_text())[letter]
        numbers = np.fromfile(folder / f"{letter}.bin", dtype="<f4")

        def take(shape: list[int]) -> np.ndarray:
            nonlocal numbers
            size = int(np.prod(shape))
            values, numbers = numbers[:size].reshape(shape), numbers[size:]
            return values

        self.parameters = [take(shape) for shape in shapes["parameters"]]
        self.batch = take(shapes["batch"])
        self.noise = None if shapes["noise"] is None else take(shapes["noise"])
        self.trained = shapes["trained"]


def serve(version: str, start: Callable[[str, Arrays], Training]) -> None:
    """`start` makes the workload of a letter from its arrays; the folder of these is the argument."""
    folder = Path(sys.argv[1])
    trainings: dict[str, Training] = {}
    _tell({"version": version})
    for line in sys.stdin:
        request = json.loads(line)
        letter = request["workload"]
        try:
            if letter not in trainings:
                trainings[letter] = start(letter, Arrays(folder, letter))
            _tell(_answer(request, trainings[letter]))
        except Exception as error:
            _tell({"error": f"{type(error).__name__}: {error}".split("\n")[0]})


def _answer(request: dict, training: Training) -> dict:
    if "losses" in request:
        return {"losses": [training.step_with_given_noise() for _ in range(request["losses"])]}
    milliseconds = []
    before = _cpu_seconds()
    end = time.perf_counter() + request["seconds"]
    i = -request["warm"]
    while i < request["steps"] or time.perf_counter() < end:
        start = time.perf_counter()
        training.step()
        if i >= 0:
            milliseconds.append(1000 * (time.perf_counter() - start))
        i += 1
    return {"milliseconds": milliseconds, "cpu": {"before": before, "after": _cpu_seconds()}}


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system


def _tell(reply: dict) -> None:
    print(json.dumps(reply), flush=True)
