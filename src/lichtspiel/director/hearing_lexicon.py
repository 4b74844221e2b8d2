"""The sheet of words around sounds and music, checked when it is read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from lichtspiel.director.lexicon import Phrases, Sheet
from lichtspiel.library.hearing import Mood


class SoundWord(Phrases):
    """Ways to say what a sound of the library is, beyond the names it has there."""

    sound: str


class MoodWord(Phrases):
    mood: Mood


class TempoWord(Phrases):
    bpm: float


class Player(Sheet):
    """Music that a motion plays."""

    style: str
    instruments: tuple[str, ...] = ()


class HearingLexicon(Sheet):
    sounds: tuple[SoundWord, ...]
    heard: Phrases
    """Words around the name of a sound that only say that it is heard, and from where."""
    music: Phrases
    plays: Phrases
    silence: Phrases
    """The film shall have no music."""
    moods: tuple[MoodWord, ...]
    tempos: tuple[TempoWord, ...]
    players: dict[str, Player]
    """By motion."""
    devices: tuple[str, ...]
    """Things that music comes from, where the prompt has both."""
    dances: dict[str, str]
    """Style of the music that is danced to, by motion."""


@cache
def hearing_lexicon() -> HearingLexicon:
    """The sheet `lexicon/hearing/hearing.yaml`. Raises ValidationError for a faulty one."""
    sheet = files("lichtspiel.director") / "lexicon" / "hearing" / "hearing.yaml"
    return HearingLexicon.model_validate(yaml.safe_load(sheet.read_text("utf-8")))
