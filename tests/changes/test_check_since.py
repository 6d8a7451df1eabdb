"""``diglot check --since``: quotes that were edited while their gloss was not."""

from pathlib import Path

import pytest

from tests.builder import TEXT, TinyProject
from tests.changes.repository import commit, git

BEFORE = """> # 山中 ^0

In the Mountains

> 山高。 ^1

The mountains are high.

> 水长，流向东。 ^2

The rivers are long.
"""

SOURCE = "山中\n\n山很高，我们常常去那里看日出。\n\n水很长，它从西边流向东边的大海。\n"
GLOSSED = """> # 山中 ^0

In the Mountains

> 山很高，我们常常去那里看日出。 ^1

The mountains are high, and we often go there to watch the sun rise.

> 水很长，它从西边流向东边的大海。 ^2

The river is long, and flows from the west to the sea in the east.
"""


@pytest.fixture
def mountains(project: TinyProject) -> TinyProject:
    """A project of which one state is known to git, under the tag ``v1``."""
    project.write("content/w/text.md", BEFORE)
    commit(project, "v1")
    return project


def found(project: TinyProject, text: str, since: str = "v1") -> str:
    """What is found in a text, apart from what is found without asking git."""
    project.write("content/w/text.md", text)
    known = project.run("check").stdout
    result = project.run("check", "--since", since)
    assert (result.exit_code, result.stderr[:9]) == (0, "errors: 0")
    assert set(known.splitlines()) <= set(result.stdout.splitlines())
    lines = result.stdout.splitlines(keepends=True)
    return "".join(line for line in lines if line not in known.splitlines(keepends=True))


def test_p_106_a_source_that_was_edited_without_its_gloss(mountains: TinyProject) -> None:
    assert found(mountains, BEFORE.replace("山高", "山低")) == (
        "content/w/text.md:5: warning p-106: the source of ^1 was edited, its gloss was not: "
        "山[-高-]{+低+}。\n"
        "  Hint: Mend the gloss; if it still fits, there is nothing to do.\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("> 山高。 ^1\n\nThe mountains are high", "> 山低。 ^1\n\nThe mountains are low"),
        ("The mountains", "Hills"),
        ("水长，流向东", "水长；流向东"),
        ("水长", "水長"),
        ("> 山高。 ^1\n\nThe mountains are high.\n\n", ""),
        ("> 水长", "> 天。 ^1a\n\nThe sky.\n\n> 水长"),
        ("> 山高", "<!-- was: 山高。 -->\n> 山低"),
        ("> 山高。 ^1\n\nThe mountains are high.", "> 山低。 ^1"),
    ],
    ids=[
        "nothing edited",
        "both edited",
        "only the gloss edited",
        "only punctuation",
        "only the script",
        "a pair gone",
        "a pair new",
        "stale already",
        "the gloss gone",
    ],
)
def test_nothing_is_said_of(old: str, new: str, mountains: TinyProject) -> None:
    assert "p-106" not in found(mountains, BEFORE.replace(old, new, 1))


def test_pairs_are_known_by_their_ids_wherever_they_stand(mountains: TinyProject) -> None:
    (mountains.root / "content/w/text.md").unlink()
    cut = BEFORE.index("> 水长")
    mountains.write("content/w/text/01.md", BEFORE[cut:].replace("水长", "水短"))
    mountains.write("content/w/text/02.md", BEFORE[:cut])
    commit(mountains, "v2")
    mountains.write("content/w/text/02.md", BEFORE[:cut].replace("山高", "山低"))
    edited = {"v1": ["^2", "^1"], "v2": ["^1"], "HEAD": ["^1"], "v2~1": ["^2", "^1"]}
    for since, pairs in edited.items():
        shown = mountains.run("check", "--since", since).stdout
        assert [pair for pair in ("^2", "^1") if f"source of {pair} was" in shown] == pairs


def test_a_work_that_was_not_there_has_nothing_edited(mountains: TinyProject) -> None:
    for name in ("work.toml", "text.md"):
        text = (mountains.root / "content/w" / name).read_text("utf-8")
        mountains.write(f"content/v/{name}", text.replace("urn:uuid:8", "urn:uuid:9"))
    assert mountains.run("check", "--since", "v1").exit_code == 0


def test_a_project_may_be_a_part_of_a_repository(mountains: TinyProject) -> None:
    inner = TinyProject(mountains.root / "books")
    commit(mountains, "v2")
    inner.write("content/w/text.md", TEXT.replace("山高", "山低"))
    assert "^1 was edited" in inner.run("check", "--since", "v2").stdout


class TestApprovals:
    """A gloss that somebody approved when sync had marked it is not asked about again."""

    LATER = SOURCE.replace("常常", "总是")

    @pytest.fixture
    def synced(self, project: TinyProject) -> TinyProject:
        """A work known to git under ``v1``, and then synced with a later source."""
        project.write("content/w/text.md", GLOSSED)
        project.write("content/w/source.txt", SOURCE)
        commit(project, "v1")
        self.sync(project, self.LATER)
        return project

    def sync(self, project: TinyProject, source: str) -> None:
        file = project.write("new.txt", source)
        assert project.run("sync", "w", str(file)).exit_code == 0
        assert "p-103" in project.run("check").stdout

    def asked(self, project: TinyProject, since: str = "v1") -> list[str]:
        lines = project.run("check", "--since", since).stdout.splitlines()
        return [line.partition("source of ")[2][:2] for line in lines if "p-106" in line]

    def test_at_once(self, synced: TinyProject) -> None:
        assert self.asked(synced) == []
        synced.run("accept", "w", "1")
        assert "p-103" not in synced.run("check").stdout
        assert self.asked(synced) == []

    def test_after_the_sync_was_committed(self, synced: TinyProject) -> None:
        commit(synced, "v2")
        synced.run("accept", "w", "--all")
        commit(synced, "v3")
        for since in ("v1", "v2", "v3"):
            assert self.asked(synced, since) == []

    def test_even_if_the_source_went_on_elsewhere(self, synced: TinyProject) -> None:
        commit(synced, "v2")
        synced.run("accept", "w", "--all")
        self.sync(synced, self.LATER.replace("大海", "大湖"))
        synced.run("accept", "w", "--all")
        assert self.asked(synced) == []

    def test_an_edit_by_hand_after_it_is_asked_about(self, synced: TinyProject) -> None:
        synced.run("accept", "w", "--all")
        text = (synced.root / "content/w/text.md").read_text("utf-8")
        synced.write("content/w/text.md", text.replace("总是", "有时"))
        assert self.asked(synced) == ["^1"]
        commit(synced, "v2")
        assert self.asked(synced) == ["^1"]

    def test_so_is_one_whose_wording_the_source_got_later(self, project: TinyProject) -> None:
        project.write("content/w/text.md", GLOSSED)
        project.write("content/w/source.txt", SOURCE)
        commit(project, "v1")
        project.write("content/w/text.md", GLOSSED.replace("常常", "总是"))
        commit(project, "v2")
        project.run("sync", "w", str(project.write("new.txt", self.LATER)))
        assert self.asked(project) == ["^1"]

    def test_broken_states_between_say_nothing(self, synced: TinyProject) -> None:
        whole = (synced.root / "content/w/text.md").read_text("utf-8")
        synced.write("content/w/text.md", whole + "\n<<<<<<< ours\n")
        synced.write("content/w/source.txt", b"\0\1")
        commit(synced, "v2")
        synced.write("content/w/text.md", whole)
        synced.write("content/w/source.txt", self.LATER)
        synced.run("accept", "w", "--all")
        assert self.asked(synced) == []


class TestRefusals:
    """What git cannot say is an error that says so."""

    def refused(self, project: TinyProject, since: str = "v1") -> str:
        result = project.run("check", "--since", since)
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr

    def test_h_001_no_repository(self, project: TinyProject) -> None:
        assert self.refused(project) == (
            f"{project.root}: error h-001: git has no history here: not a git repository "
            "(or any of the parent directories): .git\n"
            "  Hint: The content must be in a git repository: git init, git add, git commit.\n"
        )

    @pytest.mark.parametrize("since", ["v9", "", "--all", "-h", "v1:content", "$(touch x)", "@{9}"])
    def test_h_002_no_such_revision(self, since: str, mountains: TinyProject) -> None:
        assert self.refused(mountains, since) == (
            f"error h-002: git knows no revision “{since}”\n"
            "  Hint: Name a commit, a tag or a branch; git log --oneline and git tag list them.\n"
        )

    def test_h_002_a_history_without_a_commit(self, project: TinyProject) -> None:
        git(project, "init", "--quiet")
        assert "error h-002: git knows no revision “HEAD”" in self.refused(project, "HEAD")

    @pytest.mark.parametrize(
        ("text", "place", "wrong"),
        [
            (f"{BEFORE}\n<<<<<<< ours\n", ":13", "there is an unresolved merge conflict here"),
            (b"> \xff", ":1", "this is not UTF-8"),
        ],
    )
    def test_h_003_a_text_that_was_broken(
        self, text: str | bytes, place: str, wrong: str, mountains: TinyProject
    ) -> None:
        mountains.write("content/w/text.md", text)
        commit(mountains, "v2")
        mountains.write("content/w/text.md", BEFORE)
        assert f"v2:content/w/text.md{place}: error h-003: " in self.refused(mountains, "v2")
        assert wrong in self.refused(mountains, "v2")

    def test_n_004_git_is_not_installed(
        self, mountains: TinyProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        result = mountains.run("check", "--since", "v1")
        assert result.exit_code == 3
        assert result.stderr.startswith("error n-004: git cannot be run: ")

    def test_a_hook_s_variables_lead_nowhere_else(
        self, mountains: TinyProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
        assert mountains.run("check", "--since", "v1").exit_code == 0
