"""What a watched work shows when it is saved: at once, rightly, and never worse than before."""

import asyncio

import pytest

from diglot.build.workers import Here
from diglot.watch import session as watching
from diglot.watch.draft import changed, excerpt, make_draft
from diglot.watch.paper import Paper
from diglot.watch.session import Session, Shown
from tests.builder import GLOSSARY, TEXT, TinyProject

EDITED = TEXT.replace("rivers are long", "waters run far")
BROKEN = TEXT + "\n> 水。 ^1\n"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is typeset: papers are named for what they were asked for."""
    monkeypatch.setattr(watching, "set_proof", lambda job, pair: Paper(b"proof", 1, {pair: 1}))
    monkeypatch.setattr(watching, "set_whole", lambda job, parts: Paper(b"whole", 9, {"1": 3}))


def watch(project: TinyProject, *texts: str) -> list[Shown]:
    """Save texts one after another; gives all that was shown."""
    seen: list[Shown] = []

    async def run() -> None:
        session = Session(project.project, "w", "", Here())
        task = asyncio.create_task(follow(session))
        for text in (TEXT, *texts):
            project.write("content/w/text.md", text)
            await session.saved()
            await asyncio.sleep(0.05)
        task.cancel()

    async def follow(session: Session) -> None:
        async for shown in session.changes():
            seen.append(shown)  # noqa: PERF401 (it is stopped before it ends)

    asyncio.run(run())
    return seen


def test_the_screen_then_a_proof_then_the_whole(project: TinyProject) -> None:
    last = watch(project, EDITED)
    assert last[-1].draft is not None
    assert "waters run far" in last[-1].draft.screen
    assert last[-1].draft.pair == "1"
    papers = [shown.paper.pdf for shown in last if shown.paper]
    assert papers[0] == b"whole"
    assert papers[-1] == b"whole"
    assert b"proof" in papers
    assert not last[-1].proof


def test_problems_are_those_of_check(project: TinyProject) -> None:
    (*_, last) = watch(project, TEXT + "\n> 水。 ^2\n")
    assert [problem.code for problem in last.problems] == ["p-101"]
    assert not last.broken


def test_a_broken_file_leaves_the_last_good_edition_and_says_what_is_wrong(
    project: TinyProject,
) -> None:
    (*_, last) = watch(project, EDITED, BROKEN)
    assert last.broken
    assert [problem.code for problem in last.problems] == ["p-003"]
    assert last.draft is not None
    assert "waters run far" in last.draft.screen
    assert last.paper is not None


def test_mended_it_is_whole_again(project: TinyProject) -> None:
    (*_, last) = watch(project, BROKEN, EDITED)
    assert (last.broken, last.problems) == (False, ())
    assert last.draft is not None
    assert "waters run far" in last.draft.screen


def test_a_work_that_is_broken_from_the_beginning_shows_its_problems(project: TinyProject) -> None:
    project.write("content/w/text.md", BROKEN)

    async def session_of() -> Shown:
        session = Session(project.project, "w", "", Here())
        await session.saved()
        return session.shown

    shown = asyncio.run(session_of())
    assert (shown.broken, shown.draft) == (True, None)
    assert shown.problems[0].code == "p-003"


def test_the_pair_that_changed_is_found(project: TinyProject) -> None:
    before = make_draft(project.project, "w", "", None)
    assert before.pair == ""
    project.write("content/w/text.md", EDITED)
    after = make_draft(project.project, "w", "", before)
    assert after.pair == "1"
    assert make_draft(project.project, "w", "", after).pair == "1"
    project.write("content/w/text.md", EDITED.replace("In the Mountains", "Among Mountains"))
    assert make_draft(project.project, "w", "", after).pair == "0"
    assert changed(after.paper.booklet, after.paper.booklet) == ""
    project.write("content/w/text.md", TEXT)
    project.write("content/w/glossary.csv", GLOSSARY.replace("mountain", "hill"))
    assert make_draft(project.project, "w", "", before).pair == "0"


def test_an_excerpt_is_the_pair_and_what_stands_around_it(project: TinyProject) -> None:
    pairs = "".join(f"\n> 山{n}。 ^{n}\n\nHill {n}.\n" for n in range(2, 20))
    project.add("content/w/text.md", pairs)
    booklet = make_draft(project.project, "w", "", None).paper.booklet
    (section,) = excerpt(booklet, "9").sections
    assert [block.id for block in section.blocks] == ["7", "8", "9", "10", "11"]
