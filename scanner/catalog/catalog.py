"""Loads the rules and frameworks that come with the scanner, checked once for each content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from scanner import __version__, cache
from scanner.catalog.families import newest
from scanner.catalog.model import Catalog, Framework, Rule
from scanner.data import data_folder as data_folder
from scanner.errors import UsageError, nearest


def load(rego: Path | None = None, policies: Path | None = None) -> Catalog:
    """The catalogue.

    Raises UsageError when a file of it is wrong.
    """
    rego = rego or data_folder("rego")
    policies = policies or data_folder("policies")
    benchmarks = policies / "benchmarks"
    places = policies / "upstream" / "places.yaml"
    read = [*_files(rego, ".rego"), *_files(benchmarks, ".yaml"), *_files(places.parent, ".yaml")]
    key = _content_key([*read, *_files(Path(__file__).parent, ".py")])
    kept = cache.read(f"catalog-{key}")
    if kept is not None:
        try:
            return msgspec.msgpack.decode(kept, type=Catalog)
        except msgspec.MsgspecError:
            pass  # a damaged file in the cache: read the sources
    from scanner.catalog.frameworks import load_frameworks
    from scanner.catalog.places import load_places
    from scanner.catalog.rules import by_package, load_library, load_rules, with_imports

    library = load_library(rego / "lib")
    packages = by_package(library)
    rules = load_rules(rego / "rules", "kubeassay")
    rules = {name: with_imports(rule, packages) for name, rule in rules.items()}
    catalog = Catalog(rules, load_frameworks(benchmarks, rules), library, load_places(places))
    cache.write(f"catalog-{key}", msgspec.msgpack.encode(catalog))
    return catalog


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(path for path in folder.rglob(f"*{suffix}") if not path.name.endswith(f"_test{suffix}"))


def _content_key(files: list[Path]) -> str:
    digest = hashlib.sha256(__version__.encode())
    for path in files:
        digest.update(path.as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def find_rule(catalog: Catalog, name: str) -> Rule:
    """A rule by id (`KA-W-0008`), name (`workload.host_ipc`, `workload/host_ipc`) or fault (`host_ipc`).

    Raises UsageError with the nearest name.
    """
    wanted = name.replace("/", ".")
    if wanted in catalog.rules:
        return catalog.rules[wanted]
    by_id = {rule.id: rule for rule in catalog.rules.values()}
    found = by_id.get(name.upper())
    faults = [rule for rule in catalog.rules.values() if rule.name.endswith(f".{wanted}")]
    if found is None and len(faults) == 1:
        return faults[0]
    if found is None:
        raise UsageError(
            f"no rule is called {name!r}",
            nearest(wanted, [*catalog.rules, *by_id]) or "see `kubeassay rules list`",
        )
    return found


def find_framework(catalog: Catalog, name: str, minor: int | None = None) -> Framework:
    """A framework by id, or by id without version: the newest one that is for Kubernetes 1.`minor`.

    Raises UsageError with the nearest name.
    """
    if name in catalog.frameworks:
        return catalog.frameworks[name]
    versions = [framework for framework in catalog.frameworks.values() if framework.family == name]
    if not versions:
        there_are = f"there are: {', '.join(sorted(catalog.frameworks))}"
        close = nearest(name, [*catalog.frameworks, *{f.family for f in catalog.frameworks.values()}])
        raise UsageError(f"no framework is called {name!r}", f"{close} {there_are}".strip())
    return newest(versions, minor)
