"""What a check has found, as JUnit XML: https://github.com/testmoapp/junitxml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from asgi_docs.check.results import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asgi_docs.check.results import Checked, CheckedRequest

# https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(results: Sequence[Checked]) -> str:
    """A document with a test case for each block and for each request."""
    suite = ElementTree.Element("testsuite", name="asgi-docs check")
    for each in results:
        _add_block(suite, each)
        for request in each.requests:
            _add_request(suite, each, request)
    counts = {name: len(suite.findall(f"testcase/{name}")) for name in ("failure", "skipped")}
    suite.attrib |= {
        "tests": str(len(suite)),
        "failures": str(counts["failure"]),
        "skipped": str(counts["skipped"]),
        "errors": "0",
        "time": f"{sum(each.seconds for each in results):.3f}",
    }
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, "unicode", xml_declaration=True) + "\n"


def _add_block(suite: ElementTree.Element, checked: Checked) -> None:
    seconds = checked.seconds - sum(each.seconds for each in checked.requests)
    case = _case(suite, checked.place, checked.caption or checked.place, seconds)
    if checked.is_left_out:
        ElementTree.SubElement(case, "skipped", message="The block has the option check: no.")
    _add_failure(case, checked.failure, checked.details, checked.output)


def _add_request(suite: ElementTree.Element, checked: Checked, request: CheckedRequest) -> None:
    name = f"{checked.caption or checked.place}: {request.asked}"
    case = _case(suite, request.place, name, request.seconds)
    if request.outcome is Outcome.NOT_SENT:
        ElementTree.SubElement(case, "skipped", message=request.failure)
    else:
        _add_failure(case, request.failure, "\n".join(request.details), request.output)


def _case(suite: ElementTree.Element, place: str, name: str, seconds: float) -> ElementTree.Element:
    file, _, line = place.rpartition(":")
    return ElementTree.SubElement(
        suite,
        "testcase",
        classname=file,
        name=_text(name),
        file=file,
        line=line,
        time=f"{max(seconds, 0):.3f}",
    )


def _add_failure(case: ElementTree.Element, sentence: str, details: str, output: str) -> None:
    if sentence:
        failure = ElementTree.SubElement(case, "failure", message=_text(sentence))
        failure.text = _text(details)
    if output:
        ElementTree.SubElement(case, "system-out").text = _text(output)


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
