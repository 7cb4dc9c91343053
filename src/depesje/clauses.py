"""Clauses and the tense of their verbs: whether a place in a text tells of what was or of what will be."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Doc, Token

from depesje.lexicon import load

LEX = load("dates")
WORD_BEFORE = re.compile(r"(?P<word>[\w.§$£€]+)[^\S\n]{1,3}$")
WORD_AFTER = re.compile(r"[^\S\n]{1,3}(?P<word>[^\W\d][\w]*)")
REACH = 48  # characters looked at before an expression

CLAUSE_BREAK = re.compile(
    rf"[.!?](?=\s)|[;:\n|()«»\"“”]|,|[^\S\n][–-][^\S\n]|\b(?P<opener>{'|'.join(LEX['tense']['clause_openers'])})\b",
    re.IGNORECASE,
)
SENTENCE_BREAK = re.compile(
    r"[!?…][»\"”]?\s|(?<!\d)(?<!\bkl)(?<!\bnr)\.[»\"”]?\s+(?=[^a-zæøå])|\.[»\"”]?\s+(?=[A-ZÆØÅ–«])|[\n|]"
)
WORD = re.compile(r"[^\W\d_]+")
AFTER = re.compile(r"\better\s(?!at\b|å\b|hvert\b|kvart\b|planen\b)", re.IGNORECASE)
NOT_REPORTED = re.compile(r"\b(?:etter|før|ved|uten|utan|gjennom|for)\s$", re.IGNORECASE)
VERBS: dict[str, str] = {
    **dict.fromkeys(LEX["tense"]["past"], "past"),
    **dict.fromkeys(LEX["tense"]["modal_past"], "modal past"),
    **dict.fromkeys(LEX["tense"]["reporting"], "said"),
    **dict.fromkeys(LEX["tense"]["future"], "future"),
    **dict.fromkeys(LEX["tense"]["present"], "present"),
}
NOT_PAST = tuple(LEX["tense"]["not_past"])
AUXILIARIES: dict[str, str] = LEX["tense"]["auxiliaries"]
ARTICLES = frozenset(LEX["tense"]["articles"])
PLANNED = frozenset(LEX["tense"]["planned"])
COMING = ("kommer", "kjem")
#: `kommer onsdag til å`
GOING_TO = re.compile(r"(?:[^\S\n]\w+){0,5}[^\S\n]til[^\S\n]å\b")
COMES_OUT = re.compile(r"[^\S\n](?:fram|frem)\b")
MODALS = frozenset(LEX["tense"]["modals"])
INFINITIVE_MARKERS = MODALS | {"å", "skulle", "ville", "kunne", "måtte", "burde"}


class Clauses:
    """The clauses of a text with the tense of their verbs, from the tags or, without a tagger, from the lexicon."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        self.tagged = doc.has_annotation("POS") and doc.has_annotation("MORPH")
        self.tokens = [token.idx for token in doc] if self.tagged else []
        verbs = list(_tagged_verbs(doc, self.text) if self.tagged else _listed_verbs(self.text))
        self.starts = [start for start, _ in verbs]
        self.tenses = [tense for _, tense in verbs]
        self.breaks: list[int] = [0]
        self.openers: dict[int, str] = {}
        for match in CLAUSE_BREAK.finditer(self.text):
            self.breaks.append(match.start() if match["opener"] else match.end())
            if match["opener"]:
                self.openers[match.start()] = match["opener"].lower()
        self.sentences = [0, *(match.end() for match in SENTENCE_BREAK.finditer(self.text))]

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds the character."""
        return bisect_right(self.sentences, at) - 1

    def verb(self, start: int, end: int) -> tuple[str, str]:
        """The tense and form of the verb that an expression goes with.

        The tense is ``past``, ``future``, ``present``, ``said`` (a present of telling), ``state``
        (`er pågrepet`) or nothing. The expression's own clause goes before the rest of the sentence, the
        verb before it goes before the one after it.
        """
        place = bisect_right(self.breaks, start) - 1
        first = self.breaks[place]
        last = self.breaks[place + 1] if place + 1 < len(self.breaks) else len(self.text)
        at = self._nearest(start, end, first, max(last, end))
        if at is None:
            number = self.sentence(start)
            stop = self.sentences[number + 1] if number + 1 < len(self.sentences) else len(self.text)
            at = self._nearest(start, end, self.sentences[number], stop)
        if at is None:
            return "", ""
        tense = self.tenses[at]
        if tense == "modal past":
            reported = self.openers.get(first) == "at" and not NOT_REPORTED.search(
                self.text, max(0, first - 9), first
            )
            tense = "future" if reported else "past"
        word = WORD.match(self.text, self.starts[at])
        return tense, word[0].lower() if word else ""

    def _nearest(self, start: int, end: int, first: int, last: int) -> int | None:
        left = bisect_left(self.starts, start) - 1
        right = bisect_left(self.starts, end)
        if left >= 0 and self.starts[left] >= first:
            return left
        return right if right < len(self.starts) and self.starts[right] < last else None

    def after_event(self, start: int) -> bool:
        """Does an `etter` govern the place (`etter hendelsen i Trondheim søndag`)?"""
        first = max(self.breaks[bisect_right(self.breaks, start) - 1], start - 80)
        return AFTER.search(self.text, first, start) is not None

    def counted_after(self, end: int) -> bool:
        """Does a plural noun follow, so that a number before it counts (`2020 personer`)?"""
        first = bisect_left(self.tokens, end)
        for token in self.doc[first : first + 3] if self.tagged else ():
            if token.pos_ == "NOUN":
                return "Plur" in token.morph.get("Number", []) and "Ind" in token.morph.get("Definite", [])
            if token.pos_ != "ADJ":
                return False
        return False

    def adjective_before(self, start: int) -> bool:
        """Is the word before an adjective (`en god søndag`, but not `i en melding søndag`)?"""
        first = bisect_left(self.tokens, start)
        if self.tagged:
            return any(token.pos_ in ("ADJ", "DET", "NUM") for token in self.doc[max(0, first - 1) : first])
        return word_before(self.text, start) in LEX["habit"]["adjectives"]

    def in_name(self, start: int) -> bool:
        """Is this number part of a name that a recogniser has found (`Agenda 2010`)?"""
        if not self.tagged:
            return False
        token = self.doc[bisect_left(self.tokens, start) : bisect_left(self.tokens, start) + 1]
        return any(t.ent_iob_ == "I" and t.ent_type_ in ("PROD", "ORG", "MISC") for t in token)

    def noun_phrase_after(self, end: int) -> bool:
        """Does a noun or its adjective follow, so that `vår` before it means our?"""
        first = bisect_left(self.tokens, end)
        if self.tagged:
            return any(token.pos_ in ("NOUN", "ADJ", "PROPN", "NUM") for token in self.doc[first : first + 1])
        word = word_after(self.text, end)
        return (
            bool(word)
            and word.lower() not in LEX["after_spring"]["words"]
            and not _sense_of_word(word.lower())
        )


def _tagged_verbs(doc: Doc, text: str) -> Iterator[tuple[int, str]]:
    participle = -1
    for token in doc:
        if token.i == participle or token.pos_ not in ("VERB", "AUX"):
            continue
        if token.lower_ in AUXILIARIES and (following := _next_verb(token)) and _is_participle(following):
            participle = following.i
        if sense := _sense_of_token(token, text):
            yield token.idx, sense


def _sense_of_token(token: Token, text: str) -> str:
    word = token.lower_
    listed = VERBS.get(word, "")
    tense = token.morph.get("Tense", [])
    if "Past" in tense:
        return "modal past" if listed == "modal past" else "past"
    if "Pres" not in tense:
        return ""
    following = _next_verb(token)
    if following is not None and word in AUXILIARIES and _is_participle(following):
        return "future" if word == "er" and following.lower_ in PLANNED else AUXILIARIES[word]
    if word in COMING:
        return _sense_of_coming(text, token.idx + len(word)) or "present"
    if following is not None and word in MODALS and following.lower_ == "ha":
        return "past"
    return listed or "present"


def _sense_of_coming(text: str, end: int) -> str:
    """`kommer til å vinne` is ahead, `det kommer fram` tells."""
    if GOING_TO.match(text, end):
        return "future"
    return "said" if COMES_OUT.match(text, end) else ""


def _next_verb(token: Token) -> Token | None:
    """The next verb of the same clause, within reach of an auxiliary."""
    for other in token.doc[token.i + 1 : token.i + 9]:
        if (other.is_punct and not other.is_quote) or other.pos_ == "SCONJ" or other.lower_ in ("som", "å"):
            return None
        if other.pos_ in ("VERB", "AUX") or "Part" in other.morph.get("VerbForm", []):
            return other
    return None


def _is_participle(token: Token) -> bool:
    # a weak participle has the form of the past tense (`har varslet`), and may be tagged so
    return "Part" in token.morph.get("VerbForm", []) or "Past" in token.morph.get("Tense", [])


def _listed_verbs(text: str) -> Iterator[tuple[int, str]]:
    words = list(WORD.finditer(text))
    before = ""
    for i, match in enumerate(words):
        word = match[0].lower()
        sense = "" if before in INFINITIVE_MARKERS else _sense_of_word(word)
        if word in AUXILIARIES or word in MODALS:
            following = list(
                takewhile(lambda other: other not in ARTICLES, (o[0].lower() for o in words[i + 1 : i + 6]))
            )
            if word in MODALS and "ha" in following[:3]:
                sense = "past"
            elif word in AUXILIARIES and any(_like_participle(other) for other in following):
                planned = word == "er" and PLANNED.intersection(following)
                sense = "future" if planned else AUXILIARIES[word]
        elif word in COMING:
            sense = _sense_of_coming(text, match.end())
        if sense:
            yield match.start(), sense
        before = word


def _like_participle(word: str) -> bool:
    return (
        len(word) > 3
        and word.endswith(("et", "tt", "dd", "gt", "mt", "nt", "pt", "rt", "lt", "d"))
        and word not in NOT_PAST
    )


def _sense_of_word(word: str) -> str:
    if word in VERBS:
        return VERBS[word]
    if word in AUXILIARIES:
        return "present"
    if (
        word.endswith(("te", "de"))
        and len(word) >= 4
        and not word.endswith(("ende", "ande", "ste", *NOT_PAST))
    ):
        return "past"
    if word.endswith("es") and len(word) > 4 and word not in NOT_PAST:
        return "future"
    return ""


SENTENCE_END = re.compile(r"[.!?:…|–«\"“”»\-•*](?:[^\S\n]|[«\"“»])*$")


def starts_sentence(text: str, start: int) -> bool:
    """Does a sentence, a line or a quotation begin here?"""
    before = text[max(0, start - 8) : start]
    return (
        not before.strip()
        or before.rstrip(" \t\xa0").endswith("\n")
        or SENTENCE_END.search(before) is not None
    )


def word_before(text: str, start: int) -> str:
    match = WORD_BEFORE.search(text[max(0, start - REACH) : start])
    return match["word"].lower() if match else ""


def word_after(text: str, end: int) -> str:
    match = WORD_AFTER.match(text, end, end + REACH)
    return match["word"] if match else ""
