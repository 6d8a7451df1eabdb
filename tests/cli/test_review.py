"""``diglot review``: what an editor should look at, most doubtful first, and how to settle it."""

import json

import pytest

from tests.builder import EDITIONS, TinyProject

HANT = EDITIONS + '\n[[edition]]\nname = "hant"\nscript = "hant"\nformats = ["pdf"]\n'
HANT += '\n[[edition]]\nname = "tw"\nscript = "hant-tw"\nformats = ["pdf"]\n'


def pair(text: str) -> str:
    return f"> {text} ^1\n\nA gloss.\n"


def cases(project: TinyProject) -> list[dict[str, object]]:
    result = project.run("review", "w", "--json")
    assert result.exit_code == 0
    found: list[dict[str, object]] = json.loads(result.stdout)
    assert result.stderr == f"cases: {len(found)}\n"
    return found


def test_a_work_without_doubts(project: TinyProject) -> None:
    result = project.run("review", "w")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "cases: 0\n")
    assert cases(project) == []


class TestReadings:
    """A reading that is not sure, until it is marked or in the glossary."""

    TEXT = pair("他的行。\n> 她的行。")

    def test_it_comes_with_each_reading_and_its_mark(self, project: TinyProject) -> None:
        project.write("content/w/text.md", self.TEXT)
        result = project.run("review", "w")
        assert result.stderr == "cases: 1\n"
        assert result.stdout == (
            "content/w/text.md:1: reading: 他的【行】。 (×2): right in 87% of such cases\n"
            '  xíng: [行]{py="xíng"}\n'
            '  háng: [行]{py="háng"}\n'
        )

    def test_for_programs(self, project: TinyProject) -> None:
        project.write("content/w/text.md", self.TEXT)
        assert cases(project) == [
            {
                "kind": "reading",
                "place": "content/w/text.md:1",
                "count": 2,
                "word": "行",
                "context": "他的【行】。",
                "reason": "right in 87% of such cases",
                "chosen": "xíng",
                "settle": '[行]{py="xíng"}',
                "alternatives": [{"form": "háng", "settle": '[行]{py="háng"}'}],
                "doubt": 0.13,
            }
        ]

    def test_a_mark_settles_one_and_the_glossary_all(self, project: TinyProject) -> None:
        project.write("content/w/text.md", self.TEXT.replace("她的行", '她的[行]{py="xíng"}'))
        assert [case["count"] for case in cases(project)] == [1]
        project.add("content/w/glossary.csv", "行,xíng,all right,verb,,\n")
        assert cases(project) == []

    def test_a_character_that_nothing_is_known_of_is_the_most_doubtful(
        self, project: TinyProject
    ) -> None:
        project.write("content/w/text.md", pair("㐂，他的行。"))
        assert [(case["word"], case["settle"], case["doubt"]) for case in cases(project)] == [
            ("㐂", '[㐂]{py="…"}', 1.0),
            ("行", '[行]{py="xíng"}', 0.13),
        ]


class TestScripts:
    """A conversion by default, in the scripts that the work's editions need."""

    def test_it_comes_with_each_form_once_for_all_editions(self, project: TinyProject) -> None:
        project.write("content/editions.toml", HANT)
        project.write("content/w/text.md", pair("老钟来。"))
        result = project.run("review", "w")
        assert result.stdout == (
            "content/w/text.md:1: script: 老【钟】来。: 钟 in hant-tw, by default\n"
            '  鍾: [钟]{hant="鍾"}\n'
            '  鐘: [钟]{hant="鐘"}\n'
        )

    def test_no_edition_no_choice(self, project: TinyProject) -> None:
        project.write("content/w/text.md", pair("老钟来。"))
        assert cases(project) == []

    def test_a_term_is_settled_in_its_row(self, project: TinyProject) -> None:
        project.write("content/editions.toml", HANT)
        project.write("content/w/text.md", pair("老钟来。"))
        row = '老钟,Lǎo Zhōng,"Zhong, the elder",name,'
        project.add("content/w/glossary.csv", f"{row},\n")
        (case,) = cases(project)
        assert case["settle"] == f"{row},{case['chosen']}"
        project.add("content/w/glossary.csv", "")
        text = (project.root / "content/w/glossary.csv").read_text("utf-8")
        project.write("content/w/glossary.csv", text.replace(f"{row},", str(case["settle"])))
        assert cases(project) == []

    @pytest.mark.parametrize("mark", ['[钟]{hant="鐘"}', '[老钟]{hant="老鐘"}'])
    def test_a_mark_settles_it(self, mark: str, project: TinyProject) -> None:
        project.write("content/editions.toml", HANT)
        text = f"老{mark}来。" if mark.startswith("[钟") else f"{mark}来。"
        project.write("content/w/text.md", pair(text))
        assert cases(project) == []

    def test_a_title_is_settled_in_the_glossary(self, project: TinyProject) -> None:
        project.write("content/editions.toml", HANT)
        project.add("content/w/work.toml", '[title]\nzh = "老钟"\nen = "Old Zhong"\n')
        (case,) = cases(project)
        assert (case["place"], case["settle"]) == (
            "content/w/work.toml",
            "钟,zhōng,bell; clock; o'clock,noun,,鍾",
        )


class TestHalfConverted:
    """Characters of the other script, until they are written right or marked as meant."""

    def test_both_ways_out(self, project: TinyProject) -> None:
        project.write("content/w/text.md", pair("山高，國家大。"))
        result = project.run("review", "w")
        assert result.stdout == (
            "content/w/text.md:1: half-converted: 山高，【國家】大。: "
            "a character of the other script\n"
            "  國家: [國家]{}\n"
            "  国家: 国家\n"
        )
        for settled in ("国家", "[國家]{}"):
            project.write("content/w/text.md", pair(f"山高，{settled}大。"))
            assert cases(project) == []


class TestSources:
    """What normalization left open, while it stands in the text."""

    @pytest.fixture(autouse=True)
    def _source(self, project: TinyProject) -> None:
        project.write("content/w/source.txt", "他寫有P(guān)部門的書，山高水長。")
        project.write("content/w/work.toml", self.work(project, ""))
        project.write("content/w/text.md", pair("他寫有P(guān)部門的書，山高水長。"))

    def work(self, project: TinyProject, rules: str) -> str:
        text = (project.root / "content/w/work.toml").read_text("utf-8")
        return text.replace('"hans"', '"hant"') + rules

    def test_it_comes_with_a_mark_and_the_rule(self, project: TinyProject) -> None:
        assert project.run("review", "w").stdout == (
            "content/w/text.md:1: source: 他寫有【P(guān)】部門的書，山高水長。: "
            "half a character: perhaps 關, whose last GBK byte is 'P'\n"
            "  as it is: [P(guān)]{}\n"
            '  as it is everywhere: [normalize] off = ["broken-bytes"]\n'
        )

    def test_mending_marking_or_switching_off_settles_it(self, project: TinyProject) -> None:
        for settled in ("關", "[P(guān)]{}"):
            project.write("content/w/text.md", pair(f"他寫有{settled}部門的書，山高水長。"))
            assert cases(project) == []
        project.write("content/w/text.md", pair("他寫有P(guān)部門的書，山高水長。"))
        assert len(cases(project)) == 1
        off = '[normalize]\noff = ["broken-bytes"]\n'
        project.write("content/w/work.toml", self.work(project, off))
        assert cases(project) == []


def test_there_is_no_such_work(project: TinyProject) -> None:
    result = project.run("review", "v")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error w-001: there is no work “v”\n  Hint: Works here: w.\n"


def test_a_001_a_mark_that_does_not_fit_its_word(project: TinyProject) -> None:
    project.write("content/w/text.md", pair('[重要]{py="zhòng yào de"}的事。'))
    result = project.run("review", "w")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "content/w/text.md:1: error a-001: “zhòng yào de” does not read “重要”: "
        "2 syllables are needed.\n"
        '  Hint: Write one syllable for each character, such as py="zhòngyào".\n'
    )
