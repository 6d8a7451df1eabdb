"""The context model: g2pM's BiLSTM, run on many sentences at once.

g2pM (Park and Lee 2020, Apache-2.0) reads a sentence a character at a time in both directions
and says for each character how likely each reading is. Its own code takes one sentence a call;
here both directions of many sentences make one batch in single precision, with the very weights
of its wheel, some forty times faster.
"""

import pickle
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from diglot.words.shipped import shipped

# Sentences and characters at a time: a matrix product of at most 262,144 steps, which OpenBLAS
# does in one thread. On small products threads only wait for each other, for seconds on a busy
# machine.
_BATCH = 64
_ROWS = 128
_HALF = np.float32(0.5)
_BEGIN, _END, _UNKNOWN = "시", "끝", "<UNK>"  # names in g2pM's own table

Floats = npt.NDArray[np.float32]


class ContextModel:
    """Readings of characters that have several, by their sentence."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}
        self._choices: dict[str, tuple[list[str], tuple[Floats, Floats]]] = {}

    def _load(self, name: str) -> dict[str, object]:
        # The wheel's own file, as trusted as its code.
        with shipped("g2pM", name).open("rb") as file:
            table: dict[str, object] = pickle.load(file)  # noqa: S301
        return table

    @cached_property
    def _readings(self) -> dict[str, list[str]]:
        return self._load("digest_cedict.pkl")  # type: ignore[return-value]  # untyped pickle

    @cached_property
    def _classes(self) -> dict[str, int]:
        table: dict[str, int] = self._load("class2idx.pkl")  # type: ignore[assignment]  # untyped pickle
        return {_spelled(reading): index for reading, index in table.items()}

    def readings(self, char: str) -> tuple[str, ...]:
        """The readings that g2pM knows of a character, numbered."""
        found = self._known.get(char)
        if found is None:
            found = self._known[char] = tuple(map(_spelled, self._readings.get(char, ())))
        return found

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
                hidden = self._weights.hidden_layer(row[[at + 1 for at in wanted[i]]])
                chars = [sentences[i][at] for at in wanted[i]]
                found[i] = [self._weigh(c, h) for c, h in zip(chars, hidden, strict=True)]
        return found

    def _encode(self, sentence: str) -> list[int]:
        unknown = self._ids[_UNKNOWN]
        inner = (self._ids.get(char, unknown) for char in sentence)
        return [self._ids[_BEGIN], *inner, self._ids[_END]]

    def _weigh(self, char: str, hidden: Floats) -> dict[str, float]:
        known = self._choices.get(char)
        if known is None:
            readings = [r for r in self.readings(char) if r in self._classes]
            known = readings, self._weights.columns([self._classes[r] for r in readings])
            self._choices[char] = known
        readings, (weights, bias) = known
        if len(readings) < 2:
            return {}
        scores = hidden @ weights + bias
        shares = np.exp(scores - scores.max())
        return dict(zip(readings, (shares / shares.sum()).tolist(), strict=True))


class _Weights:
    """The network: embedding, one bidirectional LSTM layer, two dense layers.

    Three of the four gates are sigmoids, and a sigmoid is a tanh at half the argument, so their
    weights are halved here and one tanh serves all four.
    """

    def __init__(self, table: dict[str, Floats]) -> None:
        self.size = size = table["lstm.weight_hh_l0"].shape[1]
        # PyTorch orders the gates: enter, keep, new, out; here the sigmoids stand together.
        order = np.r_[0 : 2 * size, 3 * size : 4 * size, 2 * size : 3 * size]
        scale = np.r_[np.full(3 * size, 0.5), np.ones(size)].astype(np.float32)
        directions = ("l0", "l0_reverse")
        # What each character brings to the gates, worked out once for the whole vocabulary.
        self.inputs = [
            (
                table["embedding.weight"] @ table[f"lstm.weight_ih_{d}"].T
                + (table[f"lstm.bias_ih_{d}"] + table[f"lstm.bias_hh_{d}"])
            )[:, order]
            * scale
            for d in directions
        ]
        self.hidden = np.stack(
            [table[f"lstm.weight_hh_{d}"].T[:, order] * scale for d in directions]
        )
        self.dense = [
            (table[f"logit_layer.{i}.weight"].T, table[f"logit_layer.{i}.bias"]) for i in (0, 2)
        ]

    def run(self, rows: list[list[int]]) -> list[Floats]:
        """The hidden states of each row of ids, both directions side by side."""
        size, steps = self.size, max(map(len, rows))
        ids = np.zeros((2, steps, len(rows)), np.int32)
        for i, row in enumerate(rows):
            ids[0, : len(row), i] = row
            ids[1, : len(row), i] = row[::-1]
        # By step, so that each step's input is one piece of memory.
        inputs = np.stack([self.inputs[d][ids[d]] for d in (0, 1)], axis=1)
        hidden = np.zeros((2, len(rows), size), np.float32)
        cell = np.zeros_like(hidden)
        gates = np.empty((2, len(rows), 4 * size), np.float32)
        sigmoids, new = gates[..., : 3 * size], gates[..., 3 * size :]
        enter, keep, out = (gates[..., k * size : (k + 1) * size] for k in range(3))
        states = np.empty((steps, *hidden.shape), np.float32)
        for step in range(steps):
            np.matmul(hidden, self.hidden, out=gates)
            gates += inputs[step]
            np.tanh(gates, out=gates)
            sigmoids *= _HALF
            sigmoids += _HALF
            cell *= keep
            new *= enter
            cell += new
            hidden = states[step]
            np.tanh(cell, out=hidden)
            hidden *= out
        return [
            np.concatenate([states[:n, 0, i], states[:n, 1, i][::-1]], axis=1)
            for i, n in enumerate(map(len, rows))
        ]

    def hidden_layer(self, states: Floats) -> Floats:
        """The first dense layer for some states."""
        weights, bias = self.dense[0]
        rows = range(0, len(states), _ROWS)
        return np.concatenate([np.maximum(states[i : i + _ROWS] @ weights + bias, 0) for i in rows])

    def columns(self, classes: list[int]) -> tuple[Floats, Floats]:
        """The part of the second dense layer that scores some classes."""
        weights, bias = self.dense[1]
        return np.ascontiguousarray(weights[:, classes]), bias[classes]


def _spelled(reading: str) -> str:
    return reading.replace("u:", "ü")
