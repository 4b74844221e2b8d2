"""Music that a prompt asks for: `soft piano music`, `epischer Orchestermarsch`, `no music`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from lichtspiel.director.hearing_lexicon import MoodWord, TempoWord, hearing_lexicon
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Phrases
from lichtspiel.director.segments import Segment, joins
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import names_of, phrase_words
from lichtspiel.library import catalogue
from lichtspiel.library.records import Names
from lichtspiel.screenplay import Screenplay

_COMPOUND = "musik"
_BETWEEN = frozenset([
        "a", "an", "the", "some", "of", "and", "ein", "eine", "einen", "der", "die", "das", "etwas",
        "und", "mit", "with", "dazu", "zur", "plus",
])  # fmt: skip


@dataclass
class MusicRead:
    """What a prompt says of the music, and the tokens that say it with the field they set."""

    fields: dict[str, Any] = field(default_factory=dict)
    tokens: dict[int, str] = field(default_factory=dict)
    silent: bool = False
    """No music, as asked."""

    @property
    def wanted(self) -> bool:
        return bool(self.tokens) and not self.silent


def from_device(screenplay: Screenplay) -> Screenplay:
    """The film with its music coming from the radio that stands in it, if one does."""
    music = screenplay.music
    devices = hearing_lexicon().devices
    device = next((prop.id for prop in screenplay.props if prop.thing in devices), None)
    if music is None or music.diegetic is not None or device is None:
        return screenplay
    return screenplay.model_copy(update={"music": music.model_copy(update={"diegetic": device})})


def music(
    tokens: Sequence[Token],
    parts: Sequence[Segment],
    other: Collection[int],
    acting: Collection[Segment],
    language: Language,
) -> MusicRead:
    """Read the music.

    other: tokens that say something else of the film, such as its look. acting: segments in which
    somebody does something: who dances the tango names no music.
    """
    read = MusicRead()
    for part in parts:
        if not _silence(tokens, part, read, language):
            _wish(tokens, part, read, other, part in acting, language)
    return read


def _silence(tokens: Sequence[Token], part: Segment, read: MusicRead, language: Language) -> bool:
    found = _find(tokens, part, hearing_lexicon().silence, language)
    if found is None:
        return False
    read.silent = True
    read.tokens.update(dict.fromkeys(range(*found), "music"))
    return True


def _wish(
    tokens: Sequence[Token],
    part: Segment,
    read: MusicRead,
    other: Collection[int],
    acts: bool,
    language: Language,
) -> None:
    start, end = part
    heads: dict[int, tuple[int, str | None]] = {}
    for at in range(start, end):
        head = _head(tokens, at, end, language)
        if head is not None:
            heads[at] = head
    if heads:
        for at, (until, style) in heads.items():
            _take(read, range(at, until), "style" if style else "music", style)
            _leftward(tokens, start, at, read, language)
        _plays(tokens, part, read, language)
    elif not _on_device(tokens, part, read, language) and not acts:
        _alone(tokens, part, read, other, language)


def _head(tokens: Sequence[Token], at: int, end: int, language: Language) -> tuple[int, str | None] | None:
    """A noun that means music: where it ends, and the style that it names."""
    style = style_at(tokens, at, end, language)
    key = tokens[at].key
    compound = language == "de" and _COMPOUND in key and len(key) > len(_COMPOUND)
    if style is not None and (style[0] - at == 1) is compound and compound:
        return style
    nouns = [phrase_words(text) for text in names_of(hearing_lexicon().music, language)]
    if (key,) in nouns or (
        language == "de" and tuple(dictionary_forms(key, "de") & {"lied", "melodie", "klang"})
    ):
        return at + 1, None
    if compound and key.endswith(_COMPOUND):
        stem = key.removesuffix(_COMPOUND)
        return at + 1, _style_named(stem, language)
    if style is not None and any(word in tokens[style[0] - 1].key for word in ("music", "score")):
        return style
    return None


def _style_named(stem: str, language: Language) -> str | None:
    for entry in catalogue.musical_styles().values():
        if any(name.lower() in (stem, stem.removesuffix("s")) for name in names_of(entry.names, language)):
            return entry.id
    return None


def style_at(tokens: Sequence[Token], at: int, end: int, language: Language) -> tuple[int, str] | None:
    """The style whose name begins at a token, with where the name ends."""
    best: tuple[int, str] | None = None
    for entry in catalogue.musical_styles().values():
        for place in _ends(tokens, at, end, entry.names, language):
            if best is None or place > best[0]:
                best = (place, entry.id)
    return best


def _ends(
    tokens: Sequence[Token], at: int, end: int, names: Names | Phrases, language: Language
) -> list[int]:
    """Where names end that begin at a token."""
    found = []
    for text in names_of(names, language):
        words = phrase_words(text.lower())
        if (
            words
            and at + len(words) <= end
            and all(
                word == token.key or word in dictionary_forms(token.key, language)
                for word, token in zip(words, tokens[at : at + len(words)], strict=False)
            )
        ):
            found.append(at + len(words))
    return found


def _find(
    tokens: Sequence[Token], part: Segment, names: Names | Phrases, language: Language
) -> tuple[int, int] | None:
    for at in range(*part):
        ends = _ends(tokens, at, part[1], names, language)
        if ends:
            return at, max(ends)
    return None


def _take(read: MusicRead, places: range, name: str, value: Any) -> None:
    if value is not None:
        read.fields.setdefault(name, value)
    read.tokens.update(dict.fromkeys(places, f"music.{name}" if value is not None else "music"))


def _leftward(tokens: Sequence[Token], start: int, at: int, read: MusicRead, language: Language) -> None:
    """Adjectives and styles before the noun: `slow jazzy` in `slow jazzy piano music`."""
    while at > start:
        begin = at - 1
        for first in range(max(start, at - 3), at):
            if _describe(tokens, first, at, read, language):
                begin = first
                break
        else:
            if tokens[begin].key not in _BETWEEN:
                return
        at = begin


def _describe(tokens: Sequence[Token], first: int, end: int, read: MusicRead, language: Language) -> bool:
    style = style_at(tokens, first, end, language)
    lexicon = hearing_lexicon()
    words: tuple[MoodWord | TempoWord, ...] = (*lexicon.moods, *lexicon.tempos)
    said = [word for word in words if end in _ends(tokens, first, end, word, language)]
    mood = next((word.mood for word in said if isinstance(word, MoodWord)), None)
    tempo = next((word.bpm for word in said if isinstance(word, TempoWord)), None)
    if style is not None and style[0] == end and "style" not in read.fields:
        _take(read, range(first, end), "style", style[1])
    elif mood is not None:
        _take(read, range(first, end), "mood", mood)
    elif tempo is not None:
        _take(read, range(first, end), "tempo_bpm", tempo)
    else:
        return style is not None and style[0] == end
    return True


def _plays(tokens: Sequence[Token], part: Segment, read: MusicRead, language: Language) -> None:
    """`plays softly in the background`: says no more than that there is music."""
    lexicon = hearing_lexicon()
    for phrases in (lexicon.plays, lexicon.heard):
        found = _find(tokens, part, phrases, language)
        if found:
            for at in range(*found):
                read.tokens.setdefault(at, "music")


def _on_device(tokens: Sequence[Token], part: Segment, read: MusicRead, language: Language) -> bool:
    """`the old radio plays jazz`, `im Radio läuft Jazz`: what a device plays is music."""
    lexicon = hearing_lexicon()
    things = (catalogue.things()[thing].names for thing in lexicon.devices)
    if not any(_find(tokens, part, names, language) for names in things):
        return False
    if not _find(tokens, part, lexicon.plays, language):
        return False
    start, end = part
    style = next((one for at in range(start, end) if (one := _style_from(tokens, at, end, language))), None)
    if style is None:
        return False
    _take(read, range(style[0], style[1]), "style", style[2])
    _leftward(tokens, start, style[0], read, language)
    _plays(tokens, part, read, language)
    return True


def _style_from(
    tokens: Sequence[Token], at: int, end: int, language: Language
) -> tuple[int, int, str] | None:
    """A style's name at a token: where it begins and ends, and the style."""
    found = style_at(tokens, at, end, language)
    return None if found is None else (at, *found)


def _alone(
    tokens: Sequence[Token], part: Segment, read: MusicRead, other: Collection[int], language: Language
) -> None:
    """`jazz in the background`, `Jazz läuft`: nothing but a style and that it is heard."""
    start, end = part
    lexicon = hearing_lexicon()
    for at in range(start, end):
        style = style_at(tokens, at, end, language)
        if style is None or at in other:
            continue
        about = set(range(at, style[0]))
        for phrases in (lexicon.plays, lexicon.heard, *lexicon.moods, *lexicon.tempos):
            found = _find(tokens, part, phrases, language)
            about |= set(range(*found)) if found else set()
        rest = [
            n for n in range(start, end)
            if n not in about and tokens[n].key not in _BETWEEN and not joins(tokens[n], language)
        ]  # fmt: skip
        if not rest:
            _take(read, range(at, style[0]), "style", style[1])
            _leftward(tokens, start, at, read, language)
            _plays(tokens, part, read, language)
            return
