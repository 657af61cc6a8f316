"""Work side by side, and what a full disk is told as."""

from __future__ import annotations

import errno
import signal
import subprocess
import threading
from contextvars import ContextVar

import pytest

from asgi_docs.errors import FullDiskError, PackageError
from asgi_docs.package.full_disk import explain_os_error, refuse_full_disk
from asgi_docs.package.parallel import cores, in_parallel

setting: ContextVar[str] = ContextVar("setting")


def test_results_come_in_order_and_threads_know_the_settings() -> None:
    setting.set("author's")
    barrier = threading.Barrier(min(2, cores()))

    def work(number: int) -> tuple[int, str]:
        barrier.wait(timeout=10)  # both are under way at the same time
        return number, setting.get()

    assert in_parallel(work, [2, 1]) == [(2, "author's"), (1, "author's")]
    assert in_parallel(work, []) == []


def test_first_error_is_told_when_the_rest_has_ended() -> None:
    ended = []

    def work(number: int) -> None:
        if number:
            ended.append(number)
        else:
            raise PackageError("the first one")

    with pytest.raises(PackageError, match="the first one"):
        in_parallel(work, [0, 1])
    assert ended in ([], [1])


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (2, "failed to write to file `/x/y`: No space left on device (os error 28)"),
        (1, "npm error code ENOSPC"),
        (1, "OSError: [Errno 22] Disk quota exceeded: '/jobs/a.tree'"),
        (-getattr(signal, "SIGXFSZ", 25), ""),
    ],
)
def test_program_that_meets_a_full_disk(status: int, said: str) -> None:
    run = subprocess.CompletedProcess([], status, "", said)
    if status < 0 and not hasattr(signal, "SIGXFSZ"):
        pytest.skip("there is no limit for a file's size")
    with pytest.raises(FullDiskError, match=r"^The disk is full: uv has no room for its files\."):
        refuse_full_disk(run, "uv")


def test_program_that_fails_or_succeeds_otherwise() -> None:
    refuse_full_disk(subprocess.CompletedProcess([], 1, "", "no such package"), "uv")
    refuse_full_disk(subprocess.CompletedProcess([], 0, "", "warning: ENOSPC"), "uv")


def test_file_of_ours() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/site/a.layer")
    assert explain_os_error(full).startswith("The disk is full: /site/a.layer cannot be written. ")
    refused = PermissionError(errno.EACCES, "Permission denied", "/site")
    assert explain_os_error(refused) == "/site: Permission denied."
