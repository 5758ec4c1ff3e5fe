"""Work shared by a few threads, which an interrupt ends at once."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def run(
    tasks: Sequence[Callable[[], _T]], parallel: int, done: Callable[[int], None] = lambda _count: None
) -> list[_T]:
    """Call all tasks, so many at once; their results in the same order.

    An error of a task, or an interrupt, is raised at once; the threads do not keep the program from ending.
    """
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    results: queue.SimpleQueue[tuple[int, _T | None, BaseException | None]] = queue.SimpleQueue()
    for number in range(len(tasks)):
        todo.put(number)
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            try:
                number = todo.get_nowait()
            except queue.Empty:
                return
            try:
                results.put((number, tasks[number](), None))
            except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that waits
                results.put((number, None, error))

    threads = [
        threading.Thread(target=work, daemon=True, name=f"kubeassay-list-{number}")
        for number in range(min(max(1, parallel), len(tasks)))
    ]
    for thread in threads:
        thread.start()
    found: dict[int, _T] = {}
    try:
        for count in range(len(tasks)):
            number, value, error = results.get()
            if error is not None:
                raise error
            found[number] = value  # type: ignore[assignment]
            done(count + 1)
    finally:
        ended.set()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(tasks))]
