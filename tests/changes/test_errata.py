"""The chapter of changes in booklets, and the sheet for those who hold one."""

from pathlib import Path

import pypdfium2
import pytest

from diglot.compose.booklet import Erratum
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.errors import DiglotError
from diglot.model import Script
from diglot.pairs.inline import plain
from tests.builder import EDITIONS, WORK, TinyProject
from tests.changes.test_changes import BEFORE

EDITS = (
    ("常常", "总是"),
    ("The rivers are long", "All rivers (长江, too) are long"),
    ("> 晚上", "> 里面。 ^2a\n\nInside.\n\n> 晚上"),
    ("> 今天天气很好。 ^2\n\nThe weather is fine today.\n\n", ""),
)


@pytest.fixture
def changed(project: TinyProject) -> TinyProject:
    """A project whose work was released as ``2024`` and edited since."""
    project.write("content/w/text.md", BEFORE)
    project.run("release", "2024")
    text = BEFORE
    for old, new in EDITS:
        text = text.replace(old, new)
    project.write("content/w/text.md", text)
    project.write("content/editions.toml", f'{EDITIONS}changes = "2024"\n')
    return project


def errata(project: TinyProject, script: Script = Script.SOURCE) -> dict[str, Erratum]:
    made = compose(project.work(), Edition(name="study", script=script, changes="2024")).errata
    assert made
    assert made.since == "2024"
    return {erratum.id: erratum for erratum in made.changes}


def english(erratum: Erratum) -> list[tuple[str, str]]:
    return [(plain(old), plain(new)) for old, new in erratum.en]


class TestChapter:
    """An edition that asks for it tells the changes, in its script."""

    def test_only_sentences_that_changed_are_shown(self, changed: TinyProject) -> None:
        found = errata(changed)
        assert list(found) == ["1", "2", "2a"]
        assert found["1"].zh == (
            ("山很高，我们", "山很高，我们"),
            ("常常", "总是"),
            ("去那里看日出。", "去那里看日出。"),
            ("……", "……"),
        )
        assert english(found["1"]) == [
            ("…", "…"),
            (" ", " "),
            ("The", "All"),
            (" rivers", " rivers"),
            ("", " (长江, too)"),
            (" are long.", " are long."),
        ]

    def test_what_is_new_is_shown_whole_and_what_is_gone_by_its_beginning(
        self, changed: TinyProject
    ) -> None:
        found = errata(changed)
        assert (found["2a"].zh, english(found["2a"])) == ((("", "里面。"),), [("", "Inside.")])
        assert (found["2"].zh, found["2"].en) == ((("今天天气很好。", ""),), ())
        long = f"> {'很' * 60}。 ^2"
        changed.write("content/w/releases/2024.md", BEFORE.replace("> 今天天气很好。 ^2", long))
        assert errata(changed)["2"].zh == ((f"{'很' * 40}……", ""),)

    def test_both_states_are_converted_in_their_sentences(self, changed: TinyProject) -> None:
        found = errata(changed, Script.HANT)
        assert found["1"].zh[1] == ("常常", "總是")
        assert found["2a"].zh == (("", "裡面。"),)
        nodes = [node for _, new in found["1"].en for node in new if node.kind == "zh"]
        assert [node.text for node in nodes] == ["長江"]

    def test_an_edition_that_does_not_ask_has_none(self, changed: TinyProject) -> None:
        assert compose(changed.work(), Edition(name="study")).errata is None

    def test_a_work_that_was_never_released_has_none(self, project: TinyProject) -> None:
        assert compose(project.work(), Edition(name="study", changes="2024")).errata is None

    def test_e_005_a_release_that_is_not_there(self, changed: TinyProject) -> None:
        with pytest.raises(DiglotError) as raised:
            compose(changed.work(), Edition(name="study", changes="2025"))
        assert str(raised.value) == (
            "error e-005: the work w has no release “2025”\n  Hint: Did you mean “2024”?"
        )

    @pytest.mark.parametrize("format_", ["pdf", "epub"])
    def test_pages_tell_them(self, format_: str, changed: TinyProject, unset: None) -> None:
        changed.write(
            "content/editions.toml",
            f'[[edition]]\nname = "study"\nformats = ["{format_}"]\nchanges = "2024"\n',
        )
        assert changed.build().exit_code == 0
        page = (changed.project.output / f"w/w-study.{format_}").read_text("utf-8")
        assert "山很高，我们<del>常常</del><ins>总是</ins>去那里看日出。" in page
        assert "#changes" in page

    def test_the_page_for_the_browser_has_as_many_characters_in_each_script(
        self, changed: TinyProject
    ) -> None:
        edits = (("常常", "發財裏面复杂"), ("今天天气", "后来干净"), ("晚上", "皇后幹部台湾"))
        for name, former in (("releases/2024.md", True), ("text.md", False)):
            text = BEFORE
            for old, new in edits:
                text = text.replace(old, f"{new[:2]}{old}" if former else new)
            changed.write(f"content/w/{name}", text)
        changed.write(
            "content/editions.toml",
            '[[edition]]\nname = "a"\nformats = ["web"]\nchanges = "2024"\n',
        )
        result = changed.build()
        assert (result.exit_code, result.stderr) == (0, "")
        page = changed.project.output / "w/w-a.html"
        assert page.read_text("utf-8").count("<del>") == 4  # one of them explains the mark

    def test_nothing_changed_is_said(self, changed: TinyProject, unset: None) -> None:
        changed.write("content/w/text.md", BEFORE)
        assert changed.build().exit_code == 0
        page = (changed.project.output / "w/w-study.pdf").read_text("utf-8")
        assert "Nothing has changed." in page


class TestBesides:
    """Titles, people and the glossary, told around the pairs in the edition's script."""

    @pytest.fixture
    def renamed(self, project: TinyProject) -> TinyProject:
        """A work whose title, people and glossary are others than in the release."""
        title = '[title]\nzh = "山里的后院"\nen = "The *Yard*"\n[[creator]]\nen = "Ann Lee"\n'
        project.write("content/w/text.md", "> 山后面只有头发。 ^1\n\nHair behind the hill.\n")
        project.write("content/w/work.toml", WORK + title)
        project.write(
            "content/w/glossary.csv",
            "term,pinyin,english,pos,note,hant\n山,shān,mountain,,,\n头发,tóufa,hair,,,\n",
        )
        project.run("release", "2024")
        later = title.replace("后院", "前院").replace("Yard", "Court").replace("Ann", "Mary Ann")
        project.write("content/w/work.toml", WORK + later)
        project.write(
            "content/w/glossary.csv",
            "term,pinyin,english,pos,note,hant\n山,shān,hill,,*high*; see 头发,\n"
            "后面,hòumiàn,behind,,,\n",
        )
        return project

    def test_each_is_told(self, renamed: TinyProject) -> None:
        edition = Edition(name="study", script=Script.HANT, changes="2024")
        made = compose(renamed.work(), edition).errata
        assert made
        told = [(each.what, each.zh, english(each)) for each in made.changes]
        assert told == [
            (
                ("title",),
                (("山裡的", "山裡的"), ("後", "前"), ("院", "院")),
                [("The ", "The "), ("Yard", "Court")],
            ),
            (("creator",), (), [("", "Mary "), ("Ann Lee (author)", "Ann Lee (author)")]),
            (
                ("term-reworded",),
                (("山", "山"),),
                [("shān: mountain", "shān: hill; high; see 頭髮")],
            ),
            (("term-added",), (("", "後面"),), [("", "hòumiàn: behind")]),
            (("term-removed",), (("頭髮", ""),), []),
        ]

    @pytest.mark.parametrize("format_", ["pdf", "epub", "web"])
    def test_pages_tell_them(self, format_: str, renamed: TinyProject, unset: None) -> None:
        renamed.write(
            "content/editions.toml",
            f'[[edition]]\nname = "study"\nformats = ["{format_}"]\nchanges = "2024"\n',
        )
        result = renamed.build()
        assert (result.exit_code, result.stderr) == (0, "")
        ending = {"web": "html"}.get(format_, format_)
        page = (renamed.project.output / f"w/w-study.{ending}").read_text("utf-8")
        assert "山里的<del>后</del><ins>前</ins>院" in page
        for said in ("title revised", "people revised", "word added", "word removed"):
            assert said in page
        assert "<ins>hòumiàn: behind</ins>" in page


class TestSheet:
    """``diglot changes --sheet``: a PDF of the changes alone."""

    def test_it_is_printed_on_the_edition_s_paper(self, changed: TinyProject) -> None:
        changed.write("content/editions.toml", '[[edition]]\nname = "a"\npaper = "A4"\n')
        result = changed.run("changes", "w", "--sheet")
        assert result.stdout == "output/w/w-changes-since-2024.pdf\n"
        with pypdfium2.PdfDocument(changed.root / result.stdout.strip()) as sheet:
            assert len(sheet) == 1
            assert [round(side) for side in sheet[0].get_size()] == [595, 842]
            text = sheet[0].get_textpage().get_text_bounded()
        assert "In the Mountains" in text
        assert "Since 2024." in text
        assert "Inside." in text

    def test_e_004_an_edition_that_is_not_there(self, changed: TinyProject) -> None:
        result = changed.run("changes", "w", "--sheet", "--edition", "studi")
        assert (result.exit_code, result.stderr) == (
            1,
            "error e-004: there is no edition “studi”\n  Hint: Did you mean “study”?\n",
        )
        assert not Path(changed.project.output).exists()
