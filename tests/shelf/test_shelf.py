"""The shelf around the artifacts: what it says of them, and when it is written."""

import hashlib
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import html

from diglot.build.environment import identity
from diglot.config import Format
from diglot.shelf.media import MEDIA
from diglot.shelf.write import update
from tests.builder import TinyProject
from tests.shelf.conftest import fill


@pytest.fixture
def works(project: TinyProject, unset: None) -> TinyProject:
    """The same two works, with EPUBs that are none, and so quick to make."""
    return fill(project)


def page(output: Path) -> str:
    return (output / "index.html").read_text("utf-8")


def snapshot(output: Path) -> dict[str, tuple[bytes, int]]:
    files = (file for file in output.rglob("*") if file.is_file())
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def contents(output: Path) -> dict[str, bytes]:
    files = (file for file in output.rglob("*") if file.is_file())
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in files}


def addresses(output: Path) -> list[str]:
    found: list[str] = html.fromstring(page(output)).xpath("//a/@href | //img/@src | //link/@href")
    return found


class TestTheLibraryPage:
    def test_leads_to_every_artifact_and_to_nothing_else_that_is_not_there(
        self, library: Path
    ) -> None:
        linked = addresses(library)
        assert all((library / address).is_file() for address in linked)
        for work in ("v", "w"):
            endings = ("study.epub", "study.csv", "hant.epub", "words.csv")
            assert {f"{work}/{work}-{ending}" for ending in endings} <= set(linked)

    def test_says_titles_people_and_dates(self, library: Path) -> None:
        text = html.fromstring(page(library)).text_content()
        assert "山中 In the Mountains" in text
        assert "Li <Bai>" in text
        assert "Revised 2026-11-22" in " ".join(text.split())

    def test_shows_a_title_as_text_whatever_it_is(self, library: Path) -> None:
        root = html.fromstring(page(library))
        assert root.xpath("//script") == []
        assert "<script>alert(1)</script>&amp;\"'" in root.xpath("string(//h2[@id='v']/bdi)")

    def test_says_of_a_web_page_that_its_reader_chooses(self, works: TinyProject) -> None:
        works.write("content/editions.toml", '[[edition]]\nname = "web"\nformats = ["web"]\n')
        assert works.build("w").exit_code == 0
        text = html.fromstring(page(works.project.output)).text_content()
        assert "网页 Web page with script, pinyin and English as you choose" in text
        assert (works.project.output / "w/opds.xml").is_file()

    def test_has_a_cover_of_each_book(self, library: Path) -> None:
        for work in ("v", "w"):
            with zipfile.ZipFile(library / f"{work}/{work}-study.epub") as book:
                drawn = book.read("EPUB/media/file0.png")
            assert (library / f"{work}/{work}-study.cover.png").read_bytes() == drawn
            assert (library / f"{work}/{work}-study.cover-small.jpg").is_file()

    def test_needs_no_script_and_no_network(self, library: Path) -> None:
        assert "default-src 'none'" in page(library)
        assert not re.search(r"(src|href)=\"(https?:)?//", page(library))


def released(works: TinyProject) -> TinyProject:
    """Build two works of which one was released."""
    assert works.run("release", "2024", "w").exit_code == 0
    works.build()
    return works


class TestWhatChanged:
    """A work that was released says what became of it since."""

    def test_nothing_is_said_of_what_was_never_released(self, library: Path) -> None:
        assert "since" not in page(library)

    def test_a_release_that_stands_is_said_to_stand(self, works: TinyProject) -> None:
        assert "Unchanged since <bdi>2024</bdi>" in page(released(works).project.output)

    def test_pairs_that_changed_are_counted_and_named(self, works: TinyProject) -> None:
        released(works)
        works.add("content/w/text.md", "\n> 天。 ^9\n\nSky.\n")
        works.build()
        (changed,) = html.fromstring(page(works.project.output)).find_class("changed")
        assert changed.findtext("summary/bdi") == "2024"
        assert changed.find("summary").text_content().endswith(": added 1")
        (item,) = changed.iter("li")
        assert item.text_content().split() == ["9", "added"]

    def test_a_pair_leads_to_where_it_stands_on_the_web_page(self, works: TinyProject) -> None:
        works.write("content/editions.toml", '[[edition]]\nname = "page"\nformats = ["web"]\n')
        released(works)
        works.add("content/w/text.md", "\n> 天。 ^9\n\nSky.\n")
        works.build()
        assert "w/w-page.html#pair-9" in page(works.project.output)

    def test_a_release_that_cannot_be_read_keeps_nothing_from_the_shelf(
        self, works: TinyProject
    ) -> None:
        released(works)
        works.write("content/w/releases/2024.json", "{")
        assert works.build().exit_code == 0
        assert "Changed since" not in page(works.project.output)


def test_every_format_has_its_place() -> None:
    assert sorted(MEDIA) == sorted(Format)


def test_checksums_are_those_of_the_files(library: Path) -> None:
    lines = (library / "SHA256SUMS").read_text("ascii").splitlines()
    assert len(lines) == 8
    for digest, path in (line.split("  ") for line in lines):
        assert hashlib.sha256((library / path).read_bytes()).hexdigest() == digest
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=library)
    assert done.returncode == 0


class TestAfterABuild:
    def test_it_has_what_was_built_before_and_still_belongs(self, works: TinyProject) -> None:
        works.build("w")
        works.build("v", "--edition", "words")
        linked = addresses(works.project.output)
        assert {"w/w-study.epub", "w/w-words.csv", "v/v-words.csv"} <= set(linked)
        assert "v/v-study.epub" not in linked

    def test_what_no_edition_asks_for_any_more_is_not_on_it(self, works: TinyProject) -> None:
        works.build()
        works.write("content/editions.toml", '[[edition]]\nname = "words"\nformats = ["csv"]\n')
        works.build()
        assert (works.project.output / "w/w-study.epub").is_file()
        assert "w/w-study.epub" not in addresses(works.project.output)

    def test_a_build_without_an_edit_leaves_it_alone(self, works: TinyProject) -> None:
        works.build()
        before = snapshot(works.project.output)
        works.build()
        assert snapshot(works.project.output) == before
        assert not update(works.root, identity)

    def test_an_edit_of_one_work_leaves_the_files_of_the_other_alone(
        self, works: TinyProject
    ) -> None:
        works.build()
        before = snapshot(works.project.output / "v")
        works.add("content/w/text.md", "\n> 天。 ^9\n\nSky.\n")
        works.build()
        assert snapshot(works.project.output / "v") == before

    def test_it_is_brought_up_to_date_if_a_build_was_killed_before(
        self, works: TinyProject
    ) -> None:
        works.build("w")
        first = page(works.project.output)
        works.build("v")
        # As if the second build had been killed before it came to the shelf.
        works.write("output/index.html", first)
        (works.root / ".cache/shelf").unlink()
        works.build("v")
        assert "v/v-words.csv" in addresses(works.project.output)

    def test_a_work_that_cannot_be_read_is_not_on_it_and_keeps_no_other_from_it(
        self, works: TinyProject
    ) -> None:
        works.build()
        works.write("content/v/work.toml", "script =")
        assert works.build().exit_code == 1
        linked = addresses(works.project.output)
        assert "w/w-study.epub" in linked
        assert not [address for address in linked if address.startswith("v/")]
        assert not (works.project.output / "v/opds.xml").exists()

    def test_what_is_no_epub_has_no_cover(self, works: TinyProject) -> None:
        works.build()
        assert not list(works.project.output.rglob("*.cover*"))
        assert "drawn" in page(works.project.output)

    def test_it_goes_with_the_last_artifact(self, works: TinyProject) -> None:
        works.build()
        works.run("clean")
        assert not works.project.output.exists()

    def test_two_builds_give_the_same_bytes(self, works: TinyProject, tmp_path: Path) -> None:
        works.build()
        (tmp_path / "again").mkdir()
        again = fill(TinyProject(tmp_path / "again"))
        again.build()
        assert contents(works.project.output) == contents(again.project.output)
