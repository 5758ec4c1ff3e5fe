"""What Argo CD and Flux were told to deploy: which folder, under which names, into which namespace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.collect.match.marks import ARGO, FLUX_HELM, FLUX_KUSTOMIZATION, AppRef
from scanner.fields import mapping, text


@dataclass(frozen=True, slots=True)
class App:
    """One folder that one tool deploys."""

    ref: AppRef
    resource: Resource
    """The object that says so."""
    at: Path
    """Where in it the source stands."""
    folder: str
    """The folder, from the repository's root, without slashes around it."""
    namespace: str = ""
    """Where objects go that name no namespace."""
    forced: bool = False
    """Objects that name another namespace go there as well."""
    prefix: str = ""
    suffix: str = ""
    release: str = ""
    """The release's name, where the folder is a chart."""
    files: tuple[str, ...] = ()
    """Values files, relative to the folder."""
    values: tuple[tuple[Path, Any], ...] = ()
    """Values that stand in the object itself: where, and what (text or a mapping)."""

    def deploys(self, place: str) -> bool:
        """Whether a folder (as `place_of` says it) is the one that is deployed, or lies inside.

        Where the root of the repository is not known, the folder may be found anywhere on the path.
        """
        if not place.startswith("/"):
            return not self.folder or f"{place}/".startswith(f"{self.folder}/")
        return not self.folder or f"/{self.folder}/" in f"{place}/"

    def is_at(self, place: str) -> bool:
        """Whether a folder is the very one that is deployed."""
        return place == self.folder or (place.startswith("/") and place.endswith(f"/{self.folder}"))


def apps(resources: Iterable[Resource]) -> list[App]:
    """Every application among some objects that deploys a folder of a repository."""
    found: list[App] = []
    for resource in resources:
        match resource.group_kind:
            case "Application.argoproj.io":
                found += _argo(resource)
            case "Kustomization.kustomize.toolkit.fluxcd.io":
                found += _flux_kustomization(resource)
            case "HelmRelease.helm.toolkit.fluxcd.io":
                found += _flux_release(resource)
    return found


def _argo(resource: Resource) -> Iterator[App]:
    spec = mapping(resource.body, "spec")
    several = spec.get("sources")
    sources: list[tuple[Path, Any]] = [(("spec", "source"), spec.get("source"))]
    if isinstance(several, list) and several:
        sources = [(("spec", "sources", index), each) for index, each in enumerate(several)]
    target = text(mapping(spec, "destination"), "namespace")
    for at, source in sources:
        if not isinstance(source, dict) or not isinstance(source.get("path"), str):
            continue
        helm, kustomize = mapping(source, "helm"), mapping(source, "kustomize")
        files = helm.get("valueFiles")
        inline: list[tuple[Path, Any]] = [
            ((*at, "helm", key), helm[key]) for key in ("values", "valuesObject") if helm.get(key)
        ]
        yield App(
            AppRef(ARGO, resource.name, resource.namespace),
            resource,
            at,
            _folder(source["path"]),
            namespace=text(kustomize, "namespace") or text(helm, "namespace") or target,
            forced=bool(kustomize.get("namespace")),
            prefix=text(kustomize, "namePrefix"),
            suffix=text(kustomize, "nameSuffix"),
            release=text(helm, "releaseName") or resource.name,
            files=tuple(map(str, files)) if isinstance(files, list) else (),
            values=(*inline, *_parameters(helm, at)),
        )


def _parameters(helm: Mapping[str, Any], at: Path) -> Iterator[tuple[Path, Any]]:
    listed = helm.get("parameters")
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        name = text(each, "name") if isinstance(each, dict) else ""
        if not name or "\\" in name or "[" in name:
            continue
        value: Any = each.get("value")
        for key in reversed(name.split(".")):
            value = {key: value}
        yield (*at, "helm", "parameters", index), value


def _flux_kustomization(resource: Resource) -> Iterator[App]:
    spec = mapping(resource.body, "spec")
    target = text(spec, "targetNamespace")
    yield App(
        AppRef(FLUX_KUSTOMIZATION, resource.name, resource.namespace),
        resource,
        ("spec",),
        _folder(text(spec, "path")),
        namespace=target,
        forced=bool(target),
        prefix=text(spec, "namePrefix"),
        suffix=text(spec, "nameSuffix"),
    )


def _flux_release(resource: Resource) -> Iterator[App]:
    spec = mapping(resource.body, "spec")
    chart = mapping(mapping(spec, "chart"), "spec")
    path = text(chart, "chart")
    if "/" not in path and not path.startswith("."):
        return  # the name of a chart in a repository of charts
    target = text(spec, "targetNamespace")
    named = f"{target}-{resource.name}" if target else resource.name
    listed = chart.get("valuesFiles")
    values = spec.get("values")
    yield App(
        AppRef(FLUX_HELM, resource.name, resource.namespace),
        resource,
        ("spec",),
        _folder(path),
        namespace=target or resource.namespace,
        release=text(spec, "releaseName") or named,
        files=tuple(map(str, listed)) if isinstance(listed, list) else (),
        values=((("spec", "values"), values),) if isinstance(values, dict) and values else (),
    )


def _folder(path: str) -> str:
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "/".join(parts)
