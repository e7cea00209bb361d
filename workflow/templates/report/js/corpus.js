/* The corpus: vocabulary, documents, and parts with tokens and their marks (scripts/report/corpus). */
/**
 * For each number the sum of all numbers before it, and then the sum of all.
 * @type {(counts: Ints) => Uint32Array}
 */
const sums = (counts) => {
  const starts = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at += 1) starts[at + 1] = starts[at] + counts[at];
  return starts;
};
/**
 * The last place of an increasing array whose value is at most `value`. The array's last value is an upper bound only.
 * @type {(starts: Uint32Array, value: number) => number}
 */
const placeOf = (starts, value) => {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
};
/**
 * The columns of a block whose names begin with `start`, by the rest of their names.
 * @type {(block: Block, start: string) => Record<string, any>}
 */
const beginning = (block, start) =>
  Object.fromEntries(
    Object.keys(block)
      .filter((key) => key.startsWith(start))
      .map((key) => [key.slice(start.length), block[key]]),
  );
/**
 * Columns of a kind of mark, by their names without the kind.
 * @type {(block: Block, kind: string, names: string[]) => any}
 */
const columnsOf = (block, kind, names) => Object.fromEntries(names.map((name) => [name, block[`${kind} ${name}`]]));
/**
 * A column that only a few rows have, as a map from row to value.
 * @type {(block: Block, name: string) => Map<number, number>}
 */
const sparse = (block, name) => {
  /** @type {Ints} */
  const rows = block[`${name} row`];
  return new Map(Array.from(rows, (row, at) => [row, block[`${name} value`][at]]));
};
/** @type {(block: Block) => Quotes} */
const quotesOf = (block) => {
  /** @type {Quotes} */
  const quotes = columnsOf(block, "quote", QUOTE_COLUMNS);
  quotes.values = beginning(block, `quote ${VALUE_COLUMN}`);
  quotes.piece = sums(quotes.pieces);
  quotes.pieceFirst = block["piece first"];
  quotes.pieceLength = block["piece length"];
  quotes.first = Float64Array.from(quotes.pieces, (_, row) => quotes.pieceFirst[quotes.piece[row]]);
  /* A refusal to comment has no content: its place is that of its cue. */
  for (const [row, first] of sparse(block, "silent")) quotes.first[row] = first;
  return quotes;
};
/**
 * Hits of the user's topics: the topic's number, the sentence, and the statement around the hit (from 1; 0 is none).
 * @type {(block: Block) => Part["topics"]}
 */
const topicsOf = (block) => ({
  of: block["topic of"] ?? new Uint32Array(),
  sentence: block["topic sentence"],
  statement: block["topic statement"],
});
/** @type {(number: number, block: Block) => Part} */
const partFrom = (number, block) => {
  const sentenceToken = sums(block.lengths);
  const documentSentence = sums(block.sentences);
  return {
    number,
    document: block.facts.document,
    tokens: block.tokens,
    sentenceToken,
    documentSentence,
    documentToken: documentSentence.map((sentence) => sentenceToken[sentence]),
    paragraphs: block.paragraphs,
    quotes: quotesOf(block),
    mentions: columnsOf(block, "mention", MENTION_COLUMNS),
    codes: columnsOf(block, "code", CODE_COLUMNS),
    topics: topicsOf(block),
    joint: { row: block["quote joint row"], speaker: block["quote joint value"] },
    own: { quote: sparse(block, "quote own"), mention: sparse(block, "mention own") },
    corrected: { quote: sparse(block, "quote corrected"), mention: sparse(block, "mention corrected") },
  };
};
/** @type {(number: number) => Promise<Part>} */
const readPart = async (number) => partFrom(number, await readBlock(`data-part-${number}`));
/**
 * The entries of the vocabulary: as in the text, as forms in lower case, and as lemmas.
 * @type {(block: Block) => Pick<Shared, "raw" | "gap" | "entry" | "norm" | "lemma" | "flags">}
 */
const vocabularyOf = (block) => {
  /** @type {Record<string, string[]>} */
  const { entry, norm, lemma } = block;
  const low = entry.map((text) => text.trim().toLowerCase());
  return {
    raw: entry,
    gap: block.gap,
    entry: entry.map(visible),
    norm: norm.map((each, row) => each || low[row]),
    lemma: lemma.map((each, row) => (each === "=" ? low[row] : each.toLowerCase())),
    flags: block.flags,
  };
};
/** @type {(block: Block) => Shared} */
const sharedOf = (block) => {
  /** @type {(name: string) => string[]} */
  const list = (name) => block[`list ${name}`] ?? [];
  /** @type {(name: string, fields: string[]) => any[]} */
  const records = (name, fields) =>
    list(name).map((text) => {
      const values = text.split(BETWEEN_FIELDS);
      return Object.fromEntries(fields.map((field, at) => [field, values[at]]));
    });
  /** @type {Record<string, string[]>} */
  const { doc_id: docId, anchor, title } = block;
  const names = list("names");
  return {
    ...vocabularyOf(block),
    words: block.facts.words,
    statistics: block.facts.statistics,
    partSizes: block.facts.parts,
    docId,
    sha256: block.text_sha256,
    anchor,
    outlet: block.outlet,
    date: block.date,
    title: title.map((each, row) => visible(each || docId[row])),
    nWords: block.n_words,
    nSentences: block.n_sentences,
    uses: block.uses,
    names,
    speaking: new Set(Array.from(block.speaking, (number) => names[number])),
    correctedBy: list("corrected_by"),
    patterns: records("pattern", PATTERN_FIELDS),
    labels: records("label", LABEL_FIELDS),
    types: list("type"),
    stances: list("stance"),
    roles: list("role"),
    rules: list("rule"),
    attributes: beginning(block, `list ${VALUE_COLUMN}`),
    groups: new Map(Object.entries(beginning(block, "group "))),
    topics: list("topic").map((topic, number) => ({
      name: topic,
      documents: new Set(Array.from(block["topic document"]).filter((_, row) => block["topic of"][row] === number)),
    })),
    stories: list("story").map((story, at) => ({ name: story, title: visible(list("story title")[at]) })),
    story: block.story ?? new Uint32Array(docId.length),
    byAnchor: new Map(anchor.map((each, row) => [each, row])),
  };
};
const readShared = once(async () => sharedOf(await readBlock("data-corpus")));
const readCorpus = once(async () => {
  const shared = await readShared();
  const parts = await Promise.all(shared.partSizes.map((_, number) => readPart(number)));
  return /** @type {Corpus} */ (Object.assign(shared, { parts }));
});
/**
 * The part that has a document, without reading the others, which may be files that have not been loaded.
 * @type {(corpus: Shared, number: number) => Promise<Part>}
 */
const partOf = async (corpus, number) => {
  let first = 0;
  const part = corpus.partSizes.findIndex((size) => {
    first += size;
    return first > number;
  });
  return corpus.parts?.[part] ?? readPart(part);
};

/** @type {(corpus: Shared, part: Part, from: number, to: number) => string} */
const textOf = (corpus, part, from, to) => {
  let text = "";
  for (let at = Math.max(0, from); at < to; at += 1) text += corpus.entry[part.tokens[at]];
  return text.trimStart();
};
/**
 * The pieces of a statement's content (none for a refusal): the first token of each, and the one after its last.
 * @type {(part: Part, row: number) => [number, number][]}
 */
const piecesOf = ({ quotes }, row) => {
  /** @type {[number, number][]} */
  const pieces = [];
  for (let at = quotes.piece[row]; at < quotes.piece[row + 1]; at += 1)
    pieces.push([quotes.pieceFirst[at], quotes.pieceFirst[at] + quotes.pieceLength[at]]);
  return pieces;
};
/** @type {(part: Part, token: number) => number} */
const sentenceAt = (part, token) => placeOf(part.sentenceToken, token);
/** @type {(part: Part, token: number) => Place} */
const placed = (part, token) => {
  const sentence = sentenceAt(part, token);
  const local = placeOf(part.documentSentence, sentence);
  return {
    document: part.document + local,
    sentence: sentence - part.documentSentence[local],
    from: part.sentenceToken[sentence],
    to: part.sentenceToken[sentence + 1],
    begin: part.documentToken[local],
    end: part.documentToken[local + 1],
  };
};
/** @type {(part: Part, token: number) => number} */
const documentOf = (part, token) => placed(part, token).document;
/** @type {(corpus: Shared, place: { document: number, sentence: number }) => string} */
const sentenceHref = (corpus, place) => `#${corpus.anchor[place.document]}-s${place.sentence}`;
/** @type {(corpus: Shared, row: number) => string} */
const documentFacts = (corpus, row) =>
  [corpus.outlet[row], corpus.date[row].slice(0, 10)].filter(Boolean).map(visible).join(", ");

/**
 * The word that an entry of the vocabulary is counted as.
 * @type {(corpus: Shared, row: number) => string}
 */
const wordAt = (corpus, row) =>
  corpus.words.unit === "lemma" ? corpus.lemma[row] || corpus.norm[row] : corpus.norm[row];
/**
 * Places where tokens that match the masks one after another follow each other within a sentence.
 * @type {(corpus: Corpus, masks: Uint8Array[]) => Hit[]}
 */
const sequences = (corpus, masks) => {
  const [first, ...others] = masks;
  /** @type {Hit[]} */
  const hits = [];
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
