"""Tasks with a solution: the app runs with that in place of its own code, and must do the task."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asgi_docs.block.markup import PageBlock
from asgi_docs.check.results import Outcome

if TYPE_CHECKING:
    from asgi_docs.block.requests.model import DocumentedRequest
    from asgi_docs.check.results import Checked


def with_solutions(page_block: PageBlock) -> dict[int, PageBlock]:
    """What is to be started beside a block's own app.

    Returns:
        By the number of the request that is the task: the app with its solution, which is asked
        all that the page asks before, too, since that may be needed for it.
    """
    block = page_block.block
    entry = f"{block.app.partition(':')[0].replace('.', '/')}.py"
    made = {}
    before: list[DocumentedRequest] = []
    for number, documented in enumerate(page_block.requests):
        request = documented.request
        if request.task and request.task.solution:
            solved = replace(block, files={**block.files, entry: request.task.solution})
            made[number] = PageBlock(solved, [*before, documented])
        # Without a page and without a record: nothing is compared.
        before.append(
            replace(documented, request=replace(request, task=None), page="", answer=None)
        )
    return made


def with_solved(checked: Checked, number: int, solved: Checked) -> Checked:
    """What came of a block, with what came of the solution of one of its tasks.

    Args:
        checked: the block.
        number: of the request that is the task.
        solved: what came of the app with the solution.
    """
    requests = list(checked.requests)
    task = solved.requests[number]
    if requests[number].outcome is Outcome.RIGHT and task.outcome is not Outcome.RIGHT:
        failure = (solved.failure, *solved.details.splitlines()) if solved.failure else ()
        requests[number] = replace(
            requests[number],
            outcome=Outcome.UNSOLVED,
            answer=task.answer,
            details=failure or task.details,
            output=task.output or solved.output,
        )
    return replace(
        checked,
        requests=tuple(requests),
        seconds=checked.seconds + solved.seconds,
        is_remembered=False,
    )
