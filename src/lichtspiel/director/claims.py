"""Words of a prompt that are read before its clauses: what is said, what is heard, and what people do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lichtspiel.director.acting_lexicon import acting_lexicon
from lichtspiel.director.heard import Sound, sounds
from lichtspiel.director.language import Language
from lichtspiel.director.ledger import Ledger, is_empty
from lichtspiel.director.lexicon import Pace, Part, lexicon
from lichtspiel.director.music_words import MusicRead, music
from lichtspiel.director.people_lexicon import Group, people_lexicon
from lichtspiel.director.people_senses import GarmentName, HairName, RoleName
from lichtspiel.director.people_words import senses_at
from lichtspiel.director.quotes import Quote, quotes
from lichtspiel.director.segments import Segment, segments
from lichtspiel.director.senses import CueWord, Item, PlaceName, Sense, ThingName, VerbWord, Word
from lichtspiel.director.thing_clauses import PERSONS
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import Act, MotionName, Tail, Told, acts, verb_forms
from lichtspiel.director.vocabulary import names_of
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Cue, Music

_TOGETHER = frozenset({"together", "zusammen", "gemeinsam"})
_SHOWN = frozenset({"vehicle", "ambience"})
"""Kinds of sounds that a thing which is there makes by what it does: cars that pass."""
_ARTICLES = frozenset({"einer", "eine", "einem", "einen", "eines"})
_DRIFTS = frozenset([
        "zieht", "ziehen", "zog", "zogen", "naht", "nahen", "tobt", "toben", "braut", "heran", "herauf",
        "gather", "gathers", "brew", "brews", "pass", "passes", "move", "moves", "approach", "approaches",
        "draw", "draws", "roll", "rolls", "come", "comes", "rage", "rages",
])  # fmt: skip
"""What weather does that comes and goes."""
_OWNERS = frozenset({"his", "her", "their", "both", "two", "the"})
_LISTED = 5
"""So many words after a joining one a list of clothes goes on: and a long red scarf."""
_SEEN = (ThingName, PlaceName, CueWord, Part)


@dataclass
class Claims:
    """Tokens that have found their meaning."""

    parts: tuple[Segment, ...]
    quotes: tuple[Quote, ...] = ()
    sounds: tuple[Sound, ...] = ()
    music: MusicRead = field(default_factory=MusicRead)
    told: dict[int, Told] = field(default_factory=dict)
    """Tokens of sounds and music, with where the screenplay has them."""
    acts: dict[int, tuple[Act, ...]] = field(default_factory=dict)
    """What the verb at a token may mean, the best of each kind, motions first."""
    tails: dict[int, Tail] = field(default_factory=dict)


def claim(prompt: str, tokens: Sequence[Token], items: Sequence[Item], language: Language) -> Claims:
    """Read quotes, sounds, music and the verbs of people."""
    found = Claims(segments(tokens, language), quotes(prompt, tokens))
    said = {at for quote in found.quotes for at in range(quote.start, quote.end)}
    found.parts = _with_all_clothes(tokens, [part for part in found.parts if part[0] not in said], language)
    blocked = said | _blocked(tokens, items, language)
    at = 0
    let = [item.start for item in items if item.word("causative")]
    for part in found.parts:
        # Who lets something fall does not fall.
        until = next((at for at in let if part[0] <= at < part[1]), part[1])
        own = [at for at in (until,) if at < part[1] and _parts(tokens, at, part, language)]
        for at in (*range(part[0], until), *own):
            if at not in blocked and at not in found.tails:
                _claim_act(tokens, at, part, found, language)
    _claim_hearing(tokens, items, said, found, language)
    return found


def _with_all_clothes(
    tokens: Sequence[Token], parts: Sequence[Segment], language: Language
) -> tuple[Segment, ...]:
    """The stretches, with lists of clothes in one: `a girl in a hoodie and a scarf` wears both."""
    joined: list[Segment] = []
    for start, end in parts:
        listed = range(start, min(start + _LISTED, end))
        ends = [senses_at(tokens, at, language) for at in range(*joined[-1])] if joined else []
        worn = any(stop == joined[-1][1] and _is_garment(senses) for stop, senses in ends)
        more = (_is_garment(senses_at(tokens, at, language)[1]) for at in listed)
        near = bool(joined) and start - joined[-1][1] <= 1
        if near and worn and any(more) and not any(_is_person(tokens, at, language) for at in listed):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _is_garment(senses: Sequence[object]) -> bool:
    return any(isinstance(sense, GarmentName) for sense in senses)


def without_told(items: Sequence[Item], claims: Claims) -> tuple[Item, ...]:
    """The items with words of their own for what is told already, which no clause takes up."""
    gone = set(claims.told) | {at for quote in claims.quotes for at in range(quote.start, quote.end)}
    kept: list[Item] = []
    for item in items:
        if gone.isdisjoint(range(item.start, item.end)) or item.mark:
            kept.append(item)
        else:
            kept += [Item(at, at + 1, (Word("self_evident"),)) for at in range(item.start, item.end)]
    return tuple(kept)


def hear(claims: Claims, ledger: Ledger) -> dict[str, object]:
    """Sounds and music of a film without people, with the account of their words."""
    for at, told in claims.told.items():
        ledger.realise(Item(at, at + 1), told.slot, told.note)
    for quote in claims.quotes:
        for at in range(quote.start, quote.end):
            ledger.refuse(Item(at, at + 1), "nobody of the film says it")
    wanted = claims.music.wanted
    return {
        "sounds": tuple(Cue(sound=sound.sound) for sound in claims.sounds),
        "music": Music.model_validate(claims.music.fields) if wanted else None,
    }


def _blocked(tokens: Sequence[Token], items: Sequence[Item], language: Language) -> set[int]:
    """Tokens that are no verbs of people: inside camera words, names of people and of clothes."""
    found: set[int] = set()
    for item in items:
        if item.end > item.start + 1 and item.sense(CueWord) is not None:
            found |= set(range(item.start, item.end))
    for at in range(len(tokens)):
        end, senses = senses_at(tokens, at, language)
        if any(isinstance(sense, (RoleName, GarmentName, HairName)) for sense in senses):
            found |= set(range(at, end)) - ({at} if _is_parted_verb(tokens, at, end, language) else set())
        if at and _is_part(tokens[at], tokens[at - 1], language):
            found.add(at)
    return found


def _is_parted_verb(tokens: Sequence[Token], at: int, end: int, language: Language) -> bool:
    """`tees off`: with the word right behind it the name of a garment is a verb."""
    if end != at + 1 or end >= len(tokens):
        return False
    return any(act.others == (end,) for act in acts(tokens, at, (at, end + 1), language))


def _is_part(token: Token, before: Token, language: Language) -> bool:
    """`her hands`, `the potter's hands`: no verb of handing."""
    owned = before.text.endswith(("'s", "’s", "s'", "s’")) or before.key in _OWNERS
    return owned and any(token.key in names_of(part, language) for part in people_lexicon().close_parts)


def _claim_act(tokens: Sequence[Token], at: int, part: Segment, found: Claims, language: Language) -> None:
    meanings = acts(tokens, at, part, language)
    if not meanings or _is_undone(tokens, at, part, language):
        return
    motions = [act for act in meanings if isinstance(act.sense, MotionName)]
    motions.sort(key=lambda act: (-len(act.others), -_jointly(act, tokens), -_related(act, tokens)))
    kinds = {type(act.sense): act for act in reversed(meanings) if not isinstance(act.sense, MotionName)}
    others = sorted(kinds.values(), key=lambda act: -len(act.others))
    chosen = (*motions[:1], *others)
    found.acts[at] = chosen
    longest = max(chosen, key=lambda act: len(act.others))
    for other in longest.others:
        found.tails[other] = Tail(at, other == longest.others[-1])


def _is_undone(tokens: Sequence[Token], at: int, part: Segment, language: Language) -> bool:
    """`zieht ihre Handschuhe an`: with the prefix at the end of its clause it is a verb that nobody does."""
    words = [token.key for token in tokens[at + 1 : part[1]] if token.kind == "word"]
    prefix = words[-1] if words else ""
    if language != "de" or prefix not in acting_lexicon().separable:
        return False
    undone = {name for word in people_lexicon().undone for name in names_of(word, language)}
    return any(prefix + form in undone for form in verb_forms(tokens[at].key, language))


def _parts(tokens: Sequence[Token], at: int, part: Segment, language: Language) -> bool:
    """`lässt das Pendel los`: a verb of its own with a prefix, with which nothing else is let do anything."""
    meanings = acts(tokens, at, part, language)
    prefixes = acting_lexicon().separable
    return any(tokens[other].key in prefixes for act in meanings for other in act.others)


def _jointly(act: Act, tokens: Sequence[Token]) -> bool:
    """Whether its name says that several do it: carry together."""
    return any(tokens[other].key in _TOGETHER for other in act.others)


def _related(act: Act, tokens: Sequence[Token]) -> int:
    """How many words of the prompt speak of the things that a motion is done with."""
    assert isinstance(act.sense, MotionName)
    entry = catalogue.motions()[act.sense.motion]
    things = " ".join(filter(None, (*entry.using, entry.on, entry.home, entry.id))).replace("_", " ").split()
    return sum(token.key in things for token in tokens)


def _claim_hearing(
    tokens: Sequence[Token], items: Sequence[Item], said: set[int], found: Claims, language: Language
) -> None:
    people = {at for at in range(len(tokens)) if _is_person(tokens, at, language)}
    acting = {
        part
        for part in found.parts
        if not people.isdisjoint(range(*part)) or _opens_with_act(items, part, found)
    }
    named = {at for at in range(len(tokens)) if senses_at(tokens, at, language)[1]}
    seen = (
        people
        | named
        | {at for item in items for at in range(item.start, item.end) if _can_be_seen(item.senses)}
    )
    roles = {at for at in range(len(tokens)) if _is_role(tokens, at, language)}
    found.sounds = tuple(
        sound
        for sound in sounds(tokens, found.parts, seen, acting, language)
        # A Stürmer is no storm.
        if not sound.at or not roles.issuperset(sound.at)
    )
    busy = acting | {part for part in found.parts if not found.acts.keys().isdisjoint(range(*part))}
    looks = {at for item in items if item.sense(CueWord) for at in range(item.start, item.end)}
    found.music = music(tokens, found.parts, said | looks, busy, language)
    for at, slot in found.music.tokens.items():
        found.told[at] = Told(slot, "no music, as asked" if found.music.silent else "")
    things = {at for item in items if item.sense(ThingName) for at in range(item.start, item.end)}
    does = {at for item in items if item.sense(VerbWord) for at in range(item.start, item.end)}
    ringing = {habit.thing for habit in lexicon().habits if habit.action is Action.RING}
    rings = {
        at
        for item in items
        if (name := item.sense(ThingName)) is not None and not ringing.isdisjoint(name.ids)
        for at in range(item.start, item.end)
    }
    library = catalogue.sounds()
    heard = [
        sound
        for sound in found.sounds
        if found.told.keys().isdisjoint(sound.at)
        # What a bell or a car does sounds by itself.
        and (does.isdisjoint(sound.at) or _not_seen(library[sound.sound].kind, sound, things, rings))
    ]
    cues = [cue for item in items if item.start not in roles and (cue := item.sense(CueWord))]
    brought = {cue.cue.sound for cue in cues if cue.cue.sound}
    single = {sound.sound for sound in heard}
    brought = {one for one in brought if single.isdisjoint({one, *_parts_of(one)})}
    heard += [Sound(sound, ()) for sound in sorted(brought & catalogue.sounds().keys())]
    found.sounds = tuple(heard)
    # Among people a thing that is only heard need not be seen.
    for index, sound in enumerate(heard):
        for at in set(sound.at) - (set() if people else things):
            found.told[at] = Told(f"sounds.{index}", f"heard: {sound.sound}")
        for at in sound.around:
            found.told.setdefault(at, Told(f"sounds.{index}", "heard"))
    weather = {
        at
        for item in items
        if (word := item.sense(CueWord)) is not None and "weather" in word.cue.setting
        for at in range(item.start, item.end)
    }
    for part in found.parts:
        for at in _drifting(tokens, part, weather, heard, people | things):
            found.told.setdefault(at, Told("setting.weather", "weather comes and goes as it does"))
    for at in found.told:
        found.acts.pop(at, None)
        found.tails.pop(at, None)


def _drifting(
    tokens: Sequence[Token], part: Segment, weather: set[int], heard: Sequence[Sound], others: set[int]
) -> list[int]:
    """Words for how a storm comes and goes, in a clause that is about nothing else."""
    library = catalogue.sounds()
    told = {at for sound in heard if library[sound.sound].kind == "weather" for at in sound.at}
    within = range(*part)
    if not (weather | told) & set(within) or others & set(within):
        return []
    return [at for at in within if tokens[at].key in _DRIFTS and at not in told]


def _not_seen(kind: str, sound: Sound, things: set[int], rings: set[int]) -> bool:
    """Whether nothing of the library does what is heard."""
    return rings.isdisjoint(sound.at) and (kind not in _SHOWN or things.isdisjoint(sound.at))


def _parts_of(sound: str) -> set[str]:
    """Sounds that a sound is made of: who names them one by one does not want them all at once."""
    entry = catalogue.sounds().get(sound)
    return {layer.sound for layer in entry.layers} if entry is not None else set()


def _is_person(tokens: Sequence[Token], at: int, language: Language) -> bool:
    if tokens[at].key in PERSONS[language]:
        return not _is_article(tokens, at)
    senses = senses_at(tokens, at, language)[1]
    return any(isinstance(s, RoleName) or (isinstance(s, Group) and s.people) for s in senses)


def _is_article(tokens: Sequence[Token], at: int) -> bool:
    """`über einer Wiese`: German for somebody, but for the noun that follows."""
    following = [token.text for token in tokens[at + 1 : at + 3]]
    noun = following[:1] if following and following[0][:1].isupper() else following[1:]
    bent = len(following) < 2 or noun == following[:1] or following[0].endswith(("en", "er", "e"))
    return tokens[at].key in _ARTICLES and bent and any(text[:1].isupper() for text in noun)


def _is_role(tokens: Sequence[Token], at: int, language: Language) -> bool:
    return any(isinstance(sense, RoleName) for sense in senses_at(tokens, at, language)[1])


def _opens_with_act(items: Sequence[Item], part: Segment, found: Claims) -> bool:
    """`and claps`: the clause begins with what somebody does."""
    first = min((at for at in found.acts if part[0] <= at < part[1]), default=None)
    if first is None:
        return False
    before = [item for item in items if part[0] <= item.start < first]
    return all(is_empty(item) or item.sense(Pace) is not None or item.word("sequel") for item in before)


def _can_be_seen(senses: Sequence[Sense]) -> bool:
    return any(isinstance(sense, _SEEN) for sense in senses)
