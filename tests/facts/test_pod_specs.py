"""Every kind's pod templates are found, and a field's path leads back to the field in the object."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from scanner.collect.interface import Path, Resource
from scanner.facts.pod_specs import CARRIERS
from scanner.facts.workload import Workload, workloads

TEMPLATE = "spec.template.spec.containers.0"
RAY = "headGroupSpec.template.spec.containers.0", "workerGroupSpecs.0.template.spec.containers.0"
ANALYSIS = "spec.metrics.0.provider.job.spec.template.spec.containers.0"
TRAINING = "spec.template.spec.replicatedJobs.0.template.spec.template.spec.containers.0"
TASK = "steps.0", "sidecars.0"
STRATEGY = ("spec.steps.0", "spec.buildSteps.0")
FLOW = (
    "spec.templates.0.container",
    "spec.templates.1.script",
    "spec.templates.2.containerSet.containers.0",
    "spec.templates.2.sidecars.0",
    "spec.templates.2.initContainers.0",
)

CONTAINERS: dict[str, tuple[str, ...]] = {
    "Pod": ("spec.containers.0", "spec.initContainers.0", "spec.ephemeralContainers.0"),
    "PodTemplate": ("template.spec.containers.0",),
    "CronJob.batch": ("spec.jobTemplate.spec.template.spec.containers.0",),
    "JobSet.jobset.x-k8s.io": ("spec.replicatedJobs.0.template.spec.template.spec.containers.0",),
    "LeaderWorkerSet.leaderworkerset.x-k8s.io": (
        "spec.leaderWorkerTemplate.leaderTemplate.spec.containers.0",
        "spec.leaderWorkerTemplate.workerTemplate.spec.containers.0",
    ),
    "Sandbox.agents.x-k8s.io": ("spec.podTemplate.spec.containers.0",),
    "SandboxTemplate.extensions.agents.x-k8s.io": ("spec.podTemplate.spec.containers.0",),
    "Experiment.argoproj.io": ("spec.templates.0.template.spec.containers.0",),
    "AnalysisTemplate.argoproj.io": (ANALYSIS,),
    "ClusterAnalysisTemplate.argoproj.io": (ANALYSIS,),
    "AnalysisRun.argoproj.io": (ANALYSIS,),
    "Workflow.argoproj.io": FLOW,
    "WorkflowTemplate.argoproj.io": FLOW,
    "ClusterWorkflowTemplate.argoproj.io": FLOW,
    "CronWorkflow.argoproj.io": tuple(path.replace("spec.", "spec.workflowSpec.", 1) for path in FLOW),
    "Revision.serving.knative.dev": ("spec.containers.0",),
    "Task.tekton.dev": tuple(f"spec.{step}" for step in TASK),
    "ClusterTask.tekton.dev": tuple(f"spec.{step}" for step in TASK),
    "TaskRun.tekton.dev": tuple(f"spec.taskSpec.{step}" for step in TASK),
    "Pipeline.tekton.dev": ("spec.tasks.0.taskSpec.steps.0", "spec.finally.0.taskSpec.steps.0"),
    "PipelineRun.tekton.dev": (
        "spec.pipelineSpec.tasks.0.taskSpec.steps.0",
        "spec.pipelineSpec.finally.0.taskSpec.steps.0",
    ),
    "BuildStrategy.shipwright.io": STRATEGY,
    "ClusterBuildStrategy.shipwright.io": STRATEGY,
    "EphemeralRunnerSet.actions.github.com": ("spec.ephemeralRunnerSpec.spec.containers.0",),
    "EphemeralRunner.actions.github.com": ("spec.spec.containers.0",),
    "AdvancedCronJob.apps.kruise.io": (
        "spec.template.jobTemplate.spec.template.spec.containers.0",
        "spec.template.broadcastJobTemplate.spec.template.spec.containers.0",
    ),
    "UnitedDeployment.apps.kruise.io": (
        "spec.template.statefulSetTemplate.spec.template.spec.containers.0",
        "spec.template.advancedStatefulSetTemplate.spec.template.spec.containers.0",
        "spec.template.cloneSetTemplate.spec.template.spec.containers.0",
        "spec.template.deploymentTemplate.spec.template.spec.containers.0",
    ),
    "SidecarSet.apps.kruise.io": ("spec.containers.0", "spec.initContainers.0"),
    "GameServerSet.game.kruise.io": ("spec.gameServerTemplate.spec.containers.0",),
    "YurtAppSet.apps.openyurt.io": (
        "spec.workload.workloadTemplate.deploymentTemplate.spec.template.spec.containers.0",
        "spec.workload.workloadTemplate.statefulSetTemplate.spec.template.spec.containers.0",
        "spec.workloadTemplate.deploymentTemplate.spec.template.spec.containers.0",
        "spec.workloadTemplate.statefulSetTemplate.spec.template.spec.containers.0",
    ),
    "ScaledJob.keda.sh": ("spec.jobTargetRef.template.spec.containers.0",),
    "GameServerSet.agones.dev": ("spec.template.spec.template.spec.containers.0",),
    "Fleet.agones.dev": ("spec.template.spec.template.spec.containers.0",),
    "Job.batch.volcano.sh": ("spec.tasks.0.template.spec.containers.0",),
    "CronJob.batch.volcano.sh": ("spec.jobTemplate.spec.tasks.0.template.spec.containers.0",),
    "JobTemplate.flow.volcano.sh": ("spec.tasks.0.template.spec.containers.0",),
    "PodClique.grove.io": ("spec.podSpec.containers.0",),
    "PodCliqueSet.grove.io": ("spec.template.cliques.0.spec.podSpec.containers.0",),
    "PyTorchJob.kubeflow.org": ("spec.pytorchReplicaSpecs.Worker.template.spec.containers.0",),
    "TFJob.kubeflow.org": ("spec.tfReplicaSpecs.Worker.template.spec.containers.0",),
    "MPIJob.kubeflow.org": ("spec.mpiReplicaSpecs.Launcher.template.spec.containers.0",),
    "MXJob.kubeflow.org": ("spec.mxReplicaSpecs.Worker.template.spec.containers.0",),
    "JAXJob.kubeflow.org": ("spec.jaxReplicaSpecs.Worker.template.spec.containers.0",),
    "PaddleJob.kubeflow.org": ("spec.paddleReplicaSpecs.Worker.template.spec.containers.0",),
    "XGBoostJob.kubeflow.org": ("spec.xgbReplicaSpecs.Worker.template.spec.containers.0",),
    "TrainingRuntime.trainer.kubeflow.org": (TRAINING,),
    "ClusterTrainingRuntime.trainer.kubeflow.org": (TRAINING,),
    "InferenceService.serving.kserve.io": (
        "spec.predictor.containers.0",
        "spec.transformer.containers.0",
        "spec.explainer.containers.0",
    ),
    "ServingRuntime.serving.kserve.io": ("spec.containers.0",),
    "ClusterServingRuntime.serving.kserve.io": ("spec.containers.0",),
    "SeldonDeployment.machinelearning.seldon.io": ("spec.predictors.0.componentSpecs.0.spec.containers.0",),
    "RayCluster.ray.io": tuple(f"spec.{path}" for path in RAY),
    "RayService.ray.io": tuple(f"spec.rayClusterConfig.{path}" for path in RAY),
    "RayJob.ray.io": (
        *(f"spec.rayClusterSpec.{path}" for path in RAY),
        "spec.submitterPodTemplate.spec.containers.0",
    ),
    **dict.fromkeys(
        (
            "ReplicationController",
            "Deployment.apps",
            "ReplicaSet.apps",
            "StatefulSet.apps",
            "DaemonSet.apps",
            "Deployment.extensions",
            "ReplicaSet.extensions",
            "DaemonSet.extensions",
            "Job.batch",
            "DeploymentConfig",
            "DeploymentConfig.apps.openshift.io",
            "Rollout.argoproj.io",
            "Service.serving.knative.dev",
            "Configuration.serving.knative.dev",
            "ContainerSource.sources.knative.dev",
            "AutoscalingRunnerSet.actions.github.com",
            "CloneSet.apps.kruise.io",
            "StatefulSet.apps.kruise.io",
            "DaemonSet.apps.kruise.io",
            "BroadcastJob.apps.kruise.io",
            "YurtStaticSet.apps.openyurt.io",
            "GameServer.agones.dev",
            "Notebook.kubeflow.org",
        ),
        (TEMPLATE,),
    ),
}


class Nowhere:
    """The origin of an object that stands in no file."""

    uri = ""

    def locate(self, path: Path) -> Any:
        raise NotImplementedError


def resource(body: dict[str, Any]) -> Resource:
    return Resource(body, Nowhere())


def found_in(text: str) -> list[Workload]:
    return list(workloads(resource(yaml.safe_load(text))))


def keys(dotted: str) -> Path:
    return tuple(int(key) if key.isdigit() else key for key in dotted.split("."))


def at(body: Any, path: Path) -> Any:
    for key in path:
        body = body[key]
    return body


def put(body: Any, path: Path, value: Any) -> Any:
    """The body with a value at a path, made of mappings and lists as the keys demand."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        body = body or []
        body.extend({} for _ in range(key + 1 - len(body)))
        body[key] = put(body[key], rest, value)
        return body
    body = {} if body is None else body
    body[key] = put(body.get(key), rest, value)
    return body


@pytest.mark.parametrize("group_kind", CONTAINERS)
def test_every_container_is_found_and_its_path_leads_back(group_kind: str) -> None:
    kind, _, group = group_kind.partition(".")
    body: dict[str, Any] = {"apiVersion": f"{group}/v1" if group else "v1", "kind": kind}
    paths = [keys(dotted) for dotted in CONTAINERS[group_kind]]
    for number, path in enumerate(paths):
        put(body, path, {"name": f"c{number}", "image": f"registry.example.com/c:{number}"})
    found = [
        (workload.field_path((*container.path, "image")), container.body["image"])
        for workload in workloads(resource(body))
        for container in workload.containers
    ]
    assert {path[:-1] for path, _ in found} == set(paths)
    assert len(found) == len(paths)
    assert all(at(body, path) == image for path, image in found)


def test_every_kind_is_tried() -> None:
    assert set(CONTAINERS) == set(CARRIERS)


def test_pod_fields_lead_back_through_a_template_and_through_a_bare_spec() -> None:
    (rollout,) = found_in(
        "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {template: {metadata: {labels: {a: b}},"
        " spec: {hostPID: true, containers: [{name: c}]}}}}"
    )
    assert rollout.field_path(("spec", "hostPID")) == ("spec", "template", "spec", "hostPID")
    assert rollout.field_path(("metadata", "labels")) == ("spec", "template", "metadata", "labels")
    assert rollout.metadata == {"labels": {"a": "b"}}
    (revision,) = found_in(
        "{apiVersion: serving.knative.dev/v1, kind: Revision, spec: {hostPID: true, containers: [{name: c}]}}"
    )
    assert revision.field_path(("spec", "hostPID")) == ("spec", "hostPID")


STEPS = """
apiVersion: tekton.dev/v1
kind: Task
spec:
  stepTemplate:
    computeResources: {limits: {memory: 1Gi, cpu: 1}}
    securityContext: {privileged: true, runAsNonRoot: true}
    env: [{name: A, value: default}, {name: B, value: default}]
  steps:
    - name: plain
      image: registry.example.com/plain:1
    - ref: {name: an-action}
    - name: own
      image: registry.example.com/own:1
      computeResources: {limits: {memory: 2Gi}}
      securityContext: {privileged: false}
      env: [{name: A, value: own}]
"""


def test_steps_take_from_the_step_template_what_they_do_not_set() -> None:
    (task,) = found_in(STEPS)
    plain, own = task.containers
    assert plain.body["resources"] == {"limits": {"memory": "1Gi", "cpu": 1}}
    assert own.body["resources"] == {"limits": {"memory": "2Gi", "cpu": 1}}
    assert own.body["securityContext"] == {"privileged": False, "runAsNonRoot": True}
    assert own.body["env"] == [{"name": "A", "value": "own"}, {"name": "B", "value": "default"}]


def test_what_a_step_takes_from_the_step_template_stands_there() -> None:
    (task,) = found_in(STEPS)
    plain, own = (container.path for container in task.containers)
    around = ("spec", "stepTemplate")
    assert task.field_path((*plain, "securityContext", "privileged")) == (
        *around,
        "securityContext",
        "privileged",
    )
    assert task.field_path((*plain, "resources", "limits")) == (*around, "computeResources", "limits")
    here = ("spec", "steps", 2)
    assert task.field_path((*own, "securityContext", "privileged")) == (
        *here,
        "securityContext",
        "privileged",
    )
    assert task.field_path((*own, "resources", "limits", "memory")) == (
        *here,
        "computeResources",
        "limits",
        "memory",
    )
    assert task.field_path((*own, "resources", "limits", "cpu")) == (
        *around,
        "computeResources",
        "limits",
        "cpu",
    )
    assert task.field_path((*own, "env", 1, "name")) == (*around, "env", 1, "name")


def test_a_run_states_the_pod_fields_of_its_tasks() -> None:
    (task,) = found_in(
        """
        apiVersion: tekton.dev/v1
        kind: PipelineRun
        spec:
          taskRunTemplate:
            serviceAccountName: builder
            podTemplate: {hostNetwork: true}
          pipelineSpec: {tasks: [{taskSpec: {steps: [{image: registry.example.com/a:1}]}}]}
        """
    )
    assert (task.spec["hostNetwork"], task.spec["serviceAccountName"]) == (True, "builder")
    assert task.field_path(("spec", "hostNetwork")) == keys("spec.taskRunTemplate.podTemplate.hostNetwork")


def test_a_workflow_states_the_pod_fields_of_its_templates() -> None:
    inherits, overrides = found_in(
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        spec:
          securityContext: {runAsNonRoot: true}
          volumes: [{name: shared, emptyDir: {}}]
          templates:
            - name: main
              dag: {tasks: []}
            - name: inherits
              container: {image: registry.example.com/a:1}
              volumes: [{name: own, emptyDir: {}}]
            - name: overrides
              container: {image: registry.example.com/a:1}
              securityContext: {runAsUser: 1000}
        """
    )
    assert inherits.spec["securityContext"] == {"runAsNonRoot": True}
    assert inherits.field_path(("spec", "securityContext", "runAsNonRoot")) == keys(
        "spec.securityContext.runAsNonRoot"
    )
    assert [volume["name"] for volume in inherits.spec["volumes"]] == ["own", "shared"]
    assert inherits.field_path(("spec", "volumes", 1, "name")) == keys("spec.volumes.0.name")
    assert overrides.spec["securityContext"] == {"runAsUser": 1000}
    assert overrides.field_path(("spec", "securityContext", "runAsUser")) == keys(
        "spec.templates.2.securityContext.runAsUser"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{apiVersion: v1, kind: Pod, spec: null}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {template: []}}",
        "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {workloadRef: {kind: Deployment, name: a}}}",
        "{apiVersion: tekton.dev/v1, kind: Task, spec: {steps: [{ref: {name: a}}, nothing]}}",
        "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, spec: {predictor: {model: {}}}}",
        "{apiVersion: kubevirt.io/v1, kind: VirtualMachine, spec: {template: {spec: {domain: {}}}}}",
    ],
)
def test_an_object_without_containers_carries_none(text: str) -> None:
    assert found_in(text) == []


def test_init_containers_that_always_restart_are_sidecars() -> None:
    (pod,) = found_in(
        "{apiVersion: v1, kind: Pod, spec: {initContainers: [{name: a, restartPolicy: Always}, {name: b}],"
        " containers: [{name: c}], ephemeralContainers: [{name: d}]}}"
    )
    assert {c.name: c.type for c in pod.containers} == {
        "a": "sidecar",
        "b": "init",
        "c": "container",
        "d": "ephemeral",
    }
