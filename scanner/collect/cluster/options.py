"""Which cluster to read, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """What the user asked for."""

    kubeconfig: str = ""
    """A file; else those that KUBECONFIG names, else ~/.kube/config, else the pod's service account."""
    context: str = ""
    """A context of the kubeconfig; else its current one."""
    cluster_name: str = ""
    """What findings call the cluster; else the context's name."""
    namespaces: tuple[str, ...] = ()
    """Only these were asked for. Everything readable is read all the same, for facts need the whole."""
    except_namespaces: tuple[str, ...] = ()
    """These were asked to be left out."""
    selector: str = ""
    """A label selector that was asked for."""
    timeout: float = 30.0
    """Seconds that one request may take."""
    parallel: int = 8
    """How many lists are read at once."""
    in_cluster: bool = False
    """Log in with the service account of the pod that this runs in."""
