"""Image references are read as the kubelet reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.facts.images import COMPONENTS, MALFORMED, parse, resolve

SHA = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
REFERENCES = {
    "nginx": ("docker.io", "library/nginx", "", ""),
    "nginx:1.29": ("docker.io", "library/nginx", "1.29", ""),
    "grafana/grafana:13.1.3": ("docker.io", "grafana/grafana", "13.1.3", ""),
    "my_team/app": ("docker.io", "my_team/app", "", ""),
    "a/b/c": ("docker.io", "a/b/c", "", ""),
    "app.web:1": ("docker.io", "library/app.web", "1", ""),
    "docker.io/nginx": ("docker.io", "library/nginx", "", ""),
    "docker.io/library/nginx": ("docker.io", "library/nginx", "", ""),
    "index.docker.io/nginx:1": ("docker.io", "library/nginx", "1", ""),
    "localhost/app": ("localhost", "app", "", ""),
    "localhost:5000": ("docker.io", "library/localhost", "5000", ""),
    "localhost:5000/app:dev": ("localhost:5000", "app", "dev", ""),
    "registry.example.com:5000/team/sub/app:v1.2-rc.1": (
        "registry.example.com:5000",
        "team/sub/app",
        "v1.2-rc.1",
        "",
    ),
    "Registry.Example.COM/app:RC1": ("registry.example.com", "app", "RC1", ""),
    "HOST/app:1": ("host", "app", "1", ""),
    "10.0.0.1/app": ("10.0.0.1", "app", "", ""),
    "[2001:db8::1]:5000/app": ("[2001:db8::1]:5000", "app", "", ""),
    "k8s--ns/a__b.c-d:_": ("docker.io", "k8s--ns/a__b.c-d", "_", ""),
    f"nginx@{SHA}": ("docker.io", "library/nginx", "", SHA),
    f"nginx:1.29@{SHA}": ("docker.io", "library/nginx", "1.29", SHA),
}
MALFORMED_REFERENCES = [
    *("Nginx", "library/Nginx:1", "registry.example.com/Team/app:1", "my_registry.example.com/app:1"),
    *("https://registry.example.com/app:1", "registry.example.com//app", "registry.example.com/app/", "/app"),
    *("app:", "app:1:2", "app:-1", "app@", "app@sha256:abc", "app@md5:d41d8cd98f00b204e9800998ecf8427e"),
    *(
        "app___web",
        "app..web",
        "-app",
        "app-",
        "registry.example.com:port/app",
        "app:1 ",
        " app:1",
        "app web",
    ),
    *("app:1\n", "café:1", f"app@{SHA.upper()}", "app:" + "a" * 129, "a.b/" + "a" * 256, "a" * 64),
]
PLACEHOLDERS = [
    *(
        "${IMAGE}",
        "$(params.image)",
        "{{ .Values.image }}",
        "registry.example.com/app:${TAG}",
        "<registry>/app:1",
    ),
    *("registry.example.com/app:%TAG%", "ko://example.com/cmd/app", "IMAGE", "APP_IMAGE:latest", "__IMAGE__"),
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_part_is_read(reference: str) -> None:
    registry, repository, tag, digest = REFERENCES[reference]
    assert parse(reference) == {
        "registry": registry,
        "repository": repository,
        "tag": tag,
        "digest": digest,
    }


@pytest.mark.parametrize("reference", MALFORMED_REFERENCES)
def test_what_runtimes_refuse_is_malformed(reference: str) -> None:
    assert parse(reference) is None
    assert resolve(reference) == {"unclear": MALFORMED}


def test_longest_tag_and_repository() -> None:
    assert parse("app:" + "a" * 128)
    assert parse("registry.example.com/" + "a" * 255)


@pytest.mark.parametrize("reference", PLACEHOLDERS)
def test_placeholders_are_unclear_and_not_malformed(reference: str) -> None:
    assert "placeholder" in resolve(reference)["unclear"]


@pytest.mark.parametrize(
    ("reference", "why"),
    [("auto", "service mesh"), ("", "no image is named"), (" ", "no image is named"), (7, "not a string")],
)
def test_other_unclear_references(reference: object, why: str) -> None:
    assert why in resolve(reference)["unclear"]


def test_every_component_that_rules_name_is_listed() -> None:
    rules = Path(__file__).parent.parent.parent / "rego" / "rules" / "workload"
    text = "\n".join(
        path.read_text() for path in rules.glob("*/rule.rego") if "components" in path.read_text()
    )
    assert {part for word in text.split('"') for part in word.split("/")} >= COMPONENTS
