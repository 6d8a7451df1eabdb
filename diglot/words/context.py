"""The context model: g2pM's BiLSTM, run on many sentences at once.

g2pM (Park and Lee 2020, Apache-2.0) reads a sentence a character at a time in both directions
and says for each character how likely each reading is. Its own code takes one sentence a call;
here both directions of many sentences make one batch in single precision, with the very weights
of its wheel, some forty times faster.
"""

import pickle
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from diglot.words.pinyin import numbered

_BATCH = 256  # sentences
_BEGIN, _END, _UNKNOWN = "시", "끝", "<UNK>"  # names in g2pM's own table

Floats = npt.NDArray[np.float32]


class ContextModel:
    """Readings of characters that have several, by their sentence."""

    def __init__(self) -> None:
        spec = find_spec("g2pM")
        assert spec is not None and spec.origin  # noqa: S101 - a dependency
        self._folder = Path(spec.origin).parent

    def _load(self, name: str) -> dict[str, object]:
        # The wheel's own file, as trusted as its code.
        with (self._folder / name).open("rb") as file:
            table: dict[str, object] = pickle.load(file)  # noqa: S301
        return table

    @cached_property
    def readings(self) -> dict[str, tuple[str, ...]]:
        """The readings that g2pM knows of a character, numbered."""
        table: dict[str, list[str]] = self._load("digest_cedict.pkl")  # type: ignore[assignment]  # untyped pickle
        return {char: tuple(map(numbered, found)) for char, found in table.items()}

    @cached_property
    def _classes(self) -> dict[str, int]:
        table: dict[str, int] = self._load("class2idx.pkl")  # type: ignore[assignment]  # untyped pickle
        return {numbered(reading): index for reading, index in table.items()}

    @cached_property
    def _ids(self) -> dict[str, int]:
        return self._load("char2idx.pkl")  # type: ignore[return-value]  # untyped pickle

    @cached_property
    def _weights(self) -> "_Weights":
        return _Weights(self._load("np_ckpt.pkl"))  # type: ignore[arg-type]  # untyped pickle

    def __call__(
        self, sentences: Sequence[str], wanted: Sequence[Sequence[int]]
    ) -> list[list[dict[str, float]]]:
        """Weigh readings.

        Args:
            sentences: Simplified text.
            wanted: for each sentence the offsets of the characters to weigh.

        Returns:
            For each sentence and wanted character the probability of each of its readings,
            or nothing where the model knows fewer than two.
        """
        found: list[list[dict[str, float]]] = [[] for _ in sentences]
        order = sorted((i for i, at in enumerate(wanted) if at), key=lambda i: len(sentences[i]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            logits = self._weights.run([self._encode(sentences[i]) for i in batch])
            for row, i in zip(logits, batch, strict=True):
                scores = self._weights.classify(row[[at + 1 for at in wanted[i]]])
                chars = [sentences[i][at] for at in wanted[i]]
                found[i] = [self._weigh(c, s) for c, s in zip(chars, scores, strict=True)]
        return found

    def _encode(self, sentence: str) -> list[int]:
        unknown = self._ids[_UNKNOWN]
        inner = (self._ids.get(char, unknown) for char in sentence)
        return [self._ids[_BEGIN], *inner, self._ids[_END]]

    def _weigh(self, char: str, scores: Floats) -> dict[str, float]:
        known = [r for r in self.readings.get(char, ()) if r in self._classes]
        if len(known) < 2:
            return {}
        values = scores[[self._classes[r] for r in known]]
        shares = np.exp(values - values.max())
        return dict(zip(known, (shares / shares.sum()).tolist(), strict=True))


class _Weights:
    """The network: embedding, one bidirectional LSTM layer, two dense layers."""

    def __init__(self, table: dict[str, Floats]) -> None:
        directions = ("l0", "l0_reverse")
        # What each character brings to the gates, worked out once for the whole vocabulary.
        self.inputs = np.stack(
            [
                table["embedding.weight"] @ table[f"lstm.weight_ih_{d}"].T
                + (table[f"lstm.bias_ih_{d}"] + table[f"lstm.bias_hh_{d}"])
                for d in directions
            ]
        )
        self.hidden = np.stack([table[f"lstm.weight_hh_{d}"].T for d in directions])
        self.dense = [
            (table[f"logit_layer.{i}.weight"].T, table[f"logit_layer.{i}.bias"]) for i in (0, 2)
        ]

    def run(self, rows: list[list[int]]) -> list[Floats]:
        """The hidden states of each row of ids, both directions side by side."""
        size, steps = self.hidden.shape[1], max(map(len, rows))
        ids = np.zeros((2, len(rows), steps), np.int32)
        for i, row in enumerate(rows):
            ids[0, i, : len(row)] = row
            ids[1, i, : len(row)] = row[::-1]
        hidden = np.zeros((2, len(rows), size), np.float32)
        cell = np.zeros_like(hidden)
        direction = np.arange(2)[:, None]
        states = np.empty((steps, *hidden.shape), np.float32)
        for step in range(steps):
            gates = self.inputs[direction, ids[:, :, step]] + hidden @ self.hidden
            enter, keep, new, out = np.split(gates, 4, axis=2)
            cell = _sigmoid(keep) * cell + _sigmoid(enter) * np.tanh(new)
            hidden = _sigmoid(out) * np.tanh(cell)
            states[step] = hidden
        return [
            np.concatenate([states[:n, 0, i], states[:n, 1, i][::-1]], axis=1)
            for i, n in enumerate(map(len, rows))
        ]

    def classify(self, states: Floats) -> Floats:
        """The score of every class for some states."""
        (first, first_bias), (second, second_bias) = self.dense
        return np.maximum(states @ first + first_bias, 0) @ second + second_bias


def _sigmoid(values: Floats) -> Floats:
    halved: Floats = np.tanh(values * np.float32(0.5))
    return halved * np.float32(0.5) + np.float32(0.5)
