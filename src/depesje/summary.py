"""Key sentences: the few sentences of an article that tell its story, in its own words."""

import math
import re
from collections import Counter

import pandas as pd

from depesje import lexicon

#: The longest selection, in words.
WORDS = 110
# Set on the 30 development articles of NorSumm by `benchmarks/summary.py`.
_POSITION, _CENTRALITY, _TITLE, _QUOTATION = 1.0, 0.3, 0.5, 0.5
#: Words are compared by their beginnings: Norwegian inflects at the end.
_STEM = 6
_WORD = re.compile(r"\w+")
_QUOTE = re.compile(r"[-–—«»\"“”]")
_NOT_STORY = re.compile(
    r"(foto|les også|illustrasjon\w*|saken oppdateres|artikkelen fortsetter)\b|\d{1,3}[.)] ", re.IGNORECASE
)
_CREDIT = re.compile(r"\bfoto\s*:", re.IGNORECASE)
_END = re.compile(r"[.!?…]\W*$")
#: What has fewer words, or has no end and fewer words than this, is a caption, a credit or a label.
_FEWEST, _FEWEST_WITHOUT_END = 3, 8


def key_sentences(sentences: pd.DataFrame, words: int = WORDS) -> list[int]:
    """Choose the key sentences of an article.

    A sentence scores by its position (news tells the main thing first: minus the logarithm of its
    number), by how many other sentences share its words (centrality, as in Luhn 1958 and SumBasic), and
    by the words that it shares with the title; direct speech scores lower. Captions, credits and labels are left
    out. The best are taken as long as they fit in the given number of words.

    Parameters
    ----------
    sentences
        The ``sentences`` table.
    words
        The longest selection.

    Returns
    -------
    list of int
        Their ``sentence_id``, in the order of the text.
    """
    headings = sentences[sentences["kind"] == "heading"]
    body = sentences[sentences["kind"] == "paragraph"]
    body = body.loc[[_tells(text) for text in body["text"]]]
    has_title = len(headings) > 0 and headings["sentence_id"].iloc[0] == 0
    title = _content_words(headings["text"].iloc[0]) if has_title else frozenset()
    content = [_content_words(text) for text in body["text"]]
    spread = Counter(word for found in content for word in found)
    scores = [
        _score(number, text, found, title, spread)
        for number, (text, found) in enumerate(zip(body["text"], content, strict=True))
    ]
    lengths = [len(text.split()) for text in body["text"]]
    ids = body["sentence_id"].tolist()
    chosen, used = [], 0
    for number in sorted(range(len(ids)), key=lambda i: (-scores[i], i)):
        if content[number] and used + lengths[number] <= words:
            chosen.append(int(ids[number]))
            used += lengths[number]
    return sorted(chosen)


def _tells(text: str) -> bool:
    fewest = _FEWEST if _END.search(text) else _FEWEST_WITHOUT_END
    return not _NOT_STORY.match(text) and not _CREDIT.search(text) and len(text.split()) >= fewest


def _content_words(text: str) -> frozenset[str]:
    common = lexicon.stopwords()
    return frozenset(
        word[:_STEM] for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in common
    )


def _score(
    number: int, text: str, found: frozenset[str], title: frozenset[str], spread: Counter[str]
) -> float:
    centrality = sum(math.log((1 + spread[word]) / 2) for word in found) / max(len(found), 1) ** 0.7
    shared = len(found & title) / max(len(title), 1)
    quotation = bool(_QUOTE.match(text))
    question = text.endswith("?")
    return (
        _CENTRALITY * centrality
        + _TITLE * shared
        - _POSITION * math.log(1 + number)
        - _QUOTATION * quotation
        - 3 * question
    )
