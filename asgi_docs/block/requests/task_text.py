"""What a page says of a task, without any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from asgi_docs.block.requests.model import Request

_CODE = re.compile(r"(`+)(?P<code>.+?)\1")

_LANGUAGES = {
    "en": ("Task:", "make {} answer {}.", "make {} answer {}, with {} in the body."),
    "de": (
        "Aufgabe:",
        "auf {} soll die App mit {} antworten.",
        "auf {} soll die App mit {} antworten, und mit {} im Inhalt.",
    ),
    "es": (
        "Tarea:",
        "haga que {} responda {}.",
        "haga que {} responda {}, con {} en el cuerpo.",
    ),
    "fr": (
        "Exercice :",
        "faites que {} réponde {}.",
        "faites que {} réponde {}, avec {} dans le corps.",
    ),
    "ja": (
        "課題:",
        "{} が {} を返すようにしてください。",
        "{} が {} を返し、本文に {} が含まれるようにしてください。",
    ),
    "pt": (
        "Tarefa:",
        "faça com que {} responda {}.",
        "faça com que {} responda {}, com {} no corpo.",
    ),
    "zh": (
        "任务：",  # noqa: RUF001
        "让 {} 返回 {}。",
        "让 {} 返回 {}，并且正文中包含 {}。",  # noqa: RUF001
    ),
}


class Piece(NamedTuple):
    """A part of a sentence.

    Attributes:
        text: plain text.
        is_code: whether it is to be shown as code.
    """

    text: str
    is_code: bool


def task_label(language: str) -> str:
    """The word in front of a task.

    Args:
        language: of the page, such as `pt_BR`.
    """
    return _words(language)[0]


def task_sentence(request: Request, language: str) -> list[Piece]:
    """What is to be done: the author's words, or else ours.

    Args:
        request: one with a task.
        language: as for `task_label`.
    """
    task = request.task
    assert task is not None
    if task.words:
        return pieces(task.words)
    _, plain, with_body = _words(language)
    values = [f"{request.method} {request.target}", str(task.status), task.body]
    sentence = with_body if task.body else plain
    texts = sentence.split("{}")
    made = [Piece(texts[0], False)]
    for value, text in zip(values, texts[1:], strict=False):
        made += [Piece(value, True), Piece(text, False)]
    return [each for each in made if each.text]


def pieces(text: str) -> list[Piece]:
    """A text with code in backticks, as assets/tasks/words.js has it."""
    made = []
    end = 0
    for found in _CODE.finditer(text):
        made += [Piece(text[end : found.start()], False), Piece(found["code"].strip(), True)]
        end = found.end()
    return [each for each in [*made, Piece(text[end:], False)] if each.text]


def _words(language: str) -> tuple[str, str, str]:
    return _LANGUAGES.get(re.split("[-_]", language.lower())[0], _LANGUAGES["en"])
