package kubeassay.lib.root_test

import data.kubeassay.lib.root

pod(context, containers) := {
	"spec": {"securityContext": context},
	"containers": [{"path": ["spec", "containers", i], "securityContext": c} | some i, c in containers],
}

# [the place's depth: 3 the pod's, 5 a container's; whether a user id keeps root away]
places(input_pod) := found if {
	unguarded := root.unguarded with input as input_pod
	found := {[count(place.path), place.user_id] | some place in unguarded}
}

test_nothing_said_is_each_containers_fault if {
	places({"containers": [{"path": ["spec", "containers", 0]}]}) == {[5, false]}
	places(pod(null, [{}, {"runAsUser": 7}])) == {[5, false], [5, true]}
	places(pod({"runAsNonRoot": null}, [{"runAsNonRoot": null}])) == {[5, false]}
}

test_user_id_of_container_goes_before_the_pods if {
	places(pod({"runAsUser": 7}, [{}])) == {[5, true]}
	places(pod({"runAsUser": 7}, [{"runAsUser": 0}])) == {[5, false]}
	places(pod({"runAsUser": 0}, [{"runAsUser": 7}])) == {[5, true]}
}

test_false_of_the_pod_is_one_fault if {
	places(pod({"runAsNonRoot": false}, [{}, {}])) == {[3, false]}
	places(pod({"runAsNonRoot": false}, [{"runAsUser": 7}, {"runAsNonRoot": true}])) == {[3, true]}
	places(pod({"runAsNonRoot": false}, [{"runAsUser": 7}, {}])) == {[3, false]}
}

test_container_goes_before_the_pod if {
	places(pod({"runAsNonRoot": true}, [{}, {"runAsNonRoot": false}])) == {[5, false]}
	places(pod({}, [{"runAsNonRoot": true}])) == set()
	places(pod({"runAsNonRoot": true}, [{}])) == set()
}
