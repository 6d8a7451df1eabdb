"""A work's Chinese in an edition's script, with the editors' own forms for terms and marks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import regex

from diglot.model import Script, Sentence
from diglot.pairs.inline import Inline
from diglot.script import convert, project, regional_quotes

# Brackets around it are Chinese. Quotes and dashes inside it are; around it they are English.
_HAN_RUN = regex.compile(
    r"[〈《「『【〔（]*[\p{Han}\u3007][\p{Han}\u3007\u3000-\u303f\uff00-\uffef“”‘’…—·]*(?<![“”‘’…—·])"
)


@dataclass(frozen=True, slots=True)
class Converter:
    """Converts the source, terms, labels and notes of one work into one script."""

    source: Script
    to: Script
    words: Mapping[str, str]

    def text(self, text: str) -> str:
        """Convert a text written in the work's own script."""
        return self._quoted(convert(text, self.to, self.source, words=self.words))

    def sentence(self, sentence: Sentence) -> str:
        """Convert a sentence; a mark's ``hant`` stands for its word in Traditional editions."""
        return self._quoted(
            convert(sentence.text, self.to, self.source, words=self.words, marks=sentence.marks)
        )

    def simplified(self, text: str) -> str:
        """Convert a text written in Simplified: a term, a label."""
        to = self.source if self.to is Script.SOURCE else self.to
        return self._quoted(convert(text, to, Script.HANS, words=self.words))

    def _quotation(self, text: str) -> str:
        """Convert Chinese inside English: Simplified, or what a Traditional source has."""
        traditional = self.source not in (Script.HANS, Script.SOURCE)
        own = traditional and project(text, self.source) != text
        return self.text(text) if own else self.simplified(text)

    def _quoted(self, text: str) -> str:
        """Write quotes as the region does; plain Traditional leaves them as the source has them."""
        if self.to in (Script.SOURCE, Script.HANT):
            return text
        return regional_quotes(text, self.to)

    def inline(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Set Chinese inside English apart as ``zh`` nodes, in the edition's script."""
        return tuple(new for node in nodes for new in self._inline(node))

    def _inline(self, node: Inline) -> tuple[Inline, ...]:
        if node.kind != "text":
            return (replace(node, children=self.inline(node.children)),)
        parts = []
        end = 0
        for match in _HAN_RUN.finditer(node.text):
            parts.append(Inline("text", node.text[end : match.start()]))
            parts.append(Inline("zh", self._quotation(match[0])))
            end = match.end()
        parts.append(Inline("text", node.text[end:]))
        return tuple(part for part in parts if part.text)
