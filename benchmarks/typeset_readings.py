"""What pinyin above every word costs: beside an inline-block a word, and beside plain text.

All three are set in turn, with Chinese text setting installed; the inline-blocks also without it.

python benchmarks/typeset_readings.py [ROUNDS]
"""

import sys
from collections.abc import Callable
from statistics import median, quantiles
from time import process_time

from weasyprint import HTML

from diglot import typeset

SAMPLE = """
京津冀 Jīng·Jīn·Jì 协同 xié·tóng 发展 fā·zhǎn ， 是 shì 以 yǐ 习近平 Xí·_Jìn·píng 同志 tóng·zhì
为 wéi 核心 hé·xīn 的 de 党中央 Dǎng·_Zhōng·yāng 在 zài 新 xīn 的 de 历史 lì·shǐ 条件 tiáo·jiàn
下 xià 作出 zuò·chū 的 de 重大 zhòng·dà 决策 jué·cè 部署 bù·shǔ ， 是 shì 习近平 Xí·_Jìn·píng
总书记 zǒng·shū·ji 亲自 qīn·zì 谋划 móu·huà 、 亲自 qīn·zì 决策 jué·cè 、 亲自 qīn·zì
推动 tuī·dòng 的 de 重大 zhòng·dà 国家 guó·jiā 战略 zhàn·lüè 。
"""
PARAGRAPHS, REPEATS = 40, 3
STYLE = """
@page { size: A5; margin: 18mm }
html { font: 10.5pt/2.1 "Noto Serif CJK SC"; --reading-family: "Gentium Book Plus" }
p { margin: 0; text-align: justify; text-indent: 2em; width: 30em }
.word, .reading { display: inline-block; text-indent: 0; text-align: center }
.reading { display: block; font: .5em/1 "Gentium Book Plus" }
.word { line-height: 1.2 }
"""

Words = list[tuple[str, str]]


def words() -> Words:
    """Return words and their readings; punctuation has none."""
    found: Words = []
    for part in SAMPLE.split():
        if "\u4e00" <= part[0] <= "\u9fff" or part in "，、。":
            found.append((part, ""))
        else:
            found[-1] = found[-1][0], part.replace("_", " ")
    return found * REPEATS


def page(paragraph: Callable[[Words], str]) -> str:
    text = words()
    body = "".join(paragraph(text[start:] + text[:start]) for start in range(PARAGRAPHS))
    return f'<html lang="zh-Hans"><title>x</title><style>{STYLE}</style>{body}</html>'


def plain(text: Words) -> str:
    return f"<p>{''.join(word for word, _ in text)}</p>"


def readings(text: Words) -> str:
    entries, offset = [], 0
    for word, reading in text:
        if reading:
            entries.append(f"{offset} {reading}")
        offset += len(word)
    return f'<p data-readings="{";".join(entries)}">{"".join(word for word, _ in text)}</p>'


def inline_blocks(text: Words) -> str:
    body = "".join(
        f'<span class="word"><span class="reading">{reading.replace("·", "")}</span>{word}</span>'
        if reading
        else word
        for word, reading in text
    )
    return f"<p>{body}</p>"


def seconds(source: str) -> float:
    start = process_time()
    HTML(string=source).write_pdf(pdf_tags=True)
    return process_time() - start


def ours(source: str) -> Callable[[], float]:
    def measure() -> float:
        with typeset.installed():
            return seconds(source)

    return measure


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    set_by: dict[str, Callable[[], float]] = {
        "plain": ours(page(plain)),
        "readings": ours(page(readings)),
        "inline-blocks": ours(page(inline_blocks)),
        "inline-blocks, stock": lambda: seconds(page(inline_blocks)),
    }
    set_by["plain"]()  # loads fonts and modules
    turns = [{name: measure() for name, measure in set_by.items()} for _ in range(rounds)]
    hanzi = PARAGRAPHS * sum(len(word) for word, reading in words() if reading)
    for name in set_by:
        cost = median(turn[name] for turn in turns) * 1e6 / hanzi
        print(f"{name}: {cost:.0f} ms per 1000 hanzi")
    for over, under in (
        ("readings", "plain"),
        ("inline-blocks", "readings"),
        ("inline-blocks, stock", "readings"),
    ):
        low, middle, high = quantiles((turn[over] / turn[under] for turn in turns), n=4)
        print(f"{over} / {under}: {middle:.2f}, quartiles {low:.2f}-{high:.2f}")


if __name__ == "__main__":
    main()
