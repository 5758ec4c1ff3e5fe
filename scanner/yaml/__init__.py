"""Reading YAML and JSON as Kubernetes does, and finding again where a value stands.

result = read(path.read_bytes())
for document in result.documents:
    span = Locator(document).find(["spec", "replicas"])
"""

from scanner.yaml.locate import Locator
from scanner.yaml.model import Document, Limits, Path, ReadError, ReadResult, Span
from scanner.yaml.reader import read, read_file

__all__ = ["Document", "Limits", "Locator", "Path", "ReadError", "ReadResult", "Span", "read", "read_file"]
