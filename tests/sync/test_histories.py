"""Whatever happens to a source text, no gloss is lost and untouched pairs stay as they are.

Seeded histories: a text is reworded, moved, split, merged, cut, restored, reordered and imported
in the other script, several times each, and synced after every step.
"""

import random
from dataclasses import dataclass, replace

import pytest

from diglot.model import Gloss, PairedText, Script, Segment
from diglot.pairs.layout import read_layout
from diglot.pairs.parse import parse
from diglot.pairs.write import pairs_of, write
from diglot.script import convert
from diglot.source.structure import structure
from diglot.sync.edit import Edited, edit
from diglot.sync.forms import of_pair, of_segment
from diglot.sync.merge import merge

# Two-character words of which sentences are made; few are alike, as in prose.
_PROSE = (
    "城市农村山水历史问题发展学习朋友老师学生工作时间世界国家经济社会文化教育科学技术"
    "音乐电影图书报纸新闻天气春天夏天秋天冬天早晨晚上昨天今天明天北方南方东边西边河流"
    "海洋森林草原沙漠道路桥梁火车飞机汽车轮船房屋窗户桌子椅子衣服鞋子食物水果蔬菜米饭"
    "面条茶叶咖啡牛奶鸡蛋医生护士病人药品身体健康运动比赛足球游泳跑步唱歌跳舞画家作家"
    "诗人农民工人商人军队战争和平法律政府人民政策会议计划目标方法结果原因影响变化机会"
)
WORDS = [_PROSE[at : at + 2] for at in range(0, len(_PROSE), 2)]


@dataclass(frozen=True)
class Text:
    """A source text: blocks of lines, of which headings begin sections."""

    blocks: tuple[str, ...]

    def __str__(self) -> str:
        return "\n\n".join(self.blocks) + "\n"

    @property
    def segments(self) -> tuple[Segment, ...]:
        return structure(str(self))


class History:
    """One text and what may happen to it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.heading = 0
        self.script = Script.HANS
        blocks = ["".join(self.random.sample(WORDS, 3))]
        for _ in range(self.random.randint(1, 4)):
            blocks.append(self.title())
            blocks += [self.paragraph() for _ in range(self.random.randint(1, 4))]
        self.text = Text(tuple(blocks))
        self.removed: list[str] = []

    def title(self) -> str:
        self.heading += 1
        number = "一二三四五六七八九十"[self.heading - 1]
        return f"第{number}节　{''.join(self.random.sample(WORDS, 2))}"

    def sentence(self) -> str:
        words = self.random.sample(WORDS, self.random.randint(5, 9))
        words.insert(3, "，")
        return self.written("".join(words) + "。")

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self.random.randint(1, 4)))

    def written(self, text: str) -> str:
        return convert(text, self.script, Script.HANS)

    def prose(self) -> list[int]:
        return [n for n, block in enumerate(self.text.blocks) if block.endswith("。")]

    def step(self) -> str:
        name = self.random.choice(
            [
                "reword",
                "move",
                "split",
                "merge",
                "delete",
                "restore",
                "insert",
                "punctuate",
                "reorder",
                "rewrite",
            ]
        )
        blocks = list(self.text.blocks)
        getattr(self, f"_{name}")(blocks)
        self.text = Text(tuple(blocks))
        return name

    def _reword(self, blocks: list[str]) -> None:
        at = self.random.choice(self.prose())
        start = blocks[at].index("，")
        blocks[at] = (
            blocks[at][: start - 2] + self.written(self.random.choice(WORDS)) + blocks[at][start:]
        )

    def _move(self, blocks: list[str]) -> None:
        moved = blocks.pop(self.random.choice(self.prose()))
        blocks.insert(self.random.randint(2, len(blocks)), moved)

    def _split(self, blocks: list[str]) -> None:
        at = self.random.choice(self.prose())
        first, stop, rest = blocks[at].partition("。")
        blocks[at : at + 1] = [first + stop, rest] if rest else [blocks[at]]

    def _merge(self, blocks: list[str]) -> None:
        prose = self.prose()
        for at in prose:
            if at + 1 in prose:
                blocks[at : at + 2] = [blocks[at] + blocks[at + 1]]
                return

    def _delete(self, blocks: list[str]) -> None:
        prose = self.prose()
        if len(prose) > 2:
            self.removed.append(blocks.pop(self.random.choice(prose)))

    def _restore(self, blocks: list[str]) -> None:
        if self.removed:
            blocks.insert(self.random.randint(2, len(blocks)), self.removed.pop())

    def _insert(self, blocks: list[str]) -> None:
        blocks.insert(self.random.randint(2, len(blocks)), self.paragraph())

    def _punctuate(self, blocks: list[str]) -> None:
        at = self.random.choice(self.prose())
        blocks[at] = blocks[at].replace("，", "；", 1)

    def _reorder(self, blocks: list[str]) -> None:
        starts = [n for n, block in enumerate(blocks) if block.startswith("第")]
        ends = [*starts[1:], len(blocks)]
        sections = [blocks[s:e] for s, e in zip(starts, ends, strict=True)]
        self.random.shuffle(sections)
        blocks[starts[0] :] = [block for section in sections for block in section]

    def _rewrite(self, blocks: list[str]) -> None:
        self.script = Script.HANT if self.script is Script.HANS else Script.HANS
        source = Script.HANS if self.script is Script.HANT else Script.HANT
        blocks[:] = [convert(block, self.script, source) for block in blocks]
        self.removed = [convert(block, self.script, source) for block in self.removed]


def glossed(text: Text) -> str:
    """The paired text of a source, each sentence with a gloss of its own."""
    pairs = [
        replace(
            pair,
            gloss=tuple(
                Gloss(f"Gloss {pair.id}.{n} of {len(sentence.text)} characters.", pair.place)
                for n, sentence in enumerate(pair.source)
            ),
        )
        for pair in pairs_of(text.segments, "text.md")
    ]
    return write(PairedText(tuple(pairs)))


def read(text: str) -> PairedText:
    parsed = parse((text, "text.md"))
    assert parsed.problems == ()
    return parsed.text


def synced(text: str, base: Text, theirs: Text) -> Edited:
    paired = read(text)
    return edit([text], paired, merge(paired, base.segments, theirs.segments))


def gloss_lines(text: PairedText) -> set[str]:
    return {gloss.text for pair in (*text.pairs, *text.obsolete) for gloss in pair.gloss}


def quotes(text: PairedText) -> list[tuple[str, ...]]:
    return [tuple(sentence.text for sentence in pair.source) for pair in text.pairs]


def chunks(text: str) -> dict[str, tuple[str, ...]]:
    """The bytes of each pair that is printed, by its id, without the blank lines behind it."""
    parts = read_layout(text).main.chunks
    pairs = read(text).pairs
    return {p.id: (*c.above, *c.quote, *c.below) for p, c in zip(pairs, parts, strict=True)}


@pytest.mark.parametrize("seed", range(300))
def test_a_history(seed: int) -> None:
    history = History(seed)
    text = glossed(history.text)
    for _ in range(history.random.randint(1, 5)):
        base = history.text
        step = history.step()
        theirs = history.text
        before, edited = read(text), synced(text, base, theirs)
        (after_text,) = edited.files
        after = read(after_text)
        # Nothing is lost, and the text is the new source.
        assert gloss_lines(before) <= gloss_lines(after)
        assert quotes(after) == [segment.sentences for segment in theirs.segments]
        # Pairs whose source is the same are the same, to the byte, and current.
        old, new = chunks(text), chunks(after_text)
        forms = {of_segment(segment) for segment in theirs.segments}
        for pair in before.pairs:
            if of_pair(pair) in forms:
                assert new[pair.id] == old[pair.id], step
        # A change of script alone makes nothing stale.
        if step in ("rewrite", "punctuate", "move", "reorder", "delete", "insert"):
            stale = {pair.id for pair in before.pairs if pair.former is not None}
            assert {pair.id for pair in after.pairs if pair.former is not None} <= stale | {
                pair.id for pair in before.obsolete
            }
        # Ids are given once.
        ids = {pair.id for pair in (*before.pairs, *before.obsolete)}
        assert ids <= {pair.id for pair in (*after.pairs, *after.obsolete)}
        # Doing it again does nothing, also after a kill between the two files.
        assert synced(after_text, theirs, theirs).files == (after_text,)
        assert synced(after_text, base, theirs).files == (after_text,)
        text = after_text
