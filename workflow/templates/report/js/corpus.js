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
const readPart = async (number) => {
  const block = await readBlock(`data-part-${number}`);
  const column = (kind, name) => block[`${kind} ${name}`];
  const columns = (kind, names) => Object.fromEntries(names.map((name) => [name, column(kind, name)]));
  const sentenceToken = sums(block.lengths), documentSentence = sums(block.sentences);
  const quotes = columns("quote", ["pieces", "type", "speaker", "speaker_type", "role", "rule", "words", "quoted", "sure",
    "cue_first", "cue_length", "source_first", "source_length"]);
  quotes.piece = sums(quotes.pieces);
  quotes.pieceFirst = block["piece first"];
  quotes.pieceLength = block["piece length"];
  quotes.first = Float64Array.from(quotes.pieces, (_, row) => quotes.pieceFirst[quotes.piece[row]]);
  /* A refusal to speak has no content; its cue says where it stands. */
  block["silent row"].forEach((row, at) => { quotes.first[row] = block["silent value"][at]; });
  const sparse = (name) => new Map(Array.from(block[`${name} row`], (row, at) => [row, block[`${name} value`][at]]));
  return {
    number, document: block.facts.document, tokens: block.tokens, sentenceToken, documentSentence, paragraphs: block.paragraphs,
    quotes, mentions: columns("mention", ["first", "length", "name", "label"]),
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
    flags: block.flags, words: block.facts.words, partSizes: block.facts.parts,
    docId: block.doc_id, anchor: block.anchor, outlet: block.outlet, date: block.date, nWords: block.n_words, nSentences: block.n_sentences,
    title: block.title.map((title, row) => visible(title || block.doc_id[row])),
    names: list("names"), correctedBy: list("corrected_by"), patterns: pairs("pattern"), labels: pairs("label"), types: list("type"),
    speakerTypes: list("speaker_type"), roles: list("role"), rules: list("rule"),
    groups: new Map(Object.keys(block).filter((key) => key.startsWith("group ")).map((key) => [key.slice(6), block[key]])),
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
/* A word as it was counted: by lemma or by form. */
const countedMask = (corpus, word) => corpus.words.unit === "lemma"
  ? entriesWith(corpus, (_, lemma) => lemma === word) : entriesWith(corpus, (norm) => norm === word);

/* Sentences that some attribution overlaps, as a mask: the others are the narrator's. */
const NARRATOR = "(narrator)";
const sentenceAt = (part, token) => placeOf(part.sentenceToken.subarray(0, -1), token);
const quotedSentences = (part) => part.quoted ??= (() => {
  const mask = new Uint8Array(part.sentenceToken.length - 1);
  part.quotes.pieceFirst.forEach((first, piece) => {
    const length = part.quotes.pieceLength[piece];
    if (length) mask.fill(1, sentenceAt(part, first), sentenceAt(part, first + length - 1) + 1);
  });
  return mask;
})();
/* The rows behind a number, found by its key: what table it counts in, which columns must have which values. */
const findRows = (corpus, table, columns, values) => {
  const wanted = Object.fromEntries(columns.map((name, at) => [name, values[at]]));
  const hits = [];
  const number = (name) => corpus.names.indexOf(name);
  if (table === "quotes") {
    const speaker = number(wanted.speaker);
    for (const part of corpus.parts) part.quotes.speaker.forEach((each, row) => {
      if (each === speaker && part.quotes.pieces[row]) hits.push([part, part.quotes.first[row], part.quotes.pieceLength[part.quotes.piece[row]]]);
    });
  } else if (table === "entities" || table === "entity_mentions") {
    const name = number(wanted.name ?? wanted.entity);
    const document = "doc_id" in wanted ? corpus.docId.indexOf(wanted.doc_id) : -1;
    for (const part of corpus.parts) part.mentions.name.forEach((each, row) => {
      if (each !== name || (table === "entity_mentions" && !corpus.labels[part.mentions.label[row]][1])) return;
      const first = part.mentions.first[row];
      if (document < 0 || placed(part, first).document === document) hits.push([part, first, part.mentions.length[row]]);
    });
  } else if (table === "frame_codes") {
    const fits = corpus.patterns.map(([scheme, frame, term]) => {
      const pattern = { scheme, frame, term };
      return columns.every((name) => name === "speaker" || pattern[name] === wanted[name]);
    });
    const speaker = "speaker" in wanted ? number(wanted.speaker) : -1, narrated = wanted.speaker === NARRATOR;
    for (const part of corpus.parts) part.codes.pattern.forEach((each, row) => {
      const first = part.codes.first[row];
      if (!fits[each] || (speaker >= 0 && part.codes.speaker[row] !== speaker)) return;
      if (!narrated || !quotedSentences(part)[sentenceAt(part, first)]) hits.push([part, first, part.codes.length[row]]);
    });
  } else if (table === "sentences") {
    const words = values.join(" ").split(" ");
    return sequences(corpus, words.map((word) => entriesWith(corpus, (norm) => norm === word)));
  } else if (table === "tokens near each other") {
    return nearEachOther(corpus, ...values);
  } else {
    const found = sequences(corpus, [countedMask(corpus, values[0])]);
    if (table === "tokens") return found;
    const [, column, group, side] = values, groups = column === "doc_id" ? corpus.docId : corpus.groups.get(column);
    return found.filter(([part, at]) => {
      const value = column === "corpus" ? group : groups[placed(part, at).document];
      return side === "reference" ? value !== "" && value !== group : value === group;
    });
  }
  return hits;
};
/* Pairs of two words within the window of a sentence: the first of each pair. Only words count for the distance. */
const nearEachOther = (corpus, one, other) => {
  const masks = [countedMask(corpus, one), countedMask(corpus, other)], hits = [];
  for (const part of corpus.parts) part.sentenceToken.subarray(0, -1).forEach((from, sentence) => {
    const places = [[], []];
    let word = 0;
    for (let at = from; at < part.sentenceToken[sentence + 1]; at += 1) {
      const entry = part.tokens[at];
      if (!(corpus.flags[entry] & 1)) continue;
      masks.forEach((mask, which) => { if (mask[entry]) places[which].push([word, at]); });
      word += 1;
    }
    for (const [place, at] of places[0]) for (const [second, there] of places[1]) {
      if (at !== there && Math.abs(place - second) <= corpus.words.window && (one !== other || at < there)) {
        hits.push([part, Math.min(at, there), Math.abs(at - there) + 1]);
      }
    }
  });
  return hits;
};
