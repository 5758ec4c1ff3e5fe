"""Which kinds carry pod templates, and where. Adding a kind is adding a line.

Kinds whose operator makes the pod spec from settings of its own, and lets users lay a partial one over it
(Prometheus, Elasticsearch, SparkApplication, OpenTelemetryCollector, TrainJob, RunnerDeployment and such),
are left out: what such a spec lacks is not lacking in the pod. So are kinds without containers
(VirtualMachine).
"""

from __future__ import annotations

from collections.abc import Mapping

from scanner.facts.carrier import Carrier, SpecCarrier


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(filter(None, dotted.split(".")))


def _template(*locations: str) -> tuple[Carrier, ...]:
    return tuple(Carrier(_keys(location)) for location in locations)


def _spec(*locations: str) -> tuple[Carrier, ...]:
    return tuple(SpecCarrier(_keys(location)) for location in locations)


def _argo(workflow: str) -> tuple[Carrier, ...]:
    """A workflow's templates; pod fields of the workflow hold for those that do not set them."""
    return (
        SpecCarrier(
            _keys(f"{workflow}.templates.*"),
            containers=(("container",), ("script",), ("containerSet", "containers"), ("sidecars",)),
            pod_defaults=(_keys(f"{workflow}.templateDefaults"), _keys(workflow)),
        ),
    )


def _tekton(*locations: str, pods: tuple[str, ...] = ()) -> tuple[Carrier, ...]:
    """Tasks; `pods` is where a run states the fields of its pods."""
    return tuple(
        SpecCarrier(
            _keys(location),
            containers=(("steps",), ("sidecars",)),
            init_containers=(),
            pod_defaults=tuple(map(_keys, pods)),
            container_defaults="stepTemplate",
            container_fields={"computeResources": "resources"},
        )
        for location in locations
    )


def _shipwright() -> tuple[Carrier, ...]:
    return (SpecCarrier(("spec",), containers=(("steps",), ("buildSteps",)), init_containers=()),)


_TEMPLATE = _template("spec.template")
_RAY = ("headGroupSpec.template", "workerGroupSpecs.*.template")
_TRAINING = "spec.template.spec.replicatedJobs.*.template.spec.template"
_ANALYSIS = _template("spec.metrics.*.provider.job.spec.template")
_UNITED = ("statefulSetTemplate", "advancedStatefulSetTemplate", "cloneSetTemplate", "deploymentTemplate")
_YURT = ("statefulSetTemplate", "deploymentTemplate")

CARRIERS: Mapping[str, tuple[Carrier, ...]] = {
    # Kubernetes
    "Pod": _template(""),
    "PodTemplate": _template("template"),
    "ReplicationController": _TEMPLATE,
    "Deployment.apps": _TEMPLATE,
    "ReplicaSet.apps": _TEMPLATE,
    "StatefulSet.apps": _TEMPLATE,
    "DaemonSet.apps": _TEMPLATE,
    "Deployment.extensions": _TEMPLATE,
    "ReplicaSet.extensions": _TEMPLATE,
    "DaemonSet.extensions": _TEMPLATE,
    "Job.batch": _TEMPLATE,
    "CronJob.batch": _template("spec.jobTemplate.spec.template"),
    # Kubernetes SIGs
    "JobSet.jobset.x-k8s.io": _template("spec.replicatedJobs.*.template.spec.template"),
    "LeaderWorkerSet.leaderworkerset.x-k8s.io": _template(
        "spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate"
    ),
    "Sandbox.agents.x-k8s.io": _template("spec.podTemplate"),
    "SandboxTemplate.extensions.agents.x-k8s.io": _template("spec.podTemplate"),
    # OpenShift
    "DeploymentConfig": _TEMPLATE,
    "DeploymentConfig.apps.openshift.io": _TEMPLATE,
    # Argo
    "Rollout.argoproj.io": _TEMPLATE,
    "Experiment.argoproj.io": _template("spec.templates.*.template"),
    "AnalysisTemplate.argoproj.io": _ANALYSIS,
    "ClusterAnalysisTemplate.argoproj.io": _ANALYSIS,
    "AnalysisRun.argoproj.io": _ANALYSIS,
    "Workflow.argoproj.io": _argo("spec"),
    "WorkflowTemplate.argoproj.io": _argo("spec"),
    "ClusterWorkflowTemplate.argoproj.io": _argo("spec"),
    "CronWorkflow.argoproj.io": _argo("spec.workflowSpec"),
    # Knative
    "Service.serving.knative.dev": _TEMPLATE,
    "Configuration.serving.knative.dev": _TEMPLATE,
    "Revision.serving.knative.dev": _spec("spec"),
    "ContainerSource.sources.knative.dev": _TEMPLATE,
    # Tekton
    "Task.tekton.dev": _tekton("spec"),
    "ClusterTask.tekton.dev": _tekton("spec"),
    "TaskRun.tekton.dev": _tekton("spec.taskSpec", pods=("spec.podTemplate", "spec")),
    "Pipeline.tekton.dev": _tekton("spec.tasks.*.taskSpec", "spec.finally.*.taskSpec"),
    "PipelineRun.tekton.dev": _tekton(
        "spec.pipelineSpec.tasks.*.taskSpec",
        "spec.pipelineSpec.finally.*.taskSpec",
        pods=("spec.taskRunTemplate.podTemplate", "spec.taskRunTemplate", "spec.podTemplate", "spec"),
    ),
    # Shipwright
    "BuildStrategy.shipwright.io": _shipwright(),
    "ClusterBuildStrategy.shipwright.io": _shipwright(),
    # GitHub Actions Runner Controller
    "AutoscalingRunnerSet.actions.github.com": _TEMPLATE,
    "EphemeralRunnerSet.actions.github.com": _template("spec.ephemeralRunnerSpec"),
    "EphemeralRunner.actions.github.com": _template("spec"),
    # OpenKruise
    "CloneSet.apps.kruise.io": _TEMPLATE,
    "StatefulSet.apps.kruise.io": _TEMPLATE,
    "DaemonSet.apps.kruise.io": _TEMPLATE,
    "BroadcastJob.apps.kruise.io": _TEMPLATE,
    "AdvancedCronJob.apps.kruise.io": _template(
        "spec.template.jobTemplate.spec.template", "spec.template.broadcastJobTemplate.spec.template"
    ),
    "UnitedDeployment.apps.kruise.io": _template(
        *(f"spec.template.{kind}.spec.template" for kind in _UNITED)
    ),
    "SidecarSet.apps.kruise.io": _spec("spec"),
    "GameServerSet.game.kruise.io": _template("spec.gameServerTemplate"),
    # OpenYurt
    "YurtAppSet.apps.openyurt.io": _template(
        *(f"spec.workload.workloadTemplate.{kind}.spec.template" for kind in _YURT),
        *(f"spec.workloadTemplate.{kind}.spec.template" for kind in _YURT),
    ),
    "YurtStaticSet.apps.openyurt.io": _TEMPLATE,
    # KEDA
    "ScaledJob.keda.sh": _template("spec.jobTargetRef.template"),
    # Agones
    "GameServer.agones.dev": _TEMPLATE,
    "GameServerSet.agones.dev": _template("spec.template.spec.template"),
    "Fleet.agones.dev": _template("spec.template.spec.template"),
    # Volcano
    "Job.batch.volcano.sh": _template("spec.tasks.*.template"),
    "CronJob.batch.volcano.sh": _template("spec.jobTemplate.spec.tasks.*.template"),
    "JobTemplate.flow.volcano.sh": _template("spec.tasks.*.template"),
    # Grove
    "PodClique.grove.io": _spec("spec.podSpec"),
    "PodCliqueSet.grove.io": _spec("spec.template.cliques.*.spec.podSpec"),
    # Kubeflow
    "Notebook.kubeflow.org": _TEMPLATE,
    "PyTorchJob.kubeflow.org": _template("spec.pytorchReplicaSpecs.*.template"),
    "TFJob.kubeflow.org": _template("spec.tfReplicaSpecs.*.template"),
    "MPIJob.kubeflow.org": _template("spec.mpiReplicaSpecs.*.template"),
    "MXJob.kubeflow.org": _template("spec.mxReplicaSpecs.*.template"),
    "JAXJob.kubeflow.org": _template("spec.jaxReplicaSpecs.*.template"),
    "PaddleJob.kubeflow.org": _template("spec.paddleReplicaSpecs.*.template"),
    "XGBoostJob.kubeflow.org": _template("spec.xgbReplicaSpecs.*.template"),
    "TrainingRuntime.trainer.kubeflow.org": _template(_TRAINING),
    "ClusterTrainingRuntime.trainer.kubeflow.org": _template(_TRAINING),
    # KServe: a predictor without containers of its own takes them from a serving runtime
    "InferenceService.serving.kserve.io": _spec("spec.predictor", "spec.transformer", "spec.explainer"),
    "ServingRuntime.serving.kserve.io": _spec("spec"),
    "ClusterServingRuntime.serving.kserve.io": _spec("spec"),
    # Seldon
    "SeldonDeployment.machinelearning.seldon.io": _template("spec.predictors.*.componentSpecs.*"),
    # Ray
    "RayCluster.ray.io": _template(*(f"spec.{group}" for group in _RAY)),
    "RayService.ray.io": _template(*(f"spec.rayClusterConfig.{group}" for group in _RAY)),
    "RayJob.ray.io": _template(
        *(f"spec.rayClusterSpec.{group}" for group in _RAY), "spec.submitterPodTemplate"
    ),
}
