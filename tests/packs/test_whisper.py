from pathlib import Path

from lichtspiel.packs import whisper


def test_the_pieces_become_one_model_in_their_order(tmp_path: Path) -> None:
    first, second, made = (tmp_path / name for name in ("first", "second", "made"))
    first.mkdir()
    second.mkdir()
    (first / "model.bin.part1").write_bytes(b"whi")
    (second / "model.bin.part2").write_bytes(b"sper")
    for name in ("config.json", "vocabulary.txt"):
        (first / name).write_text(name, "utf-8")
    whisper.convert(first, made, second)
    assert (made / "model.bin").read_bytes() == b"whisper"
    assert (made / "config.json").exists()
    assert (made / "vocabulary.txt").exists()
