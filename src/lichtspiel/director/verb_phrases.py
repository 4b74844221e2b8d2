"""Find verbs with all that belongs to them, wherever in the clause it stands.

`Er zieht langsam sein Schwert`, `throws the ball up`: the words of one name stand apart, in forms of
their own. A name fits where its verb stands and all its other words stand in the same clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lichtspiel.director.acting_lexicon import OutcomeWord, SpeechVerb, VocalWord, acting_lexicon
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.language import Language
from lichtspiel.director.segments import Segment
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import names_of, phrase_words
from lichtspiel.library import catalogue
from lichtspiel.screenplay import OutcomeKind

_LIGHT: dict[Language, frozenset[str]] = {
    "en": frozenset([
        "a", "an", "the", "ones", "his", "her", "their", "its", "my", "own", "each", "other",
        "himself", "herself", "themselves",
    ]),
    "de": frozenset([
        "ein", "eine", "einen", "einem", "einer", "der", "die", "das", "den", "dem", "sich", "sein",
        "seine", "seinen", "seinem", "ihr", "ihre", "ihren", "ihrem", "etwas", "einander",
    ]),
}  # fmt: skip
"""Words of a name that the prompt may leave out or say otherwise."""
_NOUN_FOLLOWS: dict[Language, frozenset[str]] = {
    "en": frozenset([
        "a", "an", "the", "his", "her", "their", "its", "my", "our", "your", "this", "that",
        "these", "those", "each", "every", "no", "some", "of", "in", "on", "into", "onto", "with",
        "from", "at", "for", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ]),
    "de": frozenset([
        "ein", "eine", "einen", "einem", "einer", "eines", "das", "den", "dem", "des", "kein",
        "keine", "keinen", "im", "mit", "ohne",
    ]),
}  # fmt: skip
"""Behind these no verb stands."""
_ONES = frozenset(["einer", "eine", "eines", "eins", "keiner", "keine", "jeder", "jede", "jedes"])
"""German words that are somebody by themselves: einer rutscht aus."""
_ADJECTIVE_ENDS = ("e", "er", "en", "em", "es")
_BARE_VERB_FOLLOWS = frozenset({"to", "they", "we", "who", "and", "then", "both"})
_GERUND_FOLLOWS = frozenset({"beim", "am", "zum"})
_AFTERTHOUGHT = frozenset(["von", "vom", "aus", "mit", "bei", "vor", "nach", "in", "im", "zu", "zum", "zur"])
"""What may still stand behind the verb's prefix."""
_REACH = 6
"""So many English words may stand between two that belong together: throws the big red ball up."""
_PREPOSITIONS = frozenset({"with"})
"""What names begin with that are no verbs: their noun follows at once: `with a laugh`."""


@dataclass(frozen=True)
class MotionName:
    """A motion of the library."""

    motion: str
    outcome: OutcomeKind | None = None
    """How it ends, as the name says: miss a shot."""
    answer: str | None = None
    """What the other does then: catch what was thrown."""
    note: str = ""
    """What the motion does not show of it."""


VerbSense = MotionName | VocalWord | SpeechVerb | OutcomeWord


@dataclass(frozen=True)
class VerbPhrase:
    verb: str
    rest: tuple[str, ...]
    """The other words it needs, in order."""
    sense: VerbSense
    parted: frozenset[str] = frozenset()
    """Its prefix, which closes the clause."""
    lead: str = ""
    """What stands before it: `cymbal | ring out`."""


@dataclass(frozen=True)
class Act:
    """A verb of the prompt with one of its meanings."""

    at: int
    """Token of the verb."""
    others: tuple[int, ...]
    """Tokens of the other words that belong to it."""
    sense: VerbSense

    @property
    def end(self) -> int:
        """Token behind those words of it that follow each other without a gap."""
        end = self.at + 1
        for other in self.others:
            end += other == end
        return end


@dataclass(frozen=True)
class Tail:
    """A word that belongs to the verb at another token."""

    of: int
    last: bool = False
    """No other word of it follows."""


@dataclass(frozen=True)
class Told:
    """A word whose place in the screenplay is known before any clause is read."""

    slot: str
    note: str = ""


def acts(tokens: Sequence[Token], at: int, segment: Segment, language: Language) -> tuple[Act, ...]:
    """What the verb at a token may mean, the longest name first; nothing where it is no verb."""
    if not _may_be_verb(tokens, at, language):
        return ()
    index = _index(language)
    forms = verb_forms(tokens[at].key, language)
    names = [phrase for form in sorted(forms) for phrase in index.get(form, ())]
    found = []
    for phrase in names:
        others = _others(tokens, at, segment, phrase, language)
        if others is not None:
            found.append(Act(at, others, phrase.sense))
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda act: -len(act.others)))


@cache
def verb_forms(word: str, language: Language) -> frozenset[str]:
    """Infinitives that a word may be a form of, itself among them."""
    forms = set(dictionary_forms(word, language)) | _irregular(language).get(word, frozenset())
    if language == "en" and word.endswith("er"):
        # A dancer is nobody's deed.
        forms = {word} | _irregular(language).get(word, frozenset())
    if language == "de":
        forms |= _joined(word)
    return frozenset(forms)


def _joined(word: str) -> frozenset[str]:
    """Separable verbs written in one: umgefallen, umzufallen, umfällt."""
    found = set()
    for prefix in acting_lexicon().separable:
        stem = word.removeprefix(prefix)
        if stem == word or len(stem) < 3:
            continue
        for inner in (stem, stem.removeprefix("zu"), stem.removeprefix("ge")):
            bases = set(dictionary_forms(inner, "de")) | _irregular("de").get(inner, frozenset())
            bases |= _irregular("de").get("ge" + inner, frozenset())
            found |= {prefix + base for base in bases}
    return frozenset(found)


@cache
def _irregular(language: Language) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for infinitive, forms in acting_lexicon().verbs[language].items():
        for form in forms:
            found[form].add(infinitive)
    return {form: frozenset(infinitives) for form, infinitives in found.items()}


def _may_be_verb(tokens: Sequence[Token], at: int, language: Language) -> bool:
    token = tokens[at]
    if token.kind != "word":
        return False
    before = tokens[at - 1].key if at else ""
    if language == "de" and at and token.text[:1].isupper() and tokens[at - 1].kind == "word":
        return before in _GERUND_FOLLOWS
    if language == "de" and before in _ONES and _is_finite(tokens, at):
        return True
    if before in _NOUN_FOLLOWS[language]:
        return language == "en" and token.key.endswith("ing") and before in ("of", "from", "at", "for", "in")
    # `box`, `film`, `row` are verbs only right behind those who do it; nothing is done behind a colour.
    bare = before in _BARE_VERB_FOLLOWS or before.endswith(("s", "men", "ren", "ople"))
    often_noun = token.key in acting_lexicon().nouns.en
    return language != "en" or (before not in _colours() and (bare or not often_noun))


@cache
def _colours() -> frozenset[str]:
    """English colours: behind a red there is a rose, and nobody rose."""
    return frozenset(
        name.lower() for one in catalogue.colours().values() for name in names_of(one.names, "en")
    )


def _is_finite(tokens: Sequence[Token], at: int) -> bool:
    """Whether a German word right behind `einer` is its verb: adjectives have an ending there."""
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    noun = follows is not None and follows.kind == "word" and follows.text[:1].isupper()
    past = tokens[at].key.endswith("te") and not noun
    return past or not tokens[at].key.endswith(_ADJECTIVE_ENDS)


def _others(
    tokens: Sequence[Token], at: int, segment: Segment, phrase: VerbPhrase, language: Language
) -> tuple[int, ...] | None:
    """Where the other words of a name stand; None where one is missing."""
    start, end = segment
    found = [n for n in range(start, at) if phrase.lead and _same(tokens[n], phrase.lead, language)][-1:]
    if phrase.lead and not found:
        return None
    cursor = at + 1 if language == "en" else start
    for word in phrase.rest:
        reach = min(end, cursor + _REACH) if language == "en" else end
        place = next((n for n in range(cursor, reach) if n != at and _same(tokens[n], word, language)), None)
        if place is None or (word in phrase.parted and not _closes(tokens, place, end)):
            return None
        if phrase.verb in _PREPOSITIONS and any(t.key not in _LIGHT[language] for t in tokens[cursor:place]):
            return None
        found.append(place)
        cursor = place + 1
    return tuple(found)


def _closes(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a German prefix stands at the end of its clause, where it belongs to the verb."""
    return at + 1 >= end or tokens[at + 1].key in _AFTERTHOUGHT


def _same(token: Token, word: str, language: Language) -> bool:
    if token.key == word:
        return True
    return len(word) > 3 and not dictionary_forms(token.key, language).isdisjoint(
        _forms_of_name(word, language)
    )


@cache
def _forms_of_name(word: str, language: Language) -> frozenset[str]:
    singular = (
        {word.removesuffix("s")} if language == "en" else {word.removesuffix("n"), word.removesuffix("en")}
    )
    return frozenset({word, *singular})


@cache
def _index(language: Language) -> Mapping[str, tuple[VerbPhrase, ...]]:
    index: dict[str, list[VerbPhrase]] = defaultdict(list)
    for text, sense in _names(language):
        lead, _, rest = text.lower().rpartition("|")
        for phrase in _phrases(phrase_words(rest), sense, language):
            index[phrase.verb].append(replace(phrase, lead=lead.strip()))
    return {verb: tuple(phrases) for verb, phrases in index.items()}


def _names(language: Language) -> Iterator[tuple[str, VerbSense]]:
    words, known = acting_lexicon(), catalogue.motions()
    for motion in known.values():
        yield from ((name, MotionName(motion.id)) for name in names_of(motion.names, language))
    for more in words.motions:
        if more.motion in known:
            yield from (
                (name, MotionName(more.motion, more.outcome, more.answer, more.note))
                for name in names_of(more, language)
            )
    sheets: tuple[VocalWord | SpeechVerb | OutcomeWord, ...] = (*words.vocals, *words.speech, *words.outcomes)
    for sheet in sheets:
        yield from ((name, sheet) for name in names_of(sheet, language))


def _phrases(words: Sequence[str], sense: VerbSense, language: Language) -> Iterator[VerbPhrase]:
    if not words:
        return
    light = _LIGHT[language]
    if language == "en":
        yield VerbPhrase(words[0], tuple(word for word in words[1:] if word not in light), sense)
        return
    heavy = [word for word in words if word not in light]
    verb, rest = _german_verb(heavy or list(words))
    yield VerbPhrase(verb, rest, sense)
    for prefix in acting_lexicon().separable:
        stem = verb.removeprefix(prefix)
        if stem != verb and len(stem) > 3 and stem.endswith("n"):
            yield VerbPhrase(stem, (*rest, prefix), sense, frozenset({prefix}))


def _german_verb(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The infinitive of a name, and its other words: it stands last, or first before what follows it."""
    for at in (len(words) - 1, 0):
        if words[at].endswith("n") or at == 0:
            return words[at], (*words[:at], *words[at + 1 :])
    return words[-1], tuple(words[:-1])
