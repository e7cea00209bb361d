"""Reading one file of any format, for several tests."""

import io
import zipfile

import pytest

from scripts.documents.formats import read_file
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday."


def zipped(*members):
    """Return a ZIP file of members: (name, content)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def read(name, data, **settings):
    """Return {part: text}, {part: metadata} and [(part, severity, code)] of a file."""
    entries = list(read_file(name, data, Settings(**settings)))
    raws = [entry for entry in entries if isinstance(entry, Raw)]
    problems = [(entry.part, entry.severity, entry.code) for entry in entries if isinstance(entry, Problem)]
    problems += [(raw.part + problem.part, problem.severity, problem.code) for raw in raws for problem in raw.problems]
    return {raw.part: raw.text for raw in raws}, {raw.part: raw.metadata for raw in raws}, problems


def messages(name, data, **settings):
    """Return the messages of the problems of a file."""
    entries = list(read_file(name, data, Settings(**settings)))
    of_texts = [problem for entry in entries if isinstance(entry, Raw) for problem in entry.problems]
    return [problem.message for problem in of_texts + [entry for entry in entries if isinstance(entry, Problem)]]


def refused(name, data, **settings):
    """Return the code with which a file is refused."""
    with pytest.raises(UnreadableError) as refusal:
        read(name, data, **settings)
    return refusal.value.problem.code
