"""Marks in templates: each line of a chart's copy carries its number, so that rendered lines tell theirs.

A mark is a YAML comment. Marks are taken out of the output again before it is read: they need not leave it
valid, only on its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_TOKEN = re.compile(
    r"""(?xs)
    \{\{-?\s*/\*.*?\*/\s*-?\}\}                                  # a comment
    | \{\{ (?: "(?:\\.|[^"\\])*+" | `[^`]*+` | '(?:\\.|[^'\\])*+' | [^"`'}] | \}(?!\}) )*+ \}\}   # an action
    """
)
_MARK = re.compile(r" #ka:(\d+)\.")
_SILENT = re.compile(r"\{\{-?\s*(?:/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$\w*\s*:?=)")
_BLOCK = re.compile(r"\{\{-?\s*(define|block|if|range|with|end)\b")
_KEY = re.compile(r"""\s*(?:-\s+)*(?:-$|["']?[^\s"'#{\[]+["']?\s*:(?:\s|$)|-\s)""")
_LINES = re.compile(r"\|\s*n?indent\b[^|]*$|^\s*(?:toYaml|include|tpl)\b[^|]*$|\|\s*toYaml\s*$")
_ACTION = "\ufffc"


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a template."""

    template: str
    """Such as `notify/templates/api.yaml`."""
    line: int
    text: str
    is_action: bool = False
    """Whether it has no text of its own, so that all it gives comes from elsewhere."""


@dataclass(slots=True)
class Marks:
    """The marks of one chart."""

    lines: list[TemplateLine] = field(default_factory=list)

    def mark(self, file: Path, template: str) -> None:
        """Write marks into a template."""
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        marked = "".join(self._marked(text, template))
        file.write_bytes(marked.encode("utf-8", "surrogateescape"))

    def read(self, output: str) -> tuple[list[str], list[TemplateLine | None]]:
        """The lines of rendered output without their marks, and where each comes from.

        Where a line has several marks, the first is the innermost: a helper's before its caller's.
        """
        lines, origins = [], []
        for line in output.split("\n"):
            mark = _MARK.search(line)
            number = int(mark[1]) if mark else len(self.lines)
            origins.append(self.lines[number] if number < len(self.lines) else None)
            lines.append(_MARK.sub("", line))
        return lines, origins

    def _marked(self, text: str, template: str) -> Iterator[str]:
        nesting: list[str] = []
        line_number = 1
        for line in _template_lines(text):
            in_define = "define" in nesting or "block" in nesting
            mark = f" #ka:{len(self.lines)}."
            is_action = "{{" in line and not _TOKEN.sub("", line).strip()
            first = line.partition("\n")[0].rstrip("\r")
            self.lines.append(TemplateLine(template, line_number, first, is_action))
            line_number += line.count("\n")
            for action in _TOKEN.findall(line) if "{{" in line else ():
                keyword = _BLOCK.match(action)
                if keyword and keyword[1] != "end":
                    nesting.append(keyword[1])
                elif keyword and nesting:
                    nesting.pop()
            yield _mark_line(line, mark, in_define)


def _template_lines(text: str) -> Iterator[str]:
    """The lines of a template; an action that runs over several makes them one."""
    start = 0
    actions = [(each.start(), each.end()) for each in _TOKEN.finditer(text)]
    index = 0
    for newline in re.finditer("\n", text):
        while index < len(actions) and actions[index][1] <= newline.start():
            index += 1
        if index < len(actions) and actions[index][0] < newline.start():
            continue
        yield text[start : newline.end()]
        start = newline.end()
    if start < len(text):
        yield text[start:]


def _mark_line(line: str, mark: str, in_define: bool) -> str:
    body = line.rstrip("\r\n")
    ending = line[len(body) :]
    if "{{" not in line:
        plain = body.lstrip()
        silent = not plain or plain.startswith(("#", "---")) or (in_define and not _KEY.match(plain))
        return line if silent else body + mark + ending
    actions = _TOKEN.findall(body)
    shown = [action for action in actions if not _SILENT.match(action)]
    plain = _TOKEN.sub(lambda each: "" if _SILENT.match(each[0]) else _ACTION, body)
    yields_lines = bool(shown) and not plain.replace(_ACTION, "").strip()
    if not plain.strip() or plain.lstrip().startswith(("#", "---")):
        return line
    if yields_lines or not in_define:
        body = _TOKEN.sub(lambda each: _spread(each[0], mark, yields_lines), body)
    if body.endswith("-}}") or (in_define and not _KEY.match(plain)):
        return body + ending
    return body + mark + ending


def _spread(action: str, mark: str, alone: bool) -> str:
    """An action that gives several lines, changed to put a mark on each."""
    if _SILENT.match(action):
        return action
    inner = action.removeprefix("{{").removesuffix("}}")
    lead = "-" if inner.startswith("-") else ""
    trail = "-" if re.search(r"\s-$", inner) else ""
    pipeline = inner[len(lead) : len(inner) - len(trail)]
    several = _LINES.search(_without_strings(pipeline))
    if not several or not (alone or "indent" in several[0]):
        return action
    return f'{{{{{lead} {pipeline.strip()} | replace "\\n" "{mark}\\n" {trail}}}}}'


def _without_strings(pipeline: str) -> str:
    """The pipeline with strings and parentheses blanked, so that its last command can be seen."""
    pipeline = re.sub(r'"(?:\\.|[^"\\])*"|`[^`]*`', "s", pipeline)
    while (shorter := re.sub(r"\([^()]*\)", "p", pipeline)) != pipeline:
        pipeline = shorter
    return pipeline


def mark_templates(folders: Mapping[Path, str]) -> Marks:
    """Mark every template of a chart and its subcharts, given their folders and prefixes."""
    marks = Marks()
    for folder, name in folders.items():
        for file in sorted((folder / "templates").rglob("*")):
            if file.is_file():
                marks.mark(file, f"{name}/{file.relative_to(folder).as_posix()}")
    return marks
