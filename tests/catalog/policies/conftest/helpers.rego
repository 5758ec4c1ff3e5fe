package helpers

containers(object) := object.spec.template.spec.containers
