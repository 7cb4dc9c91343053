"""Noun phrases of sources: where they begin and end, and which noun a relative clause is about."""

from depesje.attribution import Phrase
from depesje.attribution_words import Words
from depesje.cues import is_document, is_people, listed, noun_cues, word_class
from depesje.syntax import Sentence, Syntax

_WINDOW = 12
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class NounPhrases:
    """Finds the noun phrases of one document's sources."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words

    def phrase(self, head: int, i: int, sentence: Sentence) -> Phrase | None:
        """The noun phrase of the subject at `head` of the verb at `i`, without what belongs to the verb."""
        doc = self.doc
        first, last = self.syntax.noun_phrase(head)
        if (
            doc[first].lower_ in {"noe", "noko"}
            and first < head
            and "Plur" in doc[head].morph.get("Number", [])
        ):
            first += 1  # `noe myndighetene har lovet`
        if self.doc[head].dep_ == "PUTFYLL" and first and doc[first - 1].lower_ in word_class("hedges"):
            first -= 1
        if head > i:
            first = max(first, i + 1)
            head, last = self._quantified(head, last, i)
        if last <= i:
            last = self._without_circumstance(head, last, before=True)
        if last == i and (people := self._people_beside(head, i)) is not None:
            return people, i, i - 1
        near = next((k for k in range(max(first - 1, 1), min(last, i)) if self._is_near(k)), None)
        if near is not None:
            return self._close_to(near, first, i)
        if last == i and self._is_credit(first):
            return self._name_before(i)
        if head < i and self._is_relative(i) and not self.words.may_act(head):
            return None
        if first > i:
            last = self._without_content(head, self._without_circumstance(head, last))
            return self._apposed_name(first, last, head, sentence)
        if first <= i < last:  # the verb stands inside: an antecedent
            if head >= i:
                return None
            is_source = self.words.is_person((first, last, head)) or is_document(self.doc[head])
            if not is_source or self.doc[head].pos_ == "NUM":
                return self._people_before(i, sentence)
            last = next(
                (k for k in range(head + 1, i + 1) if self.doc[k].text == "," or self.doc[k].lower_ == "som"),
                i,
            )
        return first, last, head

    def _is_relative(self, i: int) -> bool:
        """Whether the verb at `i` takes its subject from the noun that it, or the verb it goes with, describes."""
        verb = self.doc[i]
        while verb.dep_ in {"KOORD", "INFV"} and verb.head.i < verb.i:
            verb = verb.head
        return verb.dep_ == "ATR" and self.syntax.child(i, "SUBJ") is None

    def _quantified(self, head: int, last: int, i: int) -> tuple[int, int]:
        """`flere ikke navngitte kilder`, which the parse may take apart: its noun, and the end of its phrase."""
        noun = self.syntax.child(i, "DOBJ")
        if noun is None or noun < last or self.doc[head].pos_ not in {"ADJ", "DET", "NUM", "PRON"}:
            return head, last
        between = self.doc[head + 1 : noun]
        is_one = is_people(self.doc[noun]) and all(t.pos_ in {"ADJ", "PART", "ADV", "NUM"} for t in between)
        return (noun, self.syntax.noun_phrase(noun)[1]) if is_one else (head, last)

    def _is_near(self, k: int) -> bool:
        return self.doc[k].lower_ in word_class("near") and self.doc[k - 1].pos_ == "NOUN"

    def _close_to(self, near: int, first: int, i: int) -> Phrase:
        """`en kilde nær regjeringen`, which the parse seldom holds together: from the first noun to the verb."""
        head = near - 1
        end = next((k for k in range(near + 1, i) if self.doc[k].pos_ not in _NOMINAL), i)
        return min(first, self.syntax.edges(head)[0]), end, head

    def _is_credit(self, first: int) -> bool:
        """Whether a noun phrase begins as the credit of a photo (`FOTO: Ola Nordmann / NTB Kari Nordmann sier`)."""
        return any(self.doc[k].lower_ == "foto" for k in range(max(0, first - 3), first + 1))

    def _name_before(self, i: int) -> Phrase | None:
        """The name that ends right before the verb."""
        first = i
        while first > 0 and self.doc[first - 1].ent_type_ == self.doc[i - 1].ent_type_ != "":
            first -= 1
            if self.doc[first].ent_iob_ == "B":
                break
        return (first, i, first) if first < i else None

    def _people_beside(self, head: int, i: int) -> int | None:
        """Who speaks in `en plan naboene mener vil koste mye`: the people, not the plan that they speak of."""
        doc, k = self.doc, i - 1
        thing = doc[k - 1]
        if k < 1 or head not in {k, k - 1} or doc[k].pos_ != "NOUN" or not is_people(doc[k]):
            return None
        if thing.pos_ != "NOUN" or thing.ent_type_ or is_people(thing):
            return None
        is_definite = "Def" in doc[k].morph.get("Definite", [])
        return k if is_definite or is_document(thing) else None  # but `en rekke naboer`

    def antecedent(self, i: int, sentence: Sentence) -> Phrase | None:
        """Whom a relative clause is about that the parse hangs elsewhere: `et vitne torsdag som fortalte`."""
        som = self.syntax.child(i, "SBU")
        if som is None or self.doc[som].lower_ != "som" or self.syntax.child(i, "SUBJ") is not None:
            return None
        for k in range(som - 1, max(sentence.first, som - _WINDOW) - 1, -1):
            token = self.doc[k]
            if self.syntax.is_finite(k):
                return None
            if token.ent_type_ in {"PER", "ORG"} or (
                token.pos_ == "NOUN" and (is_people(token) or is_document(token))
            ):
                return self._up_to(k, som)
        return None

    def _people_before(self, i: int, sentence: Sentence) -> Phrase | None:
        """The nearest noun of people before a relative clause."""
        for k in range(i - 1, max(sentence.first, i - _WINDOW) - 1, -1):
            if self.doc[k].pos_ == "NOUN" and is_people(self.doc[k]):
                return self._up_to(k, i)
        return None

    def _up_to(self, k: int, end: int) -> Phrase:
        """The noun phrase of head `k`, ending before token `end` and before a time that was hung on it."""
        first, last = self.syntax.noun_phrase(k)
        times = listed("not_speakers", "times")
        behind = (c for c in self.syntax.children[k] if c > k and self.doc[c].lemma_.lower() in times)
        return first, min([last, end, *behind]), k

    def _without_content(self, head: int, last: int) -> int:
        """Where a source ends whose relative clause has swallowed the content: `foreslår utvalget som … | at …`."""
        for k in range(head + 1, last):
            token = self.doc[k]
            if self.words.is_cue(k) or (
                token.lower_ in word_class("complement_prepositions")
                and k + 1 < last
                and (self.doc[k + 1].lower_ == "at")
            ):
                return last
            if (
                token.lower_ == "at"
                and token.dep_ == "SBU"
                and self.doc[k - 1].lemma_.lower() not in noun_cues()
            ):
                return k
        return last

    def _without_circumstance(self, head: int, last: int, before: bool = False) -> int:
        """Where a source behind its verb ends: `sier presidenten | på Twitter`, `| til avisa`, `| i en melding`."""
        doc, syntax = self.doc, self.syntax
        last = next((k for k in range(head + 1, last) if doc[k].lower_ in word_class("circumstantial")), last)
        last = next((k for k in range(head + 1, last) if self._is_told(k)), last)
        for child in syntax.children[head]:
            if not head < child < last or doc[child].pos_ != "ADP":
                continue
            inner = syntax.child(child, "PUTFYLL")
            is_medium = inner is not None and (
                doc[inner].lemma_.lower().endswith(tuple(listed("media", "nouns")))
                or any(doc[c].lower_ in word_class("reflexive_possessives") for c in syntax.children[inner])
            )
            if is_medium or (doc[child].lower_ in listed("media", "prepositions") and not before):
                return child
        return last

    def _is_told(self, k: int) -> bool:
        """Whether a source spoke to whom or what stands behind the preposition at `k`: a newspaper, an agency."""
        inner = self.syntax.child(k, "PUTFYLL") if self.doc[k].lower_ in {"til", "overfor"} else None
        if inner is None:
            return False
        token = self.doc[inner]
        return token.ent_type_ == "ORG" or token.lemma_.lower().endswith(tuple(listed("media", "nouns")))

    def _apposed_name(self, first: int, last: int, head: int, sentence: Sentence) -> Phrase:
        """`sier lederen for laget, Ola Nordmann, …`: the name behind the comma, wherever the parse hangs it."""
        doc = self.doc
        name = last + self.words.trails(last) if last < sentence.last else last
        if name >= sentence.last or doc[name].text != "," or doc[head].ent_type_ == "PER":
            return first, last, head
        while name + 1 < sentence.last and name - last < _WINDOW and self._is_title_on(name):
            name += 1  # `sier eier, investor og tidligere jeger Ola Nordmann`
        if name >= sentence.last or doc[name].ent_type_ != "PER" or not self._is_someone(head):
            return first, last, head
        end = name
        while end < sentence.last and doc[end].ent_type_ == "PER":
            end += 1
        closes = end >= sentence.last or doc[end].text in {",", ".", "(", ":"} or doc[end].pos_ == "ADP"
        return (name, end, name) if closes else (first, last, head)

    def _is_title_on(self, k: int) -> bool:
        """Whether the token at `k` can stand between a title and the name: a comma, another title, its adjective."""
        token = self.doc[k]
        return (
            token.text == ","
            or token.pos_ in {"ADJ", "CCONJ"}
            or (token.pos_ == "NOUN" and token.ent_type_ != "PER" and is_people(token))
        )

    def _is_someone(self, head: int) -> bool:
        return is_people(self.doc[head]) or self.doc[head].text.rpartition("-")[2].endswith(
            tuple(listed("people", "endings"))
        )
