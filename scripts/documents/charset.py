"""The encoding that a web page declares, read as browsers do (WHATWG Encoding Standard, HTML section 13.2.3)."""

import codecs
import re

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{2,30})", re.IGNORECASE)
_PRESCAN = 2_048
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Python's names: declared encoding -> the one that browsers use, which may have more characters than the declared one.
_ENCODINGS = {
    **{name: name for name in ("utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874")},
    **{f"cp{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    "iso8859-9": "cp1254",
    **dict.fromkeys(("iso8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "cp932"), "cp932"),
    **dict.fromkeys(("euc_kr", "cp949"), "cp949"),
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
}


def browser_encoding(name: str) -> str:
    """Return Python's name of the encoding that browsers use for a declared name, "" if they do not know it.

    >>> browser_encoding("latin-1"), browser_encoding("hex")
    ('cp1252', '')
    """
    try:
        return _ENCODINGS.get(codecs.lookup(name).name, "")
    except (LookupError, ValueError):
        return ""


def declared_encoding(page: bytes) -> str:
    """Return Python's name of the encoding that a page declares, "" if it must be inferred from the bytes.

    It must be inferred if the bytes begin with a byte order mark, and if the page declares no encoding, one that no
    browser reads, or UTF-16 (a page in UTF-16 could not be searched for its declaration).

    >>> declared_encoding(b'<meta charset="iso-8859-1">')
    'cp1252'
    >>> [declared_encoding(b"<meta charset=%s>" % name) for name in (b"hex", b"utf-16", b"none")]
    ['', '', '']
    """
    declaration = _CHARSET.search(page, 0, _PRESCAN)
    if declaration is None or page.startswith(_MARKS):
        return ""
    return browser_encoding(declaration[1].decode("ascii"))
