"""What a build works out about texts, templates and faces is worked out once."""

from collections.abc import Callable
from importlib import import_module

import jinja2
import pytest

from diglot import memory
from diglot.memory import Memo, pack, recall, remembered, remembering, unpack
from diglot.model import Script
from diglot.publish import cover, embed, render
from diglot.words.annotate import Annotator
from tests.builder import EDITIONS, TEXT, TinyProject

HANT = EDITIONS + 'script = "hant"\npinyin = "all"\n'


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are converted while the test runs."""
    return told(monkeypatch, import_module("diglot.script.convert"), "_converted")


@pytest.fixture
def annotated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose words are looked up while the test runs."""
    return told(monkeypatch, Annotator, "_annotated", at=1)


def told(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, at: int = 0) -> list[str]:
    """Tell with what a function is called."""
    called: list[str] = []
    call: Callable[..., object] = getattr(owner, name)

    def telling(*arguments: object) -> object:
        called.append(str(arguments[at]))
        return call(*arguments)

    monkeypatch.setattr(owner, name, telling)
    return called


class TestMemo:
    def test_what_is_known_is_not_made_again(self) -> None:
        with remembering(Memo({"a": b"1", "empty": b""})):
            assert recall("a", lambda: b"2") == b"1"
            assert recall("empty", lambda: b"2") == b""
            assert recall("b", lambda: b"3") == recall("b", lambda: b"4") == b"3"

    def test_nothing_is_remembered_outside(self) -> None:
        assert (recall("a", lambda: b"1"), recall("a", lambda: b"2")) == (b"1", b"2")

    def test_what_is_not_asked_for_is_forgotten(self) -> None:
        memo = Memo({"a": b"1", "b": b"2"})
        with remembering(memo):
            recall("a", lambda: b"3")
        assert memo.kept == {"a": b"1"}

    def test_what_fails_is_tried_again(self) -> None:
        def fail() -> bytes:
            raise LookupError("not yet")

        with remembering(Memo({})):
            with pytest.raises(LookupError):
                recall("a", fail)
            assert recall("a", lambda: b"1") == b"1"

    @pytest.mark.parametrize("data", [b"", b"\0", b"torn", pack("another", {"a": b"1"})])
    def test_another_environment_s_memory_and_torn_ones_are_not_believed(self, data: bytes) -> None:
        assert unpack(data, "this") == {}

    def test_it_is_kept_on_disk_and_written_only_if_it_changed(
        self, project: TinyProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = told(monkeypatch, memory, "write_memory", at=2)
        for _ in range(2):
            with remembered(project.root, "w", "things", "this"):
                recall("a", lambda: b"1")
        assert written == ["things"]


@pytest.mark.usefixtures("unset")
class TestTexts:
    def test_an_edited_gloss_converts_and_looks_up_nothing(
        self, project: TinyProject, converted: list[str], annotated: list[str]
    ) -> None:
        project.write("content/editions.toml", HANT)
        assert project.build().exit_code == 0
        assert "山高。" in converted
        assert "山高。" in annotated
        converted.clear()
        annotated.clear()
        project.write("content/w/text.md", TEXT.replace("high", "tall"))
        assert project.build().exit_code == 0
        assert (converted, annotated) == ([], [])

    def test_an_edited_sentence_is_converted_and_looked_up_alone(
        self, project: TinyProject, converted: list[str], annotated: list[str]
    ) -> None:
        project.write("content/editions.toml", HANT)
        project.build()
        converted.clear()
        annotated.clear()
        project.write("content/w/text.md", TEXT.replace("水长。", "水流长。"))
        project.build()
        assert (set(converted), set(annotated)) == ({"水流长。"}, {"水流长。"})

    def test_a_term_is_looked_up_anew_where_it_stands(
        self, project: TinyProject, annotated: list[str]
    ) -> None:
        project.write("content/editions.toml", HANT)
        project.build()
        annotated.clear()
        project.add("content/w/glossary.csv", "长,cháng,long,adj.,,\n")
        project.build()
        assert set(annotated) == {"水长。"}

    def test_an_edition_that_is_built_alone_takes_nothing_from_the_others(
        self, project: TinyProject, converted: list[str]
    ) -> None:
        second = '\n[[edition]]\nname = "hk"\nscript = "hant-hk"\nformats = ["csv"]\n'
        project.write("content/editions.toml", HANT + second)
        project.build()
        project.write("content/w/text.md", TEXT.replace("high", "tall"))
        project.build("--edition", "hk")
        converted.clear()
        project.build()
        assert converted == []

    def test_what_a_text_was_is_forgotten(self, project: TinyProject) -> None:
        project.write("content/editions.toml", HANT)
        project.build()
        kept = project.root / ".cache/parts/w/texts"
        assert "山高。" in kept.read_bytes().decode(errors="replace")
        project.write("content/w/text.md", TEXT.replace("山高。", "山青。"))
        project.build()
        assert "山高。" not in kept.read_bytes().decode(errors="replace")


def test_words_that_were_written_down_are_the_same() -> None:
    annotator = Annotator()
    with remembering(Memo({})):
        first = annotator.annotate("他为人民行医20年，银行行长", source=Script.HANS)
        assert annotator.annotate("他为人民行医20年，银行行长", source=Script.HANS) == first
    assert annotator.annotate("他为人民行医20年，银行行长", source=Script.HANS) == first


def test_templates_are_compiled_once(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch, unset: None
) -> None:
    render._environment.cache_clear()  # as in a process of its own
    project.build()
    compiled = told(monkeypatch, jinja2.Environment, "compile", at=2)
    render._environment.cache_clear()
    project.write("content/w/text.md", TEXT.replace("high", "tall"))
    project.build()
    assert compiled == []
    render._environment.cache_clear()
    project.add("templates/print/booklet.css", "\n/* a comment */\n")
    project.build()
    assert compiled == ["print/booklet.css"]


def test_an_edit_of_an_epub_cuts_no_font_and_draws_no_cover(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("content/editions.toml", '[[edition]]\nname = "read"\nformats = ["epub"]\n')
    cut, drawn = told(monkeypatch, embed, "_cut"), told(monkeypatch, cover, "_drawn")
    assert project.build("--jobs", "1").exit_code == 0
    assert cut
    assert drawn
    cut.clear()
    drawn.clear()
    project.write("content/w/text.md", TEXT.replace("are high", "rise high"))
    assert project.build("--jobs", "1").exit_code == 0
    assert (cut, drawn) == ([], [])
    edited = dict(project.artifacts())
    assert project.run("clean").exit_code == 0
    assert project.build("--jobs", "1").exit_code == 0
    assert project.artifacts() == edited
