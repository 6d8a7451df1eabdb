"""A text that tries a typesetter: long Latin runs, numbers, nested quotes, rare characters."""

import random
from collections.abc import Iterator

_PARTS = (
    "京津冀协同发展是重大国家战略",
    "他说：“要唱好‘双城记’”",
    "平均浓度由2013年的89.5微克下降到2022年的30微克",
    "降幅66.5%，人口有1亿多，面积有21.6万平方公里",
    "《规划纲要》（2015年）所说的——“一核、双城、三轴”——的由来",
    "参见https://www.example.org/zhengce/2015-06/09/content_5012.htm等材料",
    "实现高质量的internationalization和institutionalization",
    "“（真的）？《书》《刊》！”他问",
    "𠮷、㐂、㕔、龘、靐、鱻这些字",
    "啊……是的……",
    "T-cells与B₂C₃的比例是1∶2",
    "一二三四五六七八九十百千万亿",
)
_ENGLISH = (
    "The coordinated development of the region is a major national strategy.",
    "“We must perform the ‘tale of two cities’ well,” he said—and then, in 2015, he did.",
    "See https://www.example.org/zhengce/2015-06/09/content_5012.htm and other material.",
    "Internationalization and institutionalization, 66.5 percent of them, went ahead.",
)
_ENDS = ("。", "！", "？", "……", "。”")


def work(pairs: int, seed: int = 11) -> str:
    """Write a paired text; every twelfth pair is a heading, every ninth verse."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    return "\n".join(_pairs(pairs, chance))


def _pairs(count: int, chance: random.Random) -> Iterator[str]:
    yield "> # 山中试排 ^0\n\nA Trial in the Mountains\n"
    for n in range(1, count + 1):
        if n % 12 == 1:
            topic = chance.choice(_PARTS)
            yield f"> ## 第{n}节　关于“{topic}” ^{n}\n\nPart {n}, in Which Much Is Tried\n"
        elif n % 9 == 0:
            lines = f"> | 国破山河在{n}\n> | 城春草木深 ^{n}"
            yield f"{lines}\n\nThe state is shattered.\nSpring in the city.\n"
        else:
            sentences = [_sentence(chance) for _ in range(chance.choice((1, 1, 2, 3, 5)))]
            zh = "\n".join(f"> {sentence}" for sentence in sentences)
            en = "\n".join(_gloss(chance) for _ in sentences)
            yield f"{zh} ^{n}\n\n{en}\n"


def _sentence(chance: random.Random) -> str:
    parts = (chance.choice(_PARTS) for _ in range(chance.choice((1, 2, 3, 3, 4, 6))))
    return "，".join(parts) + chance.choice(_ENDS[:4])


def _gloss(chance: random.Random) -> str:
    return " ".join(chance.choice(_ENGLISH) for _ in range(chance.choice((1, 2, 3, 4))))
