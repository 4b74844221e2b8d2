"""Every phrase about people: names from the library, words from the sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from lichtspiel.director.acting_lexicon import (
    IntensityWord,
    LanguageWord,
    Manner,
    RepeatWord,
    acting_lexicon,
)
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Phrases
from lichtspiel.director.people_lexicon import (
    BodyWord,
    Deed,
    GarmentWord,
    Group,
    HairShape,
    Pattern,
    Quality,
    SpotWord,
    Undone,
    Way,
    people_lexicon,
)
from lichtspiel.director.people_senses import (
    Entry,
    Evident,
    GarmentName,
    HairName,
    KindName,
    Mark,
    PeopleSense,
    RoleName,
    ToneName,
)
from lichtspiel.director.senses import CueWord
from lichtspiel.director.vocabulary import names_of, phrase_words
from lichtspiel.library import catalogue
from lichtspiel.library.records import Names
from lichtspiel.screenplay import Sex


@cache
def people_index(language: Language) -> Mapping[str, tuple[Entry, ...]]:
    """Every phrase about people in a language, by its first word."""
    index: dict[str, list[Entry]] = defaultdict(list)
    for text, sense in (*_library(language), *_sheet(language)):
        words = phrase_words(text.lower())
        entry = Entry(words, sense)
        if words and entry not in index[words[0]]:
            index[words[0]].append(entry)
    return {first: tuple(entries) for first, entries in index.items()}


def _library(language: Language) -> Iterator[tuple[str, PeopleSense]]:
    for role in catalogue.roles().values():
        sex = Sex(role.sex) if role.sex else None
        named: tuple[tuple[Names, Sex | None], ...] = (
            (role.names, sex), (role.female, Sex.FEMALE), (role.male, Sex.MALE),
        )  # fmt: skip
        for names, own in named:
            yield from ((name, RoleName(role.id, own)) for name in names_of(names, language))
        for name in names_of(role.plurals, language):
            yield name, RoleName(role.id, _sex_of(name) or sex, plural=True)
    named_garments: dict[str, list[str]] = defaultdict(list)
    for garment in catalogue.garments().values():
        for name in (*names_of(garment.names, language), *names_of(garment.plurals, language)):
            if garment.kind != "underwear":
                named_garments[name.lower()].append(garment.id)
    yield from _stand_ins(language)
    yield from ((name, GarmentName(tuple(ids))) for name, ids in named_garments.items())
    for style in catalogue.hair_styles().values():
        long_enough = (name for name in names_of(style.names, language) if name.lower() != "short")
        yield from ((name, HairName("style", style.id)) for name in long_enough)
    for beard in catalogue.beards().values():
        yield from ((name, HairName("beard", beard.id)) for name in names_of(beard.names, language))
    for tone in catalogue.skin_tones().values():
        yield from ((name, ToneName("skin", tone.id)) for name in names_of(tone.names, language))
    for eye in catalogue.eye_colours().values():
        yield from ((name, ToneName("eyes", eye.id)) for name in names_of(eye.names, language))
    for hair in catalogue.hair_colours().values():
        yield from ((name, ToneName("hair", hair.id)) for name in names_of(hair.names, language))


def _stand_ins(language: Language) -> Iterator[tuple[str, PeopleSense]]:
    """People that the library has no role for, by what the prompt calls them."""
    roles = catalogue.roles()
    own = {
        name.lower()
        for role in roles.values()
        for names in (role.names, role.female, role.male, role.plurals)
        for name in names_of(names, language)
    }
    for entry in acting_lexicon().stand_ins:
        for name in names_of(entry, language):
            if name not in own and entry.role in roles:
                sex = entry.sex or (Sex(held) if (held := roles[entry.role].sex) else None)
                yield name, RoleName(entry.role, sex, called=name)


def _sex_of(plural: str) -> Sex | None:
    if plural.endswith("women"):
        return Sex.FEMALE
    return Sex.MALE if plural.endswith("men") and plural not in ("women", "fishermen", "seamen") else None


def _sheet(language: Language) -> Iterator[tuple[str, PeopleSense]]:
    words = people_lexicon()
    known = catalogue.garments()
    plain: tuple[Quality | HairShape | BodyWord | Pattern | Deed | Way | SpotWord | Group | Undone, ...] = (
        *words.qualities, *words.hair_shapes, *words.body, *words.patterns, *words.deeds, *words.ways,
        *words.spots, *words.groups, *words.undone,
    )  # fmt: skip
    marks: tuple[tuple[Phrases, Mark], ...] = (
        (words.same, Mark("same")), (words.without, Mark("without")), (words.wearing, Mark("wearing")),
        (words.shots, Mark("shots")), (words.photos, Mark("photos")),
    )  # fmt: skip
    acting = acting_lexicon()
    adverbs: tuple[Manner | IntensityWord | RepeatWord | LanguageWord, ...] = (
        *acting.manners, *acting.intensities, *acting.repeats, *acting.languages,
    )  # fmt: skip
    sheets: tuple[tuple[Phrases, PeopleSense], ...] = (
        *((one, one) for one in plain),
        *((one, one) for one in adverbs),
        *((one, _garment(one)) for one in words.garments if one.garment in known),
        *((one, KindName(one.kind)) for one in words.kinds),
        *((one, KindName(one.kind, bare=True)) for one in words.bare),
        *((one, one) for one in words.shades),
        *((one, CueWord(one)) for one in words.cues),
        *((one, Evident(one.reason)) for one in words.evident),
        *marks,
    )
    for phrases, sense in sheets:
        yield from ((text, sense) for text in names_of(phrases, language))


def _garment(word: GarmentWord) -> GarmentName:
    return GarmentName((word.garment,), tuple(one for one in word.along if one in catalogue.garments()))
