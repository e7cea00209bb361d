"""Remove HTML tags that a text contains literally, as in some collections of articles."""

import re

from scripts.documents.blocks import BLOCK_TAGS

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[\s/][^<>]*)?)>")
_ATTRIBUTE = re.compile(r"=\s*[\"'“”‘’]")


def without_tags(text: str) -> tuple[str, int]:
    """Return a text without HTML tags, with a blank line where a block begins or ends, and the number of tags.

    A name that is nowhere closed or followed by attributes is not a tag: <ann@a.org>, "<3".

    >>> without_tags('<p>A <b class="x">b</b> c</p><p>D</p>')
    ('\\n\\nA b c\\n\\n\\n\\nD\\n\\n', 6)
    >>> without_tags("a <b and c> d, <ann@a.org>, <Acme>")
    ('a <b and c> d, <ann@a.org>, <Acme>', 0)
    """
    names = {
        tag["name"]
        for tag in _TAG.finditer(text)
        if tag["end"] or tag["rest"].endswith("/") or _ATTRIBUTE.search(tag["rest"])
    }
    n_tags = 0

    def replaced(tag: re.Match[str]) -> str:
        nonlocal n_tags
        if tag["name"] not in names:
            return tag[0]
        n_tags += 1
        return "\n\n" if tag["name"].lower() in BLOCK_TAGS else ""

    return _TAG.sub(replaced, text), n_tags
