"""Naming a cluster costs nothing: heavy packages are loaded when one is reached."""

from __future__ import annotations

from tests.test_architecture import loaded


def test_options_load_nothing_heavy() -> None:
    heavy = {"kubernetes", "urllib3", "yaml", "msgspec", "requests"}
    assert not heavy & loaded("from scanner.collect.cluster import ClusterOptions, connect")
    assert not heavy & loaded("import scanner.cli.cluster")


def test_origins_need_no_client() -> None:
    assert not {"kubernetes", "urllib3"} & loaded("import scanner.collect.cluster.origin")
