"""The command starts quickly because it imports a stage only when it is called for."""

import subprocess
import sys

import pytest

from tests.builder import ROOT, TinyProject

SLOW = {
    "weasyprint",
    "opencc",
    "loky",
    "rjieba",
    "jinja2",
    "PIL",
    "lxml",
    "msgspec",
    "markdown_it",
    "genanki",
    "segno",
    "starlette",
    "uvicorn",
}
SHOW = "import sys; from diglot.cli import main; main(sys.argv[1:], standalone_mode=False); "
SHOW += "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_no_stage(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *arguments], capture_output=True, text=True, check=True
    )
    assert "click" in done.stderr.split()
    assert SLOW.isdisjoint(done.stderr.split())


def test_a_build_with_nothing_to_do_imports_no_stage(project: TinyProject, unset: None) -> None:
    assert project.build().exit_code == 0
    done = subprocess.run(
        [sys.executable, "-c", SHOW, "-C", str(project.root), "build"],
        capture_output=True,
        text=True,
        check=True,
    )
    # Records are read by msgspec.
    assert (SLOW - {"msgspec"}).isdisjoint(done.stderr.split())


def test_a_python_module_and_a_script_are_the_same_command() -> None:
    shown = [
        subprocess.run(
            [sys.executable, *how, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for how in (["-m", "diglot"], ["build.py"])
    ]
    assert shown[0] == shown[1]
    assert shown[0].startswith("Usage: diglot ")
