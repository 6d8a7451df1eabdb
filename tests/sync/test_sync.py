"""What sync refuses, what it writes, and how people's edits meet in git."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from diglot.errors import DiglotError
from diglot.model import Script
from diglot.script import convert
from diglot.sync import work as sync_work
from tests.builder import GLOSSARY, WORK, TinyProject

SOURCE = """山中

山很高，我们常常去那里看日出。

今天天气很好，大家都高兴地出门去了。

晚上我们回到村里，听老人讲故事。
"""
TEXT = """> # 山中 ^0

In the Mountains

> 山很高，我们常常去那里看日出。 ^1

The mountains are high, and we often go there to watch the sun rise.

> 今天天气很好，大家都高兴地出门去了。 ^2

The weather was fine, and everyone went out gladly.

> 晚上我们回到村里，听老人讲故事。 ^3

In the evening we went back to the village and heard the old people’s stories.
"""
OTHER = """海边

渔船每天早上五点钟离开港口。

码头工人正在搬运各种货物。
"""


@pytest.fixture
def mountains(project: TinyProject) -> TinyProject:
    """A project whose work is in step with its source."""
    project.write("content/w/source.txt", SOURCE)
    project.write("content/w/text.md", TEXT)
    return project


def text(project: TinyProject, name: str = "text.md") -> str:
    return project.content()[f"content/w/{name}"].decode()


def refused(project: TinyProject, *arguments: str) -> str:
    """Fail to sync, and see that the content is as it was."""
    before = project.content()
    result = project.run("sync", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert project.content() == before
    return result.stderr


class TestRefusals:
    """Nothing is overwritten when something is wrong."""

    @pytest.mark.parametrize("flag", [[], ["--dry-run"]])
    def test_m_001_another_text_altogether(self, flag: list[str], mountains: TinyProject) -> None:
        file = mountains.write("new.txt", OTHER)
        assert refused(mountains, *flag, "w", str(file)) == (
            f"{file}: error m-001: this is another text: hardly anything of w is in it\n"
            "  Hint: Make a work of its own of it with diglot new, or call sync with --replace.\n"
        )

    def test_another_text_is_taken_if_it_is_meant_and_keeps_all_glosses(
        self, mountains: TinyProject
    ) -> None:
        file = mountains.write("new.txt", OTHER)
        assert mountains.run("sync", "--replace", "w", str(file)).exit_code == 0
        quotes = (
            "> # 海边 ^4\n\n> 渔船每天早上五点钟离开港口。 ^5\n\n> 码头工人正在搬运各种货物。 ^6\n"
        )
        assert text(mountains) == f"{quotes}\n# Obsolete\n\n{TEXT}"

    def test_m_002_the_other_script_than_the_work_is_said_to_be_in(
        self, mountains: TinyProject
    ) -> None:
        file = mountains.write("new.txt", convert(SOURCE, Script.HANT, Script.HANS))
        assert refused(mountains, "w", str(file)) == (
            f"{file}: error m-002: this text is in Traditional, but content/w/work.toml says "
            'script = "hans"\n'
            '  Hint: If the text shall be Traditional from now on, write script = "hant" there '
            "and its Chinese titles and names in Traditional, then sync again: glosses stay. "
            "For another script of a booklet, say so in its edition instead.\n"
        )
        mountains.write("content/w/work.toml", WORK.replace("hans", "hant"))
        assert mountains.run("sync", "w", str(file)).exit_code == 0
        assert text(mountains) == "".join(
            convert(line, Script.HANT, Script.HANS) if line.startswith(">") else line
            for line in TEXT.splitlines(keepends=True)
        )

    def test_m_004_the_source_itself(self, mountains: TinyProject) -> None:
        file = mountains.root / "content/w/source.txt"
        assert refused(mountains, "w", str(file)) == (
            f"{file}: error m-004: this is the source text itself, with which the new one is to be "
            "compared\n"
            "  Hint: Save the new text as another file and sync with that; if you changed "
            "source.txt, put it back first (git restore).\n"
        )

    def test_p_009_a_merge_conflict_in_the_text(self, mountains: TinyProject) -> None:
        file = mountains.write("new.txt", SOURCE)
        mountains.add("content/w/text.md", "\n<<<<<<< ours\nOne\n=======\nTwo\n>>>>>>> theirs\n")
        assert refused(mountains, "w", str(file)).startswith(
            "content/w/text.md:17: error p-009: there is an unresolved merge conflict here\n"
        )

    def test_p_003_an_id_that_stands_twice_also_among_obsolete_pairs(
        self, mountains: TinyProject
    ) -> None:
        file = mountains.write("new.txt", SOURCE)
        mountains.add("content/w/text.md", "\n# Obsolete\n\n> 水。 ^1\n")
        assert refused(mountains, "w", str(file)).startswith(
            "content/w/text.md:19: error p-003: the id ^1 stands a second time; "
        )

    def test_m_006_a_text_without_pairs(self, mountains: TinyProject) -> None:
        file = mountains.write("new.txt", SOURCE)
        for empty in ("", "\n<!-- nothing yet -->\n", f"# Obsolete\n\n{TEXT}"):
            mountains.write("content/w/text.md", empty)
            assert refused(mountains, "w", str(file)) == (
                "content/w: error m-006: w has no pairs to bring in step\n"
                "  Hint: Restore its text.md (git restore), or make a work of the new text: "
                "diglot new.\n"
            )

    def test_s_008_a_merge_conflict_in_the_new_source_or_the_former(
        self, mountains: TinyProject
    ) -> None:
        conflict = "山中\n<<<<<<< ours\n山很高。\n=======\n山很低。\n>>>>>>> theirs\n"
        new = mountains.write("new.txt", conflict)
        assert refused(mountains, "w", str(new)) == (
            f"{new}:2: error s-008: there is an unresolved merge conflict here\n"
            "  Hint: A source text is not merged but taken whole: get it as it was delivered, or "
            "choose one of the two (git checkout --ours or --theirs).\n"
        )
        mountains.write("content/w/source.txt", conflict.replace("\n", "\r\n"))
        new = mountains.write("new.txt", SOURCE)
        assert "content/w/source.txt:2: error s-008: " in refused(mountains, "w", str(new))

    @pytest.mark.parametrize(
        ("data", "code"), [(b"", "s-001"), (b" \n", "s-001"), (b"English.\n", "s-004")]
    )
    def test_a_source_that_is_none(self, data: bytes, code: str, mountains: TinyProject) -> None:
        file = mountains.write("new.txt", data)
        assert f"{file}: error {code}: " in refused(mountains, "w", str(file))

    def test_w_001_a_work_that_is_not_there(self, mountains: TinyProject) -> None:
        file = mountains.write("new.txt", SOURCE)
        assert "error w-001: there is no work “v”" in refused(mountains, "v", str(file))


class TestWriting:
    """What is written besides the pairs that change."""

    CHANGED = SOURCE.replace("常常", "总是").replace("今天天气很好，大家都高兴地出门去了。\n\n", "")

    def test_a_byte_order_mark_stays(self, mountains: TinyProject) -> None:
        mountains.write("content/w/text.md", f"\ufeff{TEXT}")
        mountains.run("sync", "w", str(mountains.write("new.txt", self.CHANGED)))
        assert text(mountains).startswith("\ufeff> # 山中 ^0\n")

    def test_without_a_former_source_the_quotes_count_as_it(self, mountains: TinyProject) -> None:
        file = mountains.write("new.txt", self.CHANGED)
        mountains.run("sync", "w", str(file))
        whole = mountains.content()
        mountains.write("content/w/text.md", TEXT)
        (mountains.root / "content/w/source.txt").unlink()
        mountains.run("sync", "w", str(file))
        assert mountains.content() == whole

    def test_a_rule_that_the_work_switches_off_touches_the_new_source_neither(
        self, mountains: TinyProject
    ) -> None:
        mountains.write("content/w/work.toml", f'{WORK}[normalize]\noff = ["punctuation"]\n')
        file = mountains.write("new.txt", SOURCE.replace("很好，", "很好,"))
        mountains.run("sync", "w", str(file))
        assert "> 今天天气很好,大家都高兴地出门去了。 ^2\n" in text(mountains)


def test_a_text_in_several_files_is_synced_file_by_file(mountains: TinyProject) -> None:
    (mountains.root / "content/w/text.md").unlink()
    cut = TEXT.index("> 今天")
    mountains.write("content/w/text/01.md", TEXT[:cut])
    mountains.write("content/w/text/02.md", TEXT[cut:])
    new = SOURCE.replace("老人", "奶奶").replace("今天天气很好", "昨天天气很好")
    new = new.replace("晚上", "路上有许多卖水果的人。\n\n晚上")
    new = new.replace("山很高，我们常常去那里看日出。\n\n", "")
    mountains.run("sync", "w", str(mountains.write("new.txt", new)))
    first, second = text(mountains, "text/01.md"), text(mountains, "text/02.md")
    pair = TEXT[TEXT.index("> 山很高") : cut].rstrip()
    assert first == f"> # 山中 ^0\n\nIn the Mountains\n\n# Obsolete\n\n{pair}\n"
    assert second == (
        "<!-- was: 今天天气很好，大家都高兴地出门去了。 -->\n"
        "> 昨天天气很好，大家都高兴地出门去了。 ^2\n\n"
        "The weather was fine, and everyone went out gladly.\n\n"
        "> 路上有许多卖水果的人。 ^2a\n\n"
        "<!-- was: 晚上我们回到村里，听老人讲故事。 -->\n"
        "> 晚上我们回到村里，听奶奶讲故事。 ^3\n\n"
        "In the evening we went back to the village and heard the old people’s stories.\n"
    )


class TestAccept:
    """``diglot accept`` deletes the comments that make pairs stale, and nothing else."""

    STALE = (
        TEXT.replace(
            "> 山很高", "<!-- mind -->\n<!-- was: 山低。\n\n水长。 -->\n\n<!-- x -->\n> 山很高"
        )
        .replace("> 今天", "<!-- was: 昨天。 --> > 今天")
        .replace("> 晚上", "<!-- was: 早上。 -->\n<!-- was: 中午。 -->\n\n> 晚上")
    )

    @pytest.mark.parametrize(
        ("arguments", "approved"),
        [(["1"], "^1"), (["3", "1"], "^1 ^3"), (["0"], "nothing"), (["--all"], "^1 ^2 ^3")],
    )
    def test_the_pairs_named(
        self, arguments: list[str], approved: str, mountains: TinyProject
    ) -> None:
        mountains.write("content/w/text.md", self.STALE)
        result = mountains.run("accept", "w", *arguments)
        assert (result.stdout, result.exit_code) == (f"w: approved {approved}\n", 0)
        pairs = mountains.work().text.pairs
        stale = [f"^{pair.id}" for pair in pairs if pair.former is not None]
        assert sorted([*approved.removeprefix("nothing").split(), *stale]) == ["^1", "^2", "^3"]

    def test_other_comments_stay(self, mountains: TinyProject) -> None:
        mountains.write("content/w/text.md", self.STALE)
        mountains.run("accept", "w", "--all")
        expected = TEXT.replace("> 山很高", "<!-- mind -->\n<!-- x -->\n> 山很高")
        assert text(mountains) == expected

    def test_m_003_a_pair_that_is_not_there(self, mountains: TinyProject) -> None:
        result = mountains.run("accept", "w", "1", "9")
        assert (result.exit_code, result.stderr) == (
            1,
            "content/w: error m-003: there is no pair ^9 in w\n"
            "  Hint: Ids stand behind the ^ of each quote; diglot check lists the stale pairs.\n",
        )

    @pytest.mark.parametrize("arguments", [["w"], ["w", "1", "--all"]])
    def test_a_call_says_which(self, arguments: list[str], mountains: TinyProject) -> None:
        assert mountains.run("accept", *arguments).exit_code == 2


class TestGit:
    """Two people's edits merge, because only the lines of pairs that change are edited."""

    def merged(self, tmp_path: Path, *versions: str) -> tuple[int, str]:
        files = [tmp_path / name for name in ("ours.md", "base.md", "theirs.md")]
        for file, version in zip(files, versions, strict=True):
            file.write_text(version, "utf-8")
        result = subprocess.run(
            ["git", "merge-file", "-p", *map(str, files)], capture_output=True, check=False
        )
        return result.returncode, result.stdout.decode()

    def synced(self, mountains: TinyProject, change: Callable[[str], str]) -> str:
        mountains.write("content/w/text.md", TEXT)
        mountains.write("content/w/source.txt", SOURCE)
        mountains.run("sync", "w", str(mountains.write("new.txt", change(SOURCE))))
        return text(mountains)

    CHANGES: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("reworded", lambda source: source.replace("常常", "总是")),
        ("removed", lambda source: source.replace("山很高，我们常常去那里看日出。\n\n", "")),
        ("new", lambda source: source.replace("山很高", "路上有许多卖水果的人。\n\n山很高")),
        ("split", lambda source: source.replace("山很高，", "山很高，\n\n")),
    )

    @pytest.mark.parametrize("change", [c for _, c in CHANGES], ids=[name for name, _ in CHANGES])
    def test_a_sync_and_another_s_gloss(
        self, change: Callable[[str], str], mountains: TinyProject, tmp_path: Path
    ) -> None:
        ours = self.synced(mountains, change)
        mended = ("gladly.", "with joy.")
        status, both = self.merged(tmp_path, ours, TEXT, TEXT.replace(*mended))
        assert (status, both) == (0, ours.replace(*mended))

    def test_two_syncs_with_changes_apart(self, mountains: TinyProject, tmp_path: Path) -> None:
        ours = self.synced(mountains, lambda source: source.replace("常常", "总是"))
        theirs = self.synced(mountains, lambda source: source.replace("老人", "奶奶"))
        both = self.synced(
            mountains, lambda source: source.replace("常常", "总是").replace("老人", "奶奶")
        )
        assert self.merged(tmp_path, ours, TEXT, theirs) == (0, both)

    def test_a_sync_of_a_pair_and_its_gloss_mended_at_the_same_time(
        self, mountains: TinyProject, tmp_path: Path
    ) -> None:
        ours = self.synced(mountains, lambda source: source.replace("常常", "总是"))
        mended = ("we often go there", "we go there often")
        status, both = self.merged(tmp_path, ours, TEXT, TEXT.replace(*mended))
        # The gloss was mended for the former source: it stays stale.
        assert (status, both) == (0, ours.replace(*mended))
        assert "<!-- was: " in both

    @pytest.mark.parametrize("theirs", ["with joy", "gladly"], ids=["another's", "nobody's"])
    def test_one_approves_a_gloss_that_another_mends(
        self, theirs: str, mountains: TinyProject, tmp_path: Path
    ) -> None:
        stale = TEXT.replace("> 今天", "<!-- was: 昨天。 -->\n> 今天")
        mountains.write("content/w/text.md", stale)
        mountains.run("accept", "w", "2")
        mended = stale.replace("gladly", theirs)
        assert self.merged(tmp_path, text(mountains), stale, mended) == (
            0,
            TEXT.replace("gladly", theirs),
        )

    def test_a_new_pair_that_two_people_gloss(self, mountains: TinyProject, tmp_path: Path) -> None:
        new = "路上有许多卖水果的人。"
        base = self.synced(mountains, lambda source: source.replace("晚上", f"{new}\n\n晚上"))
        quote = f"> {new} ^2a\n"
        one, other = (
            base.replace(quote, f"{quote}\n{gloss}\n")
            for gloss in ("Many sold fruit by the road.", "There were fruit sellers on the way.")
        )
        assert self.merged(tmp_path, one, base, one) == (0, one)
        status, conflict = self.merged(tmp_path, one, base, other)
        assert status == 1
        assert "Many sold fruit by the road." in conflict
        assert "There were fruit sellers on the way." in conflict
        mountains.write("content/w/text.md", conflict)
        assert "error p-009: " in mountains.run("check").stdout

    def test_two_people_s_terms_at_one_place_are_told(
        self, mountains: TinyProject, tmp_path: Path
    ) -> None:
        ours, theirs = f"{GLOSSARY}水,shuǐ,water,,,\n", f"{GLOSSARY}日,rì,sun,,,\n"
        status, conflict = self.merged(tmp_path, ours, GLOSSARY, theirs)
        assert status == 1
        mountains.write("content/w/glossary.csv", conflict)
        assert "content/w/glossary.csv:3: error g-009: " in mountains.run("check").stderr
        both = "".join(line for line in conflict.splitlines(True) if line[0] not in "<=>")
        mountains.write("content/w/glossary.csv", both)
        assert mountains.run("check").exit_code == 0

    @pytest.mark.parametrize("kept", ["removed", "moved"])
    def test_a_gloss_mended_while_its_pair_goes_elsewhere_is_a_conflict_and_not_lost(
        self, kept: str, mountains: TinyProject, tmp_path: Path
    ) -> None:
        line = "今天天气很好，大家都高兴地出门去了。\n\n"
        end = "" if kept == "removed" else f"\n{line.strip()}\n"
        ours = self.synced(mountains, lambda source: source.replace(line, "") + end)
        status, conflict = self.merged(tmp_path, ours, TEXT, TEXT.replace("gladly", "with joy"))
        assert status == 1
        assert "went out with joy." in conflict
        assert "went out gladly." in conflict

    def test_two_edits_of_one_pair_are_a_conflict_that_sync_refuses(
        self, mountains: TinyProject, tmp_path: Path
    ) -> None:
        ours = self.synced(mountains, lambda source: source.replace("常常", "总是"))
        theirs = self.synced(mountains, lambda source: source.replace("常常", "有时"))
        status, conflict = self.merged(tmp_path, ours, TEXT, theirs)
        assert status == 1
        mountains.write("content/w/text.md", conflict)
        with pytest.raises(DiglotError, match="p-009"):
            sync_work.sync(mountains.project, "w", mountains.write("new.txt", SOURCE))
        assert text(mountains) == conflict


def test_a_removed_text_that_returns_reworded_brings_its_gloss_back_stale(
    mountains: TinyProject,
) -> None:
    line = "今天天气很好，大家都高兴地出门去了。\n\n"
    for new in (SOURCE.replace(line, ""), SOURCE.replace("高兴", "快乐")):
        mountains.run("sync", "w", str(mountains.write("new.txt", new)))
    assert text(mountains) == TEXT.replace(
        "> 今天天气很好，大家都高兴",
        "<!-- was: 今天天气很好，大家都高兴地出门去了。 -->\n> 今天天气很好，大家都快乐",
    )
