"""Train the recogniser of names with PyTorch and write it as `recogniser.py` reads it.

python train_names.py corpus/names-train-long.spacy --vectors vectors/nb --dev corpus --output runs/names
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from names_network import Batch, FormTable, NamesNetwork, Sizes, export
from recogniser import Gazetteer, NameRecogniser, normal_form, spans_of
from spacy.language import Language
from spacy.tokens import DocBin
from torch import nn

Text = tuple[list[str], list[str]]
DEV = ("nob-dev", "nno-dev", "news-dev")
# Forms and characters met so often in training get rows of their own.
FREQUENT_FORM, FREQUENT_CHARACTER = 6, 10
PRETRAINED_SHARE = 0.3


def read(path: Path) -> list[Text]:
    """Words and tags of every document of a corpus."""
    docs = DocBin().from_disk(path).get_docs(spacy.blank("nb").vocab)
    return [
        ([t.text for t in doc], [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc])
        for doc in docs
    ]


class Variation:
    """Texts varied anew each time: a line in capitals, small letters, names changed for others of their type."""

    def __init__(self, texts: list[Text], seed: int, recased: float = 0.08, swapped: float = 0.2) -> None:
        self.draw = random.Random(seed)
        self.recased, self.swapped = recased, swapped
        self.met: dict[str, list[list[str]]] = defaultdict(list)
        for words, tags in texts:
            for start, end, label in spans_of(tags):
                self.met[label].append(words[start:end])

    def __call__(self, text: Text) -> Text:
        words, tags = text
        chance = self.draw.random()
        if chance < self.recased:
            return self.recase(words), tags
        return self.swap(text) if chance < self.recased + self.swapped else text

    def recase(self, words: list[str]) -> list[str]:
        """Set one line in capitals (a heading, a byline), or now and then the whole text in small letters."""
        if self.draw.random() < 0.2:
            return [word.lower() for word in words]
        breaks = [i for i, word in enumerate(words) if "\n" in word]
        lines = [range(a, b) for a, b in zip([0, *breaks], [*breaks, len(words)], strict=True) if b > a]
        chosen = self.draw.choice(lines)
        return [word.upper() if i in chosen else word for i, word in enumerate(words)]

    def swap(self, text: Text, share: float = 0.4) -> Text:
        words, tags, at = [], [], 0
        for start, end, label in spans_of(text[1]):
            change = self.draw.random() < share
            name = self.draw.choice(self.met[label]) if change else text[0][start:end]
            words += text[0][at:start] + name
            tags += text[1][at:start] + [f"B-{label}"] + [f"I-{label}"] * (len(name) - 1)
            at = end
        return words + text[0][at:], tags + text[1][at:]


def batches(texts: list[Text], variation: Variation, size: int) -> Iterator[list[Text]]:
    """Documents without end, in batches of about `size` words."""
    batch, n = [], 0
    while True:
        variation.draw.shuffle(texts)
        for text in texts:
            batch.append(variation(text))
            n += len(text[0])
            if n >= size:
                yield batch
                batch, n = [], 0


class Average:
    """The running mean of a network's weights."""

    def __init__(self, network: nn.Module, keep: float = 0.999) -> None:
        self.state = {name: value.clone() for name, value in network.state_dict().items()}
        self.keep = keep
        self.steps = 0

    def update(self, network: nn.Module) -> None:
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 20))
        for name, value in network.state_dict().items():
            self.state[name].lerp_(value, 1 - keep)


def f_score(recogniser: NameRecogniser, texts: list[Text]) -> float:
    """F over exact spans and types."""
    counts: Counter[str] = Counter()
    for i in range(0, len(texts), 32):
        part = texts[i : i + 32]
        found = recogniser.tags([words for words, _ in part])
        for (_, tags), predicted in zip(part, found, strict=True):
            gold, given = set(spans_of(tags)), set(spans_of(predicted))
            counts.update(both=len(gold & given), all=len(gold) + len(given))
    return 2 * counts["both"] / max(counts["all"], 1)


def vocabulary(texts: list[Text]) -> tuple[str, list[str]]:
    characters = Counter(c for words, _ in texts for word in words for c in word)
    forms = Counter(normal_form(word) for words, _ in texts for word in words)
    return (
        "".join(sorted(c for c, n in characters.items() if n >= FREQUENT_CHARACTER)),
        sorted(form for form, n in forms.items() if n >= FREQUENT_FORM),
    )


def learning_rate(step: int, steps: int, peak: float, warm_up: int = 200) -> float:
    """Rise, stay, and fall to nothing over the last six tenths."""
    return peak * min(1.0, step / warm_up) * max(0.02, min(1.0, (1 - step / steps) / 0.6))


def train(nlp: Language, texts: list[Text], dev: dict[str, list[Text]], args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    pretrained = torch.load(args.pretrained) if args.pretrained else None
    characters, forms = (pretrained["characters"], pretrained["forms"]) if pretrained else vocabulary(texts)
    lists = json.loads(args.gazetteer.read_text(encoding="utf8")) if args.gazetteer else None
    gazetteer = Gazetteer(lists) if lists else None
    table = FormTable(nlp.vocab.vectors, characters, forms)
    n_features = len(Gazetteer.FEATURES) if gazetteer else 0
    network = NamesNetwork(len(characters), len(forms), n_features, Sizes())
    if pretrained:
        network.load_state_dict(pretrained["state"], strict=False)
    known = pretrained["state"] if pretrained else {}
    # What was pre-trained moves more slowly, so that it isn't forgotten.
    groups = [
        {"params": [p for n, p in network.named_parameters() if n not in known], "share": 1.0},
        {"params": [p for n, p in network.named_parameters() if n in known], "share": PRETRAINED_SHARE},
    ]
    optimizer = torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = Average(network)
    variation = Variation(texts, args.seed)
    recogniser = NameRecogniser(nlp.vocab)
    start, total, best = time.time(), 0.0, 0.0
    for step, batch in enumerate(batches(texts, variation, args.words), 1):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, args.steps, args.rate) * group["share"]
        network.train()
        loss = network.loss(Batch(batch, table, gazetteer), args.dropout, args.unknown)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        average.update(network)
        total += loss.item()
        if step % args.every == 0 or step == args.steps:
            current = {name: value.clone() for name, value in network.state_dict().items()}
            network.load_state_dict(average.state)
            recogniser.set_weights(export(network), {"characters": characters, "forms": forms}, lists)
            network.load_state_dict(current)
            scores = {name: f_score(recogniser, dev[name]) for name in dev}
            together = sum(scores.values()) / max(len(scores), 1)
            shown = " ".join(f"{name} {score:.4f}" for name, score in scores.items())
            print(f"{step} {time.time() - start:.0f} s, loss {total / args.every:.4f}, {shown}", flush=True)
            total = 0.0
            if together >= best:
                best = together
                recogniser.to_disk(args.output)
        if step == args.steps:
            break


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--vectors", required=True, help="a pipeline with floret vectors")
    parser.add_argument("--dev", type=Path, help="folder of the development corpora")
    parser.add_argument("--gazetteer", type=Path, help="lists, as scripts/gazetteer.py writes them")
    parser.add_argument("--pretrained", type=Path, help="what scripts/pretrain_names.py wrote")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3400)
    parser.add_argument("--words", type=int, default=3000, help="words a batch")
    parser.add_argument("--every", type=int, default=400, help="steps between measurements")
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--dropout", type=float, default=0.35)
    parser.add_argument("--unknown", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    texts = [text for path in args.corpora for text in read(path)]
    dev = {name: read(args.dev / f"{name}.spacy") for name in DEV} if args.dev else {}
    train(spacy.load(args.vectors), texts, dev, args)


if __name__ == "__main__":
    main()
