"""What results say. The first sentence stands for the whole where there is little room."""

from __future__ import annotations

from scanner.findings.model import ControlResult, Finding, Looked, Status, Subject
from scanner.report.sarif.descriptors import sentence
from scanner.text import one_line


def finding_text(finding: Finding) -> str:
    """The fault and whose it is, then the remedy."""
    if finding.status is Status.UNKNOWN:
        first = f"{finding.rule.title}: could not be told for {finding.subject}: {finding.message}"
    elif finding.status is Status.MANUAL:
        first = f"A person has to judge of {finding.subject}: {finding.message}"
    elif finding.status is Status.ERROR:
        first = f"{finding.rule.title}: could not be judged for {finding.subject}: {finding.message}"
    else:
        first = f"{finding.message.rstrip('.')} ({finding.subject})"
    parts = [sentence(one_line(first[:1].upper() + first[1:]))]
    if finding.status is Status.FAIL:
        parts.append(sentence(one_line(f"Remedy: {finding.rule.remediation}")))
    return " ".join(parts)


def looked_text(entry: Looked, subject: Subject) -> str:
    """What was looked at, or why the rule does not apply."""
    if entry.status is Status.PASS:
        text = f"{subject} passed: looked at {', '.join(entry.rule.reads)}"
    else:
        text = f"Does not apply to {subject}: {entry.reason}"
    return sentence(one_line(text))


def manual_text(control: ControlResult) -> str:
    """What a person has to find out."""
    text = sentence(f"A person has to check: {control.control.title}")
    return one_line(f"{text} {sentence(control.reason)}" if control.reason else text)


def standard(text: str) -> str:
    """The text as the standard wants it: braces would be placeholders, `[…](…)` a link."""
    return no_links(text).replace("{", "{{").replace("}", "}}")


def no_links(text: str) -> str:
    """The text with nothing in it that readers take for a link."""
    return text.replace("](", "\\](")


def shortened(text: str, length: int) -> str:
    """The text, cut with an ellipsis when it is longer."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
