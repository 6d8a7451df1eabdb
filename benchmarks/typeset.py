"""What Chinese text setting costs: ratio to stock WeasyPrint on the same text, interleaved.

python benchmarks/typeset.py [TEXT FILE] [ROUNDS]
"""

import sys
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from weasyprint import HTML

from diglot import typeset

SAMPLE = (
    "京津冀协同发展，是以习近平同志为核心的党中央在新的历史条件下作出的重大决策部署。"
    "他说：“要唱好京津‘双城记’”，2014年2月26日以来，PM2.5平均浓度下降了21.6%……"
    "——这是《规划纲要》（全文）提出的目标；北京、天津、河北人口加起来有1亿多。"
)
STYLE = """
@page { size: A5; margin: 18mm }
html { font: 10.5pt/1.7 "Noto Serif CJK SC" }
p { margin: 0; text-align: justify; text-indent: 2em; width: 26em }
"""


def page(paragraphs: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f'<html lang="zh-Hans"><title>x</title><style>{STYLE}</style>{body}</html>'


def seconds(source: str) -> float:
    start = process_time()
    HTML(string=source).write_pdf(pdf_tags=True)
    return process_time() - start


def main() -> None:
    text = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else ""
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    source = page([line.strip() for line in text.splitlines() if line.strip()] or [SAMPLE * 4] * 80)
    seconds(source)  # loads fonts and modules
    ratios, stocks = [], []
    for turn in range(rounds):
        times: dict[bool, float] = {}
        for ours in (turn % 2 == 0, turn % 2 == 1):
            if ours:
                with typeset.installed():
                    times[ours] = seconds(source)
            else:
                times[ours] = seconds(source)
        ratios.append(times[True] / times[False])
        stocks.append(times[False])
    low, _, high = quantiles(ratios, n=4)
    print(
        f"stock {median(stocks):.2f} s; ratio {median(ratios):.2f}, quartiles {low:.2f}-{high:.2f}"
    )


if __name__ == "__main__":
    main()
