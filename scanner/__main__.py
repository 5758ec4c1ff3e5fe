"""`python -m scanner` is `kubeassay`."""

from scanner.cli import main

main()
