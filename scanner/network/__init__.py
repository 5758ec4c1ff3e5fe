"""What `kubeassay network` answers and draws, from what scanner.facts.network works out."""
