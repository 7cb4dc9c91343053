"""Turn the treebank and the annotated names into spaCy's binary corpora.

The treebank knows no blanks and no line breaks. Both are rebuilt: punctuation is attached, headings end in a line
break, paragraphs are drawn at random. Each training document is laid out anew in every copy, so that the
models see running news as it comes: headings, dash quotes, either kind of quotation mark.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
from held_out import is_held_out
from ndt import Token, read_treebank
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

CLOSING = {".", ",", ":", ";", "?", "!", ")", "]", "»", "”", "...", "…"}
OPENING = {"(", "[", "«", "“"}
DASHES = {"-", "–", "—"}
VOCAB = spacy.blank("nb").vocab

Layout = tuple[list[Token], list[bool]]


def quote_opens(tokens: list[Token], i: int, open_before: bool) -> bool:
    """Say whether the straight quotation mark at `i` opens: by its place, else by parity."""
    if i == 0 or (i == 1 and tokens[0].text in DASHES):
        return True
    if all(t.pos == "PUNCT" for t in tokens[i + 1 :]):
        return False
    return not open_before


def spacing(tokens: list[Token]) -> list[bool]:
    """For each token, whether a blank follows."""
    before, after = [True] * len(tokens), [True] * len(tokens)
    is_open = {'"': False, "'": False}
    for i, token in enumerate(tokens):
        text = token.text
        if text in is_open:
            is_open[text] = quote_opens(tokens, i, is_open[text])
            (after if is_open[text] else before)[i] = False
        elif text in CLOSING:
            before[i] = False
        elif text in OPENING:
            after[i] = False
        elif text == "/":
            before[i] = after[i] = False
    return [after[i] and before[i + 1] for i in range(len(tokens) - 1)] + [True]


def modern_marks(sentence: list[Token], spaces: list[bool], dash: str | None, quotes: bool) -> None:
    """Set dashes and quotation marks as newspapers do today."""
    for i, token in enumerate(sentence):
        if dash and token.text in DASHES:
            token.text = token.lemma = dash
        if quotes and token.text == '"':
            token.text = token.lemma = "«" if not spaces[i] else "»"


def is_heading(sentence: list[Token]) -> bool:
    return sentence[-1].text == "|"


def line_break(text: str) -> Token:
    return Token(text, text, "_SP", (), 0, "dep", "O", "SPACE", "")


def lay_out(
    sentence: list[Token], following: list[Token] | None, style: random.Random, marks: dict
) -> Layout:
    """Copy a sentence with its blanks and the break behind it."""
    copy = [Token(**vars(token)) for token in sentence]
    heading = is_heading(copy)
    keep_bar = heading and marks["bar"]
    if heading and not keep_bar:
        copy.pop()
        for i, token in enumerate(copy):
            if token.head >= len(copy):
                token.head = i
    if not copy:
        return [], []
    spaces = spacing(copy)
    modern_marks(copy, spaces, marks["dash"], marks["quotes"])
    quote_next = following is not None and following[0].text in DASHES
    heading_next = following is not None and is_heading(following)
    likely = 0.7 if quote_next or copy[0].text in DASHES else marks["paragraphs"]
    if following is None or keep_bar or (marks["bar"] and heading_next):
        return copy, spaces
    if heading or heading_next or style.random() < likely:
        broken = line_break("\n" if style.random() < marks["single"] else "\n\n")
        broken.head = len(copy) - 1
        spaces[-1] = False
        copy.append(broken)
        spaces.append(False)
    return copy, spaces


def cased(token: Token) -> str:
    """Give the lemma the capital that the word has from its place; `CasedLemmatizer` takes it off again."""
    lemma, text = token.lemma, token.text
    placed = token.pos not in {"PROPN", "X"} and text[0].isupper() and not text[1:2].isupper()
    return lemma[0].upper() + lemma[1:] if placed else lemma


def make_doc(layouts: list[Layout], for_training: bool) -> Doc:
    """Join sentences to a text. In texts for measuring, line breaks bear nothing that is scored."""
    tokens: list[Token] = []
    spaces: list[bool] = []
    heads: list[int] = []
    for sentence, sentence_spaces in layouts:
        offset = len(tokens)
        tokens += sentence
        spaces += sentence_spaces
        heads += [offset + token.head for token in sentence]
    unmarked = [not for_training and token.pos == "SPACE" for token in tokens]
    deps = [
        "ROOT" if head == i else token.dep for i, (token, head) in enumerate(zip(tokens, heads, strict=True))
    ]
    return Doc(
        VOCAB,
        words=[t.text for t in tokens],
        spaces=spaces,
        pos=["" if bare else t.pos for t, bare in zip(tokens, unmarked, strict=True)],
        morphs=[t.morph for t in tokens],
        lemmas=[
            "" if bare else cased(t) if for_training else t.lemma
            for t, bare in zip(tokens, unmarked, strict=True)
        ],
        heads=heads,
        deps=["punct" if bare else dep for dep, bare in zip(deps, unmarked, strict=True)],
        ents=[t.entity for t in tokens],
    )


def draw_marks(style: random.Random) -> dict:
    return {
        "bar": style.random() < 0.12,
        "dash": "–" if style.random() < 0.6 else None,
        "quotes": style.random() < 0.6,
        "paragraphs": style.choice([0.05, 0.25, 0.5]),
        "single": style.choice([0.0, 0.9]),
    }


def treebank_docs(
    path: Path, left_out: set[str], copies: int, seed: int, longest: int, for_training: bool
) -> Iterator[Doc]:
    """Documents of a treebank file, laid out `copies` times, cut at `longest` sentences."""
    documents = read_treebank(path.read_text(encoding="utf8"))
    for copy in range(copies):
        for name, all_sentences in documents.items():
            style = random.Random(f"{seed}-{copy}-{name}")
            sentences = [s for s in all_sentences if " ".join(t.text for t in s) not in left_out]
            start = 0
            while start < len(sentences):
                brief = longest < 20 and style.random() < 0.15
                end = start + (style.randint(1, 4) if brief else style.randint(longest // 2, longest))
                marks = draw_marks(style)
                group = sentences[start:end]
                following = [*group[1:], None]
                layouts = [lay_out(s, f, style, marks) for s, f in zip(group, following, strict=True)]
                yield make_doc([layout for layout in layouts if layout[0]], for_training)
                start = end


def name_docs(texts: Path, names: Path, held_out: bool) -> Iterator[Doc]:
    """Texts annotated with names alone: every other layer is missing."""
    nlp = spacy.blank("nb")
    annotated = {
        r["id"]: r["entities"] for r in map(json.loads, names.read_text(encoding="utf8").splitlines())
    }
    for line in texts.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if record["id"] not in annotated or is_held_out(record["id"]) != held_out:
            continue
        doc = nlp.make_doc(record["text"])
        spans = [doc.char_span(s, e, label=t, alignment_mode="expand") for s, e, t in annotated[record["id"]]]
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        yield doc


def sentences_of(path: Path, treebanks: list[Path]) -> set[str]:
    """Treebank sentences that also stand in the texts of a development folder (tokens joined by blanks)."""
    squeezed = [
        "".join(json.loads(f.read_text(encoding="utf8"))["text"].split()) for f in sorted(path.glob("*.json"))
    ]
    everything = "\n".join(squeezed)
    found = set()
    for treebank in treebanks:
        for sentences in read_treebank(treebank.read_text(encoding="utf8")).values():
            for sentence in sentences:
                words = [t.text for t in sentence if t.text != "|"]
                if len("".join(words)) > 25 and "".join(words) in everything:
                    found.add(" ".join(t.text for t in sentence))
    return found


def save(docs: Iterator[Doc], path: Path) -> None:
    kept = DocBin(docs=list(docs), store_user_data=False)
    kept.to_disk(path)
    print(f"{path.name}: {len(kept)} documents, {sum(len(t) for t in kept.tokens)} tokens")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--copies", type=int, default=2)
    args = parser.parse_args()
    args.output.mkdir(exist_ok=True, parents=True)
    shared, output = args.shared, args.output
    norne = shared / "norne"
    train = [norne / "nob-train.conll", norne / "nno-train.conll"]
    left_out = sentences_of(shared / "gold/dev", train)
    print(f"{len(left_out)} training sentences stand in the development articles and are left out")

    for standard in ("nob", "nno"):
        path = norne / f"{standard}-dev.conll"
        save(treebank_docs(path, set(), 1, 0, 20, False), output / f"{standard}-dev.spacy")
    for held_out, name in ((True, "news-dev"), (False, "news-train")):
        docs = [
            doc
            for file in ("news.jsonl", "headlines-2025.jsonl")
            for doc in name_docs(shared / "corpora" / file, shared / "gold/names" / file, held_out)
        ]
        save(iter(docs), output / f"{name}.spacy")
    treebank = [doc for path in train for doc in treebank_docs(path, left_out, args.copies, 1, 16, True)]
    save(iter(treebank), output / "treebank-train.spacy")
    longer = [doc for path in train for doc in treebank_docs(path, left_out, args.copies, 2, 50, True)]
    save(iter(longer + 2 * docs), output / "names-train-long.spacy")
    dev = [
        doc
        for name in ("nob-dev", "nno-dev")
        for doc in DocBin().from_disk(output / f"{name}.spacy").get_docs(VOCAB)
    ]
    save(iter(dev), output / "treebank-dev.spacy")


if __name__ == "__main__":
    main()
