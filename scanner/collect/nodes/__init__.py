"""What is known of a node's host, as NodeFacts: read on the node, by a Job, or from the API alone."""
