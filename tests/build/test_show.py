"""What a build tells: people by lines, programs by JSON."""

import json
import re

import pytest

from tests.builder import TEXT, TinyProject


@pytest.fixture
def built(project: TinyProject, unset: None) -> TinyProject:
    """The project with its one artifact built."""
    assert project.build().exit_code == 0
    return project


def told(project: TinyProject) -> list[dict[str, object]]:
    result = project.build("--json")
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_events_of_a_build_that_makes_something(built: TinyProject) -> None:
    built.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    said = told(built)
    seconds = [event.pop("seconds") for event in said if "seconds" in event]
    assert all(isinstance(each, float) for each in seconds)
    path, reason = "w/w-study.pdf", "content/w/text.md changed"
    size = (built.project.output / path).stat().st_size
    assert said == [
        {"event": "planned", "total": 1, "stale": 1},
        {"event": "making", "path": path, "reason": reason},
        {"event": "built", "path": path, "reason": reason, "size": size},
        {"event": "done", "built": 1, "exit_code": 0},
    ]


def test_events_of_a_build_that_makes_nothing(built: TinyProject) -> None:
    assert told(built)[:-1] == [
        {"event": "planned", "total": 1, "stale": 0},
        {"event": "current", "path": "w/w-study.pdf"},
    ]


def test_problems_are_events(built: TinyProject) -> None:
    built.add("content/w/text.md", "\n> 水。 ^1\n")
    problem, done = told(built)[-2:]
    assert problem["event"] == "problem"
    assert problem["code"] == "p-003"
    assert problem["place"] == {"path": "content/w/text.md", "line": 11}
    assert (done["event"], done["exit_code"]) == ("done", 1)
    assert built.build("--json").exit_code == 1


def test_a_terminal_shows_how_far_it_is_and_a_pipe_nothing(
    built: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    monkeypatch.setattr("diglot.build.show._at_terminal", lambda: True)
    shown = built.build()
    assert re.fullmatch(r"output/w/w-study.pdf  \d+ kB\n", shown.stdout)
    assert re.search(r"\r0 of 1 in [\d.]+ s: w-study\.pdf", shown.stderr)
    assert re.search(r"\r1 built, 0 as they were, [\d.]+ s\n$", shown.stderr)
    monkeypatch.setattr("diglot.build.show._at_terminal", lambda: False)
    again = built.build()
    assert (again.stdout, again.stderr) == ("", "")
