"""Names of columns, fields and bits in the blocks of the corpus, shared with the page's script."""

STANCE = "stance"
# Prefix of the names of columns with the values of a source attribute.
VALUE = "value "
# Columns of each kind of mark, besides the place of its first token.
QUOTE_NUMBERS = ("type", "speaker", "role", "rule", "words", "quoted", "confidence", STANCE)
QUOTE_OFFSETS = ("cue_first", "source_first")
QUOTE_LENGTHS = ("cue_length", "source_length")
MENTION_NUMBERS = ("length", "name", "label")
CODE_NUMBERS = ("length", "pattern", "negated", "speaker")
# Fields of the texts in the lists `pattern` and `label`, and the separator between them.
PATTERN_FIELDS = ("scheme", "frame", "term")
LABEL_FIELDS = ("label", "kind")
BETWEEN_FIELDS = "\x1f"
# Bits of the counts that a document is part of: `parsed` (sentences and statements), `sources` (it repeats no earlier
# document), `words`; and `wire`: it is wire copy.
USES = {"parsed": 1, "sources": 2, "words": 4, "wire": 8}
# Bits of a vocabulary entry. `counted`: the tables of words count it; `stopped`: its counted form is among
# `words.stop_words`; `left_out`: it is in boilerplate, so nothing counts it (and `word` is not set either);
# `says_nothing`: it cannot distinguish groups, so it is never a key word.
FLAGS = {"word": 1, "stop": 2, "counted": 4, "stopped": 8, "left_out": 16, "says_nothing": 32}
