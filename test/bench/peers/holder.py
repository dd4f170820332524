"""The steps of a round, each on the session that the last one left."""

from collections.abc import Callable, Iterator

from rows import Sample
from session import Broken, Session


class Holder:
    """The session at hand; a new one when the last one was dropped."""

    def __init__(self, open: Callable[[dict[str, str]], Session]):
        self._open = open
        self._session: Session | None = None

    def session(self) -> Session:
        self._session = self._session or self._open({})
        return self._session

    def fresh(self, environment: dict[str, str] | None = None) -> Session:
        self.drop()
        self._session = self._open(environment or {})
        return self._session

    def drop(self) -> None:
        if self._session:
            self._session.stop()
        self._session = None


Steps = list[tuple[str, Callable[[Holder], Iterator[Sample]]]]
"""By the measure that a failure is reported under."""


def taken(steps: Steps, holder: Holder) -> Iterator[Sample]:
    """The samples of all steps. One that breaks the kernel says so, and the next gets a new one."""
    try:
        for name, step in steps:
            try:
                yield from step(holder)
            except Broken as problem:
                holder.drop()
                yield Sample(name, None, str(problem), wrong=True)
    finally:
        holder.drop()
