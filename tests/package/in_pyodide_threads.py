"""Run by test_threads_in_pyodide.py, with and without JSPI: what threads do, done without them.

Every function whose name begins with `check_` is one check; its outcome is "ok" or a traceback.
"""

import asyncio
import contextlib
import contextvars
import gc
import io
import json
import sys
import time
import traceback

from asgi_docs_runtime.bridge import Bridge

Bridge(None)

import logging
import logging.handlers
import queue
import threading
from concurrent.futures import (
    CancelledError,
    ThreadPoolExecutor,
    as_completed,
    wait,
)

from asgi_docs_runtime.threads import CannotWait, waiting

NESTED = waiting.is_nested()
name = contextvars.ContextVar("name", default="nobody")


@contextlib.contextmanager
def raises(kind, text=""):
    try:
        yield
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"{kind.__name__} was not raised")


def outside_of_the_loop():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return True
    return False


# asyncio and concurrent.futures


async def check_to_thread_has_context_and_no_loop():
    name.set("caller")

    def work(number):
        seen = name.get()
        name.set("thread")
        return seen, number, outside_of_the_loop(), threading.current_thread().name

    seen = await asyncio.to_thread(work, 5)
    assert seen[:3] == ("caller", 5, True), seen
    assert seen[3].startswith("asyncio_"), seen
    assert name.get() == "caller"
    assert threading.current_thread() is threading.main_thread()


async def check_run_in_executor_default_and_own():
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(None, sum, [1, 2]) == 3
    with ThreadPoolExecutor(2, thread_name_prefix="own") as executor:
        got = await loop.run_in_executor(executor, lambda: threading.current_thread().name)
    assert got == "own_0", got


async def check_exceptions_keep_their_traceback():
    def broken():
        raise LookupError("no such shop")

    with raises(LookupError):
        await asyncio.to_thread(broken)
    with ThreadPoolExecutor() as executor:
        future = executor.submit(broken)
        error = future.exception()
    assert "broken" in "".join(traceback.format_exception(error))


async def check_executor_results_in_order():
    with ThreadPoolExecutor(3) as executor:
        assert list(executor.map(lambda n: n * n, range(7))) == [n * n for n in range(7)]
        futures = [executor.submit(pow, 2, n) for n in range(5)]
        assert sorted(future.result() for future in as_completed(futures)) == [1, 2, 4, 8, 16]
        done, waiting_for = wait(futures)
        assert len(done) == 5
        assert not waiting_for
    with raises(RuntimeError, "after shutdown"):
        executor.submit(print)


async def check_executor_initializer_and_callbacks():
    events = []
    with ThreadPoolExecutor(1, initializer=events.append, initargs=("ready",)) as executor:
        future = executor.submit(events.append, "work")
        future.add_done_callback(lambda _: events.append("callback"))
        future.result()
    assert events == ["ready", "work", "callback"], events


async def check_executor_submits_from_within():
    with ThreadPoolExecutor(2) as executor:
        assert executor.submit(lambda: executor.submit(sum, [1, 2]).result()).result() == 3


async def check_thread_local_data_of_each_thread():
    class Data(threading.local):
        def __init__(self, start):
            self.numbers = [start]

    data = Data(1)
    data.numbers.append(2)
    assert await asyncio.to_thread(lambda: data.numbers) == [1]
    assert data.numbers == [1, 2]
    assert vars(data) == {"numbers": [1, 2]}


# threads


async def check_thread_starts_and_joins():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(threading.current_thread()), name="toy")
    thread.start()
    assert thread.is_alive()
    thread.join()
    assert seen == [thread]
    assert not thread.is_alive()
    assert threading.active_count() >= 1
    assert thread not in threading.enumerate()
    assert outside_of_the_loop() is False


async def check_error_of_a_thread_is_told():
    told = []
    before, threading.excepthook = threading.excepthook, told.append
    try:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    assert told[0].exc_type is ZeroDivisionError


async def check_event_set_by_a_thread():
    event = threading.Event()
    threading.Thread(target=event.set).start()
    assert event.wait()
    timer = threading.Timer(0.02, event.clear)
    if not NESTED:
        timer.start()
        timer.join()
        assert not event.is_set()


async def check_producer_and_consumer():
    items, got = queue.Queue(2), []

    def produce():
        for number in range(5):
            items.put(number)
        items.put(None)

    def consume():
        while (item := items.get()) is not None:
            got.append(item)

    if NESTED:  # a full queue would have to wait for a consumer that waits for the producer
        items = queue.Queue()
    threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == list(range(5))


async def check_what_nobody_can_end_does_not_hang():
    if not NESTED:
        return
    for block in (
        queue.Queue().get,
        queue.SimpleQueue().get,
        threading.Event().wait,
        threading.Semaphore(0).acquire,
        asyncio.get_running_loop().create_future().get_loop and blocked_lock().acquire,
        pending_future().result,
    ):
        with raises(CannotWait, "cannot happen in this browser"):
            block()


def blocked_lock():
    lock = threading.Lock()
    lock.acquire()
    return lock


def pending_future():
    from concurrent.futures import Future

    return Future()


async def check_timeouts():
    began = time.monotonic()
    assert threading.Event().wait(0.05) is False
    assert blocked_lock().acquire(timeout=0.05) is False
    with raises(queue.Empty):
        queue.Queue().get(timeout=0.05)
    with raises(TimeoutError):
        pending_future().result(0.05)
    assert time.monotonic() - began >= 0.19
    assert queue.Queue().empty()


async def check_wait_for_a_task_of_the_loop():
    async def answer():
        await asyncio.sleep(0.02)
        assert asyncio.current_task() is not None
        return 42

    def work(loop):
        return asyncio.run_coroutine_threadsafe(answer(), loop).result()

    task = asyncio.current_task()
    assert await asyncio.to_thread(work, asyncio.get_running_loop()) == 42
    assert asyncio.current_task() is task


async def check_sleep_lets_others_go_on():
    events = []

    async def other():
        for number in range(3):
            events.append(number)
            await asyncio.sleep(0.01)

    def work():
        for _ in range(1 if NESTED else 1000):
            time.sleep(0.01)
            if len(events) == 3:
                break

    task = asyncio.create_task(other())
    await asyncio.to_thread(work)
    events.append("slept")
    await task
    if not NESTED:
        assert events == [0, 1, 2, "slept"], events


async def check_two_stacks_resume_in_any_order():
    if NESTED:
        return
    loop = asyncio.get_running_loop()
    for order in ((0, 1), (1, 0)):
        gates = [threading.Event(), threading.Event()]
        data = threading.local()
        begun, seen = [], []

        def work(number, data=data, gates=gates, begun=begun, seen=seen):
            name.set(f"work {number}")
            data.number = number
            me = threading.current_thread()
            try:
                raise LookupError(number)
            except LookupError:
                begun.append(number)
                gates[number].wait()
                assert sys.exc_info()[1].args == (number,)
            assert name.get() == f"work {number}"
            assert data.number == number
            assert threading.current_thread() is me
            assert outside_of_the_loop()
            seen.append(number)
            return number

        async def request(number, work=work):
            task = asyncio.current_task()
            name.set(f"request {number}")
            got = await asyncio.to_thread(work, number)
            assert asyncio.current_task() is task
            assert name.get() == f"request {number}"
            return got

        tasks = [asyncio.create_task(request(number)) for number in range(2)]
        while len(begun) < 2:
            await asyncio.sleep(0.01)
        for number in order:
            gates[number].set()
            while number not in seen:
                await asyncio.sleep(0.01)
        assert await asyncio.gather(*tasks) == [0, 1]
        assert tuple(seen) == order
        assert asyncio.get_running_loop() is loop


async def check_garbage_is_collected_beside_suspended_stacks():
    if NESTED:
        return

    def deep(depth, then):  # through C, which leaves frames on the stack that is shared
        return then() if depth == 0 else next(map(lambda _: deep(depth - 1, then), [0]))

    def work(number):
        name.set(number)
        for depth in range(0, 25, 4):
            deep(depth, lambda: time.sleep(0.001 * (number % 3)))
            gc.collect(number % 2)  # 1 is what runs by itself
            assert name.get() == number
        return number

    tasks = (asyncio.to_thread(work, number) for number in range(20))
    assert await asyncio.gather(*tasks) == list(range(20))


async def check_cancelling_does_not_wait_for_the_thread():
    if NESTED:
        return
    release = threading.Event()
    task = asyncio.create_task(asyncio.to_thread(release.wait))
    await asyncio.sleep(0.02)
    task.cancel()
    with raises(asyncio.CancelledError):
        await task
    release.set()
    with raises(TimeoutError):
        await asyncio.wait_for(asyncio.to_thread(time.sleep, 0.2), 0.02)


async def check_cancelled_futures():
    if NESTED:
        return
    with ThreadPoolExecutor(1) as executor:
        release = threading.Event()
        executor.submit(release.wait)
        future = executor.submit(print)
        assert future.cancel()
        release.set()
        with raises(CancelledError):
            future.result()


async def check_times_that_have_passed():
    loop = asyncio.get_running_loop()
    fired = []
    loop.call_at(loop.time() - 1, fired.append, "at")
    loop.call_later(-1, fired.append, "later")
    loop.call_soon(fired.append, "soon")
    assert fired == []
    await asyncio.sleep(0.01)
    assert fired == ["at", "later", "soon"], fired


async def check_asyncio_run_in_a_thread_and_at_module_level():
    async def answer():
        await asyncio.sleep(0)
        return 42

    assert asyncio.run(answer()) == 42
    assert await asyncio.to_thread(asyncio.run, answer()) == 42
    loop = asyncio.get_running_loop()
    assert asyncio.get_event_loop() is loop
    await asyncio.sleep(0)


# logging


async def check_queue_logging_keeps_records_in_order():
    records = queue.Queue(-1)
    out = io.StringIO()
    listener = logging.handlers.QueueListener(records, logging.StreamHandler(out))
    log = logging.getLogger("toy")
    log.propagate = False
    log.setLevel("INFO")
    log.addHandler(logging.handlers.QueueHandler(records))
    log.info("before the start")
    listener.start()
    for number in range(3):
        log.info("number %s", number)
    await asyncio.to_thread(log.info, "from a thread")
    listener.stop()
    said = out.getvalue().splitlines()
    assert said == ["before the start", "number 0", "number 1", "number 2", "from a thread"], said


async def main():
    outcomes = {"strategy": "nested" if NESTED else "stacks"}
    for key, check in list(globals().items()):
        if key.startswith("check_"):
            task = asyncio.create_task(check())
            # Not wait_for(): a stack that blocks cannot be cancelled.
            await asyncio.wait([task], timeout=30)
            outcomes[key] = outcome(task)
    return outcomes


def outcome(task):
    if not task.done():
        return "hangs"
    error = task.exception()
    return "ok" if error is None else "".join(traceback.format_exception(error))


json.dumps(await main())
