"""Source texts and what happens to them over the years: seeded histories of edits.

Each sentence has a number that it keeps when it is reworded or moved, so that it is known which
gloss belongs to it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from diglot.model import Script, Segment
from diglot.script import convert, detect
from diglot.source.structure import structure

# Two-character words of which sentences are made; few are alike, as in prose.
_PROSE = (
    "城市农村山水历史问题发展学习朋友老师学生工作时间世界国家经济社会文化教育科学技术"
    "音乐电影图书报纸新闻天气春天夏天秋天冬天早晨晚上昨天今天明天北方南方东边西边河流"
    "海洋森林草原沙漠道路桥梁火车飞机汽车轮船房屋窗户桌子椅子衣服鞋子食物水果蔬菜米饭"
    "面条茶叶咖啡牛奶鸡蛋医生护士病人药品身体健康运动比赛足球游泳跑步唱歌跳舞画家作家"
    "诗人农民工人商人军队战争和平法律政府人民政策会议计划目标方法结果原因影响变化机会"
)
WORDS = [_PROSE[at : at + 2] for at in range(0, len(_PROSE), 2)]
_COUNT = "一二三四五六七八九十"


@dataclass(frozen=True)
class Numbered:
    """A sentence, or a heading, and its number."""

    number: int
    text: str


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph of sentences."""

    sentences: tuple[Numbered, ...]
    is_prose: bool = True

    def __str__(self) -> str:
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Text:
    """A source text."""

    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.blocks)) + "\n"

    @property
    def segments(self) -> tuple[Segment, ...]:
        return structure(str(self))


def numbered(segments: tuple[Segment, ...]) -> Text:
    """A text of segments that there are, each only once, so that it is known which is which."""
    blocks: list[Block] = []
    number = 0
    for segment in {segment.sentences: segment for segment in segments}.values():
        sentences = tuple(Numbered(number + n, text) for n, text in enumerate(segment.sentences))
        number += len(sentences)
        blocks.append(Block(sentences, is_prose=segment.sentences[-1].endswith("。")))
    return Text(tuple(blocks))


class History:
    """One text and what happens to it, a step at a time; ``removed`` are the paragraphs cut."""

    def __init__(self, seed: int, text: Text | None = None) -> None:
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.numbers = sum(len(block.sentences) for block in text.blocks) if text else 0
        self.sections = 0
        self.script = detect(str(text)) or Script.HANS if text else Script.HANS
        self.removed: list[Block] = []
        self.text = text or self._begin()

    def step(self, name: str = "") -> str:
        """Let something happen, and say what it was."""
        name = name or self.random.choice(list(STEPS))
        blocks = list(self.text.blocks)
        STEPS[name](self, blocks)
        self.text = Text(tuple(blocks))
        return name

    def _begin(self) -> Text:
        blocks = [self._heading("".join(self.random.sample(WORDS, 3)))]
        for _ in range(self.random.randint(1, 4)):
            number = _COUNT[self.sections]
            self.sections += 1
            blocks.append(self._heading(f"第{number}节　{''.join(self.random.sample(WORDS, 2))}"))
            blocks += [self._paragraph() for _ in range(self.random.randint(1, 4))]
        return Text(tuple(blocks))

    def _numbered(self, text: str) -> Numbered:
        self.numbers += 1
        return Numbered(self.numbers - 1, self._written(text))

    def _heading(self, text: str) -> Block:
        return Block((self._numbered(text),), is_prose=False)

    def _paragraph(self) -> Block:
        return Block(tuple(self._sentence() for _ in range(self.random.randint(1, 4))))

    def _sentence(self) -> Numbered:
        words = self.random.sample(WORDS, self.random.randint(5, 9))
        words.insert(3, "，")
        return self._numbered("".join(words) + "。")

    def _written(self, text: str) -> str:
        return convert(text, self.script, Script.HANS)

    def _prose(self, blocks: list[Block]) -> list[int]:
        return [n for n, block in enumerate(blocks) if block.is_prose]

    def _place(self, blocks: list[Block]) -> int:
        return self.random.randint(min(2, len(blocks)), len(blocks))

    def _reword(self, blocks: list[Block]) -> None:
        at = self.random.choice(self._prose(blocks))
        nth = self.random.randrange(len(blocks[at].sentences))
        text = blocks[at].sentences[nth].text
        start = max(text.find("，") - 2, 0)
        new = self._written(self.random.choice(WORDS))
        self._change(blocks, at, nth, text[:start] + new + text[start + 2 :])

    def _rephrase(self, blocks: list[Block]) -> None:
        """Half of the words of a sentence."""
        at = self.random.choice(self._prose(blocks))
        nth = self.random.randrange(len(blocks[at].sentences))
        text = blocks[at].sentences[nth].text
        start, end = len(text) // 4, len(text) // 4 + len(text) // 2
        count = (end - start) // 2
        new = self._written("".join(self.random.sample(WORDS, min(count, len(WORDS)))))
        self._change(blocks, at, nth, text[:start] + new + text[end:])

    def _punctuate(self, blocks: list[Block]) -> None:
        at = self.random.choice(self._prose(blocks))
        text = blocks[at].sentences[0].text
        self._change(blocks, at, 0, text.replace("，", "；", 1))

    def _change(self, blocks: list[Block], at: int, nth: int, text: str) -> None:
        sentences = list(blocks[at].sentences)
        sentences[nth] = replace(sentences[nth], text=text)
        blocks[at] = replace(blocks[at], sentences=tuple(sentences))

    def _add(self, blocks: list[Block]) -> None:
        """A sentence more in a paragraph."""
        at = self.random.choice(self._prose(blocks))
        sentences = list(blocks[at].sentences)
        sentences.insert(self.random.randint(0, len(sentences)), self._sentence())
        blocks[at] = replace(blocks[at], sentences=tuple(sentences))

    def _move(self, blocks: list[Block]) -> None:
        moved = blocks.pop(self.random.choice(self._prose(blocks)))
        blocks.insert(self._place(blocks), moved)

    def _split(self, blocks: list[Block]) -> None:
        long = [n for n in self._prose(blocks) if len(blocks[n].sentences) > 1]
        if long:
            at = self.random.choice(long)
            sentences = blocks[at].sentences
            cut = self.random.randrange(1, len(sentences))
            blocks[at : at + 1] = [Block(sentences[:cut]), Block(sentences[cut:])]

    def _merge(self, blocks: list[Block]) -> None:
        prose = self._prose(blocks)
        pairs = [at for at in prose if at + 1 in prose]
        if pairs:
            at = self.random.choice(pairs)
            blocks[at : at + 2] = [Block(blocks[at].sentences + blocks[at + 1].sentences)]

    def _delete(self, blocks: list[Block]) -> None:
        prose = self._prose(blocks)
        if len(prose) > 2:
            self.removed.append(blocks.pop(self.random.choice(prose)))

    def _restore(self, blocks: list[Block]) -> None:
        if self.removed:
            blocks.insert(self._place(blocks), self.removed.pop())

    def _insert(self, blocks: list[Block]) -> None:
        blocks.insert(self._place(blocks), self._paragraph())

    def _reorder(self, blocks: list[Block]) -> None:
        starts = [n for n, block in enumerate(blocks) if n and not block.is_prose]
        if starts:
            ends = [*starts[1:], len(blocks)]
            sections = [blocks[s:e] for s, e in zip(starts, ends, strict=True)]
            self.random.shuffle(sections)
            blocks[starts[0] :] = [block for section in sections for block in section]

    def _rewrite(self, blocks: list[Block]) -> None:
        """Bring it back in the other script."""
        former = self.script
        self.script = Script.HANT if former is Script.HANS else Script.HANS

        def written(block: Block) -> Block:
            texts = (convert(sentence.text, self.script, former) for sentence in block.sentences)
            pairs = zip(block.sentences, texts, strict=True)
            return replace(block, sentences=tuple(replace(s, text=text) for s, text in pairs))

        blocks[:] = map(written, blocks)
        self.removed = list(map(written, self.removed))


STEPS: dict[str, Callable[[History, list[Block]], None]] = {
    "reword": History._reword,
    "rephrase": History._rephrase,
    "punctuate": History._punctuate,
    "add": History._add,
    "move": History._move,
    "split": History._split,
    "merge": History._merge,
    "delete": History._delete,
    "restore": History._restore,
    "insert": History._insert,
    "reorder": History._reorder,
    "rewrite": History._rewrite,
}
