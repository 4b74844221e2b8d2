import pytest

from lichtspiel.voice import alphabet, reading


def words(text: str, language: str) -> list[tuple[str, str]]:
    return [(w.text, w.mark) for sentence in reading.sentences(text, language) for w in sentence]


def test_words_stay_as_they_are_written() -> None:
    assert words("“Stop!” he said — it's 23 steps, Dr. Smith.", "en") == [
        ("Stop", "!"), ("he", ""), ("said", ","), ("it's", ""), ("23", ""), ("steps", ","), ("Dr", ""),
        ("Smith", "."),
    ]  # fmt: skip
    assert words("„Nein!“, rief sie. Und 23 Äpfel?", "de") == [
        ("Nein", "!"), ("rief", ""), ("sie", "."), ("Und", ""), ("23", ""), ("Äpfel", "?"),
    ]  # fmt: skip


def test_sentences_are_told_apart_but_titles_end_none() -> None:
    assert len(reading.sentences("Mr. Jones came. He left! Why?", "en")) == 3


@pytest.mark.parametrize(
    ("word", "language", "sounds"),
    [
        ("map", "en", "mæp"),
        ("oranges", "en", "ɔɹᵊnʤᵻz"),
        ("blorptank", "en", "blɔɹp"),
        ("Kugel", "de", "kuːɡəl"),
        ("heute", "de", "hYtɛ"),
        ("Straße", "de", "ʃtraːsɛ"),
        ("Katze", "de", "kaʦɛ"),
        ("niña", "es", "niɲa"),
        ("bonjour", "fr", "bɔ̃ʒuʁ"),
    ],
)
def test_words_sound_as_they_do(word: str, language: str, sounds: str) -> None:
    ((read,),) = reading.sentences(word, language)
    assert sounds in "".join(symbol for symbol in read.sounds if symbol not in alphabet.STRESSES)


def test_british_english_differs() -> None:
    us, gb = ("".join(w.sounds for w in reading.sentences("car", "en", a)[0]) for a in ("us", "gb"))
    assert "ɹ" in us
    assert "ɹ" not in gb


def test_numbers_are_one_written_word_with_all_their_sounds() -> None:
    ((word,),) = reading.sentences("23", "de")
    assert word.text == "23"
    assert "ʦvanʦɪç" in word.sounds.replace("ˈ", "")


def test_what_has_no_sound_is_left_out() -> None:
    assert reading.sentences("—", "en") == []
    assert reading.sentences("...", "de") == []


def test_phonemes_keep_their_stress_and_length() -> None:
    assert alphabet.split("kˈuːɡəl") == ["k", "ˈuː", "ɡ", "ə", "l"]
    assert alphabet.ipa("ˈA") == "eɪ"
    assert alphabet.is_vowel("ˈI")
    assert not alphabet.is_vowel("m")
    assert alphabet.is_voiced("ʤ")
    assert not alphabet.is_voiced("ʃ")
