"""The cells that are measured, in the kernels' languages. Every cell says what it must show."""

from dataclasses import dataclass

LINES = 20_000
LONG_LINE = 10_000_000
AWAIT_SECONDS = 3


@dataclass(frozen=True)
class Cell:
    code: str
    shows: str = ""


@dataclass(frozen=True)
class Cells:
    first: Cell
    tensors: Cell | None
    """Imports the tensor library and uses it."""
    others: tuple[Cell, ...]
    """Import what else a notebook of the course loads: mathjs, and the types of plotly."""
    lines: Cell
    long_line: Cell
    busy: Cell
    waiting: Cell
    """Waits, and leaves a mark if it is not stopped."""
    mark: Cell
    """Shows 0 as long as `waiting` left no mark."""
    type_error: str | None = None
    """Says "it ran" where types are not checked."""

    def trivial(self, i: int) -> Cell:
        raise NotImplementedError

    def with_tensors(self, i: int) -> Cell:
        raise NotImplementedError


class TypeScript(Cells):
    def trivial(self, i: int) -> Cell:
        return Cell(f"const trivial{i} = {i};\ntrivial{i} * 1000 + 7", str(i * 1000 + 7))

    def with_tensors(self, i: int) -> Cell:
        return Cell(
            f"const squared{i} = tf.scalar({i % 90}).square();\nsquared{i}.dataSync()[0]",
            str((i % 90) ** 2),
        )


class Python(Cells):
    def trivial(self, i: int) -> Cell:
        return Cell(f"trivial{i} = {i}\ntrivial{i} * 1000 + 7", str(i * 1000 + 7))

    def with_tensors(self, i: int) -> Cell:
        return Cell(f"squared{i} = np.square({i % 90})\nint(squared{i})", str((i % 90) ** 2))


typescript = TypeScript(
    first=Cell("const first = 40;\nfirst + 2", "42"),
    tensors=Cell(
        'import * as tf from "@tensorflow/tfjs";\ntf.tensor1d([1, 2, 3]).sum().dataSync()[0]',
        "6",
    ),
    others=(
        Cell('import * as math from "mathjs";\nmath.evaluate("sqrt(16) + 3")', "7"),
        Cell(
            'import type { PlotData } from "plotly.js";\n'
            'const trace: Partial<PlotData> = { type: "scatter", y: [1, 2] };\n'
            "(trace.y as number[]).length + 6",
            "8",
        ),
    ),
    lines=Cell(f"for (let i = 0; i < {LINES}; i++) console.log(String(i));"),
    long_line=Cell(f'console.log("x".repeat({LONG_LINE}));'),
    busy=Cell("while (true) {}"),
    waiting=Cell(
        "(globalThis as any).mark = 0;\n"
        f"await new Promise(resolve => setTimeout(resolve, {AWAIT_SECONDS * 1000}));\n"
        "(globalThis as any).mark = 1;"
    ),
    mark=Cell("(globalThis as any).mark", "0"),
    type_error='const count: number = "three";\nconsole.log("it ran");',
)

python = Python(
    first=Cell("first = 40\nfirst + 2", "42"),
    tensors=Cell("import numpy as np\nint(np.array([1, 2, 3]).sum())", "6"),
    others=(),
    lines=Cell(f"for i in range({LINES}): print(i)"),
    long_line=Cell(f'print("x" * {LONG_LINE})'),
    busy=Cell("while True: pass"),
    waiting=Cell(f"import asyncio\nmark = 0\nawait asyncio.sleep({AWAIT_SECONDS})\nmark = 1"),
    mark=Cell("mark", "0"),
)
