"""A new work from a Chinese text file, in whatever encoding it comes."""

import codecs
from pathlib import Path

import pytest

from diglot.errors import DiglotError, Exit
from diglot.model import Script
from diglot.new import make_work
from diglot.script import convert
from tests.builder import TinyProject

SIMPLIFIED = """山水之间

在中国的历史上，人们一直在说山和水的事情。这是我们大家都知道的。
他说：“山是山，水是水。”这个问题很有意思，也很难回答。
——2019年1月18日，在会议上的讲话
"""
PAIRS = """> # 山水之间 ^0

> 在中国的历史上，人们一直在说山和水的事情。
> 这是我们大家都知道的。 ^1

> 他说：“山是山，水是水。”
> 这个问题很有意思，也很难回答。 ^2

> ——2019年1月18日，在会议上的讲话 ^3
"""
TRADITIONAL = convert(SIMPLIFIED, Script.HANT, Script.HANS)
TRADITIONAL_PAIRS = convert(PAIRS, Script.HANT, Script.HANS)


def make(project: TinyProject, data: bytes, name: str = "n") -> Path:
    return make_work(project.project, data, "in.txt", name)


def failure(project: TinyProject, data: bytes, name: str = "n") -> DiglotError:
    """Fail to make a work, and see that the content is as it was."""
    before = project.content()
    with pytest.raises(DiglotError) as caught:
        make(project, data, name)
    assert project.content() == before
    assert sorted(path.name for path in project.project.content.iterdir()) == ["editions.toml", "w"]
    return caught.value


@pytest.mark.parametrize(
    ("data", "script", "pairs"),
    [
        (SIMPLIFIED.encode(), "hans", PAIRS),
        (codecs.BOM_UTF8 + SIMPLIFIED.replace("\n", "\r\n").encode(), "hans", PAIRS),
        (SIMPLIFIED.encode("gb18030"), "hans", PAIRS),
        (TRADITIONAL.encode("big5"), "hant", TRADITIONAL_PAIRS),
        (SIMPLIFIED.encode("utf-16"), "hans", PAIRS),
        (TRADITIONAL.encode("utf-16-be"), "hant", TRADITIONAL_PAIRS),
    ],
    ids=["UTF-8", "UTF-8 with mark and CRLF", "GB18030", "Big5", "UTF-16", "UTF-16 without mark"],
)
def test_any_encoding_gives_pairs_to_gloss_and_keeps_the_bytes(
    data: bytes, script: str, pairs: str, project: TinyProject
) -> None:
    folder = make(project, data)
    assert (folder / "source.txt").read_bytes() == data
    assert project.work("n").info.script == script
    assert (folder / "text.md").read_text(encoding="utf-8") == pairs
    assert {problem.partition(" p-")[2][:3] for problem in project.problems("n")} == {"101"}


def test_the_work_is_ready_to_be_glossed(project: TinyProject) -> None:
    folder = make(project, SIMPLIFIED.encode())
    assert sorted(file.name for file in folder.iterdir()) == [
        *("glossary.csv", "source.txt", "text.md", "work.toml")
    ]
    assert (folder / "text.md").read_text(encoding="utf-8") == PAIRS
    assert (folder / "glossary.csv").read_text(encoding="utf-8") == (
        "term,pinyin,english,pos,note,hant\n"
    )
    info = project.work("n").info
    assert info.title
    assert (info.title.zh, info.title.en, info.title.editorial) == ("山水之间", "Untitled", False)
    assert [line.partition("\n")[0] for line in project.problems("n")] == [
        f"content/n/text.md:{line}: warning p-101: the pair ^{id_} has no gloss"
        for line, id_ in [(1, 0), (3, 1), (6, 2), (9, 3)]
    ]


def test_the_pairs_are_normalized_and_the_source_is_not(project: TinyProject) -> None:
    raw = "在中国的历史上,人们一直在说山和水的事情。\n"
    folder = make(project, raw.encode())
    assert (folder / "source.txt").read_text(encoding="utf-8") == raw
    assert (folder / "text.md").read_text(encoding="utf-8") == (
        "> 在中国的历史上，人们一直在说山和水的事情。 ^1\n"
    )


def test_a_text_without_a_title_gets_an_editorial_one_to_fill_in(project: TinyProject) -> None:
    make(project, "在中国的历史上，人们一直在说山和水的事情。\n".encode())
    title = project.work("n").info.title
    assert title
    assert (title.zh, title.en, title.editorial) == ("未题", "Untitled", True)


def test_what_stands_in_a_title_does_not_break_its_toml(project: TinyProject) -> None:
    make(project, '“山\\水”\t"之"间\n\n在中国的历史上，人们一直在说山和水的事情。\n'.encode())
    title = project.work("n").info.title
    assert title
    assert "山\\水" in title.zh


def test_each_work_has_an_identifier_of_its_own(project: TinyProject) -> None:
    make(project, SIMPLIFIED.encode(), "a")
    make(project, SIMPLIFIED.encode(), "b")
    assert project.work("a").info.identifier != project.work("b").info.identifier


def test_w_007_an_existing_work_is_not_touched(project: TinyProject) -> None:
    assert str(failure(project, SIMPLIFIED.encode(), "w")) == (
        "content/w: error w-007: there is a work “w” already\n"
        "  Hint: Choose another name with --name."
    )


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "山", "a b", ".a", "-a"])
def test_w_007_a_name_that_cannot_be_a_folder_s(name: str, project: TinyProject) -> None:
    assert str(failure(project, SIMPLIFIED.encode(), name)) == (
        f"error w-007: “{name}” cannot be the name of a work\n"
        "  Hint: Give a name of letters, digits, hyphens and underscores with --name."
    )


def test_a_file_that_is_no_text_makes_nothing(project: TinyProject) -> None:
    assert failure(project, b"%PDF-1.7").problems[0].code == "s-002"


@pytest.mark.parametrize("step", ["mkdir", "write_bytes", "rename"])
def test_w_008_a_full_disk_leaves_nothing_half_made(
    step: str, project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = getattr(Path, step)

    def fill(path: Path, *arguments: object) -> object:
        if path.name in ("text.md", ".diglot-1-n") or step != "write_bytes":
            raise OSError(28, "No space left on device")
        return done(path, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, fill)
        error = failure(project, SIMPLIFIED.encode())
    assert error.exit_code is Exit.ENVIRONMENT
    assert str(error) == (
        "content/n: error w-008: the work cannot be written: No space left on device\n"
        "  Hint: Free space or mend the permissions of the folder."
    )


def test_what_a_killed_run_left_is_removed(project: TinyProject) -> None:
    project.write("content/.diglot-999999999-n/source.txt", "x")
    make(project, SIMPLIFIED.encode())
    assert sorted(path.name for path in project.project.content.iterdir()) == [
        *("editions.toml", "n", "w")
    ]
