"""Functions of the page's script, called in Node: what Python passes and gets is JSON."""

import json
import shutil
import subprocess
from functools import cache
from typing import Any

import pytest

from scripts.report.corpus.blocks import Corpus
from scripts.report.payload import inert
from scripts.report.rendering import SCRIPTS, script_source

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="no Node: install Debian's package nodejs")
# Functions that only tests need. JSON has no NaN: a number that is missing is null on its way.
_HELPERS = """
const number = (value) => (value === null ? NaN : value);
const corpusFrom = async ({ shared, parts }) => {
  const corpus = sharedOf(await unpacked(shared, {}));
  corpus.parts = await Promise.all(parts.map(async (part, number) => partFrom(number, await unpacked(part, {}))));
  return corpus;
};
/* Hits as text: their document, sentence and words. */
const told = (corpus, hits) => hits.map(([part, first, length]) => {
  const place = placed(part, first);
  return [corpus.docId[place.document], place.sentence, textOf(corpus, part, first, first + length)];
});
"""


@cache
def _source() -> str:
    """Return the script as the page has it, but for the last module: the others act on no page."""
    return script_source(SCRIPTS[:-1]) + _HELPERS


# Answers each line of its input, a function and its data, with a line: the value, or an error. The script is run anew
# for each, within a function, so that none sees what another has left.
_ANSWERS = """
const { createInterface } = require("node:readline");
const AsyncFunction = (async () => {}).constructor;
createInterface({ input: process.stdin }).on("line", async (line) => {
  const [source, data] = JSON.parse(line);
  const answer = await new AsyncFunction("data", source)(data)
    .then((value) => ({ value: value ?? null }), (error) => ({ error: String(error?.stack ?? error) }));
  console.log(JSON.stringify(answer));
});
"""


@cache
def _node() -> subprocess.Popen[str]:
    """Return the process of Node that answers this process of pytest, and ends with it."""
    command = [str(NODE), "--unhandled-rejections=strict", "-e", _ANSWERS]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def run(function: str, data: object = None) -> Any:
    """Return the value of a function in JavaScript, or of its promise, for some data."""
    node = _node()
    assert node.stdin and node.stdout
    node.stdin.write(json.dumps([f'"use strict";{_source()}return ({function})(data);', data]) + "\n")
    node.stdin.flush()
    answer = json.loads(node.stdout.readline())
    assert "error" not in answer, answer["error"][-2000:]
    return answer["value"]


def packed(corpus: Corpus) -> dict[str, Any]:
    """Return the blocks of a corpus as the page has them, for `corpusFrom`."""
    return {"shared": inert(corpus.shared), "parts": [inert(part) for part in corpus.parts]}
