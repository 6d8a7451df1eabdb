"""What set-up installs, on machines made of stubs: nothing real is asked or installed."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

from diglot.model import Script
from diglot.publish.fonts import CHINESE, LATIN

SCRIPT = Path(__file__).parents[2] / "setup/system.sh"

# What makes a stub machine meet each need.
MEETS = {
    "python": "cp away/python bin/python3.13",
    "pango": "touch lib/pango-1.0 lib/pangoft2-1.0",
    "subset": "touch lib/harfbuzz-subset",
    "fontconfig": "cp away/fc-list bin/fc-list",
    "chinese": "echo 'Noto Serif CJK SC' >>families; echo 'Noto Serif CJK TC' >>families",
    "latin": "echo 'Gentium Plus Medium,Gentium Plus' >>families",
    "java": "cp away/java bin/java",
    "poppler": "cp away/pdftotext bin/pdftotext",
    "browser": "cp away/chromium bin/chromium",
    "npm": "cp away/npm bin/npm; cp away/npm bin/node",
}
BUILD = ("python", "pango", "subset", "fontconfig", "chinese", "latin")
TEST = (*BUILD, "java", "poppler", "browser", "npm")

DEBIAN = {
    "python3-venv": "python",
    "libpangoft2-1.0-0": "pango",
    "libharfbuzz-subset0": "subset",
    "fontconfig": "fontconfig",
    "fonts-noto-cjk": "chinese",
    "fonts-sil-gentiumplus": "latin",
    "default-jre-headless": "java",
    "poppler-utils": "poppler",
    "chromium": "browser",
    "npm": "npm",
}
HOMEBREW = {
    "python@3.13": "python",
    "pango": "pango",
    "harfbuzz": "subset",
    "fontconfig": "fontconfig",
    "font-noto-serif-cjk": "chinese",
    "font-gentium-book-plus": "latin",
    "openjdk": "java",
    "poppler": "poppler",
    "google-chrome": "browser",
    "node": "npm",
}

STUBS = {
    # Asked about itself or HarfBuzz's version (-c PROGRAM), or libraries (-c PROGRAM NAME…).
    "away/python": """
        case $2 in *hb_version*) [ -e harfbuzz-is-old ]; exit ;; esac
        shift 2
        for name; do [ -e lib/"$name" ] || exit 1; done""",
    "away/fc-list": "[ ! -e families ] || cat families",
    "away/java": """echo 'openjdk version "17.0.15" 2025-04-15' >&2""",
    "away/pdftotext": "",
    "away/chromium": "",
    "away/npm": "",
    # Asked where there is no Python.
    "bin/ldconfig": 'for file in lib/*; do echo "lib${file#lib/}.so.0 (libc6) => $file"; done',
    "bin/uname": "echo Linux",
    "bin/id": "echo 0",
}
APT = {
    "bin/apt-get": """
        echo "apt-get $*" >>calls
        [ "$1" = install ] || exit 0
        echo "Unpacking"
        for word; do [ ! -e offers/"$word" ] || . offers/"$word"; done""",
    "bin/apt-cache": """
        version="(none)"
        [ ! -e offers/"$2" ] || version=3.11.2-1
        [ ! -e version-of-"$2" ] || version=$(cat version-of-"$2")
        echo "$2:"; echo "  Installed: (none)"; echo "  Candidate: $version" """,
    # Asked only for the version of python3.
    "bin/dpkg": "case $2 in 0 | 3.10.*) exit 1 ;; esac",
}
BREW = {
    "bin/brew": """
        if [ "$1" = --prefix ]; then echo "$PWD"; exit; fi
        echo "brew $*" >>calls
        [ -e offers/"$3" ] || { echo "$3 has been disabled" >&2; exit 1; }
        . offers/"$3" """
}
TOOLS = ("cat", "cp", "env", "grep", "mktemp", "rm", "sed", "sh", "touch", "tr")


class Machine:
    def __init__(self, home: Path) -> None:
        self.home = home
        for folder in ("away", "bin", "elsewhere", "lib", "offers"):
            (home / folder).mkdir()
        for tool in TOOLS:
            (home / "bin" / tool).symlink_to(str(shutil.which(tool)))
        self.has(STUBS)

    def has(self, commands: dict[str, str]) -> "Machine":
        for path, script in commands.items():
            (self.home / path).parent.mkdir(parents=True, exist_ok=True)
            (self.home / path).write_text(f"#!/bin/sh\n{script}\n")
            (self.home / path).chmod(0o755)
        return self

    def meets(self, needs: Iterable[str]) -> "Machine":
        for need in needs:
            subprocess.run(["sh", "-c", MEETS[need]], cwd=self.home, check=True)
        return self

    def offers(self, packages: dict[str, str]) -> "Machine":
        return self.has({f"offers/{name}": MEETS[need] for name, need in packages.items()})

    def with_apt(self, packages: dict[str, str] = DEBIAN) -> "Machine":
        (self.home / "version-of-python3").write_text("3.11.2-1")
        return self.has(APT).offers(packages)

    def with_homebrew(self, packages: dict[str, str] = HOMEBREW) -> "Machine":
        return self.has(BREW).has({"bin/uname": "echo Darwin"}).offers(packages)

    def sets_up(self, kind: str = "build") -> subprocess.CompletedProcess[str]:
        path = f"{self.home}/bin:{self.home}/elsewhere"
        command = ["sh", str(SCRIPT), kind]
        env = {"PATH": path}
        return subprocess.run(command, cwd=self.home, env=env, capture_output=True, text=True)

    @property
    def calls(self) -> list[str]:
        log = self.home / "calls"
        return log.read_text().splitlines() if log.exists() else []

    @property
    def installed(self) -> list[str]:
        words = chain.from_iterable(call.split() for call in self.calls if " install " in call)
        return [word for word in words if (self.home / "offers" / word).exists()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(("kind", "needs"), [("build", BUILD), ("test", TEST)])
def test_where_nothing_is_missing_nothing_is_done(
    machine: Machine, kind: str, needs: tuple[str, ...]
) -> None:
    done = machine.with_apt().meets(needs).sets_up(kind)
    assert (done.returncode, done.stderr, machine.calls) == (0, "", [])
    assert done.stdout == f"{machine.home}/bin/python3.13\n"


def test_a_bare_debian_gets_what_a_build_needs(machine: Machine) -> None:
    done = machine.with_apt().sets_up("build")
    assert (done.returncode, done.stdout) == (0, f"{machine.home}/bin/python3.13\n")
    assert machine.installed == [name for name, need in DEBIAN.items() if need in BUILD]


def test_tests_need_java_poppler_a_browser_and_npm_besides(machine: Machine) -> None:
    assert machine.with_apt().meets(BUILD).sets_up("test").returncode == 0
    assert machine.installed == ["default-jre-headless", "poppler-utils", "chromium", "npm"]


@pytest.mark.parametrize(
    ("package", "need"), [item for item in DEBIAN.items() if item[1] != "fontconfig"]
)
def test_only_what_is_missing_is_installed(machine: Machine, package: str, need: str) -> None:
    machine.with_apt().meets(other for other in TEST if other != need)
    assert machine.sets_up("test").returncode == 0
    assert machine.installed == [package]


def test_without_fontconfig_no_font_is_known(machine: Machine) -> None:
    machine.with_apt().meets(need for need in BUILD if need != "fontconfig")
    assert machine.sets_up().returncode == 0
    assert machine.installed == ["fontconfig", "fonts-noto-cjk", "fonts-sil-gentiumplus"]


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ({"libpangoft2-1.0-0t64": "pango"}, "libpangoft2-1.0-0t64"),
        ({"fonts-sil-gentium": "latin"}, "fonts-sil-gentium"),
        ({"fonts-sil-gentiumplus": "latin", "fonts-sil-gentium": "latin"}, "fonts-sil-gentiumplus"),
    ],
)
def test_the_first_name_that_the_release_offers_is_taken(
    machine: Machine, packages: dict[str, str], expected: str
) -> None:
    wanted = set(packages.values())
    machine.with_apt(packages).meets(need for need in BUILD if need not in wanted)
    assert machine.sets_up().returncode == 0
    assert machine.installed == [expected]


def test_a_release_with_an_old_python_gives_the_newer_one_beside_it(machine: Machine) -> None:
    machine.with_apt({"python3-venv": "python", "python3.11-venv": "python"}).meets(BUILD[1:])
    (machine.home / "version-of-python3").write_text("3.10.6-1")
    assert machine.sets_up().returncode == 0
    assert machine.installed == ["python3.11-venv"]


def test_a_release_whose_harfbuzz_is_too_old_needs_no_subset_library(machine: Machine) -> None:
    packages = {name: need for name, need in DEBIAN.items() if need != "subset"}
    machine.with_apt(packages).has({"harfbuzz-is-old": ""})
    assert machine.sets_up("build").returncode == 0
    machine.has({"calls": ""})
    assert machine.sets_up("build").returncode == 0
    assert machine.installed == []


def test_a_python_that_fails_is_passed_over(machine: Machine) -> None:
    machine.with_apt().meets(BUILD).has({"bin/python3": "exit 1", "bin/python3.14": "exit 1"})
    assert machine.sets_up().stdout == f"{machine.home}/bin/python3.13\n"


def test_the_environment_that_was_made_is_asked_first(machine: Machine) -> None:
    machine.meets(BUILD).has({".venv/bin/python": STUBS["away/python"]})
    assert machine.sets_up().stdout == ".venv/bin/python\n"


def test_an_unfinished_environment_is_not_asked(machine: Machine) -> None:
    machine.meets(BUILD).has({".venv/bin/python": STUBS["away/python"], ".venv/unfinished": ""})
    assert machine.sets_up().stdout == f"{machine.home}/bin/python3.13\n"


@pytest.mark.parametrize("about", ['openjdk version "1.8.0_392"', "no version", ""])
def test_an_old_or_broken_java_counts_as_missing(machine: Machine, about: str) -> None:
    machine.with_apt().meets(TEST).has({"bin/java": f"echo '{about}' >&2"})
    assert machine.sets_up("test").returncode == 0
    assert machine.installed == ["default-jre-headless"]


def test_a_user_installs_by_sudo(machine: Machine) -> None:
    machine.with_apt().meets(BUILD[1:])
    machine.has({"bin/id": "echo 1000", "bin/sudo": 'echo "sudo $1" >>calls; "$@"'})
    assert machine.sets_up().returncode == 0
    assert machine.calls[:2] == ["sudo apt-get", "apt-get update"]
    assert machine.installed == ["python3-venv"]


def test_a_user_without_sudo_is_told_what_to_install(machine: Machine) -> None:
    done = machine.with_apt().meets(BUILD[1:]).has({"bin/id": "echo 1000"}).sets_up()
    assert (done.returncode, done.stdout, machine.calls) == (1, "", [])
    assert done.stderr == (
        "Installing packages needs root or sudo.\n"
        "Diglot needs what is not on this system. Please install:\n"
        "  - Python 3.11 or newer with its venv module\n"
        "Then run make again.\n"
    )


def test_what_apt_prints_is_shown_only_if_it_fails(machine: Machine) -> None:
    done = machine.with_apt().meets(BUILD[1:]).sets_up()
    assert done.stderr == "Installing: python3-venv\n"


def test_a_failing_apt_is_shown_and_stops_the_set_up(machine: Machine) -> None:
    machine.with_apt().meets(BUILD[1:]).has({"bin/apt-get": "echo 'E: no space left'; exit 100"})
    done = machine.sets_up()
    assert done.returncode == 1
    assert done.stderr == (
        "E: no space left\n"
        "apt-get update failed; going on with the package lists that are there.\n"
        "Installing: python3-venv\n"
        "E: no space left\n"
        "apt-get install failed.\n"
        "Diglot needs what is not on this system. Please install:\n"
        "  - Python 3.11 or newer with its venv module\n"
        "Then run make again.\n"
    )


def test_another_system_is_told_exactly_what_to_install(machine: Machine) -> None:
    done = machine.sets_up("test")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Diglot needs what is not on this system. Please install:\n"
        "  - Python 3.11 or newer with its venv module\n"
        "  - Pango 1.44 or newer (the libraries pango-1.0 and pangoft2-1.0)\n"
        "  - HarfBuzz's subset library (harfbuzz-subset)\n"
        "  - fontconfig (the command fc-list)\n"
        "  - the fonts Noto Serif CJK SC and Noto Serif CJK TC\n"
        "  - the font Gentium Book Plus, Gentium Plus, Gentium Book, Gentium or Noto Serif\n"
        "  - Java 11 or newer (the command java)\n"
        "  - poppler's tools (the command pdftotext)\n"
        "  - Chromium or Google Chrome\n"
        "  - Node.js 18 or newer with npm (the commands node and npm)\n"
        "Then run make again.\n"
    )


def test_another_system_that_has_it_all_goes_on(machine: Machine) -> None:
    assert machine.meets(TEST).sets_up("test").returncode == 0


def test_a_bare_mac_gets_everything_from_homebrew(machine: Machine) -> None:
    assert machine.with_homebrew().sets_up("test").returncode == 0
    assert machine.installed == list(HOMEBREW)


def test_a_mac_without_homebrew_is_told_of_it(machine: Machine) -> None:
    done = machine.meets(BUILD[1:]).has({"bin/uname": "echo Darwin"}).sets_up()
    assert done.returncode == 1
    assert done.stderr == (
        "Diglot needs what is not on this system. Please install:\n"
        "  - Python 3.11 or newer with its venv module\n"
        "(With Homebrew installed, make installs it all.)\n"
        "Then run make again.\n"
    )


def test_a_cask_that_is_gone_gives_way_to_the_next(machine: Machine) -> None:
    machine.with_homebrew({"font-gentium-plus": "latin"}).meets(BUILD[:-1])
    assert machine.sets_up().returncode == 0
    assert machine.installed == ["font-gentium-plus"]


def test_on_a_mac_only_homebrews_python_finds_its_libraries(machine: Machine) -> None:
    machine.with_homebrew().meets(BUILD[1:]).has({"elsewhere/python3": STUBS["away/python"]})
    assert machine.sets_up().stdout == f"{machine.home}/bin/python3.13\n"
    assert machine.installed[0] == "python@3.13"


@pytest.mark.parametrize("arguments", [[], ["all"]])
def test_an_unknown_kind_is_refused(arguments: list[str]) -> None:
    done = subprocess.run(["sh", str(SCRIPT), *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "usage: setup/system.sh build|test\n")


def test_the_faces_looked_for_are_those_a_build_takes() -> None:
    groups = [
        re.findall('"([^"]+)"', call) for call in re.findall(r"knows (\".*)", SCRIPT.read_text())
    ]
    assert groups == [list(CHINESE[Script.HANS]), list(CHINESE[Script.HANT]), list(LATIN)]
