"""Cards for Anki and the same as a sheet: what they say, and that a learner's progress stays.

Anki's own library reads the packages.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Update

from tests.builder import TinyProject

EDITIONS = """[[edition]]
name = "study"
formats = ["anki", "csv"]

[[edition]]
name = "facing"
formats = ["anki"]

[[edition]]
name = "hant"
script = "hant"
formats = ["anki", "csv"]
"""
GLOSSARY = """term,pinyin,english,pos,note,hant
山,shān,mountain,noun,,
水,shuǐ,water; river,noun,"Also a *surname*, as in 水先生.",
发展,fāzhǎn,to develop,verb,,
"""
TEXT = """> # 山中 ^0

In the Mountains

> 高。山高水长。
> 水长。 ^1

High. The *mountains* are high and the rivers are long.
The rivers are long.[^n]

> 山在发展。 ^2

The mountains are developing.

[^n]: A note.
"""


@pytest.fixture
def works(project: TinyProject) -> TinyProject:
    project.write("content/editions.toml", EDITIONS)
    project.write("content/w/glossary.csv", GLOSSARY)
    project.write("content/w/text.md", TEXT)
    dated(project, "2026-11-01")
    return project


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Collection]:
    collection = Collection(str(tmp_path / "learner.anki2"))
    yield collection
    collection.close()


def dated(project: TinyProject, day: str) -> None:
    first = (project.root / "content/w/work.toml").read_text("utf-8").split("revised")[0]
    project.write("content/w/work.toml", f'{first}revised = "{day}"\n')


def package(project: TinyProject, edition: str = "study") -> Path:
    assert not project.build("--edition", edition, "--format", "anki").exit_code
    return project.root / f"output/w/w-{edition}.apkg"


def sheet(project: TinyProject, edition: str = "study") -> list[dict[str, str]]:
    assert not project.build("--edition", edition, "--format", "csv").exit_code
    data = (project.root / f"output/w/w-{edition}.csv").read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def take(learner: Collection, file: Path, *, always: bool = False) -> dict[str, int]:
    """Import a package with Anki's settings as they are; count what it says it did."""
    condition = "ALWAYS" if always else "IF_NEWER"
    options = ImportAnkiPackageOptions(
        update_notes=Update.Value(f"IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_{condition}")
    )
    request = ImportAnkiPackageRequest(package_path=str(file), options=options)
    log = learner.import_anki_package(request).log
    kinds = ("new", "updated", "duplicate", "conflicting", "empty_first_field")
    return {kind: len(found) for kind in kinds if (found := getattr(log, kind))}


def fields(learner: Collection) -> dict[int, dict[str, str]]:
    notes = map(learner.get_note, learner.find_notes("deck:*"))
    return {note.id: dict(note.items()) for note in notes}


def by_word(learner: Collection) -> dict[str, dict[str, str]]:
    return {note["Word"]: note for note in fields(learner).values()}


def study(learner: Collection) -> dict[int, tuple[int, ...]]:
    """Answer every card, some well; give what Anki then knows of each."""
    for deck in learner.decks.all_names_and_ids():
        learner.decks.set_current(DeckId(deck.id))
        while card := learner.sched.getCard():
            learner.sched.answerCard(card, 4)
    return progress(learner)


def progress(learner: Collection) -> dict[int, tuple[int, ...]]:
    cards = map(learner.get_card, learner.find_cards("deck:*"))
    return {card.id: (card.nid, card.type, card.due, card.ivl, card.reps) for card in cards}


def changed(notes: dict[int, dict[str, str]], learner: Collection) -> list[str]:
    """Give the meanings of the notes that are no longer as they were; none is gone or new."""
    assert fields(learner).keys() == notes.keys()
    return [note["Meaning"] for id_, note in fields(learner).items() if notes[id_] != note]


class TestACard:
    def test_has_a_word_what_it_means_and_the_sentence_it_stands_in(
        self, works: TinyProject, learner: Collection
    ) -> None:
        assert take(learner, package(works)) == {"new": 3}
        assert by_word(learner)["水"] == {
            "Word": "水",
            "Pinyin": "shuǐ",
            "Meaning": "water; river",
            "Kind": "noun",
            "Level": "HSK 1",
            "Note": 'Also a <em>surname</em>, as in <span lang="zh-Hans">水先生</span>.',
            "Sentence": "高。山高<b>水</b>长。",
            "Gloss": "High. The <em>mountains</em> are high and the rivers are long.",
            "Source": "山中 · 1",
            "Language": "zh-Hans",
        }

    def test_of_a_word_in_the_title_has_the_title_for_its_sentence(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        note = by_word(learner)["山"]
        assert (note["Sentence"], note["Gloss"]) == ("<b>山</b>中", "In the Mountains")

    def test_is_in_the_script_of_the_edition(self, works: TinyProject, learner: Collection) -> None:
        take(learner, package(works, "hant"))
        note = by_word(learner)["發展"]
        assert (note["Sentence"], note["Language"]) == ("山在<b>發展</b>。", "zh-Hant")
        assert "山中 · 繁體" in [deck.name for deck in learner.decks.all_names_and_ids()]

    def test_finds_its_sentence_where_the_sides_have_different_numbers(
        self, works: TinyProject, learner: Collection
    ) -> None:
        works.write("content/w/text.md", "> 天高。\n> 山高。 ^1\n\nHigh.\n")
        works.add("content/w/work.toml", '[title]\nzh = "书"\nen = "Book"\n')
        take(learner, package(works))
        assert by_word(learner)["山"]["Sentence"] == "天高。<b>山</b>高。"

    def test_of_verse_has_its_own_line_and_the_whole_gloss(
        self, works: TinyProject, learner: Collection
    ) -> None:
        works.write("content/w/text.md", "> | 天高\n> | 山高 ^1\n\nHigh.\n")
        works.add("content/w/work.toml", '[title]\nzh = "书"\nen = "Book"\n')
        take(learner, package(works))
        note = by_word(learner)["山"]
        assert (note["Sentence"], note["Gloss"]) == ("<b>山</b>高", "High.")

    def test_has_all_senses_of_a_word_in_one_reading(
        self, works: TinyProject, learner: Collection
    ) -> None:
        works.write(
            "content/w/text.md", '> # 书 ^0\n\nB\n\n> 山[山]{en="grave mound; mountain"} ^1\n\nX\n'
        )
        take(learner, package(works))
        assert [note["Meaning"] for note in by_word(learner).values()] == ["mountain; grave mound"]

    def test_says_that_its_gloss_is_of_an_earlier_source(
        self, works: TinyProject, learner: Collection
    ) -> None:
        works.write("content/w/text.md", "> # 书 ^0\n\nB\n\n<!-- was: 水。 -->\n> 山。 ^1\n\nX.\n")
        take(learner, package(works))
        gloss = by_word(learner)["山"]["Gloss"]
        assert gloss == "X. &#91;translated from an earlier source]"

    def test_shows_untrusted_text_as_text(self, works: TinyProject, learner: Collection) -> None:
        works.write(
            "content/w/text.md", "> # 书 ^0\n\nB\n\n> 山<script> ^1\n\n<script>&[sound:x.mp3]\n"
        )
        take(learner, package(works))
        (card,) = map(learner.get_card, learner.find_cards("deck:*"))
        shown = card.answer()
        assert "<script" not in shown
        assert "<b>山</b>&lt;script&gt;" in shown
        assert not card.answer_av_tags()

    def test_shows_its_word_and_sentence_then_the_rest(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        (found,) = learner.find_cards("Word:水")
        card = learner.get_card(found)
        assert "shuǐ" not in card.question()
        assert '<p class="sentence" lang="zh-Hans">高。山高<b>水</b>长。</p>' in card.question()
        assert '<p class="pinyin" lang="zh-Latn-pinyin">shuǐ</p>' in card.answer()


class TestANewEdition:
    def test_updates_the_one_note_that_changed_and_leaves_progress_alone(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        notes, known = fields(learner), study(learner)
        works.write("content/w/glossary.csv", GLOSSARY.replace("to develop", "to grow"))
        assert take(learner, package(works), always=True) == {"updated": 1, "duplicate": 2}
        assert changed(notes, learner) == ["to grow"]
        assert progress(learner) == known

    def test_of_a_later_day_is_taken_without_being_told(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        notes, known = fields(learner), study(learner)
        works.write("content/w/glossary.csv", GLOSSARY.replace("to develop", "to grow"))
        dated(works, "2026-11-02")
        assert take(learner, package(works)) == {"updated": 3}
        assert changed(notes, learner) == ["to grow"]
        assert progress(learner) == known

    def test_that_says_the_same_does_nothing(self, works: TinyProject, learner: Collection) -> None:
        take(learner, package(works))
        assert take(learner, package(works), always=True) == {"duplicate": 3}

    def test_adds_words_wherever_they_come_in(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        notes, known = fields(learner), study(learner)
        works.write("content/w/glossary.csv", GLOSSARY + "高,gāo,high,,,\n")
        dated(works, "2026-11-02")
        assert take(learner, package(works)) == {"new": 1, "updated": 3}
        assert fields(learner).items() >= notes.items()
        assert progress(learner).items() >= known.items()

    def test_keeps_what_the_learner_wrote_until_a_later_revision(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        (found,) = learner.find_notes("Word:山")
        note = learner.get_note(found)
        note["Note"] = "mine"
        learner.update_note(note)
        take(learner, package(works))
        assert by_word(learner)["山"]["Note"] == "mine"

    def test_in_another_layout_is_the_same_cards(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        assert take(learner, package(works, "facing")) == {"duplicate": 3}

    def test_in_another_script_is_other_cards_in_another_deck(
        self, works: TinyProject, learner: Collection
    ) -> None:
        take(learner, package(works))
        assert take(learner, package(works, "hant")) == {"new": 3}
        decks = {deck.name for deck in learner.decks.all_names_and_ids()}
        assert decks >= {"山中 · 简体", "山中 · 繁體"}


def test_a_package_is_the_same_on_every_run(works: TinyProject) -> None:
    first = package(works).read_bytes()
    assert package(works).read_bytes() == first


def test_a_package_has_no_other_files(works: TinyProject) -> None:
    with zipfile.ZipFile(package(works)) as archive:
        assert archive.namelist() == ["collection.anki2", "media"]


def test_a_work_without_words_gives_an_empty_deck(works: TinyProject, learner: Collection) -> None:
    works.write("content/w/glossary.csv", "term,pinyin,english\n")
    assert take(learner, package(works)) == {}


def test_works_of_one_day_keep_out_of_each_other_s_way(
    works: TinyProject, learner: Collection
) -> None:
    for name in ("work.toml", "text.md", "glossary.csv"):
        text = (works.root / "content/w" / name).read_text("utf-8")
        works.write(f"content/v/{name}", text.replace("8c0f9a52", "9c0f9a52"))
    file = package(works)
    other = works.root / "output/v/v-study.apkg"
    assert [take(learner, file), take(learner, other)] == [{"new": 3}, {"new": 3}]
    assert [take(learner, file), take(learner, other)] == [{"duplicate": 3}, {"duplicate": 3}]


class TestASheet:
    def test_has_a_row_a_card(self, works: TinyProject) -> None:
        rows = sheet(works)
        assert [row["term"] for row in rows] == ["山", "水", "发展"]
        assert {name: text for name, text in rows[1].items() if name != "id"} == {
            "term": "水",
            "pinyin": "shuǐ",
            "english": "water; river",
            "pos": "noun",
            "level": "HSK 1",
            "note": "Also a surname, as in 水先生.",
            "sentence": "高。山高水长。",
            "gloss": "High. The mountains are high and the rivers are long.",
            "pair": "1",
        }

    def test_begins_with_the_mark_by_which_excel_knows_utf_8(self, works: TinyProject) -> None:
        sheet(works)
        assert (works.root / "output/w/w-study.csv").read_bytes().startswith(b"\xef\xbb\xbfterm,")

    def test_has_no_formulas(self, works: TinyProject) -> None:
        works.write("content/w/text.md", "> # 书 ^0\n\nB\n\n> 山。 ^1\n\n=HYPERLINK(1)\n")
        assert sheet(works)[0]["gloss"] == "'=HYPERLINK(1)"

    def test_has_the_ids_of_the_cards(self, works: TinyProject, learner: Collection) -> None:
        take(learner, package(works))
        guids = {learner.get_note(found).guid for found in learner.find_notes("deck:*")}
        assert {row["id"] for row in sheet(works)} == guids

    def test_is_a_list_of_words_that_a_reader_knows(self, works: TinyProject) -> None:
        sheet(works)
        works.write("content/w/known.csv", (works.root / "output/w/w-study.csv").read_bytes())
        edition = '[[edition]]\nname = "e"\nformats = ["csv"]\nglosses = "unknown"\n'
        works.write("content/editions.toml", f'{edition}known = ["known.csv"]\n')
        assert {"山", "水", "发展"}.isdisjoint(row["term"] for row in sheet(works, "e"))
