"""Inline Markdown of glosses and notes, as a tree that templates set.

Only what print and e-readers both can show: emphasis, strong, code, links, images and note
references. Raw HTML stays text; a link leads to the web or nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

import regex
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_REFERENCE = regex.compile(r"\[\^([^\]\s]+)\]")
_KINDS = {"em": "em", "strong": "strong", "link": "link"}


@dataclass(frozen=True, slots=True)
class Inline:
    """A node: ``text``, ``em``, ``strong``, ``code``, ``link``, ``image`` or ``note``.

    ``text`` is what it shows (an image: its alternative text), ``target`` the address of a link,
    the path of an image or the key of a note.
    """

    kind: str
    text: str = ""
    target: str = ""
    children: tuple["Inline", ...] = ()


@lru_cache(maxsize=16384)  # every edition of a work reads the same lines
def read_inline(markdown: str) -> tuple[Inline, ...]:
    """Read one line of Markdown; nothing in it can fail, what is not markup is text."""
    (root,) = _parser().parseInline(markdown)
    return tuple(_nodes(SyntaxTreeNode([root]).children[0].children))


def plain(nodes: Iterable[Inline]) -> str:
    """Give the text of nodes without markup and note references."""
    return "".join(node.text + plain(node.children) for node in nodes if node.kind != "image")


def walk(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Give every node, parents first."""
    for node in nodes:
        yield node
        yield from walk(node.children)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["html_inline"])


def _nodes(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Inline]:
    for node in nodes:
        if node.type == "text":
            yield from _text(node.content)
        elif node.type in ("softbreak", "hardbreak"):
            yield Inline("text", " ")
        elif node.type == "code_inline":
            yield Inline("code", node.content)
        elif node.type == "image":
            # Markdown wants addresses quoted; a path is not, and never holds NUL.
            path = unquote(str(node.attrs["src"])).replace("\0", "\ufffd")
            yield Inline("image", plain(_nodes(node.children)), path)
        elif node.type == "link" and not str(node.attrs["href"]).startswith(("http:", "https:")):
            yield from _nodes(node.children)
        else:
            target = str(node.attrs.get("href", ""))
            yield Inline(_KINDS[node.type], "", target, tuple(_nodes(node.children)))


def _text(text: str) -> Iterator[Inline]:
    for index, part in enumerate(_REFERENCE.split(text)):
        if index % 2:
            yield Inline("note", "", part)
        elif part:
            yield Inline("text", part)
