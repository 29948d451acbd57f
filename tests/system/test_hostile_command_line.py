"""Whatever the command line is given: done, or refused in a sentence. No traceback, no wait, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_mapper import cli
from clinic_mapper.resource_files import resources

SAMPLE = resources() / "samples" / "sample-matter.json"
posix = pytest.mark.skipif(os.name == "nt", reason="devices and pipes as files")


def run(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clinic_mapper", *arguments]
    environment = {**os.environ, **env}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


def case(**more: object) -> bytes:
    return json.dumps({"code": "M-1", **more}).encode()


REFUSED = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "text of another encoding": '{"code":"M"}'.encode("utf-16"),
    "not UTF-8": b'{"code":"\xff"}',
    "deep": b"[" * 500_000,
    "deep under an unknown key": b'{"code":"M","z":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "key twice": b'{"code":"M","client":{"in-custody":"now","in-custody":"past"}}',
    "no code": case(code=""),
    "date with spaces": case(touchpoints=[{"id": "t1", "kind": "arrest", "when": " 2012"}]),
    "digits of another script": case(touchpoints=[{"id": "t1", "kind": "arrest", "when": "٢٠١٢"}]),
    "years reversed": case(touchpoints=[{"id": "t1", "kind": "arrest", "when": "2015/2011"}]),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_is_no_case_file_is_refused_in_a_sentence(tmp_path, capsys, content):
    (tmp_path / "case.json").write_bytes(content)
    assert cli.main(["map", str(tmp_path / "case.json")]) == cli.REFUSED
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert ".." not in told.err


def test_a_mark_of_byte_order_means_nothing(tmp_path, capsys):
    (tmp_path / "case.json").write_bytes(b"\xef\xbb\xbf" + case())
    assert cli.main(["map", str(tmp_path / "case.json")]) == cli.DONE


@posix
def test_a_device_or_a_pipe_is_no_case_file_and_nobody_waits_for_it(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    for path in ("/dev/zero", str(tmp_path / "pipe"), str(tmp_path)):
        assert cli.main(["map", path]) == cli.REFUSED
    assert capsys.readouterr().err.count("\n") == 3


def test_a_file_that_is_too_large_is_refused_unread(tmp_path, capsys):
    with (tmp_path / "case.json").open("wb") as file:
        file.truncate(1 << 36)
    assert cli.main(["map", str(tmp_path / "case.json")]) == cli.REFUSED
    assert "too large" in capsys.readouterr().err


def test_what_a_file_says_never_steers_the_terminal(tmp_path, capsys):
    steering = "\x1b[2J\u202e"
    (tmp_path / "newer.json").write_bytes(case(schema=steering))
    (tmp_path / "kind.json").write_bytes(case(touchpoints=[{"id": "t1", "kind": f"kind{steering}"}]))
    assert cli.main(["map", str(tmp_path / "newer.json")]) == cli.REFUSED
    assert cli.main(["map", str(tmp_path / "kind.json")]) == cli.DONE
    told = capsys.readouterr()
    assert "kind" in told.out
    assert not set("\x1b\u202e") & set(told.out + told.err)


@posix
def test_links_that_lead_round_are_refused_in_a_sentence(tmp_path):
    (tmp_path / "round.pdf").symlink_to("round.pdf")
    done = run(tmp_path, "memo", str(SAMPLE), "--reader", "client", "--out", "round.pdf")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("arguments", [["map", str(SAMPLE)], ["catalog", "check"], ["catalog", "list"]])
def test_where_printing_fails_a_sentence_says_so(tmp_path, arguments):
    command = [sys.executable, "-m", "clinic_mapper", *arguments]
    with Path("/dev/full").open("w") as full:  # opened for writing as a stream: it stays the device it is
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Traceback" not in done.stderr


@posix
def test_who_stops_reading_ends_the_command_without_a_word(tmp_path):
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "clinic_mapper", "map", str(SAMPLE), "--json"]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False, timeout=120)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_the_self_test_needs_no_display(tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = run(tmp_path, "self-test")
    assert done.returncode == 0, done.stderr
    assert "painted by offscreen" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "map.pdf"], "“map.pdf” ends otherwise"),
        (["--out", "map.png", "--reader", "client"], "“client”, who sees no routes"),
        (["--out", "map.svg", "--reader", "court"], "--line"),
        (["--out", "map.svg", "--reader", "court", "--line", "t0--nothing"], "“t0--nothing”"),
        (["--out", "map.png", "--line", "t0--nothing"], "“t0--nothing”"),
        (["--out", "nowhere/map.png"], "The folder is not there"),
    ],
)
def test_a_picture_that_cannot_be_is_refused_in_a_sentence(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["picture", str(SAMPLE), *arguments]) == cli.REFUSED
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and said in told.err
    assert list(tmp_path.iterdir()) == []


def test_where_qt_cannot_be_loaded_the_picture_is_offered_as_svg(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "clinic_mapper.ui.picture_png", raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtSvg", None)
    assert cli.main(["picture", str(SAMPLE), "--out", "map.png"]) == cli.REFUSED
    assert "as SVG" in capsys.readouterr().err
    assert cli.main(["picture", str(SAMPLE), "--out", "map.svg"]) == cli.DONE
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]
