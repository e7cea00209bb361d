"""Names of columns, fields and bits in the blocks of the corpus, by which the page reads them too."""

STANCE = "stance"
# Names of columns with the value of an attribute begin so.
VALUE = "value "
# Columns of each kind of mark, beside the place of its first token.
QUOTE_NUMBERS = ("type", "speaker", "role", "rule", "words", "quoted", "confidence", STANCE)
QUOTE_OFFSETS = ("cue_first", "source_first")
QUOTE_LENGTHS = ("cue_length", "source_length")
MENTION_NUMBERS = ("length", "name", "label")
CODE_NUMBERS = ("length", "pattern", "negated", "speaker")
# Texts of several fields in the lists `pattern` and `label`, and the sign between the fields.
PATTERN_FIELDS = ("scheme", "frame", "term")
LABEL_FIELDS = ("label", "kind")
BETWEEN_FIELDS = "\x1f"
# Bits of the counts that a document is in: sentences and statements (it was parsed), sources (it repeats no earlier
# document), words; and that it is wire copy.
USES = {"parsed": 1, "sources": 2, "words": 4, "wire": 8}
# Bits of an entry of the vocabulary. `counted`: the tables of words count it; `stopped`: its counted form is among
# `words.stop_words`; `left_out`: it stands in boilerplate, so that nothing counts it (then it is no `word` either);
# `says_nothing`: it sets nobody apart, so that key words leave it out.
FLAGS = {"word": 1, "stop": 2, "counted": 4, "stopped": 8, "left_out": 16, "says_nothing": 32}
