"""RTF: the text with all tracked changes accepted, and problems on the parts of the file that are not in it.

The package that reads RTF ignores tracked changes and drops footnotes and text boxes. So the file is rewritten for it,
without deleted text and with notes and boxes at the end.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from scripts.documents.exports import export_entries
from scripts.documents.isolated import isolated
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?|(?P<brace>[{}])|(?P<sign>\\'[0-9a-f]{2}|\\.|\\\Z)|[^\\{}]+",
    re.IGNORECASE | re.DOTALL,
)
_MOVED = frozenset(("footnote", "shptxt", "dptxbxtext"))
_LEFT_OUT = {
    **{f"{place}{of}": "headers and footers" for place in ("header", "footer") for of in ("", "l", "r", "f")},
    "annotation": "comments",
    "result": "embedded objects",
    "shprslt": "",  # the text box again, for old programs
}
_BODY, _HIDDEN = "body", "hidden"
_CUT = "The file ends within {:,} of its groups, so it is cut: the text up to there was read. Get it again."
_AFTER = "{:,} characters after the end of the RTF were not read. If they are text, put them into a separate file."


class _Group(NamedTuple):
    """The state within a pair of braces: where its text belongs, whether it is marked as deleted, and its output."""

    place: str
    deleted: bool
    sink: list[str]


class _Rewritten(NamedTuple):
    """RTF without deleted text and with notes and text boxes at its end, and counts.

    `deleted`, `after` (past the end of the RTF) and `left` (left out, by kind) count characters, `unclosed` groups.
    """

    rtf: str
    deleted: int
    unclosed: int
    after: int
    left: Counter[str]


def _placed(word: str, group: _Group, hiding: frozenset[str], moved: list[list[str]]) -> _Group | None:
    """Return the state of a group after a control word that names a destination; None if the word names none."""
    if word in _MOVED and group.place in (_BODY, _HIDDEN):
        moved.append([])
        return group._replace(place=_BODY, sink=moved[-1])
    if word in _LEFT_OUT and group.place in (_BODY, _HIDDEN):
        return group._replace(place=word)
    if word in hiding and group.place == _BODY:
        return group._replace(place=_HIDDEN)
    return None


def _rewrite(rtf: str) -> _Rewritten:
    """Return RTF rewritten in one pass so that the package reads all of its text."""
    from striprtf.striprtf import destinations, specialchars

    hiding = frozenset(destinations)
    deleted = 0
    left: Counter[str] = Counter()
    main: list[str] = []
    moved: list[list[str]] = []
    group = _Group(_BODY, deleted=False, sink=main)
    stack: list[_Group] = []
    at = 0
    while at < len(rtf):
        token = _TOKEN.match(rtf, at)
        assert token is not None  # any character begins a token
        at = token.end()
        piece, word = token.group(), (token["word"] or "").lower()
        if piece == "{":
            group.sink.append(piece)
            stack.append(group)
        elif piece == "}":
            if not stack:
                break
            group = stack.pop()
            group.sink.append(piece)
            if not stack:
                break
        elif word == "bin":
            at += max(int(token["number"] or 0), 0)
        elif word == "deleted":
            group = group._replace(deleted=token["number"] != "0")
        elif (named := _placed(word, group, hiding, moved)) is not None:
            group.sink.append(piece if named.sink is group.sink else "")
            group = named
        else:
            if piece == "\\*" and group.place == _BODY:
                group = group._replace(place=_HIDDEN)
            is_text = bool(token["sign"] and piece != "\\*") or not (token["sign"] or word)
            size = (1 if token["sign"] else len(piece.strip("\r\n"))) if is_text else 0
            if group.deleted and (is_text or word == "u" or word in specialchars):
                deleted += size if group.place == _BODY else 0
                continue
            if group.place not in (_BODY, _HIDDEN):
                left[_LEFT_OUT[group.place]] += size
            if word == "plain":
                group = group._replace(deleted=False)
            group.sink.append(piece)
    body = "".join(main)
    notes = "".join(f"{{\\par {''.join(pieces)}}}" for pieces in moved)
    body = body.removesuffix("}") + notes + "}" if notes else body
    return _Rewritten(body, deleted, len(stack), len(rtf[at:].strip(" \r\n\t\0\x1a")), left)


def _remarks(done: _Rewritten) -> Iterator[Problem]:
    """Yield the rows about a file cut short or with more after its end, deleted text, and parts left out."""
    if done.unclosed:
        yield Problem("warning", "damaged", _CUT.format(done.unclosed))
    if done.after:
        yield Problem("warning", "left-out", _AFTER.format(done.after))
    if done.deleted:
        message = (
            f"Tracked changes: {done.deleted:,} deleted characters were left out, as if all changes were accepted. If "
            "that is wrong, accept or reject them in the program that wrote the file."
        )
        yield Problem("note", "tracked", message)
    if left := {name: count for name, count in done.left.items() if count and name}:
        parts = ", ".join(f"{name} ({count:,} characters)" for name, count in sorted(left.items()))
        message = f"Left out: {parts}. If you need them, copy their text into the document itself."
        yield Problem("note", "left-out", message)


@isolated("striprtf", "RTF file")
def read_rtf(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the text of an RTF file, as word processors and news databases write it."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("broken", "This is not RTF: it does not begin with {\\rtf. Save it again, or as .txt.", 0)
    with parsing("RTF file"):
        done = _rewrite(data.decode("cp1252", errors="replace"))
        text = rtf_to_text(done.rtf, errors="replace")
    if not text.strip():
        raise UnreadableError("no-text", "There is no text in this RTF file. Save the article as plain text (.txt).")
    return export_entries(Raw("", text, {}, "rtf", list(_remarks(done))))
