"""The rows of the table, and the samples that they are made of."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from cells import LINES, LONG_LINE


@dataclass(frozen=True)
class Sample:
    measure: str
    value: float | None
    """None where there is nothing to measure; then the note says why."""
    note: str = ""
    wrong: bool = False
    """Whether the note says that the kernel did not do what was asked."""


def p95(values: list[float]) -> float:
    return sorted(values)[round(0.95 * (len(values) - 1))]


@dataclass(frozen=True)
class Row:
    """What of which measure, over the samples of all rounds."""

    measure: str
    unit: str = "ms"
    statistic: Callable[[list[float]], float] = statistics.median

    @property
    def title(self) -> str:
        parts = [self.measure, "p95" if self.statistic is p95 else "", self.unit]
        return ", ".join(part for part in parts if part)


SPAWN = "spawn to kernel_info reply"
AT_ONCE = "spawn to the end of a first cell that imports tfjs"
FIRST_OF_ALL = "the same, first start of all"
WITHOUT_CACHE = "the same, without the kernel's own cache"
FIRST = "first cell"
WARM = "warm cell"
IMPORT = "cell that imports tfjs, after others"
WARM_LOADED = "warm cell, tfjs, mathjs and plotly loaded"
WARM_TENSORS = "warm cell that uses tfjs"
TYPE_ERROR = "a type error stops the cell"
MANY_LINES = f"{LINES:,} lines of output"
LONG = f"one line of {LONG_LINE // 1_000_000} MB"
BUSY = "interrupt of a busy loop"
AWAIT = "interrupt of an await"
IDLE_MEMORY = "memory after the warm cells"
LOADED_MEMORY = "memory, tfjs, mathjs and plotly loaded"

rows = [
    Row(SPAWN),
    Row(AT_ONCE),
    Row(FIRST_OF_ALL),
    Row(WITHOUT_CACHE),
    Row(FIRST),
    Row(WARM),
    Row(WARM, statistic=p95),
    Row(IMPORT),
    Row(WARM_LOADED),
    Row(WARM_LOADED, statistic=p95),
    Row(WARM_TENSORS),
    Row(WARM_TENSORS, statistic=p95),
    Row(TYPE_ERROR, ""),
    Row(MANY_LINES),
    Row(LONG),
    Row(BUSY),
    Row(AWAIT),
    Row(IDLE_MEMORY, "MB"),
    Row(LOADED_MEMORY, "MB"),
]
