"""Sources that are named: by the head of their phrase, by a name beside it, or several together."""

from bisect import bisect_left

from depesje.annotations import Mention
from depesje.cues import is_people
from depesje.discourse import Discourse, Speaker

_LOOKED_AT = 40


class Names:
    """Finds the named actors that sources of one document are."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.syntax = discourse.syntax
        self.doc = discourse.doc

    def named(self, first: int, last: int, head: int) -> Speaker | None:
        """The actor whose name heads the phrase or stands in apposition to its head."""
        own = self.discourse.by_token.get(head)
        if own and self.discourse.is_genitive(head) and self.doc[last - 1].pos_ == "NOUN" and last - 1 > head:
            return None  # `Bergs kontor`
        if own and self.doc._.actors[own[0]].type == "PER":
            return self._namesake(head) or self.discourse.speaker(*own)
        tied = [c for c in self.syntax.children[head] if self.doc[c].dep_ in {"APP", "FLAT"}]
        _, phrase_end = self.syntax.edges(head)
        beside = [c for c in tied if c in self.discourse.by_token and self.discourse.is_person(c)]
        if beside:
            return self.discourse.speaker(*self.discourse.by_token[beside[0]])
        if own:
            return self.discourse.speaker(*own)
        following = self.discourse.by_token.get(head + 1)  # `talsmann Ola Nordmann`, whatever the parse says
        if following and head + 1 < max(last, phrase_end) and self._is_title(head):
            return self.discourse.speaker(*following)
        closing = self._closing(head, {last, max(phrase_end, last)})
        if closing:
            return closing
        with_name = [c for c in tied if c in self.discourse.by_token and not self.discourse.is_genitive(c)]
        return self.discourse.speaker(*self.discourse.by_token[with_name[0]]) if with_name else None

    def _closing(self, head: int, ends: set[int]) -> Speaker | None:
        """`lederen for laget, Ola Nordmann`, `rådgiver for departementet Kari Nordmann`: the name at the end."""
        for end in sorted(ends):
            found = self.discourse.by_token.get(end - 1)
            if found is None or self.doc._.actors[found[0]].type != "PER":
                continue
            before = self._token_before(found[1])
            if before is None or before <= head or self.discourse.is_genitive(end - 1):
                continue
            is_title = self.doc[before].pos_ == "NOUN" and is_people(self.doc[head])
            if self.doc[before].text == "," or is_title:
                return self.discourse.speaker(*found)
        return None

    def _namesake(self, head: int) -> Speaker | None:
        """`pappa Berg` where `pappa Ola Berg` was named: that one, not the Berg the text is about."""
        actor, mention = self.discourse.by_token[head]
        if not head or " " in mention.text or self.doc[head - 1].pos_ != "NOUN":
            return None
        title, name = self.doc[head - 1].lower_, mention.text
        at = bisect_left(self.discourse.person_starts, head)
        for k in range(at - 1, max(-1, at - _LOOKED_AT), -1):
            first, last, other = self.discourse.persons[k]
            same_title = first > 0 and self.doc[first - 1].lower_ == title
            if other != actor and same_title and self.doc[last - 1].text == name:
                return self.discourse.speaker(other, mention)
        return None

    def _is_title(self, head: int) -> bool:
        """Whether the noun at `head` is the title of the name behind it, not the head of a clause about it."""
        beside = self.doc[head + 1]
        return (
            self.doc[head].pos_ == "NOUN"
            and beside.dep_ not in {"SUBJ", "FSUBJ"}
            and not self.discourse.is_genitive(head + 1)
        )

    def _token_before(self, mention: Mention) -> int | None:
        first = bisect_left(self.discourse.starts, mention.start)
        return first - 1 if first else None

    def joint(self, first: int, last: int, head: int) -> Speaker | None:
        """Coordinated sources stay one phrase, each name in full."""
        parts = [head]
        for part in parts:
            parts += [
                c for c in self.syntax.children[part] if self.doc[c].dep_ == "KOORD" and first <= c < last
            ]
            if len(parts) > 8:
                break
        parts.sort()
        if len(parts) < 2:
            return None
        named = {
            p: self.discourse.by_token[p]
            for p in parts
            if p in self.discourse.by_token and not self.discourse.is_genitive(p)
        }
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        if len(named) != len(parts):
            if any(self.discourse.is_person(p) for p in named):
                return None
            return self.discourse.unnamed(first, last)
        names = [self.doc._.actors[a].name for a, _ in named.values()]
        if len(set(names)) < 2:
            return None
        return Speaker(", ".join(names[:-1]) + " og " + names[-1], named[parts[0]][0], start, end, True)
