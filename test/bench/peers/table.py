"""The samples as a Markdown table, aligned for the terminal too."""

from kernels import Kernel
from rows import Row, Sample

Samples = dict[str, dict[str, list[Sample]]]
"""By measure, then by kernel, over all rounds."""


def markdown(kernels: list[Kernel], samples: Samples, rows: list[Row]) -> str:
    """A column a kernel; behind each number, how many times that of the first kernel it is."""
    header = ["", *(f"{kernel.name} {kernel.version}" for kernel in kernels)]
    lines = [header]
    for row in rows:
        by_kernel = samples.get(row.measure, {})
        ours = _value(row, by_kernel.get(kernels[0].name, []))
        entries = [
            _entry(row, by_kernel.get(kernel.name, []), ours, i > 0)
            for i, kernel in enumerate(kernels)
        ]
        if any(entry != "–" for entry in entries):
            lines.append([row.title, *entries])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines.insert(1, rule)
    return "\n".join(_line(line, widths) for line in lines)


def _line(entries: list[str], widths: list[int]) -> str:
    title, *others = entries
    padded = [
        title.ljust(widths[0]),
        *(entry.rjust(width) for entry, width in zip(others, widths[1:], strict=True)),
    ]
    return f"| {' | '.join(padded)} |"


def _entry(row: Row, samples: list[Sample], ours: float | None, with_ratio: bool) -> str:
    """The number and what went wrong, with how often where it was not always."""
    if not samples:
        return "–"
    value = _value(row, samples)
    parts = []
    if value is not None:
        ratio = f" ({_number(value / ours)}×)" if with_ratio and ours else ""
        parts.append(f"{_number(value)}{ratio}")
    notes = [sample.note for sample in samples if sample.note]
    if notes:
        often = "" if len(notes) == len(samples) else f" ({len(notes)} of {len(samples)})"
        parts.append(f"{max(set(notes), key=notes.count)}{often}")
    return "; ".join(parts)


def _value(row: Row, samples: list[Sample]) -> float | None:
    values = [sample.value for sample in samples if sample.value is not None]
    return row.statistic(values) if values else None


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}" if value >= 0.01 else "<0.01"
