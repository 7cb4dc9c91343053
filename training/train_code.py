"""What training alone needs: the pipeline's own code, and variants of the training texts."""

import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import functions  # noqa: F401  (registers the pipeline's factories)
from babel import Locale
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

Augmenter = Callable[[Language, Example], Iterator[Example]]


def rewritten(reference: Doc, words: list[str]) -> Example:
    """Make an example of other words with the same names and blanks."""
    spaces = [bool(token.whitespace_) for token in reference]
    names = [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else t.ent_iob_ for t in reference]
    other = Doc(reference.vocab, words=words, spaces=spaces, ents=names)
    return Example(Doc(reference.vocab, words=words, spaces=spaces), other)


def lines(reference: Doc) -> list[range]:
    breaks = [token.i for token in reference if token.is_space and "\n" in token.text]
    return [range(a, b) for a, b in zip([0, *breaks], [*breaks, len(reference)], strict=True) if b > a]


def recased(reference: Doc, draw: random.Random) -> Example:
    """Set one line in capitals (a heading, a byline), or now and then the whole text in small letters."""
    words = [token.text for token in reference]
    if draw.random() < 0.2:
        return rewritten(reference, [word.lower() for word in words])
    chosen = draw.choice(lines(reference) or [range(len(words))])
    return rewritten(reference, [word.upper() if i in chosen else word for i, word in enumerate(words)])


class Lexicon:
    """Names from the project's lexicons, that the texts may not hold: given names, places, states, organisations."""

    def __init__(self, folder: Path) -> None:
        def read(name: str) -> dict[str, Any]:
            return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf8"))

        countries = read("countries")
        locales = [Locale("nb"), Locale("nn")]
        states = [locale.territories.get(c.get("code", "")) for c in countries.values() for locale in locales]
        states += [name for c in countries.values() for name in c.get("names", [])]
        organisations = [[o["name"], *o.get("aliases", [])] for o in read("organisations")["organisation"]]
        cities = [place for c in countries.values() for place in c.get("places", [])]
        self.given = [name for names in read("givennames").values() for name in names.split()]
        self.persons = [person["name"].split() for person in read("persons")["person"]]
        self.names = {
            "GPE_ORG": [name.split() for name in states if name],
            "GPE_LOC": [
                name.split() for name in [*states, *cities, *read("municipalities")["names"]] if name
            ],
            "ORG": [name.split() for names in organisations for name in names],
        }

    def draw(self, label: str, met: list[list[str]], draw: random.Random) -> list[str] | None:
        """Draw a name of a type; a person's is a given name before the last name of a person met in the texts."""
        if label == "PER":
            last = draw.choice(met)[-1]
            given = draw.choice(self.given)
            return draw.choice(self.persons) if draw.random() < 0.1 else [given, last]
        return draw.choice(self.names[label]) if label in self.names else None


class NameSwapper:
    """Puts names met earlier, or names of the lexicons, in the place of others of their type."""

    def __init__(self, share: float, lexicon: Lexicon | None, kept: int = 4000) -> None:
        self.share = share
        self.lexicon = lexicon
        self.kept = kept
        self.met: dict[str, list[list[str]]] = {}

    def name(self, label: str, draw: random.Random) -> list[str]:
        known = (
            self.lexicon.draw(label, self.met[label], draw) if self.lexicon and draw.random() < 0.5 else None
        )
        return known or draw.choice(self.met[label])

    def collect(self, reference: Doc, draw: random.Random) -> None:
        for name in reference.ents:
            known = self.met.setdefault(name.label_, [])
            words = [token.text for token in name]
            if len(known) < self.kept:
                known.append(words)
            else:
                known[draw.randrange(self.kept)] = words

    def swapped(self, reference: Doc, draw: random.Random) -> Example:
        words: list[str] = []
        spaces: list[bool] = []
        labels: list[str] = []
        at = 0
        for name in [*reference.ents, None]:
            end = name.start if name is not None else len(reference)
            for token in reference[at:end]:
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
                labels.append("O" if token.ent_iob_ else "")
            if name is None:
                break
            new = [token.text for token in name]
            blanks = [bool(token.whitespace_) for token in name]
            if draw.random() < self.share:
                new = self.name(name.label_, draw)
                blanks = [True] * (len(new) - 1) + [blanks[-1]]
            words += new
            spaces += blanks
            labels += [f"{'I' if i else 'B'}-{name.label_}" for i in range(len(new))]
            at = name.end
        other = Doc(reference.vocab, words=words, spaces=spaces, ents=labels)
        return Example(Doc(reference.vocab, words=words, spaces=spaces), other)


@registry.augmenters("depesje.news_names.v1")
def create_name_augmenter(
    recase: float, swap: float, swap_share: float, lexicon: str | None = None, seed: int = 0
) -> Augmenter:
    """Vary annotated names: `recase` and `swap` are the shares of texts, `swap_share` that of the names in them."""
    draw = random.Random(seed)
    swapper = NameSwapper(swap_share, Lexicon(Path(lexicon)) if lexicon else None)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        reference = example.reference
        swapper.collect(reference, draw)
        chance = draw.random()
        if chance < recase:
            yield recased(reference, draw)
        elif chance < recase + swap:
            yield swapper.swapped(reference, draw)
        else:
            yield example

    return augment
