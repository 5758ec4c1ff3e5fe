"""The table of what Kubernetes' programs do when a flag is not given."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.catalog import catalog as catalogs
from scanner.errors import UsageError
from scanner.facts import defaults, platform, upstream


def test_every_setting_that_rules_read_stands_in_the_table() -> None:
    missing = [
        f"{rule.name}: {component} {read}"
        for rule in catalogs.load().rules.values()
        if rule.over == "component"
        for component in rule.kinds
        for read in rule.reads
        if read.startswith("settings.")
        and defaults.kind_of(component, read.removeprefix("settings.")) is None
    ]
    assert missing == []


def test_values_of_a_flag_follow_each_other_without_overlap() -> None:
    for component, settings in defaults.table().components.items():
        for name, setting in settings.items():
            for minor in range(60):
                holding = [value for value in setting.values if value.holds((1, minor))]
                assert len(holding) <= 1, f"{component} {name} in 1.{minor}"


@pytest.mark.parametrize(
    ("minor", "has", "lacks"),
    [
        (
            34,
            {"NamespaceLifecycle", "ServiceAccount", "PodSecurity"},
            {"NodeRestriction", "AlwaysPullImages"},
        ),
        (22, {"NamespaceLifecycle"}, {"PodSecurity", "ValidatingAdmissionPolicy"}),
    ],
)
def test_plugins_that_run_without_being_told(minor: int, has: set[str], lacks: set[str]) -> None:
    found = defaults.default_plugins((1, minor))
    assert has <= found
    assert not lacks & found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("components: {etcd: {auto-tls: {type: bool, values: []}}}", "type"),
        ("components: {etcd: {auto-tls: {type: boolean, values: [{value: true, from: '1.2'}]}}}", "from"),
        ("components: {etcd: {auto-tls: {type: boolean, values: [{value: true, since: 1}]}}}", "since"),
        ("components: [", "expected"),
        ("", "expected"),
    ],
)
def test_table_that_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "defaults.yaml"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        upstream.load(path, defaults.Table)
    assert "defaults.yaml" in error.value.message
    assert said in error.value.message.lower()


def test_table_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        upstream.load(tmp_path / "platforms.yaml", platform.Table)
