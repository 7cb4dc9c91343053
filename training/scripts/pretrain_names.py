"""Train the word layers and the first LSTM of the recogniser as a model of language, one in each direction.

    python pretrain_names.py vectors/tokens.txt corpus/names-train-long.spacy --vectors vectors/nb --output names.pt

The forward LSTM foretells the next word, the backward one the word before, by a softmax over sampled words.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy
import spacy
import torch
from names_network import FormTable, NamesNetwork, Sizes
from recogniser import normal_form
from torch import Tensor, nn
from torch.nn import functional
from train_names import FREQUENT_CHARACTER, learning_rate, read

# So many forms are foretold each by itself, the rest by a class of their ending and capital.
TARGETS = 40_000
FORMS = 24_000
PIECE = 40


def read_stream(path: Path) -> tuple[numpy.ndarray, list[str]]:
    """The text as numbers of forms, a line break after each line, and the forms."""
    numbers: dict[str, int] = {}
    stream = []
    with path.open(encoding="utf8") as lines:
        for line in lines:
            for word in (*line.split(), "\n"):
                stream.append(numbers.setdefault(word, len(numbers)))
    return numpy.asarray(stream, dtype="int32"), list(numbers)


def ending_class(word: str) -> str:
    if word[:1].isupper():
        return "capital"
    return "digit" if word[:1].isdigit() else f"small {word[-2:]}"


def target_classes(forms: list[str], counts: numpy.ndarray) -> numpy.ndarray:
    """The class of each form in the softmax."""
    order = numpy.argsort(-counts, kind="stable")
    classes = numpy.full(len(forms), -1)
    classes[order[:TARGETS]] = numpy.arange(min(TARGETS, len(forms)))
    endings: dict[str, int] = {}
    for number in order[TARGETS:].tolist():
        classes[number] = TARGETS + endings.setdefault(ending_class(forms[number]), len(endings))
    return classes


class Foretelling(nn.Module):
    """A softmax over words, sampled (Bengio & Senécal 2003): the target against some words drawn by frequency."""

    def __init__(self, counts: numpy.ndarray, width: int, n_sampled: int, projection: int = 128) -> None:
        super().__init__()
        share = counts / counts.sum()
        drawn = share**0.75 / (share**0.75).sum()
        self.sides = nn.ModuleList(nn.Linear(width, projection) for _ in range(2))
        self.words = nn.Embedding(len(counts), projection)
        self.bias = nn.Parameter(torch.tensor(numpy.log(share + 1e-9)).float())
        self.register_buffer("expected", torch.tensor(numpy.log(drawn * n_sampled + 1e-12)).float())
        nn.init.normal_(self.words.weight, std=0.05)

    def forward(self, side: int, read: Tensor, targets: Tensor, sampled: Tensor) -> Tensor:
        read = self.sides[side](read)
        right = (read * self.words(targets)).sum(1) + self.bias[targets]
        wrong = read @ self.words(sampled).T + self.bias[sampled] - self.expected[sampled]
        wrong = wrong.masked_fill(targets[:, None] == sampled, -1e4)
        return (torch.logsumexp(torch.cat([right[:, None], wrong], 1), 1) - right).mean()


def loss_of(
    network: NamesNetwork, foretelling: Foretelling, x: Tensor, targets: Tensor, sampled: Tensor
) -> Tensor:
    """Loss of both directions; `x` steps by pieces by width, `targets` steps by pieces."""
    ahead = functional.dropout(network.first[0](x)[0], 0.1)
    behind = functional.dropout(network.first[1](x.flip(0))[0].flip(0), 0.1)
    following = foretelling(0, ahead[:-1].flatten(0, 1), targets[1:].flatten(), sampled)
    preceding = foretelling(1, behind[1:].flatten(0, 1), targets[:-1].flatten(), sampled)
    return following + preceding


def pretrain(args: argparse.Namespace) -> None:
    draw = numpy.random.default_rng(args.seed)
    torch.manual_seed(args.seed)
    stream, words = read_stream(args.tokens)
    counts = numpy.bincount(stream, minlength=len(words))
    classes = target_classes(words, counts)
    class_counts = numpy.bincount(classes, weights=counts)
    annotated = [word for text, _ in read(args.annotated) for word in text]
    seen = Counter(normal_form(word) for word in annotated)
    for word, n in zip(words, counts.tolist(), strict=True):
        seen[normal_form(word)] += n
    forms = [form for form, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:FORMS]]
    letters = Counter(c for word in annotated for c in word)
    characters = "".join(sorted(c for c, n in letters.items() if n >= FREQUENT_CHARACTER))
    table = FormTable(spacy.load(args.vectors).vocab.vectors, characters, forms)
    table.add(words)
    network = NamesNetwork(len(characters), len(forms), 0, Sizes())
    foretelling = Foretelling(class_counts, Sizes().first, args.sampled)
    shared = [*network.parameters(), *(p for n, p in foretelling.named_parameters() if n != "words.weight")]
    optimizer = torch.optim.AdamW(shared, lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    # Each step touches few rows of the large table, which Adam would move by its memory of earlier steps.
    table_optimizer = torch.optim.Adagrad([foretelling.words.weight], lr=0.05)
    rows = stream[: len(stream) // PIECE * PIECE].reshape(-1, PIECE)
    steps = args.epochs * len(rows) // args.pieces
    drawn = foretelling.expected.exp().numpy().astype("float64")
    start = time.time()
    for step in range(1, steps + 1):
        if (step - 1) % (len(rows) // args.pieces) == 0:
            order = draw.permutation(len(rows))
        at = (step - 1) % (len(rows) // args.pieces) * args.pieces
        chosen = rows[order[at : at + args.pieces]].T
        columns, places = table.rows_of(numpy.ascontiguousarray(chosen))
        sampled = torch.from_numpy(numpy.unique(draw.choice(len(drawn), args.sampled, p=drawn / drawn.sum())))
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, steps, args.rate)
        network.train()
        x = network.read_forms(columns, 0.1, 0.1)[places]
        loss = loss_of(network, foretelling, x, torch.from_numpy(classes[chosen]), sampled)
        for each in (optimizer, table_optimizer):
            each.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(shared, 1.0)
        for each in (optimizer, table_optimizer):
            each.step()
        if step % 200 == 0 or step == steps:
            print(f"{step} of {steps}, {time.time() - start:.0f} s, loss {loss.item():.3f}", flush=True)
    kept = ("characters", "window", "forms", "vectors", "mix", "mix_norm", "first")
    state = {name: v for name, v in network.state_dict().items() if name.split(".")[0] in kept}
    torch.save({"state": state, "characters": characters, "forms": forms}, args.output)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tokens", type=Path, help="one line of tokens a paragraph")
    parser.add_argument("annotated", type=Path, help="corpus whose characters and forms are read, too")
    parser.add_argument("--vectors", required=True, help="a pipeline with floret vectors")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--pieces", type=int, default=160, help="pieces a batch")
    parser.add_argument("--sampled", type=int, default=640, help="words that a target is told from")
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    pretrain(args)


if __name__ == "__main__":
    main()
