"""The formats: one file each, named after the format; `--output` offers what is here."""
