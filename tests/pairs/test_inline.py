"""The Markdown of glosses and notes: what print and e-readers both can show, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.pairs.inline import Inline, plain, read_inline, walk


def text(content: str) -> Inline:
    return Inline("text", content)


@pytest.mark.parametrize(
    ("markdown", "nodes"),
    [
        ("plain", (text("plain"),)),
        ("*a*b", (Inline("em", "", "", (text("a"),)), text("b"))),
        ("**a**", (Inline("strong", "", "", (text("a"),)),)),
        ("`<a>`", (Inline("code", "<a>"),)),
        ("a[^n], b", (text("a"), Inline("note", "", "n"), text(", b"))),
        ("[a](https://b.c)", (Inline("link", "", "https://b.c", (text("a"),)),)),
        ("<https://b.c>", (Inline("link", "", "https://b.c", (text("https://b.c"),)),)),
        ("![a *b*](c.png)", (Inline("image", "a b", "c.png"),)),
        ("![](图 1.png)", (text("![](图 1.png)"),)),
        ("![](<图 1.png>)", (Inline("image", "", "图 1.png"),)),
        ("![](a%00b)", (Inline("image", "", "a\ufffdb"),)),
        ("a &amp; b\\*", (text("a & b*"),)),
        ("# 1. - no block", (text("# 1. - no block"),)),
        ("", ()),
    ],
)
def test_markup_is_a_tree(markdown: str, nodes: tuple[Inline, ...]) -> None:
    assert read_inline(markdown) == nodes


@pytest.mark.parametrize("html", ["<script>alert(1)</script>", "<b>", "<!-- x -->", "<img src=x>"])
def test_raw_html_is_text(html: str) -> None:
    assert read_inline(f"a {html} b") == (text(f"a {html} b"),)


@pytest.mark.parametrize("address", ["ftp://a.b", "mailto:a@b.c", "../a", "#x", "//a.b"])
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    assert read_inline(f"[a]({address})") == (text("a"),)


@pytest.mark.parametrize("address", ["javascript:alert", "file:///etc/passwd", "data:,x"])
def test_what_could_do_harm_is_no_link_at_all(address: str) -> None:
    assert read_inline(f"[a]({address})") == (text(f"[a]({address})"),)


def test_plain_text_has_neither_markup_nor_note_numbers_nor_images() -> None:
    assert plain(read_inline("A **b *c*** [d](http://e.f)[^g] `h`![i](j.png)")) == "A b c d h"


def test_walk_gives_parents_before_children() -> None:
    assert [node.kind for node in walk(read_inline("*a **b***[^c]"))] == [
        *("em", "text", "strong", "text", "note")
    ]


@given(st.text(st.sampled_from("*_`[]()!<>^&\\ ab\x00"), max_size=40))
def test_nothing_fails(markdown: str) -> None:
    read_inline(markdown)
