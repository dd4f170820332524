"""What is measured: one round of one kernel, from the spawn to the interrupts."""

import time
from collections.abc import Callable, Iterator

import rows
from cells import AWAIT_SECONDS, LINES, LONG_LINE, Cell, Cells
from holder import Holder, Steps
from kernels import Kernel
from rows import Sample
from session import Answer, Broken, Session

WARM_UP = 10
"""Cells that are not counted."""
INTERRUPTS = 3
"""Busy loops a round."""
AFTER_ERROR = 0.5
"""Seconds. Some kernels drop the cells that come sooner after an error."""


def first_round(kernel: Kernel) -> Steps:
    """The first start of all: caches are filled, and a kernel makes what it keeps for the next."""
    return [(rows.FIRST_OF_ALL, lambda h: first_start(h, kernel))]


def later_round(kernel: Kernel, warm_cells: int) -> Steps:
    cells = kernel.cells
    return [
        (rows.FIRST, lambda h: first_cells(h, cells, warm_cells)),
        (rows.IMPORT, lambda h: with_libraries(h, cells, warm_cells)),
        (rows.TYPE_ERROR, lambda h: type_error(h, cells)),
        (rows.MANY_LINES, lambda h: many_lines(h, cells)),
        (rows.LONG, lambda h: one_long_line(h, cells)),
        (rows.BUSY, lambda h: interrupt_busy(h, cells)),
        (rows.AWAIT, lambda h: interrupt_await(h, cells)),
        (rows.AT_ONCE, lambda h: import_at_once(h, cells, rows.AT_ONCE)),
        (rows.WITHOUT_CACHE, lambda h: without_cache(h, kernel)),
    ]


def first_cells(holder: Holder, cells: Cells, count: int) -> Iterator[Sample]:
    session = holder.session()
    yield Sample(rows.SPAWN, 1000 * session.seconds_to_info)
    yield Sample(rows.FIRST, _milliseconds(session, cells.first))
    session.settle()
    for time_of_cell in _warm(session, cells.trivial, range(count)):
        yield Sample(rows.WARM, time_of_cell)
    session.settle()
    yield Sample(rows.IDLE_MEMORY, session.memory())


def with_libraries(holder: Holder, cells: Cells, count: int) -> Iterator[Sample]:
    session = holder.session()
    if not cells.tensors:
        return
    yield Sample(rows.IMPORT, _milliseconds(session, cells.tensors))
    for cell in cells.others:
        _milliseconds(session, cell)
    session.settle()
    for time_of_cell in _warm(session, cells.trivial, range(count, 2 * count)):
        yield Sample(rows.WARM_LOADED, time_of_cell)
    for time_of_cell in _warm(session, cells.with_tensors, range(count)):
        yield Sample(rows.WARM_TENSORS, time_of_cell)
    session.settle()
    yield Sample(rows.LOADED_MEMORY, session.memory())


def type_error(holder: Holder, cells: Cells) -> Iterator[Sample]:
    if not cells.type_error:
        return
    session = holder.session()
    answer = session.run(cells.type_error, 60)
    session.late(answer)
    ran = "it ran" in answer.text
    yield Sample(rows.TYPE_ERROR, None, "no" if ran else "yes", wrong=ran)


def import_at_once(
    holder: Holder, cells: Cells, measure: str, environment=None
) -> Iterator[Sample]:
    """A notebook that is run from its top: nothing had the time to warm up."""
    if not cells.tensors:
        return
    session = holder.fresh(environment)
    yield Sample(measure, 1000 * session.seconds_to_info + _milliseconds(session, cells.tensors))


def without_cache(holder: Holder, kernel: Kernel) -> Iterator[Sample]:
    if kernel.no_cache:
        yield from import_at_once(holder, kernel.cells, rows.WITHOUT_CACHE, kernel.no_cache)


def first_start(holder: Holder, kernel: Kernel) -> Iterator[Sample]:
    yield from import_at_once(holder, kernel.cells, rows.FIRST_OF_ALL)
    # Long enough for what a kernel prepares in the background.
    holder.session().settle(quiet=8, limit=120)


def many_lines(holder: Holder, cells: Cells) -> Iterator[Sample]:
    session = holder.session()
    answer = _ran(session, cells.lines, limit=20)
    in_time = _in_order(answer)
    session.late(answer)
    note = (
        ""
        if in_time == LINES
        else f"{in_time:,} in order before idle, {_in_order(answer):,} in all"
    )
    yield Sample(rows.MANY_LINES, 1000 * answer.seconds, note, wrong=bool(note))


def one_long_line(holder: Holder, cells: Cells) -> Iterator[Sample]:
    session = holder.session()
    answer = _ran(session, cells.long_line)
    length = len(answer.text.strip())
    late = length < LONG_LINE and session.late(answer)
    note = "after idle" if late else "" if length == LONG_LINE else f"{length:,} characters came"
    yield Sample(rows.LONG, 1000 * answer.seconds, note, wrong=bool(note))


def interrupt_busy(holder: Holder, cells: Cells) -> Iterator[Sample]:
    session = holder.session()
    _milliseconds(session, cells.trivial(1_000_000))
    for _ in range(INTERRUPTS):
        answer = session.run(cells.busy.code, 20, within=0.5)
        time.sleep(AFTER_ERROR)
        kept = session.run("trivial1000000", 20).text.strip() == "1000000"
        yield Sample(rows.BUSY, 1000 * answer.seconds, "" if kept else "names lost", wrong=not kept)


def interrupt_await(holder: Holder, cells: Cells) -> Iterator[Sample]:
    session = holder.session()
    _milliseconds(session, cells.first)
    answer = session.run(cells.waiting.code, 20, within=0.5)
    note = "not interrupted" if answer.status == "ok" else ""
    # Past the time at which a cell that is still running would leave its mark.
    time.sleep(AWAIT_SECONDS)
    if not note and session.run(cells.mark.code, 20).text.strip() != cells.mark.shows:
        note = "the cell ran on"
    yield Sample(rows.AWAIT, 1000 * answer.seconds, note, wrong=bool(note))


def _warm(session: Session, cell: Callable[[int], Cell], numbers: range) -> Iterator[float]:
    """The times of warm cells, after some that are not counted."""
    for i in range(WARM_UP):
        _milliseconds(session, cell(100_000 + numbers.start + i))
    for i in numbers:
        yield _milliseconds(session, cell(i))


def _in_order(answer: Answer) -> int:
    came = answer.text.split()
    return next((i for i, line in enumerate(came) if line != str(i)), len(came))


def _milliseconds(session: Session, cell: Cell) -> float:
    """Runs a cell that must show what it is said to show, a little late if need be."""
    answer = _ran(session, cell)
    if answer.text.strip() != cell.shows:
        start = time.perf_counter()
        if session.late(answer, cell.shows):
            answer.seconds += time.perf_counter() - start
    if answer.text.strip().splitlines()[-1:] != [cell.shows]:
        raise Broken(f"{cell.code.splitlines()[-1]!r} showed {answer.text.strip()[-60:]!r}")
    return 1000 * answer.seconds


def _ran(session: Session, cell: Cell, limit: float = 60) -> Answer:
    answer = session.run(cell.code, limit)
    if answer.status != "ok":
        reason = (answer.error or answer.status).splitlines()[0][:80]
        raise Broken(f"{cell.code.splitlines()[0]!r} failed: {reason}")
    return answer
