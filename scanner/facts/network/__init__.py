"""Who can reach whom, as NetworkPolicies and the admin policies of the cluster decide it."""
