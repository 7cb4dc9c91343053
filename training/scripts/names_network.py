"""The network behind `recogniser.py`, as PyTorch trains it."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from spacy.vectors import Vectors
from torch import Tensor, nn
from torch.nn import functional

sys.path.append(str(Path(__file__).parents[1]))

from recogniser import (
    CHARACTERS,
    FIRST_CHARACTER,
    N_SHAPES,
    PADDING,
    TAGS,
    UNKNOWN_FORM,
    CharacterTable,
    Gazetteer,
    Layout,
    normal_form,
    pieces,
    repeated_words,
    shape_features,
)

VECTOR_WIDTH = 128
CHARACTER_WIDTH = 32
IMPOSSIBLE = -1e4


@dataclass
class Sizes:
    """Widths of the layers."""

    characters: int = 64
    forms: int = 64
    width: int = 192
    first: int = 192
    second: int = 128


class FormTable:
    """Everything that the network reads of a word form by itself, computed once a form."""

    def __init__(self, vectors: Vectors, characters: str, forms: list[str]) -> None:
        self.vectors = vectors
        self.characters = CharacterTable(characters)
        self.known = {form: UNKNOWN_FORM + 1 + i for i, form in enumerate(forms)}
        self.numbers: dict[str, int] = {}
        self.columns: dict[str, numpy.ndarray] = {
            "vector": numpy.zeros((0, VECTOR_WIDTH), dtype="float32"),
            "characters": numpy.zeros((0, CHARACTERS), dtype="int16"),
            "shape": numpy.zeros((0, N_SHAPES), dtype="float32"),
            "form": numpy.zeros(0, dtype="int32"),
        }

    def add(self, words: list[str]) -> None:
        new = list(dict.fromkeys(word for word in words if word not in self.numbers))
        if not new:
            return
        start = len(self.numbers)
        self.numbers.update({word: start + i for i, word in enumerate(new)})
        rows = {
            "vector": Vectors.get_batch(self.vectors, [word[:100] for word in new]),
            "characters": [self.characters(word) for word in new],
            "shape": [shape_features(word) for word in new],
            "form": [self.known.get(normal_form(word), UNKNOWN_FORM) for word in new],
        }
        for name, column in self.columns.items():
            self.columns[name] = numpy.concatenate([column, numpy.asarray(rows[name], dtype=column.dtype)])

    def rows(self, words: list[str]) -> tuple[dict[str, Tensor], Tensor]:
        """The columns of the distinct forms among `words`, and each word's row in them."""
        self.add(words)
        return self.rows_of(numpy.asarray([self.numbers[word] for word in words]))

    def rows_of(self, numbers: numpy.ndarray) -> tuple[dict[str, Tensor], Tensor]:
        unique, inverse = numpy.unique(numbers, return_inverse=True)
        columns = {name: torch.from_numpy(column[unique]) for name, column in self.columns.items()}
        return columns, torch.from_numpy(inverse.reshape(numbers.shape))


class CRF(nn.Module):
    """A linear chain over tags in which `I-` goes on a name of its own type only."""

    def __init__(self) -> None:
        super().__init__()
        n = len(TAGS)
        self.transitions = nn.Parameter(torch.zeros(n, n))
        self.start = nn.Parameter(torch.zeros(n))
        self.end = nn.Parameter(torch.zeros(n))
        inside = [tag[0] == "I" for tag in TAGS]
        goes_on = [[a[0] != "O" and a[2:] == b[2:] for b in TAGS] for a in TAGS]
        barred = torch.tensor(inside)[None] & ~torch.tensor(goes_on)
        self.register_buffer("barred", barred.float() * IMPOSSIBLE)
        self.register_buffer("barred_start", torch.tensor(inside).float() * IMPOSSIBLE)

    def allowed(self) -> Tensor:
        return self.transitions + self.barred

    def loss(self, scores: Tensor, tags: Tensor, inside: Tensor) -> Tensor:
        """Negative log-likelihood of each piece; steps by pieces, the scores with a third dimension of tags."""
        transitions = self.allowed()
        total = self.start + self.barred_start + scores[0]
        for step in range(1, len(scores)):
            reached = torch.logsumexp(total[:, :, None] + transitions, 1) + scores[step]
            total = torch.where(inside[step][:, None], reached, total)
        moves = self.transitions[tags[:-1], tags[1:]] * inside[1:]
        emitted = scores.gather(2, tags[:, :, None]).squeeze(2) * inside
        last = tags.gather(0, inside.sum(0)[None] - 1).squeeze(0)
        gold = self.start[tags[0]] + emitted.sum(0) + moves.sum(0) + self.end[last]
        return torch.logsumexp(total + self.end, 1) - gold


class NamesNetwork(nn.Module):
    """Words, first LSTM, recall and gazetteer, second LSTM, tags."""

    def __init__(self, n_characters: int, n_forms: int, n_gazetteer: int, sizes: Sizes) -> None:
        super().__init__()
        s = sizes
        self.characters = nn.Embedding(FIRST_CHARACTER + n_characters, CHARACTER_WIDTH, padding_idx=PADDING)
        self.window = nn.Conv1d(CHARACTER_WIDTH, s.characters, 3, padding=1)
        self.forms = nn.Embedding(UNKNOWN_FORM + 1 + n_forms, s.forms)
        self.vectors = nn.Linear(VECTOR_WIDTH, VECTOR_WIDTH)
        self.mix = nn.Linear(VECTOR_WIDTH + s.characters + s.forms + N_SHAPES, 2 * s.width)
        self.mix_norm = nn.LayerNorm(s.width)
        self.first = nn.ModuleList(nn.LSTM(s.width, s.first, batch_first=False) for _ in range(2))
        self.recall = nn.Linear(4 * s.first + s.width + n_gazetteer, 2 * s.width)
        self.recall_norm = nn.LayerNorm(s.width)
        self.second = nn.ModuleList(nn.LSTM(s.width, s.second, batch_first=False) for _ in range(2))
        self.tags = nn.Linear(2 * s.second, len(TAGS))
        self.crf = CRF()
        nn.init.normal_(self.forms.weight, std=0.1)
        for cell in [*self.first, *self.second]:
            initialize_lstm(cell)

    def read_forms(self, columns: dict[str, Tensor], dropout: float = 0.0, unknown: float = 0.0) -> Tensor:
        """Read words by themselves; in training, words are masked as unknown at the rate `unknown`."""
        form = columns["form"].long()
        if self.training and unknown:
            form = torch.where(torch.rand(form.shape) < unknown, UNKNOWN_FORM, form)
        characters = self.characters(columns["characters"].long()).transpose(1, 2)
        parts = [
            self.vectors(columns["vector"]),
            functional.relu(self.window(characters).amax(2)),
            self.forms(form),
            columns["shape"],
        ]
        mixed = self.mix(functional.dropout(torch.cat(parts, 1), dropout, self.training))
        return self.mix_norm(maxout(mixed))

    def forward(self, batch: "Batch", dropout: float = 0.0, unknown: float = 0.0) -> Tensor:
        """Score the tags of every token of a batch."""
        x = self.read_forms(batch.columns, dropout / 2, unknown)[batch.rows]
        x = functional.dropout(x, dropout / 2, self.training)
        read = batch.over(self.first, x)
        recalled = torch.zeros_like(read)
        if batch.n_groups:
            mine = read[batch.places]
            sums = torch.zeros(batch.n_groups, read.shape[1]).index_add(0, batch.groups, mine)
            others = torch.bincount(batch.groups)[batch.groups][:, None] - 1
            recalled = recalled.index_copy(0, batch.places, (sums[batch.groups] - mine) / others)
        parts = torch.cat([read, recalled, x], 1)
        parts = torch.cat([functional.dropout(parts, dropout, self.training), batch.gazetteer], 1)
        mixed = self.recall_norm(maxout(self.recall(parts)))
        again = batch.over(self.second, functional.dropout(mixed, dropout / 2, self.training))
        return self.tags(functional.dropout(again, dropout, self.training))

    def loss(self, batch: "Batch", dropout: float, unknown: float) -> Tensor:
        """Mean negative log-likelihood a token."""
        scores = self(batch, dropout, unknown)
        losses = [
            self.crf.loss(scores[places], batch.tags[places], inside).sum() for places, inside in batch.tables
        ]
        return torch.stack(losses).sum() / len(scores)


def initialize_lstm(cell: nn.LSTM) -> None:
    """Orthogonal recurrent weights; a forget gate that begins half open."""
    width = cell.hidden_size
    for name, parameter in cell.named_parameters():
        if "weight_hh" in name:
            for gate in parameter.chunk(4):
                nn.init.orthogonal_(gate.data)
        elif "bias" in name:
            parameter.data.zero_()
            parameter.data[width : 2 * width] = 0.5


def maxout(x: Tensor) -> Tensor:
    return torch.maximum(*x.chunk(2, -1))


class Batch:
    """Some documents as the network takes them: tokens in a row, and tables of pieces of like length.

    Parameters
    ----------
    docs
        Words and tags of each document.
    table
        Where forms are looked up.
    gazetteer
        Its features are zero without one.
    n_tables
        Pieces are sorted by length into so many tables, so that little room stays empty.
    """

    def __init__(
        self,
        docs: list[tuple[list[str], list[str]]],
        table: FormTable,
        gazetteer: Gazetteer | None,
        n_tables: int = 4,
    ) -> None:
        words = [word for doc, _ in docs for word in doc]
        self.columns, self.rows = table.rows(words)
        self.tags = torch.tensor([TAGS.index(tag) for _, tags in docs for tag in tags])
        spans, offset = [], 0
        for doc, _ in docs:
            spans += [(offset + start, offset + end) for start, end in pieces(doc)]
            offset += len(doc)
        spans.sort(key=lambda span: span[0] - span[1])
        size = -(-len(spans) // n_tables)
        self.layouts = [Layout(spans[i : i + size]) for i in range(0, len(spans), size)]
        self.tables = [
            (torch.from_numpy(layout.forward), torch.from_numpy(layout.inside)) for layout in self.layouts
        ]
        places, groups, self.n_groups = repeated_words([doc for doc, _ in docs])
        self.places, self.groups = torch.from_numpy(places), torch.from_numpy(groups)
        features = [gazetteer(doc) for doc, _ in docs] if gazetteer else [numpy.zeros((len(words), 0))]
        self.gazetteer = torch.from_numpy(numpy.vstack(features)).float()
        self.turns = [self.turn(side) for side in ("forward", "backward")]

    def turn(self, side: str) -> tuple[list[Tensor], Tensor]:
        """For one direction: the token at each place of each table, and the place of each token among them all."""
        places = [getattr(layout, side) for layout in self.layouts]
        inside = numpy.concatenate([layout.inside.ravel() for layout in self.layouts])
        tokens = numpy.concatenate([p.ravel() for p in places])
        where = numpy.zeros(inside.sum(), dtype="int64")
        where[tokens[inside]] = numpy.flatnonzero(inside)
        return [torch.from_numpy(p) for p in places], torch.from_numpy(where)

    def over(self, cells: nn.ModuleList, x: Tensor) -> Tensor:
        """Run a pair of LSTMs over the tokens, one in each direction."""
        sides = []
        for cell, (places, where) in zip(cells, self.turns, strict=True):
            read = [cell(x[p])[0].flatten(0, 1) for p in places]
            sides.append(torch.cat(read)[where])
        return torch.cat(sides, 1)


def export(network: NamesNetwork) -> dict[str, numpy.ndarray]:
    """The weights as `recogniser.NameRecogniser` takes them."""
    n = network
    weights = {
        "characters.table": n.characters.weight,
        "characters.window": n.window.weight.permute(2, 1, 0).flatten(0, 1),
        "characters.bias": n.window.bias,
        "vectors.weight": n.vectors.weight.T,
        "vectors.bias": n.vectors.bias,
        "forms.table": n.forms.weight,
        "mix.weight": n.mix.weight.T,
        "mix.bias": n.mix.bias,
        "mix.scale": n.mix_norm.weight,
        "mix.shift": n.mix_norm.bias,
        "recall.weight": n.recall.weight.T,
        "recall.bias": n.recall.bias,
        "recall.scale": n.recall_norm.weight,
        "recall.shift": n.recall_norm.bias,
        "tags.weight": n.tags.weight.T,
        "tags.bias": n.tags.bias,
        "crf.transitions": n.crf.allowed(),
        "crf.start": n.crf.start + n.crf.barred_start,
        "crf.end": n.crf.end,
    }
    for name, cells in (("first", n.first), ("second", n.second)):
        for side, cell in zip("fb", cells, strict=True):
            weights[f"{name}{side}.input"] = cell.weight_ih_l0.T
            weights[f"{name}{side}.recurrent"] = cell.weight_hh_l0.T
            weights[f"{name}{side}.bias"] = cell.bias_ih_l0 + cell.bias_hh_l0
    return {key: numpy.ascontiguousarray(value.detach().numpy()) for key, value in weights.items()}
