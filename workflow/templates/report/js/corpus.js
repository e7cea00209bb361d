/* The corpus: vocabulary, documents, and parts with tokens and their marks (scripts/report/corpus). */
const sums = (counts) => {
  const starts = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at += 1) starts[at + 1] = starts[at] + counts[at];
  return starts;
};
/* The last place of an increasing array whose value is at most `value`. */
const placeOf = (values, value) => {
  let low = 0, high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle] <= value) low = middle; else high = middle - 1;
  }
  return low;
};
/* Columns of a block whose names begin so, by the rest of the name. */
const beginning = (block, start) => Object.fromEntries(Object.keys(block).filter((key) => key.startsWith(start)).map((key) => [key.slice(start.length), block[key]]));
const readPart = async (number) => {
  const block = await readBlock(`data-part-${number}`);
  const column = (kind, name) => block[`${kind} ${name}`];
  const columns = (kind, names) => Object.fromEntries(names.map((name) => [name, column(kind, name)]));
  const sentenceToken = sums(block.lengths), documentSentence = sums(block.sentences);
  const quotes = columns("quote", ["pieces", "type", "speaker", "speaker_type", "role", "rule", "words", "quoted", "sure", "stance",
    "cue_first", "cue_length", "source_first", "source_length"]);
  quotes.values = beginning(block, "quote value ");
  quotes.piece = sums(quotes.pieces);
  quotes.pieceFirst = block["piece first"];
  quotes.pieceLength = block["piece length"];
  /* What somebody is said to want or believe; few corpora have any. */
  const attitudes = { speaker: block["attitude speaker"] ?? [], piece: sums(block["attitude pieces"] ?? []), pieceFirst: block["attitude piece first"], pieceLength: block["attitude piece length"] };
  quotes.first = Float64Array.from(quotes.pieces, (_, row) => quotes.pieceFirst[quotes.piece[row]]);
  /* A refusal to speak has no content; its cue says where it stands. */
  block["silent row"].forEach((row, at) => { quotes.first[row] = block["silent value"][at]; });
  const sparse = (name) => new Map(Array.from(block[`${name} row`], (row, at) => [row, block[`${name} value`][at]]));
  return {
    number, document: block.facts.document, tokens: block.tokens, sentenceToken, documentSentence, paragraphs: block.paragraphs,
    documentToken: documentSentence.map((sentence) => sentenceToken[sentence]),
    quotes, attitudes, mentions: columns("mention", ["first", "length", "name", "label"]),
    codes: columns("code", ["first", "length", "pattern", "negated", "speaker"]),
    own: { quote: sparse("quote own"), mention: sparse("mention own") },
    corrected: { quote: sparse("quote corrected"), mention: sparse("mention corrected") },
  };
};
let sharing, loading;
const readShared = () => sharing ??= (async () => {
  const block = await readBlock("data-corpus");
  const list = (name) => block[`list ${name}`] ?? [];
  const pairs = (name) => list(name).map((value) => value.split("\x1f"));
  const low = block.entry.map((text) => text.trim().toLowerCase());
  return {
    raw: block.entry, gap: block.gap, sha256: block.text_sha256,
    entry: block.entry.map(visible),
    norm: block.norm.map((norm, row) => norm || low[row]),
    lemma: block.lemma.map((lemma, row) => (lemma === "=" ? low[row] : lemma.toLowerCase())),
    flags: block.flags, words: block.facts.words, partSizes: block.facts.parts, hasAttitudes: Boolean(block.facts.attitudes),
    docId: block.doc_id, anchor: block.anchor, outlet: block.outlet, date: block.date, nWords: block.n_words, nSentences: block.n_sentences,
    title: block.title.map((title, row) => visible(title || block.doc_id[row])),
    names: list("names"), speaking: new Set(Array.from(block.speaking, (number) => list("names")[number])), correctedBy: list("corrected_by"), patterns: pairs("pattern"), labels: pairs("label"), types: list("type"),
    stances: list("stance"), attributes: beginning(block, "list value "), uses: block.uses,
    speakerTypes: list("speaker_type"), roles: list("role"), rules: list("rule"),
    groups: new Map(Object.entries(beginning(block, "group "))),
    byAnchor: new Map(block.anchor.map((anchor, row) => [anchor, row])),
  };
})();
const readCorpus = () => loading ??= (async () => {
  const shared = await readShared();
  const parts = await Promise.all(shared.partSizes.map((_, number) => readPart(number)));
  return Object.assign(shared, { parts });
})();
/* The part of a document, without the others: they may be files that nobody has asked for. */
const partOf = async (corpus, number) => {
  let first = 0;
  const part = corpus.partSizes.findIndex((size) => (first += size) > number);
  return corpus.parts?.[part] ?? readPart(part);
};

const textOf = (corpus, part, from, to) => {
  let text = "";
  for (let at = Math.max(0, from); at < to; at += 1) text += corpus.entry[part.tokens[at]];
  return text.trimStart();
};
/* Where a token stands: document of the corpus, sentence of the document, and the bounds of both in tokens. */
const placed = (part, token) => {
  const sentence = placeOf(part.sentenceToken.subarray(0, -1), token);
  const local = placeOf(part.documentSentence.subarray(0, -1), sentence);
  return {
    document: part.document + local, sentence: sentence - part.documentSentence[local],
    from: part.sentenceToken[sentence], to: part.sentenceToken[sentence + 1],
    begin: part.sentenceToken[part.documentSentence[local]], end: part.sentenceToken[part.documentSentence[local + 1]],
  };
};
const sentenceHref = (corpus, place) => `#${corpus.anchor[place.document]}-s${place.sentence}`;
const documentFacts = (corpus, row) => [corpus.outlet[row], corpus.date[row].slice(0, 10)].filter(Boolean).map(visible).join(", ");

/* The word that an entry of the vocabulary is counted as. */
const wordAt = (corpus, row) => (corpus.words.unit === "lemma" ? corpus.lemma[row] || corpus.norm[row] : corpus.norm[row]);
/* Entries of the vocabulary for which a test of (norm, lemma) holds, as a mask. */
const entriesWith = (corpus, test) => Uint8Array.from(corpus.norm, (norm, row) => (test(norm, corpus.lemma[row]) ? 1 : 0));
/* Places where entries of the masks follow each other within a sentence: rows of [part, first token, tokens]. */
const sequences = (corpus, masks) => {
  const hits = [], [first, ...others] = masks;
  for (const part of corpus.parts) {
    const { tokens } = part;
    for (let at = 0; at + others.length < tokens.length; at += 1) {
      if (!first[tokens[at]]) continue;
      let after = 0;
      while (after < others.length && others[after][tokens[at + after + 1]]) after += 1;
      if (after === others.length && (!after || at + after < placed(part, at).to)) hits.push([part, at, masks.length]);
    }
  }
  return hits;
};
