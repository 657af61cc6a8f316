"""What a check has found, for people and for the services that run it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from asgi_docs.check.blocks import Checked

# https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def failure_text(checked: Checked) -> str:
    """What failed, and below it what the app said, indented."""
    lines = [*checked.details.splitlines(), *checked.output.splitlines()]
    return "\n".join([_title(checked), *(f"    {line}".rstrip() for line in lines)])


def text_report(results: Sequence[Checked]) -> Iterator[str]:
    """Each failure with its place and details, then a summary."""
    for each in results:
        if each.failure:
            yield f"{each.place}: {failure_text(each)}"
    yield summary(results)


def summary(results: Sequence[Checked]) -> str:
    """One sentence with counts."""
    failed = sum(bool(each.failure) for each in results)
    remembered = sum(each.remembered for each in results)
    unchanged = f" ({remembered} unchanged since an earlier check)" if remembered else ""
    blocks = f"{len(results)} live block{'' if len(results) == 1 else 's'}"
    return f"{blocks}: {len(results) - failed} right{unchanged}, {failed} failed."


def github_report(results: Sequence[Checked]) -> Iterator[str]:
    """Workflow commands that put each failure beside its line.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    for each in results:
        if each.failure:
            file, _, line = each.place.rpartition(":")
            place = f"file={_property(file)},line={line},title=asgi-docs"
            yield f"::error {place}::{_data(_title(each) + _indented(each.details))}"


def junit_report(results: Sequence[Checked]) -> str:
    """An XML document with a test case for each block.

    https://github.com/testmoapp/junitxml
    """
    suite = ElementTree.Element(
        "testsuite",
        name="asgi-docs check",
        tests=str(len(results)),
        failures=str(sum(bool(each.failure) for each in results)),
        errors="0",
        time=f"{sum(each.seconds for each in results):.3f}",
    )
    for each in results:
        file, _, line = each.place.rpartition(":")
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=file,
            name=each.caption or each.place,
            file=file,
            line=line,
            time=f"{each.seconds:.3f}",
        )
        if each.failure:
            failure = ElementTree.SubElement(case, "failure", message=each.failure)
            failure.text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", each.details)
        if each.output:
            output = ElementTree.SubElement(case, "system-out")
            output.text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", each.output)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, "unicode", xml_declaration=True) + "\n"


def _title(checked: Checked) -> str:
    return f"{f'{checked.caption}: ' if checked.caption else ''}{checked.failure}"


def _indented(details: str) -> str:
    return f"\n{details}" if details else ""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
