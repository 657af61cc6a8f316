"""The requests of a built site: recorded, compared, and told where they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.block.requests.model import Answer, DocumentedRequest, Request
from asgi_docs.block.requests.records import Records, read_records, write_records
from asgi_docs.block.requests.tasks import Task
from asgi_docs.check.blocks import check_site
from asgi_docs.check.results import Outcome
from asgi_docs.cli import main
from asgi_docs.package.site import package_site

from .site_building import write_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from asgi_docs.check.results import Checked

pytestmark = [pytest.mark.network, pytest.mark.node]

CODE = """
import asyncio
import json
import uuid

items = {}


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        raise RuntimeError("none here")
    print("asked for", scope["path"])
    headers = dict(scope["headers"])
    body = (await receive())["body"]

    async def begin(status, *pairs):
        pairs = [(name.encode(), value.encode()) for name, value in pairs]
        await send({"type": "http.response.start", "status": status, "headers": pairs})

    async def end(body=b"", more=False):
        await send({"type": "http.response.body", "body": body, "more_body": more})

    async def answer(status, value):
        await begin(status, ("content-type", "application/json"), ("date", "now"))
        await end(json.dumps(value).encode())

    match scope["method"], scope["path"]:
        case "POST", "/items":
            key = str(uuid.uuid4())
            items[key] = json.loads(body)
            url = f"http://{headers[b'host'].decode()}/items/{key}"
            await begin(201, ("location", url), ("content-type", "application/json"))
            await end(json.dumps({"id": key, "big": 2**60 + 1}).encode())
        case "GET", path if path.startswith("/items/"):
            await answer(200, items[path[7:]])
        case "POST", "/login":
            await begin(204, ("set-cookie", f"user={body.decode()}; Path=/; HttpOnly"))
            await end()
        case "GET", "/me":
            await answer(200, headers.get(b"cookie", b"").decode())
        case "GET", "/stream":
            await begin(200, ("content-type", "text/event-stream"))
            await end(b"data: 1\\n\\n", True)
            await end(b"data: 2\\n\\n", True)
            while (await receive())["type"] != "http.disconnect":
                pass
            items["left"] = True
        case "GET", "/image":
            await begin(200, ("content-type", "image/png"), ("content-length", "3"))
            await end(bytes([0, 1, 2]))
        case "GET", "/old":
            await begin(307, ("location", "/new"))
            await end()
        case ("GET" | "HEAD"), "/text":
            await begin(200, ("content-type", "text/plain"))
            await end("one\\r\\ntwö\\n".encode())
        case "GET", "/broken":
            await begin(200)
            await end(b"so far", True)
            raise ValueError("no more")
        case "GET", "/hang":
            await asyncio.sleep(3600)
        case _:
            raise ValueError("nothing here")
"""
SHOP = LiveBlock(app="main:app", files={"main.py": CODE}, source="shop.rst:3", name="shop")
JSON = (("Content-Type", "application/json"),)
REQUESTS = (
    Request("POST", "/items", JSON, '{"name": "Emma"}', name="create"),
    Request("GET", "{{create.headers.location}}"),
    Request("GET", "/items/{{create.body.id}}"),
    Request("POST", "/login", body="ada"),
    Request("GET", "/me"),
    Request("GET", "/me", (("Cookie", "user=eve"),)),
    Request("GET", "/stream"),
    Request("GET", "/items/left"),
    Request("GET", "/image"),
    Request("GET", "/old"),
    Request("GET", "/text"),
    Request("HEAD", "/text"),
    Request("GET", "/boom"),
)
RECORDS = """\
> GET {{create.headers.location}} HTTP/1.1
< HTTP/1.1 200 OK
< content-type: application/json
<
< {"name": "Emma"}

> GET /items/{{create.body.id}} HTTP/1.1
< HTTP/1.1 200 OK
< content-type: application/json
<
< {"name": "Emma"}

> POST /login HTTP/1.1
>
> ada
< HTTP/1.1 204 No Content
< set-cookie: user=ada; Path=/; HttpOnly

> GET /me HTTP/1.1
< HTTP/1.1 200 OK
< content-type: application/json
<
< "user=ada"

> GET /me HTTP/1.1
> Cookie: user=eve
< HTTP/1.1 200 OK
< content-type: application/json
<
< "user=eve"

> GET /stream HTTP/1.1
< HTTP/1.1 200 OK
< content-type: text/event-stream
<
< data: 1
<
< data: 2
<
<
<...

> GET /items/left HTTP/1.1
< HTTP/1.1 200 OK
< content-type: application/json
<
< true

> GET /image HTTP/1.1
< HTTP/1.1 200 OK
< content-type: image/png
<# 3 bytes, sha256 ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc

> GET /old HTTP/1.1
< HTTP/1.1 307 Temporary Redirect
< location: /new

> GET /text HTTP/1.1
< HTTP/1.1 200 OK
< content-type: text/plain
<
< one
< twö
<

> HEAD /text HTTP/1.1
< HTTP/1.1 200 OK
< content-type: text/plain

> GET /boom HTTP/1.1
< HTTP/1.1 500 Internal Server Error
< content-type: text/plain; charset=utf-8
<
< Internal Server Error
"""


def documented(requests: Sequence[Request], records: Path | None = None) -> list[DocumentedRequest]:
    """Of the page `shop`, whose first request is in line 10."""
    recorded = Records(read_records(records) if records else [])
    return [
        DocumentedRequest(
            each, page="shop", source=f"shop.rst:{at}", answer=recorded.take("", each)
        )
        for at, each in enumerate(requests, start=10)
    ]


def write_shop(site: Path, *parts: LiveBlock | DocumentedRequest) -> None:
    write_page(site / "shop.html", SHOP, *parts, base="_static/asgi-docs/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("requests") / "site"
    write_shop(site)
    package_site(site, locks=site.parent)
    return site


@pytest.fixture(scope="module")
def answers(site: Path) -> Path:
    """The folder of the recorded answers to `REQUESTS`."""
    write_shop(site, *documented(REQUESTS))
    answers = site.parent / "answers"
    assert main(["check", str(site), "--update", "--answers", str(answers)]) == 0
    return answers


def test_answers_are_recorded(answers: Path) -> None:
    head, create, *others = (answers / "shop.txt").read_text("utf-8").split("\n\n")
    assert "\n\n".join(others) == RECORDS
    assert create.startswith("> POST /items HTTP/1.1\n> Content-Type: application/json\n>\n> {")
    assert '"big": 1152921504606846977' in create
    assert head.startswith("# What the app answers")


def test_recorded_answers_are_right(
    site: Path, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (answers / "shop.txt").read_text("utf-8")
    write_shop(site, *documented(REQUESTS, answers / "shop.txt"))
    junit = tmp_path / "junit.xml"
    assert main(["check", str(site), "--junit", str(junit)]) == 0
    assert capsys.readouterr().out == (
        "1 live block: 1 right, 0 failed; 13 requests: 13 right, 0 failed.\n"
    )
    suite = ElementTree.parse(junit).getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("14", "0")
    names = [each.get("name") for each in suite.findall("testcase[@line='14']")]
    assert names == ["shop.rst:3: GET /me"]
    assert main(["check", str(site), "--update", "--answers", str(answers)]) == 0
    assert capsys.readouterr().out == (
        "1 live block: 1 right (1 unchanged since an earlier check), 0 failed; "
        "13 requests: 13 right, 0 failed.\n"
    )
    assert (answers / "shop.txt").read_text("utf-8") == before


def test_only_what_differs_is_recorded_again(
    site: Path, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create, text = REQUESTS[0], REQUESTS[10]
    gone, new = Request("GET", "/gone"), Request("GET", "/boom")
    create_answer = documented([create], answers / "shop.txt")[0].answer
    records = tmp_path / "shop.txt"
    stale = [
        replace(each, answer=answer)
        for each, answer in zip(
            documented([create, text, gone]),
            [create_answer, Answer(200, (), "other"), Answer(200)],
            strict=True,
        )
    ]
    write_records(records, stale)
    write_records(tmp_path / "guide/old.txt", stale)
    (tmp_path / "notes.txt").write_text("none of ours")
    requests = documented([create, text, new, text])
    requests[3] = replace(requests[3], page="")  # as pages have it that no docs tool has made
    write_shop(site, *requests)
    assert main(["check", str(site), "--update", "--answers", str(tmp_path)]) == 0
    recorded = read_records(records)
    assert [each.answer.status for each in recorded] == [201, 200, 500]
    assert recorded[0].answer == create_answer
    assert recorded[1].answer.body == "one\ntwö\n"
    assert capsys.readouterr().out.splitlines() == [
        "shop.rst:12: GET /boom is recorded with the answer 500 Internal Server Error.",
        f"Recorded, to be committed: {records} (1 new, 1 changed, 1 gone)",
        f"Deleted, since its page has no requests any more: {tmp_path / 'guide/old.txt'}",
        "1 live block: 1 right, 0 failed; 4 requests: 4 right, 0 failed.",
    ]
    assert (tmp_path / "notes.txt").is_file()


WRONG = {
    "differs": (
        Request("GET", "/text"),
        Answer(200, (("content-type", "text/plain"),), "one\n2\n"),
    ),
    "raises": (Request("GET", "/boom"), Answer(200)),
    "unrecorded": (Request("GET", "/old"), None),
    "reference": (Request("GET", "/items/{{1.body.id}}"), Answer(200)),
    "broken": (Request("GET", "/broken"), Answer(200)),
    "hang": (Request("GET", "/hang"), Answer(200)),
    "after": (Request("GET", "/text"), Answer(200)),
}


@pytest.fixture(scope="module")
def wrong(site: Path) -> Sequence[Checked]:
    """The results of a check in which every request fails in its own way."""
    requests = documented([request for request, _ in WRONG.values()])
    answers = [answer for _, answer in WRONG.values()]
    pairs = zip(requests, answers, strict=True)
    write_shop(site, *(replace(request, answer=answer) for request, answer in pairs))
    return check_site(site, limit=20)


@pytest.mark.parametrize(
    ("name", "outcome", "details"),
    [
        ("differs", Outcome.DIFFERENT, ('body, line 2: "2" recorded, "twö" now',)),
        ("unrecorded", Outcome.UNRECORDED, ("HTTP/1.1 307 Temporary Redirect",)),
        ("reference", Outcome.UNANSWERED, ("{{1.body.id}}: the answer's body is no JSON.",)),
        (
            "broken",
            Outcome.UNANSWERED,
            ("the app raised an exception in the middle of its response",),
        ),
        ("hang", Outcome.UNANSWERED, ("it did not end within 20 seconds.",)),
        ("after", Outcome.NOT_SENT, ()),
    ],
)
def test_requests_that_fail(
    wrong: Sequence[Checked], name: str, outcome: Outcome, details: tuple[str, ...]
) -> None:
    request = wrong[0].requests[list(WRONG).index(name)]
    assert (request.outcome, request.details) == (outcome, details)


def test_an_exception_is_told_with_the_request(wrong: Sequence[Checked]) -> None:
    raised = wrong[0].requests[list(WRONG).index("raises")]
    assert raised.details[0] == "status: 200 recorded, 500 now"
    assert "ValueError: nothing here" in raised.output
    assert raised.output.startswith("asked for /boom")


def test_the_app_that_hangs_is_told_with_the_request(wrong: Sequence[Checked]) -> None:
    failure = "the app did not answer GET /hang: it did not end within 20 seconds."
    assert wrong[0].failure == failure
    places = [each.place for each in wrong[0].failures]
    assert places == ["shop.rst:3", *(f"shop.rst:{line}" for line in range(10, 16))]


def test_reports_of_requests_that_fail(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request, answer = WRONG["differs"]
    (differs, unrecorded) = documented([request, Request("GET", "/old")])
    shop = replace(SHOP, caption="Shop")
    left_out = replace(SHOP, source="shop.rst:30", check=False)
    parts = (shop, replace(differs, answer=answer), unrecorded, left_out, unrecorded)
    write_page(site / "shop.html", *parts, base="_static/asgi-docs/")
    junit = tmp_path / "junit.xml"
    options = ["--sources", "docs", "--github", "--junit", str(junit)]
    assert main(["check", str(site), *options]) == 1
    different = "Shop: GET /text is not answered as recorded."
    missing = (
        "Shop: GET /old has no recorded answer; run 'asgi-docs check SITE --update', "
        "and build again."
    )
    assert capsys.readouterr().out.splitlines() == [
        f"::error file=docs/shop.rst,line=10,title=asgi-docs::{different}"
        '%0Abody, line 2: "2" recorded, "twö" now',
        f"::error file=docs/shop.rst,line=11,title=asgi-docs::{missing}"
        "%0AHTTP/1.1 307 Temporary Redirect",
        f"docs/shop.rst:10: {different}",
        '    body, line 2: "2" recorded, "twö" now',
        "    asked for /text",
        f"docs/shop.rst:11: {missing}",
        "    HTTP/1.1 307 Temporary Redirect",
        "    asked for /old",
        "2 live blocks: 1 right, 0 failed, 1 left out by 'check: no'; "
        "2 requests: 0 right, 2 failed.",
    ]
    suite = ElementTree.parse(junit).getroot()[0]
    counts = [suite.get(name) for name in ("tests", "failures", "skipped")]
    assert counts == ["5", "2", "2"]
    (case,) = suite.findall("testcase[@line='10']")
    assert case.findtext("failure") == 'body, line 2: "2" recorded, "twö" now'


def test_the_sources_have_to_be_found(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", str(site), "--update"]) == 1
    assert "--update does not find the documentation's sources" in capsys.readouterr().err


TO_DO = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError
    path = scope["path"]
    found = path in PATHS
    await send({"type": "http.response.start", "status": 200 if found else 404,
                "headers": [(b"content-type", b"application/json")]})
    body = b'{"title": "Emma", "id": 1}' if found else b"null"
    await send({"type": "http.response.body", "body": body})


PATHS = {"/old"}
"""
DONE = TO_DO.replace('{"/old"}', '{"/old", "/new"}')


def test_tasks(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def task(target: str, **task: Any) -> Request:
        return Request("GET", target, task=Task(**task))

    requests = [
        task("/new", status=200, body='{"title": "Emma"}', solution=DONE),
        task("/old", status=200, solution=DONE),
        task("/old", status=200, body="Persuasion"),
        task("/newer", status=200, body="Emma", solution=DONE),
        task("/new", status=200, body='{"id": 2}', solution=DONE),
        task("/new", status=200, solution="import nothing_here\n"),
    ]
    parts = (replace(SHOP, files={"main.py": TO_DO}), *documented(requests))
    write_page(site / "shop.html", *parts, base="_static/asgi-docs/")
    asked = "check", str(site), "--update", "--answers", str(tmp_path)
    assert main([*asked]) == 1
    out = capsys.readouterr().out.splitlines()
    assert [line for line in out if not line.startswith("     ")] == [
        "shop.rst:11: GET /old is a task that the block's own code does already, so that nothing "
        "is left to do; change 'expect', or the code.",
        "shop.rst:13: GET /newer is a task that its solution does not do.",
        "    status: 200 wanted, 404 now",
        "shop.rst:14: GET /new is a task that its solution does not do.",
        '    body: {"id": 2} wanted, missing now',
        "shop.rst:15: GET /new is a task that its solution does not do.",
        "    the app cannot be imported.",
        "    Traceback (most recent call last):",
        "    ModuleNotFoundError: No module named 'nothing_here'",
        "1 live block: 1 right, 0 failed; 6 requests: 2 right, 4 failed.",
    ]
    assert list(tmp_path.iterdir()) == [], "there is nothing to record"

    write_page(site / "shop.html", parts[0], parts[1], base="_static/asgi-docs/")
    for remembered in ("", " (1 unchanged since an earlier check)"):
        assert main(["check", str(site)]) == 0
        assert capsys.readouterr().out == (
            f"1 live block: 1 right{remembered}, 0 failed; 1 request: 1 right, 0 failed.\n"
        )
