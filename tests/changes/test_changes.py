"""What changed since a release or a revision: pair by pair, for people and for programs."""

import json

import pytest

from diglot.changes.compare import compare
from diglot.changes.release import released
from diglot.model import Script
from diglot.script import convert
from tests.builder import WORK, TinyProject
from tests.changes.repository import commit

BEFORE = """> # 山中 ^0

In the Mountains

> 山很高，我们常常去那里看日出。
> 水很长。 ^1

The mountains are high, and we often go there to watch the sun rise.[^sun]
The rivers are long.

> 今天天气很好。 ^2

The weather is fine today.

> 晚上我们回到村里。 ^3

In the evening we go back to the village.

[^sun]: At five in summer.
"""


@pytest.fixture
def mountains(project: TinyProject) -> TinyProject:
    """A project whose work is released as ``2024``."""
    project.write("content/w/text.md", BEFORE)
    result = project.run("release", "2024")
    files = "content/w/releases/2024.md\ncontent/w/releases/2024.json\n"
    assert (result.exit_code, result.stdout) == (0, files)
    return project


def shown(project: TinyProject, *edits: tuple[str, str]) -> str:
    """What is shown of edits since the release."""
    text = BEFORE
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    project.write("content/w/text.md", text)
    result = project.run("changes", "w")
    assert result.exit_code == 0
    return result.stdout


class TestChanges:
    """Each thing that can happen to a pair."""

    def test_nothing(self, mountains: TinyProject) -> None:
        result = mountains.run("changes", "w")
        assert (result.stdout, result.stderr) == ("", "w: since 2024: nothing\n")

    def test_reworded(self, mountains: TinyProject) -> None:
        assert shown(mountains, ("常常", "总是")) == (
            "^1  reworded      山很高，我们[-常常-]{+总是+}去那里看日出。水很长。\n"
        )

    def test_reworded_by_a_comma(self, mountains: TinyProject) -> None:
        assert shown(mountains, ("很高，", "很高；")) == (
            "^1  reworded      山很高[-，-]{+；+}我们常常去那里看日出。水很长。\n"
        )

    def test_retranslated_word_by_word(self, mountains: TinyProject) -> None:
        assert shown(mountains, ("long", "far-reaching")) == (
            "^1  retranslated  …. The rivers are [-long-]{+far-reaching+}.\n"
        )

    def test_annotated(self, mountains: TinyProject) -> None:
        assert shown(mountains, ("At five", "Before five")) == (
            "^1  annotated     [-At-]{+Before+} five in summer.\n"
        )
        assert shown(mountains, ("[^sun]\n", "\n"), ("\n[^sun]: At five in summer.\n", "")) == (
            "^1  annotated     [-At five in summer.-]\n"
        )

    def test_added_and_removed_where_they_stand_and_stood(self, mountains: TinyProject) -> None:
        pair = BEFORE[BEFORE.index("> 今天") : BEFORE.index("> 晚上")]
        assert shown(mountains, (pair, ""), ("> 晚上", "> 路。 ^2a\n\nA road.\n\n> 晚上")) == (
            "^2   removed       今天天气很好。\n^2a  added         路。\n"
        )

    def test_moved(self, mountains: TinyProject) -> None:
        pair = BEFORE[BEFORE.index("> 今天") : BEFORE.index("> 晚上")]
        assert shown(mountains, (pair, ""), ("[^sun]: At", f"{pair}[^sun]: At")) == (
            "^3  moved         behind ^1\n"
        )
        assert shown(mountains, (pair, ""), ("> # 山中", f"{pair}> # 山中")) == (
            "^2  moved         to the beginning\n"
        )

    def test_several_things_at_once(self, mountains: TinyProject) -> None:
        assert shown(mountains, ("今天", "昨天"), ("is fine today", "was fine yesterday")) == (
            "^2  reworded      [-今-]{+昨+}天天气很好。\n"
            "    retranslated  The weather [-is-]{+was+} fine [-today-]{+yesterday+}.\n"
        )
        assert mountains.run("changes", "w").stderr == (
            "w: since 2024: reworded 1, retranslated 1\n"
        )

    def test_an_obsolete_pair_is_not_printed(self, mountains: TinyProject) -> None:
        assert shown(mountains, ("> 晚上", "# Obsolete\n\n> 晚上")) == (
            "^3  removed       晚上我们回到村里。\n"
        )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("> 晚上", "<!-- was: 早上我们回到村里。 -->\n> 晚上"),
            ("今天", '[今天]{py="jīntiān"}'),
            ("sun rise.[^sun]\nThe rivers are long.", "sun rise.[^sun] The rivers are long."),
            ("[^sun]", "[^dawn]"),
            ("\n\n", "\n\n\n<!-- mind -->\n\n"),
        ],
        ids=["a comment", "a mark", "lines of a gloss", "a note's key", "blank lines"],
    )
    def test_what_readers_do_not_see_is_no_change(
        self, old: str, new: str, mountains: TinyProject
    ) -> None:
        assert shown(mountains, (old, new)) == ""

    def test_a_text_in_the_other_script_is_the_same_text(self, mountains: TinyProject) -> None:
        mountains.write("content/w/work.toml", WORK.replace("hans", "hant"))
        text = "".join(
            convert(line, Script.HANT, Script.HANS) if line.startswith(">") else line
            for line in BEFORE.splitlines(keepends=True)
        )
        mountains.write("content/w/text.md", text)
        assert mountains.run("changes", "w").stdout == ""
        mountains.write("content/w/text.md", text.replace("常常", "總是"))
        assert mountains.run("changes", "w").stdout.startswith("^1  reworded ")

    def test_json(self, mountains: TinyProject) -> None:
        shown(mountains, ("> 晚上我们回到村里。", "> 晚上我们到村里。\n> 路。"))
        report = json.loads(mountains.run("changes", "w", "--json").stdout)
        gloss = {"gloss": "In the evening we go back to the village.", "notes": []}
        assert report == {
            "work": "w",
            "since": "2024",
            "changes": [
                {
                    "id": "3",
                    "what": ["reworded"],
                    "behind": "2",
                    "before": {"source": "晚上我们回到村里。", **gloss},
                    "after": {"source": "晚上我们到村里。路。", **gloss},
                }
            ],
            "besides": [],
        }


TITLE = '[title]\nzh = "山水"\nen = "Hills and Rivers"\n'
PEOPLE = '[[creator]]\nzh = "王明"\nen = "Wang Ming"\n'


class TestBesides:
    """What readers hold besides the pairs: the title, people, rights, and the glossary."""

    @pytest.fixture
    def untitled(self, project: TinyProject) -> TinyProject:
        """A work with its title in ``work.toml``, released as ``2024``."""
        project.write("content/w/text.md", BEFORE.partition("\n\n")[2].partition("\n\n")[2])
        project.write("content/w/work.toml", f'{WORK}rights = "CC BY 4.0"\n{TITLE}{PEOPLE}')
        assert project.run("release", "2024").exit_code == 0
        return project

    def edit(self, project: TinyProject, *edits: tuple[str, str]) -> str:
        """What is shown of edits to ``work.toml`` since the release."""
        text = (project.root / "content/w/work.toml").read_text("utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        project.write("content/w/work.toml", text)
        return project.run("changes", "w").stdout

    def test_nothing(self, untitled: TinyProject) -> None:
        assert self.edit(untitled) == ""
        assert self.edit(untitled, ("2019", "2025")) == ""

    def test_a_title(self, untitled: TinyProject) -> None:
        assert self.edit(untitled, ("山水", "山与水"), ("Hills and", "Mountains and")) == (
            "title.zh  reworded  山{+与+}水\n"
            "title.en  reworded  [-Hills-]{+Mountains+} and Rivers\n"
        )
        assert untitled.run("changes", "w").stderr == (
            "w: since 2024: title.zh: reworded; title.en: reworded\n"
        )

    def test_people_and_rights(self, untitled: TinyProject) -> None:
        more = '[[creator]]\nen = "Ann Lee"\nrole = "trl"\n'
        assert self.edit(untitled, (PEOPLE, PEOPLE + more), ('"CC BY 4.0"', '""')) == (
            "creator  reworded  王明 Wang Ming (author){+; Ann Lee (translator)+}\n"
            "rights  removed  [-CC BY 4.0-]\n"
        )

    def test_a_title_that_is_a_pair_is_told_as_a_pair(self, mountains: TinyProject) -> None:
        mountains.add("content/w/work.toml", TITLE)
        assert shown(mountains, ("# 山中", "# 山里")) == "^0  reworded      山[-中-]{+里+}\n"

    def test_a_work_in_the_other_script_has_the_same_title(self, untitled: TinyProject) -> None:
        self.edit(untitled, ("山水", "山后水"))
        untitled.run("release", "2025")
        assert self.edit(untitled, ('"hans"', '"hant"'), ("山后水", "山後水")) == ""

    def test_terms(self, mountains: TinyProject) -> None:
        mountains.write(
            "content/w/glossary.csv",
            "term,pinyin,english,pos,note,hant\n天气,tiānqì,weather,,,\n山,shān,hill,noun,,\n",
        )
        assert mountains.run("changes", "w").stdout == (
            "天气  added  {+tiānqì: weather+}\n山  reworded  shān: [-mountain-]{+hill+} (noun)\n"
        )
        mountains.write("content/w/glossary.csv", "term,pinyin,english\n")
        result = mountains.run("changes", "w")
        assert result.stdout == "山  removed  [-shān: mountain (noun)-]\n"
        assert result.stderr == "w: since 2024: terms: removed 1\n"

    def test_terms_that_the_text_does_not_have_are_in_no_booklet(
        self, mountains: TinyProject
    ) -> None:
        mountains.write("content/glossary.csv", "term,pinyin,english\n火,huǒ,fire\n")
        assert mountains.run("changes", "w").stdout == ""

    def test_terms_come_and_go_with_the_text(self, mountains: TinyProject) -> None:
        told = shown(mountains, ("山很高", "它很高"), ("# 山中", "# 它中"))
        assert told.endswith("山  removed  [-shān: mountain (noun)-]\n")

    def test_json(self, untitled: TinyProject) -> None:
        untitled.write("content/w/glossary.csv", "term,pinyin,english\n水,shuǐ,water\n")
        self.edit(untitled, ("Hills", "Mountains"))
        report = json.loads(untitled.run("changes", "w", "--json").stdout)
        assert report["besides"] == [
            {
                "key": "title.en",
                "what": "reworded",
                "before": "Hills and Rivers",
                "after": "Mountains and Rivers",
            },
            {"term": "水", "what": "added", "before": "", "after": "shuǐ: water"},
            {"term": "山", "what": "removed", "before": "shān: mountain (noun)", "after": ""},
        ]

    def test_git_knows_them_too(self, untitled: TinyProject) -> None:
        commit(untitled, "v1")
        untitled.write("content/glossary.csv", "term,pinyin,english\n水,shuǐ,water\n")
        self.edit(untitled, ("Hills", "Mountains"))
        for since in ("2024", "v1"):
            told = untitled.run("changes", "w", "--since", since).stdout
            assert told == (
                "title.en  reworded  [-Hills-]{+Mountains+} and Rivers\n"
                "水  added  {+shuǐ: water+}\n"
            )

    def test_what_is_not_known_is_said(self, untitled: TinyProject) -> None:
        (untitled.root / "content/w/releases/2024.json").unlink()
        known = " (of title and terms it is not known how they were)\n"
        assert self.edit(untitled, ("Hills", "Mountains")) == ""
        assert untitled.run("changes", "w").stderr == f"w: since 2024: nothing{known}"
        text = (untitled.root / "content/w/work.toml").read_text("utf-8")
        untitled.add("content/w/work.toml", "of_another_time = 1\n")
        commit(untitled, "v1")
        untitled.write("content/w/work.toml", text)
        result = untitled.run("changes", "w", "--since", "v1")
        assert result.stderr == f"w: since v1: nothing{known}"

    def test_h_009_a_record_that_is_broken(self, untitled: TinyProject) -> None:
        untitled.write("content/w/releases/2024.json", '{"terms": 1}')
        result = untitled.run("changes", "w")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            "content/w/releases/2024.json: error h-009: what is recorded with the release 2024 "
            "cannot be read: Expected `array`, got `int` - at `$.terms`\n"
            "  Hint: Restore the file as it was; without it only pairs are compared.\n"
        )


class TestReleases:
    """What was published is kept in the work's folder, or known to git."""

    def test_a_release_is_a_text_that_anybody_can_read(self, mountains: TinyProject) -> None:
        head = "<!-- The text as it was released: what later editions tell the changes from. -->"
        text = mountains.content()["content/w/releases/2024.md"].decode()
        assert text == f"{head}\n\n{BEFORE}"

    def test_it_says_what_the_text_says(self, project: TinyProject) -> None:
        marks = (
            '> [山]{py="shān"}高。\\[1\\]\n> \\——水 \\^x ^1\n\nHills. <!-- no comment -->\n\\# x\n'
        )
        stale = "<!-- was: 火 -->\n> | 天\n> | 地 ^2\n\n# Obsolete\n\n> 火。 ^3\n\nFire.\n"
        project.write("content/w/text.md", f"<!-- mind -->\n{marks}\n{stale}")
        project.run("release", "a")
        work = project.work()
        past = released(work, "a")
        assert past
        assert compare(past.text, work.text) == ()
        assert [pair.id for pair in past.text.pairs] == ["1", "2"]
        assert past.text.obsolete == ()
        assert past.text.pairs[1].former is None

    def test_the_last_one_counts_by_its_name(self, mountains: TinyProject) -> None:
        for name in ("2024.9", "2024.10", "2023.11"):
            mountains.run("release", name, "w")
        assert mountains.run("changes", "w").stderr == "w: since 2024.10: nothing\n"
        assert mountains.run("changes", "w", "--since", "2024").stderr == "w: since 2024: nothing\n"

    def test_a_release_of_a_revision_of_git(self, mountains: TinyProject) -> None:
        commit(mountains, "v1")
        shown(mountains, ("常常", "总是"))
        assert mountains.run("release", "first", "--at", "v1").exit_code == 0
        for since in ("first", "v1", "HEAD"):
            assert "reworded" in mountains.run("changes", "w", "--since", since).stdout

    def test_recording_the_same_again_is_no_harm(self, mountains: TinyProject) -> None:
        before = mountains.content()
        assert mountains.run("release", "2024").exit_code == 0
        assert mountains.content() == before

    def test_the_content_hash_of_booklets_stays(self, mountains: TinyProject) -> None:
        before = mountains.work().digest
        mountains.run("release", "again")
        assert mountains.work().digest == before


class TestRefusals:
    """What cannot be compared or recorded."""

    def refused(self, project: TinyProject, *arguments: str) -> str:
        before = project.content()
        result = project.run(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert project.content() == before
        return result.stderr

    @pytest.mark.parametrize(
        ("since", "hint"), [("2042", "Did you mean “2024”?"), ("v9", "Releases: 2024.")]
    )
    def test_h_004_neither_a_release_nor_a_revision(
        self, since: str, hint: str, mountains: TinyProject
    ) -> None:
        assert self.refused(mountains, "changes", "w", "--since", since) == (
            f"error h-004: “{since}” is neither a release of w nor a revision of git\n"
            f"  Hint: {hint}\n"
        )

    def test_h_005_never_released(self, project: TinyProject) -> None:
        assert self.refused(project, "changes", "w") == (
            "error h-005: w was never released\n"
            "  Hint: Name a revision of git (--since), or record what you publish: "
            "diglot release.\n"
        )

    @pytest.mark.parametrize("call", [["changes", "v", "--since"], ["release", "x", "v", "--at"]])
    def test_h_006_a_work_younger_than_the_revision(
        self, call: list[str], mountains: TinyProject
    ) -> None:
        commit(mountains, "v1")
        mountains.write("content/v/work.toml", WORK)
        mountains.write("content/v/text.md", BEFORE)
        assert self.refused(mountains, *call, "v1") == (
            "error h-006: the work v was not there at v1\n"
            "  Hint: Name a later revision; git log content/v lists them.\n"
        )

    def test_h_007_what_readers_hold_is_not_overwritten(self, mountains: TinyProject) -> None:
        mountains.write("content/w/text.md", BEFORE.replace("常常", "总是"))
        assert self.refused(mountains, "release", "2024") == (
            "content/w/releases/2024.md: error h-007: there is a release “2024” of w already\n"
            "  Hint: Choose another name; or delete its files, if nobody holds what they record.\n"
        )

    @pytest.mark.parametrize("name", ["", "a/b", "../x", ".x", "版"])
    def test_h_008_a_name_that_is_none(self, name: str, mountains: TinyProject) -> None:
        assert f"error h-008: “{name}” cannot be" in self.refused(mountains, "release", name)

    def test_p_003_a_text_with_errors(self, mountains: TinyProject) -> None:
        mountains.add("content/w/text.md", "\n> 水。 ^1\n")
        assert "error p-003: " in self.refused(mountains, "release", "2025")

    def test_h_003_a_release_that_was_broken(self, mountains: TinyProject) -> None:
        mountains.add("content/w/releases/2024.md", "\n> 水。 ^1\n")
        assert self.refused(mountains, "changes", "w").startswith(
            "content/w/releases/2024.md:23: error h-003: the text of the release 2024 had errors: "
        )
