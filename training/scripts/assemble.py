"""Put the trained parts together: syntax first, then names.

The vector table is rounded to 11 significant bits. That changes no score in the third decimal, and the wheel, which is
a zip archive, becomes about a third smaller.
"""

import argparse
import sys
from pathlib import Path

import numpy
import spacy
import srsly
from spacy.language import Language

sys.path.insert(0, str(Path(__file__).parent.parent))
import functions
import recogniser

META = {
    "name": "depesje_news",
    "description": "Norwegian (Bokmål and Nynorsk) for news: words, lemmas, sentences, syntax and names.",
    "license": "CC BY 4.0",
    "author": "Depesje",
    "sources": [
        {
            "name": "Norwegian Dependency Treebank",
            "license": "CC0",
            "author": "Språkbanken, University of Oslo",
        },
        {"name": "NorNE", "license": "CC0", "author": "Jørgensen et al., LTG, University of Oslo"},
        {
            "name": "NoReC (vectors)",
            "license": "CC BY-NC 4.0, models learned from it free",
            "author": "Velldal et al.",
        },
        {"name": "NorQuAD (news texts)", "license": "CC0", "author": "Ivanova et al."},
    ],
}


# spaCy holds these for abbreviations that take a full stop, which they have not for decades: it ends the sentence.
PARTIES = frozenset({"Ap.", "Frp.", "Sp."})


def rounded(table: numpy.ndarray, bits: int = 11) -> numpy.ndarray:
    """Keep the leading `bits` of each mantissa."""
    mantissa, exponent = numpy.frexp(table.astype("float32"))
    return numpy.ldexp(numpy.round(mantissa * 2**bits) / 2**bits, exponent).astype("float32")


def assemble(syntax: str, names: Path, lexicon: Path, version: str) -> Language:
    """Put recogniser and lexicon into the pipeline `syntax`; names that it has already go."""
    nlp = spacy.load(syntax, exclude=["ner", "name_agreement"])
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    assert isinstance(lemmatizer, functions.CasedLemmatizer)
    lemmatizer.lexicon = srsly.read_json(lexicon)
    ner = nlp.add_pipe("depesje_names", name="ner")
    assert isinstance(ner, recogniser.NameRecogniser)
    ner.from_disk(names)
    nlp.tokenizer.rules = {form: cases for form, cases in nlp.tokenizer.rules.items() if form not in PARTIES}
    nlp.vocab.vectors.data = rounded(nlp.vocab.vectors.data)
    nlp.meta.update(META)
    nlp.meta["version"] = version
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("syntax", help="path or package of the pipeline for words and syntax")
    parser.add_argument("names", type=Path)
    parser.add_argument("lexicon", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", default="0.1.0")
    args = parser.parse_args()
    assemble(args.syntax, args.names, args.lexicon, args.version).to_disk(args.output)


if __name__ == "__main__":
    main()
