"""From options to a pool of connections with credentials, by the configuration of the `kubernetes` client."""

from __future__ import annotations

import ssl
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from scanner.collect.cluster import kubeconfig
from scanner.collect.cluster.certificate import Certificate
from scanner.collect.cluster.certificate import read as read_certificate
from scanner.collect.cluster.options import ClusterOptions
from scanner.errors import UsageError

if TYPE_CHECKING:
    from kubernetes.client.configuration import Configuration
    from urllib3 import PoolManager

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Login:
    """A way to the API server."""

    name: str
    """The context's name."""
    server: str
    """Its URL, without credentials."""
    proxy: str
    """The proxy's URL without credentials; empty when there is none."""
    pool: PoolManager
    headers: Callable[[], Sequence[tuple[str, str]]]
    """Authentication; the client renews the token of a pod's service account."""
    account: str
    """Who logs in, as far as the credentials say; may be empty."""
    certificate: Certificate | None
    """The client certificate."""
    compressed: bool
    """Whether answers are to be compressed: not those that cross no network."""


def log_in(options: ClusterOptions) -> Login:
    """Read the configuration that was asked for, and run its exec plugin. Raises UsageError."""
    try:
        from kubernetes.config import incluster_config
    except ImportError as error:
        raise UsageError(
            "live clusters need the Python package `kubernetes`",
            "install it: pip install 'kubeassay[cluster]'",
        ) from error
    import os

    in_pod = bool(os.environ.get(incluster_config.SERVICE_HOST_ENV_NAME))
    if options.in_cluster:
        return _in_cluster()
    if in_pod and not options.kubeconfig and not options.context:
        try:
            kubeconfig.paths(options)
        except UsageError:
            return _in_cluster()
    return _from_kubeconfig(options)


def _in_cluster() -> Login:
    from kubernetes.client.configuration import Configuration
    from kubernetes.config.config_exception import ConfigException
    from kubernetes.config.incluster_config import load_incluster_config

    configuration = Configuration()
    try:
        load_incluster_config(configuration)
    except (ConfigException, OSError) as error:
        raise UsageError(
            f"this does not run in a pod with a service account: {error}",
            "use a kubeconfig, or set automountServiceAccountToken of the pod to true",
        ) from error
    token = str(configuration.api_key.get("BearerToken", "")).partition(" ")[2]
    return _login("in-cluster", configuration, {"token": token})


def _from_kubeconfig(options: ClusterOptions) -> Login:
    from kubernetes.client.configuration import Configuration
    from kubernetes.config.config_exception import ConfigException
    from kubernetes.config.kube_config import KubeConfigLoader

    context = kubeconfig.load(options)
    single = {
        "current-context": context.name,
        "contexts": [{"name": context.name, "context": {"cluster": "cluster", "user": "user"}}],
        "clusters": [{"name": "cluster", "cluster": context.cluster}],
        "users": [{"name": "user", "user": context.user}],
    }
    configuration = Configuration()
    with tempfile.TemporaryDirectory(prefix="kubeassay-") as folder:
        try:
            KubeConfigLoader(single, config_base_path="", temp_file_path=folder).load_and_set(configuration)
        except (ConfigException, OSError, ValueError) as error:
            raise UsageError(
                f"context {context.name!r} of the kubeconfig cannot be used: {error}",
                "correct the kubeconfig",
            ) from error
        return _login(context.name, configuration, context.user, bool(context.cluster.get("proxy-url")))


def _login(
    name: str, configuration: Configuration, user: Mapping[str, Any], own_proxy: bool = False
) -> Login:
    import urllib3

    address = urlsplit(configuration.host)
    if own_proxy:
        configuration.no_proxy = ""  # which is for the proxies of the environment
    elif address.hostname in LOOPBACK:
        configuration.proxy = None  # kubectl asks no proxy of the environment for this machine
    proxy = urlsplit(configuration.proxy or "")
    if proxy.username and proxy.scheme.startswith("http"):
        login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        configuration.proxy_headers = urllib3.make_headers(proxy_basic_auth=login)
    context = _tls(configuration)
    pool = _pool(configuration)
    kept = {"maxsize": 32, "ssl_context": context, "cert_reqs": context.verify_mode}
    pool.connection_pool_kw.update(kept)
    for given in ("ca_certs", "ca_cert_data", "cert_file", "key_file"):
        pool.connection_pool_kw.pop(given, None)
    certificate = _certificate(configuration)
    impersonated = _impersonation(user)

    def headers() -> list[tuple[str, str]]:
        given = configuration.get_api_key_with_prefix("BearerToken")
        scheme, _, credentials = (given or "").partition(" ")
        if not credentials:
            return impersonated
        return [("Authorization", f"{scheme.capitalize()} {credentials.strip()}"), *impersonated]

    for header, value in headers():
        if not (value.isascii() and value.isprintable()):
            raise UsageError(
                f"the user in the kubeconfig has an odd character in what is sent as {header}",
                "correct the token of the user in the kubeconfig",
            )
    token = str(user.get("token") or "")
    account = (
        str(user.get("as") or "")
        or str(kubeconfig.claims(token).get("sub") or "")
        or str(user.get("username") or "")
        or (certificate.common_name if certificate else "")
    )
    return Login(
        name,
        _without_credentials(configuration.host),
        _without_credentials(configuration.proxy or ""),
        pool,
        headers,
        account,
        certificate,
        address.hostname not in LOOPBACK,
    )


def _pool(configuration: Configuration) -> PoolManager:
    import urllib3
    from kubernetes.client.rest import RESTClientObject

    try:
        with warnings.catch_warnings(action="ignore"):  # of what the error says as well
            return RESTClientObject(configuration).pool_manager
    except (ImportError, ValueError, urllib3.exceptions.HTTPError) as error:
        raise UsageError(
            f"the proxy {_without_credentials(configuration.proxy or '')} cannot be used: {error}",
            "name an http:// or https:// proxy as proxy-url in the kubeconfig, or in HTTPS_PROXY",
        ) from error


def _impersonation(user: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Headers for whom the kubeconfig says to act as; the client knows no such thing."""
    if not user.get("as"):
        return []
    extra = user.get("as-user-extra")
    return [
        ("Impersonate-User", str(user["as"])),
        *([("Impersonate-Uid", str(user["as-uid"]))] if user.get("as-uid") else []),
        *(("Impersonate-Group", str(group)) for group in user.get("as-groups") or ()),
        *(
            (f"Impersonate-Extra-{quote(str(key), safe='')}", str(value))
            for key, values in (extra.items() if isinstance(extra, dict) else ())
            for value in values
        ),
    ]


def _tls(configuration: Configuration) -> ssl.SSLContext:
    """As strict as kubectl: TLS 1.2, names from subjectAltName alone, any given certificate is an anchor."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.hostname_checks_common_name = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        if not configuration.verify_ssl:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            _hush()
        elif configuration.ssl_ca_cert:
            context.load_verify_locations(configuration.ssl_ca_cert)
        else:
            context.load_default_certs()
    except (ssl.SSLError, OSError) as error:
        raise UsageError(
            f"the certificate authority in the kubeconfig cannot be used: {error.strerror or error}",
            "correct certificate-authority(-data) of the cluster",
        ) from error
    if configuration.cert_file:
        try:
            context.load_cert_chain(configuration.cert_file, configuration.key_file, password=_no_password)
        except (ssl.SSLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
            raise UsageError(
                f"the client certificate or key in the kubeconfig cannot be used: {reason}",
                "correct client-certificate(-data) and client-key(-data) of the user; "
                "a key must not be encrypted, and must be the certificate's",
            ) from error
    return context


def _no_password() -> str:
    raise ValueError("the key is encrypted")


def _hush() -> None:
    import urllib3

    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)


def _certificate(configuration: Configuration) -> Certificate | None:
    if not configuration.cert_file:
        return None
    return read_certificate(Path(configuration.cert_file).read_text(encoding="utf-8", errors="replace"))


def expired(certificate: Certificate | None) -> UsageError | None:
    """The error for a client certificate that is out of date."""
    if certificate is None or certificate.not_after > datetime.now(UTC):
        return None
    return UsageError(
        f"the client certificate of {certificate.common_name or 'the user'} expired on "
        f"{certificate.not_after:%Y-%m-%d %H:%M} UTC",
        "renew it (with kubeadm: `kubeadm certs renew admin.conf`), and write it into the kubeconfig",
    )


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
