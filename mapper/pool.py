"""Batches worked off by several processes, in order. A process that dies is replaced, and costs one article at most."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from mapper.errors import MapperError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_DEATHS = 6  # processes that die one after the other, before it is taken for the machine's fault and not an article's


class WorkersError(MapperError, RuntimeError):
    """Process after process died, whatever it was given to do."""


class Workers(Generic[Item, Answer]):
    """Processes that answer batches. ``start`` (with ``arguments``) makes each ready, ``work`` answers a batch, one
    answer for each item; ``lost`` answers, in this process, an item at which a process died twice."""

    def __init__(
        self,
        count: int,
        *,
        start: Callable[..., None],
        arguments: tuple[Any, ...],
        work: Callable[[list[Item]], list[Answer]],
        lost: Callable[[Item], Answer],
    ) -> None:
        self._count = count
        self._start = start
        self._arguments = arguments
        self._work = work
        self._lost = lost
        self._deaths = 0

    def answers(self, batches: Iterable[list[Item]]) -> Iterator[Answer]:
        """The answers to all items, in order. Raises :class:`WorkersError` where no process stays alive."""
        remaining = iter(batches)
        waiting: deque[list[Item]] = deque()
        ended = False
        while not ended:
            pool = self._pool(self._count)
            try:
                pending = deque((batch, pool.submit(self._work, batch)) for batch in waiting)
                waiting.clear()
                while True:
                    batch = next(remaining, None)
                    if batch is not None:
                        waiting.append(batch)  # kept until it is handed over
                        pending.append((batch, pool.submit(self._work, batch)))
                        waiting.clear()
                    if not pending:
                        ended = True
                        break
                    if batch is None or len(pending) > 2 * self._count:
                        yield from self._first(pending)
            except BrokenProcessPool:
                waiting.extendleft(reversed([batch for batch, _ in pending]))
                pool.shutdown(wait=True, cancel_futures=True)
                if waiting:
                    yield from self._one_by_one(waiting.popleft())
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _first(self, pending: deque[tuple[list[Item], Future[list[Answer]]]]) -> Sequence[Answer]:
        answers = pending[0][1].result()
        pending.popleft()
        self._deaths = 0
        return answers

    def _one_by_one(self, batch: list[Item]) -> Iterator[Answer]:
        """A batch during which a process died, each item in a process with nothing else in it."""
        pool = self._pool(1)
        try:
            for item in batch:
                try:
                    yield pool.submit(self._work, [item]).result()[0]
                    self._deaths = 0
                except BrokenProcessPool as error:
                    pool.shutdown()
                    self._deaths += 1
                    if self._deaths >= _DEATHS:
                        raise WorkersError("processes die one after the other: is there enough memory?") from error
                    yield self._lost(item)
                    pool = self._pool(1)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _pool(self, count: int) -> ProcessPoolExecutor:
        # "spawn" is the one way of starting a process that Windows, macOS and Linux share.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            count, mp_context=context, initializer=_made_ready, initargs=(self._start, self._arguments)
        )


def _made_ready(start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    # Ctrl-C reaches every process of a terminal; the one that was started ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start(*arguments)
