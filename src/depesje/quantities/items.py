"""Items: what a count counts, with adjectives and conjuncts."""

from spacy.tokens import Doc

from depesje.quantities.amount import Amount
from depesje.quantities.passage import Passage


def item(passage: Passage, amount: Amount) -> tuple[int, int] | None:
    """What is counted, as written: adjectives, noun and conjuncts, ``av`` left out."""
    at = amount.last + 1
    if passage.word(at) == "av" and not passage.broken(amount.last) and amount.vague:
        at += 1
    if at >= len(passage.tokens) or passage.broken(at - 1):
        return None
    more = passage.word(at) in passage.cues.comparatives and passage.item_word(at + 1)  # "seks flere elever"
    if not (more or passage.item_word(at)):
        return None
    return _tagged_item(passage, at) if passage.tagged else _shaped_item(passage, at)


def _tagged_item(passage: Passage, at: int) -> tuple[int, int] | None:
    doc = passage.doc
    first = passage.token(at)
    if first is None:
        return None
    noun = _noun_from(doc, first.i)
    if noun is None:
        return None
    end = noun
    for _ in range(4):
        conjunct = _conjunct(doc, end)
        if conjunct is None:
            break
        end = conjunct
    return first.idx, doc[end].idx + len(doc[end].text)


def _noun_from(doc: Doc, i: int) -> int | None:
    """The head of the noun phrase that begins at token ``i``: over adjectives to the first noun."""
    adjective = None
    for j in range(i, min(i + 7, len(doc))):
        pos = doc[j].pos_
        if pos in ("NOUN", "PROPN"):
            return j
        if pos not in ("ADJ", "ADV", "CCONJ", "DET", "NUM") and not (doc[j].text == "," and j > i):
            break
        if pos == "ADJ" and adjective in (None, j - 1):
            adjective = j
    # "fem skadde": an adjective stands for the noun
    return adjective


def _conjunct(doc: Doc, noun: int) -> int | None:
    """The noun that is coordinated with this one right after it."""
    if noun + 2 >= len(doc) or doc[noun + 1].lower_ not in ("og", "eller", ","):
        return None
    other = _noun_from(doc, noun + 2)
    if (
        other is None
        or doc[other].pos_ != "NOUN"
        or any(doc[j].pos_ == "NUM" or doc[j].like_num for j in range(noun + 2, other))
    ):
        return None
    if doc.has_annotation("DEP"):
        return (
            other
            if doc[other].head.i == noun
            or (doc[other].head == doc[noun].head and doc[other].dep_ == doc[noun].dep_)
            else None
        )
    one, two = doc[noun].morph.to_dict(), doc[other].morph.to_dict()
    same = one.get("Number") == two.get("Number") == "Plur" and one.get("Definite") == two.get("Definite")
    return other if same else None


def _shaped_item(passage: Passage, at: int) -> tuple[int, int] | None:
    """Without tags: the words up to the first that does not look like an adjective."""
    last = at
    while (
        last < at + 3
        and passage.word(last).endswith(("e", "ne", "ske", "lige"))
        and passage.item_word(last + 1)
    ):
        last += 1
    return passage.tokens[at].start, passage.tokens[last].end
