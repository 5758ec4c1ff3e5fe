"""Finds for live objects their sources in a repository, so that findings point to files and lines.

repository = Repository(discover(paths), options, cwd)
collection = match(live, repository)
"""

from scanner.collect.match.match import match
from scanner.collect.match.origin import SourceOrigin
from scanner.collect.match.repository import Repository

__all__ = ["Repository", "SourceOrigin", "match"]
