"""What a snapshot holds, and what never gets into one."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scanner import __version__
from scanner.collect.interface import Collection
from scanner.collect.snapshot import write_snapshot
from scanner.errors import UsageError
from tests.collect.snapshot.build import NOON, collection, pod, read, saved, unpacked

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----"


def test_manifest_says_what_is_inside(tmp_path: Path) -> None:
    members = unpacked(saved(tmp_path / "c.tar.zst", pod("a"), pod("b")))
    assert list(members) == ["manifest.json", "objects/0001-ClusterFacts.jsonl", "objects/0002-Pod.jsonl"]
    manifest = json.loads(members["manifest.json"])
    assert manifest["schema"] == "kubeassay.snapshot/v1"
    assert manifest["tool"] == {"name": "kubeassay", "version": __version__}
    assert (manifest["created"], manifest["cluster"]) == ("2026-11-25T12:00:00Z", "prod-eu")
    assert (manifest["objects"], manifest["problems"][0]["code"]) == (3, "cluster-forbidden")
    for member in manifest["members"]:
        data = members[member["name"]]
        assert (member["size"], member["count"]) == (len(data), data.count(b"\n"))
        assert member["sha256"] == sha256(data).hexdigest()


def test_only_the_owner_may_read_it_even_if_another_could(tmp_path: Path) -> None:
    path = tmp_path / "c.tar.zst"
    path.write_bytes(b"old")
    path.chmod(0o644)
    written = write_snapshot(collection(pod("a")), path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (written.objects, written.size) == (2, path.stat().st_size)


def test_equal_collections_give_equal_files(tmp_path: Path) -> None:
    one, other = collection(pod("a"), pod("b")), collection(pod("b"), pod("a"))
    other.resources.reverse()
    for name, found in (("1", one), ("2", other)):
        write_snapshot(found, tmp_path / name, lambda: NOON)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_time_can_be_set_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    write_snapshot(collection(), tmp_path / "c")
    assert json.loads(unpacked(tmp_path / "c")["manifest.json"])["created"] == "1970-01-02T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        write_snapshot(collection(), tmp_path / "c")


def test_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "c", pod("a"))
    before = path.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="No space left on device"):
        saved(path, pod("b"))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["c"]


def test_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        saved(tmp_path / "none" / "c")


SECRET = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {
        "name": "db",
        "namespace": "shop",
        "annotations": {
            LAST_APPLIED: '{"kind":"Secret","data":{"password":"hunter2"}}',
        },
    },
    "type": "Opaque",
    "data": {"password": "aHVudGVyMg=="},
    "stringData": {"password": "hunter2"},
}


@pytest.mark.parametrize(
    "body",
    [
        SECRET,
        {"apiVersion": "v1", "kind": "Template", "metadata": {"name": "t"}, "objects": [SECRET]},
        {
            "apiVersion": "work.karmada.io/v1alpha1",
            "kind": "Work",
            "metadata": {"name": "w"},
            "spec": {
                "workload": {
                    "manifests": [{"kind": "Secret", "apiVersion": "v1", "stringData": {"p": "hunter2"}}]
                }
            },
        },
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {
                "name": "c",
                "annotations": {
                    LAST_APPLIED: '{"apiVersion":"v1","kind":"ConfigMap","data":{"p":"hunter2"}}'
                },
            },
        },
        {
            "apiVersion": "kubeassay.dev/v1",
            "kind": "NodeFacts",
            "metadata": {"name": "n1"},
            "configs": {
                "encryption": {
                    "resources": [{"providers": [{"aescbc": {"keys": [{"name": "k", "secret": "hunter2"}]}}]}]
                }
            },
        },
        {
            "apiVersion": "kubeassay.dev/v1",
            "kind": "NodeFacts",
            "metadata": {"name": "n1"},
            "files": [
                {
                    "content": "users:\n- user:\n    password: REDACTED\n"
                    "    token: hunter2\n    client-key-data: 'hunter2'\n"
                }
            ],
        },
        {
            "apiVersion": "kubeassay.dev/v1",
            "kind": "NodeFacts",
            "metadata": {"name": "n1"},
            "files": [{"content": KEY.replace("MIIEow", "hunter2")}],
            "processes": [{"argv": ["kubelet", "--token=hunter2", "--password=hunter2"]}],
        },
    ],
    ids=["secret", "template", "work", "applied", "encryption", "kubeconfig", "key"],
)
def test_no_secret_gets_in(tmp_path: Path, body: dict[str, Any]) -> None:
    everything = b"".join(unpacked(saved(tmp_path / "c", body)).values())
    assert b"hunter2" not in everything
    assert b"aHVudGVyMg" not in everything
    assert str(body["metadata"]["name"]).encode() in everything


def test_secret_keeps_its_names_and_type(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "c", SECRET)).resources[-1]
    assert (found.kind, found.name, found.body["type"]) == ("Secret", "db", "Opaque")
    assert not found.body.keys() & {"data", "stringData"}


def test_settings_that_only_sound_like_secrets_stay(tmp_path: Path) -> None:
    body = {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "NodeFacts",
        "metadata": {"name": "n1"},
        "processes": [
            {"argv": ["kubelet", "--authentication-token-webhook=true", "--token-auth-file=/etc/tokens.csv"]}
        ],
        "files": [{"path": "/etc/kubernetes/pki/sa.key", "content": None, "redacted": True}],
        "configs": {"encryption": {"keys": [{"secret": "REDACTED"}]}, "kubeProxy": {"mode": "ipvs"}},
    }
    assert read(saved(tmp_path / "c", body)).resources[-1].body == body


def test_half_a_surrogate_pair_does_no_harm(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "c", pod("a", hostname="x\ud800y"))).resources[-1]
    assert found.body["spec"]["hostname"] == "x?y"


def test_empty_collection_is_a_snapshot_too(tmp_path: Path) -> None:
    write_snapshot(Collection(), tmp_path / "c")
    assert read(tmp_path / "c").resources == []
