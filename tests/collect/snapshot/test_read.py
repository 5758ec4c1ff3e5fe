"""Snapshots are read whole or not at all, whoever made them."""

from __future__ import annotations

import random
import tarfile
from pathlib import Path
from typing import Any

import pytest
import zstandard

from scanner.collect.discover import discover
from scanner.collect.helm.options import HelmOptions
from scanner.collect.snapshot import archive as bounds
from scanner.collect.sources import sources
from scanner.errors import UsageError
from tests.collect.snapshot.build import archive, collection, manifest, pod, read, saved, unpacked

LINE = b'{"metadata":{"name":"a","namespace":"shop"},"spec":{}}\n'
PAIR = b'{"metadata":{}},{"metadata":{}}\n'
POD = "objects/0001-Pod.jsonl"


def refused(path: Path) -> str:
    """Why a file is not read, with the remedy."""
    with pytest.raises(UsageError) as caught:
        read(path)
    assert caught.value.message.startswith(f"{path.name}: ")
    assert caught.value.remedy
    return f"{caught.value.message.partition(': ')[2]} → {caught.value.remedy}"


def test_objects_come_back_with_their_places_in_the_cluster(tmp_path: Path) -> None:
    live = collection(pod("a"), pod("b", hostNetwork=True))
    found = read(saved(tmp_path / "c", pod("b", hostNetwork=True), pod("a")))
    assert [each.body for each in found.resources] == [each.body for each in live.resources]
    assert (found.problems, found.whole, found.files) == (live.problems, True, 1)
    for one, other in zip(found.resources, live.resources, strict=True):
        assert one.origin.uri == other.origin.uri
        path = ("spec", "containers", 0, "securityContext", "privileged")
        assert one.origin.locate(path) == other.origin.locate(path)


def test_equal_parts_of_objects_are_kept_once(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "c", pod("a"), pod("b"))).resources
    assert (
        found[-1].body["spec"]["containers"][0]["securityContext"]
        is (found[-2].body["spec"]["containers"][0]["securityContext"])
    )


def test_more_objects_than_a_page_come_in_order(tmp_path: Path) -> None:
    names = [f"p{number:04}" for number in range(1203)]
    found = read(saved(tmp_path / "c", *map(pod, names)))
    assert [each.name for each in found.resources[1:]] == names


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.98])
def test_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    random.seed(7)
    path = saved(tmp_path / "c", *(pod(f"p{random.random()}") for _ in range(200)))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refused(path)


def test_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path / "c", pod("a"), pod("b"))
    data = path.read_bytes()
    for index in range(4, len(data), 7):
        path.write_bytes(data[:index] + bytes([data[index] ^ 0x55]) + data[index + 1 :])
        assert refused(path)


def test_changed_object_is_noticed_by_its_checksum(tmp_path: Path) -> None:
    members = unpacked(saved(tmp_path / "c", pod("a")))
    members["objects/0002-Pod.jsonl"] = members["objects/0002-Pod.jsonl"].replace(b"true", b"null")
    assert "checksum differs" in refused(archive(tmp_path / "c", members))


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"etc/passwd": b"root"}, "no snapshot of kubeassay"),
        ({"manifest.json": b"{}"}, "no snapshot of kubeassay"),
        ({"manifest.json": b"["}, "manifest cannot be read"),
        ({"manifest.json": b'{"schema": "kubeassay.snapshot/v1"}'}, "manifest cannot be read"),
        ({"manifest.json": manifest(schema="kubeassay.snapshot/v2")}, "newer one"),
        ({"manifest.json": manifest(LINE)}, "lacks objects/0001-Pod.jsonl"),
        ({"manifest.json": manifest(LINE), "other.jsonl": LINE}, "lacks objects/0001-Pod.jsonl"),
        ({"manifest.json": manifest(LINE), "../../evil": LINE}, "lacks objects/0001-Pod.jsonl"),
        ({"manifest.json": manifest(LINE), POD: LINE + LINE}, "in another size"),
        ({"manifest.json": manifest(LINE), POD: LINE, "more": b"x"}, "more than its manifest says"),
        ({"manifest.json": manifest(LINE, objects=2), POD: LINE}, "contradicts itself"),
        ({"manifest.json": manifest(LINE, member={"size": -5}), POD: LINE}, "contradicts itself"),
        ({"manifest.json": manifest(b"{}\n{\n"), POD: b"{}\n{\n"}, "what is no object"),
        ({"manifest.json": manifest(b"[]\n"), POD: b"[]\n"}, "what is no object"),
        ({"manifest.json": manifest(PAIR), POD: PAIR}, "not one object each"),
        ({"manifest.json": manifest(b"{}"), POD: b"{}"}, "checksum differs"),
        ({"manifest.json": manifest(b"\xff\n"), POD: b"\xff\n"}, "what is no object"),
    ],
)
def test_foreign_and_broken_archives(tmp_path: Path, members: dict[str, bytes], why: str) -> None:
    assert why in refused(archive(tmp_path / "c.tar.zst", members))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_no_members(tmp_path: Path, kind: bytes) -> None:
    assert "lacks" in refused(
        archive(tmp_path / "c", {"manifest.json": manifest(LINE), POD: LINE}, type=kind)
    )


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    line = b'{"spec":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    assert "no object" in refused(archive(tmp_path / "c", {"manifest.json": manifest(line), POD: line}))


def test_bombs_do_not_go_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = b'{"metadata":{}}\n' * 100_000
    bomb = archive(tmp_path / "c", {"manifest.json": manifest(many), POD: many})
    assert len(read(bomb).resources) == 100_000
    monkeypatch.setattr(bounds, "SMALL", 1 << 10)
    monkeypatch.setattr(bounds, "MAX_RATIO", 10)
    assert "as no cluster's objects do" in refused(bomb)
    monkeypatch.setattr(bounds, "MAX_OBJECTS", 99_999)
    assert "too large" in refused(bomb)


def test_one_endless_line_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_LINE", 1 << 20)
    line = b'"' + b"x" * (3 << 20) + b'"\n'
    assert "an object of more than" in refused(
        archive(tmp_path / "c", {"manifest.json": manifest(line), POD: line})
    )


def test_manifest_of_boundless_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_MANIFEST", 10)
    assert "no snapshot" in refused(archive(tmp_path / "c", {"manifest.json": manifest()}))


def test_window_that_takes_much_memory_is_refused(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    (tmp_path / "c").write_bytes(compressor.compress(bytes(1 << 20)) + compressor.flush())
    assert "damaged" in refused(tmp_path / "c")


def test_file_that_is_not_compressed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.tar.zst"
    path.write_bytes(b"kind: Pod\n")
    assert "not compressed with Zstandard" in refused(path)


def test_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / "none.tar.zst")


def found_in(root: Path, *paths: str) -> Any:
    return sources(discover(paths, cwd=root), HelmOptions(), root)


@pytest.mark.parametrize("name", ["c.tar.zst", "renamed.yaml", "noname"])
def test_snapshot_is_known_by_its_name_or_its_first_bytes(tmp_path: Path, name: str) -> None:
    saved(tmp_path / name, pod("a"))
    [source] = found_in(tmp_path, name)
    assert (source.uri, len(source.collect().resources)) == (name, 2)


def test_snapshot_is_judged_alone(tmp_path: Path) -> None:
    saved(tmp_path / "c.tar.zst")
    saved(tmp_path / "d.tar.zst")
    (tmp_path / "pod.yaml").write_text("kind: Pod\napiVersion: v1\n")
    for other in ("d.tar.zst", "pod.yaml"):
        with pytest.raises(UsageError, match="judged alone"):
            found_in(tmp_path, "c.tar.zst", other)


def test_snapshot_in_a_folder_that_is_walked_is_no_input(tmp_path: Path) -> None:
    saved(tmp_path / "c.tar.zst")
    assert found_in(tmp_path, ".") == []
