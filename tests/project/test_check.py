"""What ``diglot check`` asks a person to look at."""

import pytest

from tests.builder import WORK, TinyProject


def found(project: TinyProject, text: str) -> list[str]:
    project.write("content/w/text.md", text)
    return [problem.removeprefix("content/w/") for problem in project.problems()]


def test_a_finished_work_has_nothing(project: TinyProject) -> None:
    assert project.problems() == []


def test_p_101_a_pair_without_a_gloss(project: TinyProject) -> None:
    assert found(project, "> 水。 ^a\n") == [
        "text.md:1: warning p-101: the pair ^a has no gloss\n  Hint: Write one below its source."
    ]


def test_p_102_counts_that_differ(project: TinyProject) -> None:
    assert found(project, "> 水。\n> 木。 ^a\n\nWater and trees.\n") == [
        "text.md:1: warning p-102: the pair ^a has 2 sentences of source and 1 of gloss\n"
        "  Hint: Put one sentence on a line, as many on both sides where the sense allows."
    ]


def test_p_103_a_gloss_of_a_former_source(project: TinyProject) -> None:
    assert found(project, "<!-- was: 火。 -->\n> 水。 ^a\n\nFire.\n") == [
        "text.md:2: warning p-103: the source of ^a has changed since it was glossed: "
        "[-火-]{+水+}。\n"
        "  Hint: Mend the gloss, then delete the comment <!-- was: … --> above the pair "
        "(diglot accept w a)."
    ]


def test_p_103_shows_what_changed_without_the_marks_and_labels_of_the_comment(
    project: TinyProject,
) -> None:
    former = '<!-- was: [山]{py="shān"}高，\n    水长。\n    in source.txt: 山低，水长。 -->'
    (problem,) = found(project, f"{former}\n> 山高，水短。 ^a\n\nThe mountains are high.\n")
    assert "glossed: 山高，水[-长-]{+短+}。\n" in problem


def test_obsolete_pairs_are_nobody_s_business(project: TinyProject) -> None:
    obsolete = "> 發。\n> 水 , 长 ^x\n\nA gloss.[^a] [^none]\n\n> 火。 ^y\n\n[^a]: A note.\n"
    assert found(project, f"> 水。 ^a\n\nWater.\n\n# Obsolete\n\n{obsolete}") == []


def test_p_104_a_sentence_glossed_in_two_ways(project: TinyProject) -> None:
    text = "> 水。 ^1\n\nWater.\n\n> 水。 ^2\n\n*Water*.[^a]\n\n> 水。 ^3\n\nH2O.\n\n[^a]: N\n"
    assert found(project, text) == [
        "text.md:11: warning p-104: this sentence is glossed otherwise at content/w/text.md:3\n"
        "  Hint: Use one gloss for both, unless the context calls for two."
    ]


def test_p_105_a_note_that_nothing_refers_to(project: TinyProject) -> None:
    assert found(project, "> 水。 ^1\n\nWater.\n\n[^a]: N\n") == [
        "text.md:5: warning p-105: nothing refers to the note [^a]\n"
        "  Hint: Put [^a] into a gloss, or delete the note."
    ]


class TestTerms:
    """A gloss uses the English that the glossary gives a term."""

    def test_g_101_a_gloss_without_it(self, project: TinyProject) -> None:
        assert found(project, "> 山山。 ^1\n\nHills.\n") == [
            "text.md:3: warning g-101: 山 is “mountain” in the glossary, not here\n"
            "  Hint: Use the glossary's English, add this sense to it after a semicolon, or mark "
            'the occurrence: [山]{en="…"}.'
        ]

    @pytest.mark.parametrize(
        ("english", "gloss"),
        [
            ("mountain", "Mountains."),
            ("mountain; hill", "The hills."),
            ("mountain/hill", "A hill."),
            ("to climb (a mountain)", "He is climbing."),
            ("coordinated development", "developing"),
            ("the", "Nothing weighty."),
        ],
    )
    def test_any_form_of_most_words_of_a_sense_will_do(
        self, english: str, gloss: str, project: TinyProject
    ) -> None:
        project.write("content/w/glossary.csv", f"term,pinyin,english\n山,shān,{english}\n")
        assert found(project, f"> 山。 ^1\n\n{gloss}\n") == []

    def test_a_mark_gives_another_sense(self, project: TinyProject) -> None:
        assert found(project, '> [山]{en="grave"}。 ^1\n\nGraves.\n') == []

    def test_g_102_a_term_in_traditional(self, project: TinyProject) -> None:
        project.add("content/w/glossary.csv", "協同,xiétóng,coordinate,,,\n")
        assert project.problems() == [
            "content/w/glossary.csv:3: warning g-102: the term 協同 is not in Simplified, "
            "and so is never found\n  Hint: Write 协同; the column hant is for 協同."
        ]


class TestSource:
    """The source is in one script, and normalizing would change nothing more."""

    def test_x_101_a_character_of_the_other_script(self, project: TinyProject) -> None:
        assert found(project, "> 中国發展。 ^1\n\nChina develops.\n") == [
            "text.md:1: warning x-101: “發” is of the other script than this text\n"
            "  Hint: Write “发”, or mark the word if it is meant so: [词]{}."
        ]

    def test_a_marked_word_is_meant_so(self, project: TinyProject) -> None:
        assert found(project, "> 中国[發]{}展。 ^1\n\nChina develops.\n") == []

    def test_x_101_a_traditional_text(self, project: TinyProject) -> None:
        project.write("content/w/work.toml", WORK.replace("hans", "hant"))
        assert found(project, "> 中國發展示范。 ^1\n\nChina.\n") == [
            "text.md:1: warning x-101: “范” is of the other script than this text\n"
            "  Hint: Write “範”, or mark the word if it is meant so: [词]{}."
        ]

    @pytest.mark.parametrize(
        ("source", "shown", "rule", "mend"),
        [
            ("京津冀協(xié)同。", "“(xié)”", "residue", "Delete it"),
            ("中國,發展。", "“,”", "punctuation", "Write “，”"),
            ("中國\u200b發展。", "U+200B", "invisible", "Delete it"),
        ],
    )
    def test_s_101_what_normalizing_would_mend(
        self, source: str, shown: str, rule: str, mend: str, project: TinyProject
    ) -> None:
        project.write("content/w/work.toml", WORK.replace("hans", "hant"))
        assert found(project, f"> {source} ^1\n\nChina.\n") == [
            f"text.md:1: warning s-101: {shown} is what normalizing would mend (rule {rule})\n"
            f"  Hint: {mend}, or switch the rule off in work.toml if it is meant so."
        ]

    @pytest.mark.parametrize("setting", ['off = ["residue"]', 'residue = "keep"'])
    def test_a_work_keeps_what_it_says_it_keeps(self, setting: str, project: TinyProject) -> None:
        project.write("content/w/work.toml", WORK.replace("hans", "hant"))
        project.add("content/w/work.toml", f"[normalize]\n{setting}\n")
        assert found(project, "> 京津冀協(xié)同。 ^1\n\nRegion.\n") == []

    def test_c_101_a_rule_that_does_not_exist(self, project: TinyProject) -> None:
        project.add("content/w/work.toml", '[normalize]\noff = ["residu"]\n')
        assert project.problems() == [
            "content/w/work.toml: error c-101: there is no rule “residu” to switch off\n"
            "  Hint: Did you mean “residue”?"
        ]


def test_problems_come_in_the_order_of_the_files(project: TinyProject) -> None:
    project.add("content/w/glossary.csv", "水,,,,,\n")
    assert [line.partition(" ")[0] for line in found(project, "> 木。 ^2\n\n> 水。 ^1\n")] == [
        *("glossary.csv:3:", "text.md:1:", "text.md:3:")
    ]
