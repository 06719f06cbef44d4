"""Work on many items side by side, in threads."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import TypeVar

from pulumi_mturk.api.limiter import MAX_CONCURRENCY
from pulumi_mturk.api.retry import Stopped, never
from pulumi_mturk.common.errors import MturkError

T = TypeVar("T")
R = TypeVar("R")


def run_concurrently(
    items: Iterable[T], work: Callable[[T], R], *, threads: Callable[[], int], stopped: Stopped = never
) -> Generator[tuple[T, R | MturkError], None, None]:
    """Run `work` on all items in threads, and yield each item with its result or MturkError, as they finish.

    `threads` says how many run at the moment. Once `stopped` is true no item is begun; those under way are still
    yielded. Any other exception is raised after all threads have finished; closing the generator waits for them, too.
    """
    waiting = iter(items)
    ended: SimpleQueue[tuple[T, Future[R]]] = SimpleQueue()
    under_way = 0
    failure: BaseException | None = None
    with ThreadPoolExecutor(MAX_CONCURRENCY) as pool:
        while True:
            if failure is None and not stopped():
                for item in islice(waiting, max(0, threads() - under_way)):
                    pool.submit(work, item).add_done_callback(partial(_put, ended, item))
                    under_way += 1
            if not under_way:
                break
            item, future = ended.get()
            under_way -= 1
            error = future.exception()
            if error is None:
                yield item, future.result()
            elif isinstance(error, MturkError):
                yield item, error
            else:
                failure = error
    if failure is not None:
        raise failure


def _put(ended: "SimpleQueue[tuple[T, Future[R]]]", item: T, future: "Future[R]") -> None:
    ended.put((item, future))
