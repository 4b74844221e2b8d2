"""Captions as a file that browsers read."""

from __future__ import annotations

from lichtspiel.cut.captions import Caption, webvtt


def test_captions_come_in_order_with_their_times() -> None:
    text = webvtt([Caption(61.5, 3723.0426, "spät"), Caption(0.25, 1.0, "a knock")])
    assert text == (
        "WEBVTT\n\n00:00:00.250 --> 00:00:01.000\na knock\n\n00:01:01.500 --> 01:02:03.043\nspät\n"
    )


def test_text_cannot_break_out_of_its_cue() -> None:
    text = webvtt([Caption(0, 1, "a <b> & c\n\n00:00:05.000 --> 00:00:06.000")])
    assert "a &lt;b&gt; &amp; c\n00:00:05.000 --&gt; 00:00:06.000\n" in text


def test_words_carry_the_times_at_which_they_are_said() -> None:
    text = webvtt([Caption(0.4, 2.0, "Anna: Fish & chips!", ((0.4, "Fish"), (0.8, "&"), (1.25, "chips!")))])
    assert "Anna: <00:00:00.400>Fish <00:00:00.800>&amp; <00:00:01.250>chips!\n" in text
    assert webvtt([Caption(0, 1, "other", ((0.0, "words"),))]).endswith("\nother\n")


def test_a_silent_film_has_an_empty_track() -> None:
    assert webvtt([]) == "WEBVTT\n"
