"""How well speech is understood, and what it costs: python -m bench.speech [--voices] [--only de]

Sixty lines, half of them English and half German, are spoken by women, men, old people and children
in turn, and then by children alone, and heard by an offline recogniser (`lichtspiel packs install
recogniser`). With --voices every voice of the library says four lines instead.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console

from bench import recogniser
from bench.figures import Figure, at_most, write
from lichtspiel import voice
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Line, Sex, Voice
from lichtspiel.voice import Speaker

LINES = Path(__file__).with_name("speech.yaml")
MOST_WRONG = {"en": 10.0, "de": 15.0}
"""Per cent of words."""
SLOWEST = 1.0
AGES = (30.0, 45.0, 72.0, 9.0, 24.0)
CHILDREN = (6.0, 8.0, 10.0, 12.0)
LANGUAGES = {"en": "English", "de": "German"}


@dataclass
class Tally:
    """Words said, words misheard, and what it took."""

    words: int = 0
    wrong: int = 0
    spoken_s: float = 0.0
    took_s: float = 0.0

    @property
    def per_cent(self) -> float:
        return 100 * self.wrong / max(1, self.words)


def main(arguments: list[str] | None = None) -> int:
    """Print and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voices", action="store_true", help="every voice of the library, without figures")
    parser.add_argument("--only", choices=sorted(LANGUAGES), help="one language, without figures")
    options = parser.parse_args(arguments)
    lines: dict[str, list[str]] = yaml.safe_load(LINES.read_text("utf-8"))
    chosen = {options.only: lines[options.only]} if options.only else lines
    if options.voices:
        compare(chosen)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        # What lies in the cache would cost nothing.
        os.environ["LICHTSPIEL_CACHE"] = folder
        tallies = {language: heard(language, texts, AGES) for language, texts in chosen.items()}
        children = {language: heard(language, texts, CHILDREN) for language, texts in chosen.items()}
    if not options.only:
        written = dict(figures(tallies))
        for language, tally in children.items():
            name = f"words of children misheard, {LANGUAGES[language]}"
            written[name] = at_most(tally.per_cent, MOST_WRONG[language], "%")
        write("speech", written)
    return 0


def heard(language: str, texts: list[str], ages: tuple[float, ...]) -> Tally:
    """Speak lines by people of different ages and count what is misheard."""
    tally = Tally()
    for number, text in enumerate(texts):
        sex = (Sex.FEMALE, Sex.MALE)[number % 2]
        count(tally, text, Speaker(sex, ages[number // 2 % len(ages)], 1000 + number), language)
    cost = tally.took_s / tally.spoken_s
    print(f"{language}: {tally.per_cent:.1f} % of {tally.words} words wrong, {cost:.2f} s per second")
    return tally


def count(tally: Tally, text: str, speaker: Speaker, language: str) -> None:
    """Speak one line, hear it, and add what is wrong with it."""
    start = time.process_time()
    speech = voice.speak(Line(speaker="anybody", text=text), speaker, language)
    tally.took_s += time.process_time() - start
    tally.spoken_s += speech.duration_s
    said = recogniser.words(text, language)
    transcript = recogniser.transcript(speech.samples, voice.RATE_HZ, language)
    understood = recogniser.words(transcript, language)
    wrong = recogniser.errors(said, understood)
    tally.words += len(said)
    tally.wrong += wrong
    if wrong:
        who = f"{speaker.voice.voice or speaker.sex.value} {speaker.age_years:.0f}"
        print(f"   {who:<10} {text}  →  {' '.join(understood)}")


def compare(lines: dict[str, list[str]]) -> None:
    """Print how well each voice is understood."""
    console = Console(highlight=False)
    for entry in catalogue.voices().values():
        language = entry.languages[0]
        if language in lines:
            tally = Tally()
            age = min(max(30.0, entry.ages[0]), entry.ages[1])
            speaker = Speaker(Sex(entry.sex), 70.0 if entry.ages[0] > 50 else age, 7, Voice(voice=entry.id))
            for text in lines[language][5:21:4]:
                count(tally, text, speaker, language)
            console.print(f"{entry.id:<12} {language} {tally.per_cent:5.1f} %")


def figures(tallies: dict[str, Tally]) -> Iterator[tuple[str, Figure]]:
    """Word error rates and the cost of a second of speech."""
    for language, tally in tallies.items():
        yield f"words misheard, {LANGUAGES[language]}", at_most(tally.per_cent, MOST_WRONG[language], "%")
    spoken = sum(tally.spoken_s for tally in tallies.values())
    took = sum(tally.took_s for tally in tallies.values())
    yield "processor time per second of speech", at_most(took / max(spoken, 1e-9), SLOWEST, "s")


if __name__ == "__main__":
    raise SystemExit(main())
