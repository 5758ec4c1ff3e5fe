"""Turn a result into text: one file per format."""
