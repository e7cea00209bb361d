/* Search for a word, phrase, lemma or prefix* in the whole corpus: its lines, and its counts by group of documents. */
/** Tokens of context on each side of a match. */
const AROUND = 12;
const DOUBLE_QUOTES = /[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g;
/** Replacements that turn a query into the tokens of the corpus; the first are enough for a name. */
const PLAIN = /** @type {const} */ ([
  [/[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]/g, "'"],
  [DOUBLE_QUOTES, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
]);
const AS_IN_CORPUS = /** @type {const} */ ([
  ...PLAIN,
  /* Split as the tokenizer does: cannot, endings such as 's and n't, hyphens except between digits, and other signs. */
  [/\b(can|gon|got|wan)(?=(?:not|na|ta)\b)/g, "$1 "],
  [/(?<=[\p{L}\p{N}_.])(n't|'(?:s|re|ve|ll|d|m)?)(?![\p{L}\p{N}_])/gu, " $1"],
  [/(?<=\p{L}|\p{L}\.)-(?=[\p{L}\p{N}]|\s|$)|(?<=\p{N})-(?=\p{L})/gu, " - "],
  [/(?<=\p{L}{2})\/(?=\p{L}{2})/gu, " / "],
  [/(?<!\blemma)([;!?&@#%$£€¥()[\]{}<>…]|[,:](?!\d))/g, " $1 "],
  [/^"|"$/g, ""],
]);
/** @type {(text: string, signs: readonly (readonly [RegExp, string])[]) => string} */
const replaced = (text, signs) =>
  signs.reduce((each, [sign, instead]) => each.replace(sign, instead), text.toLowerCase().trim());
/**
 * The terms of a query, in lower case: words, words with *, and lemma:word.
 * @type {(query: string) => string[]}
 */
const queryWords = (query) => replaced(query, AS_IN_CORPUS).split(/\s+/).filter(Boolean);
/** Separates the alternatives of a query, or of letters in names. */
const OR = "|";
/** A name, or a part of one, in lower case with plain quotation marks and dashes. @type {(name: string) => string} */
const lettersOf = (name) => replaced(name, PLAIN);
/** @type {(text: string) => string} */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/**
 * A term of a query: its word, whether it is a lemma, and a test of the texts that it matches.
 * @type {(term: string) => { word: string, byLemma: boolean, fits: (text: string) => boolean }}
 */
const termOf = (term) => {
  const byLemma = term.startsWith("lemma:");
  const word = byLemma ? term.slice("lemma:".length) : term;
  const pattern = new RegExp(`^${word.split("*").map(literal).join(".*")}$`, "su");
  return { word, byLemma, fits: word.includes("*") ? (text) => pattern.test(text) : (text) => text === word };
};
/**
 * A mask of the vocabulary entries that match a term, outside boilerplate.
 * @type {(corpus: Shared, term: string) => Uint8Array}
 */
const termMask = (corpus, term) => {
  const { word, byLemma, fits } = termOf(term);
  return Uint8Array.from(byLemma ? corpus.lemma : corpus.norm, (each, row) =>
    Number(word !== "" && !(corpus.flags[row] & FLAGS.left_out) && fits(each)),
  );
};
/**
 * A test of names: they contain what was typed, or one of its alternatives; all do if nothing was typed.
 * @type {(typed: string) => (name: string) => boolean}
 */
const nameTest = (typed) => {
  const alternatives = lettersOf(typed).split(OR);
  const parts = alternatives.map((letters) => letters.trim()).filter(Boolean);
  return (name) => {
    const written = lettersOf(name);
    return !parts.length || parts.some((letters) => written.includes(letters));
  };
};
/** A mask of the names in the corpus that pass the test. @type {(corpus: Shared, typed: string) => boolean[]} */
const namesWith = (corpus, typed) => corpus.names.map(nameTest(typed));
/** @type {(part: Part, fits: boolean[]) => Uint8Array} */
const spokenMask = (part, fits) => {
  const mask = new Uint8Array(part.tokens.length);
  part.quotes.speaker.forEach((name, row) => {
    if (fits[name]) for (const [from, to] of piecesOf(part, row)) mask.fill(1, from, to);
  });
  return mask;
};
/**
 * For each part a mask of the tokens in contents of statements; with letters, only by speakers whose names have them.
 * The latest result is cached.
 * @type {(corpus: Corpus, speaker: string) => Map<Part, Uint8Array>}
 */
const spokenMasks = (corpus, speaker) => {
  const letters = lettersOf(speaker);
  if (corpus.spoken?.key === letters) return corpus.spoken.masks;
  const fits = namesWith(corpus, speaker);
  const masks = new Map(corpus.parts.map((part) => [part, spokenMask(part, fits)]));
  corpus.spoken = { key: letters, masks };
  return masks;
};
/**
 * The first piece of each statement by speakers whose names have the letters.
 * @type {(corpus: Corpus, speaker: string) => Hit[]}
 */
const contentsOf = (corpus, speaker) => {
  const letters = lettersOf(speaker);
  const fits = namesWith(corpus, speaker);
  return corpus.parts.flatMap((part) =>
    [...part.quotes.speaker].flatMap((name, row) => {
      const [piece] = piecesOf(part, row);
      if (!fits[name] || (letters && !corpus.names[name]) || !piece) return [];
      return [/** @type {Hit} */ ([part, piece[0], piece[1] - piece[0]])];
    }),
  );
};
/**
 * The value of `spokenMasks` in the text to search: 1 inside statements, 0 outside; null for all text.
 * @type {(options: SearchOptions) => number | null}
 */
const searchedIn = ({ within: place, speaker }) => {
  if (place === "all" && !speaker.trim()) return null;
  return place === "outside" ? 0 : 1;
};
/** @type {(options: SearchOptions) => boolean} */
const hasWords = ({ query }) => queryWords(query).length > 0;
/** @type {(options: SearchOptions) => boolean} */
const isAsked = (options) => hasWords(options) || options.speaker.trim() !== "" || options.within === "quoted";
/** An & outside quotation marks separates phrases to be in the same sentence. */
const AND = /(?:^|\s)&(?:\s|$)(?=(?:[^"]*"[^"]*")*[^"]*$)/;
/**
 * The alternatives of a query, each as the phrases that must be in the same sentence.
 * @type {(query: string) => string[][][]}
 */
const queryPhrases = (query) =>
  query
    .split(OR)
    .map((each) =>
      each
        .replace(DOUBLE_QUOTES, '"')
        .split(AND)
        .map(queryWords)
        .filter(({ length }) => length > 0),
    )
    .filter(({ length }) => length > 0);
/**
 * The hits in sentences that have one of the `others`.
 * @type {(hits: Hit[], others: Hit[]) => Hit[]}
 */
const besideOthers = (hits, others) => {
  const sentences = new Map(
    [...new Set(others.map(([part]) => part))].map((part) => [part, new Uint8Array(part.sentenceToken.length)]),
  );
  for (const [part, at] of others) /** @type {Uint8Array} */ (sentences.get(part))[sentenceAt(part, at)] = 1;
  return hits.filter(([part, at]) => sentences.get(part)?.[sentenceAt(part, at)]);
};
/**
 * The matches of a query: the first phrase of each alternative, in sentences that have its other phrases too.
 * @type {(corpus: Corpus, query: string) => Hit[]}
 */
const queryHits = (corpus, query) => {
  const alternatives = queryPhrases(query);
  /** @type {(words: string[]) => Hit[]} */
  const places = (words) =>
    sequences(
      corpus,
      words.map((word) => termMask(corpus, word)),
    );
  const hits = alternatives.flatMap(([first, ...others]) =>
    others.reduce((all, words) => besideOthers(all, places(words)), places(first)),
  );
  return alternatives.length > 1 ? inTextOrder(hits) : hits;
};
/** @type {(hits: Hit[]) => Hit[]} */
const inTextOrder = (hits) =>
  hits.sort((a, b) => a[0].number - b[0].number || a[1] - b[1] || (a[2] ?? 0) - (b[2] ?? 0));
/** @type {(corpus: Corpus, options: SearchOptions) => Hit[]} */
const searchCorpus = (corpus, options) => {
  const wanted = searchedIn(options);
  if (!hasWords(options)) {
    return wanted !== null && isAsked(options) ? contentsOf(corpus, options.speaker) : [];
  }
  const hits = queryHits(corpus, options.query);
  if (wanted === null) return hits;
  const masks = spokenMasks(corpus, options.speaker);
  return hits.filter(([part, at]) => masks.get(part)?.[at] === wanted);
};
/**
 * The words of each document to which rates refer: those in the text that is searched, and in the choice, if any.
 * @type {(corpus: Corpus, options: SearchOptions, chosen?: Chosen) => Ints}
 */
const wordsByDocument = (corpus, options, chosen) => {
  const wanted = searchedIn(options);
  if (wanted === null) return chosen?.nWords ?? corpus.nWords;
  const words = new Float64Array(corpus.docId.length);
  for (const [part, mask] of spokenMasks(corpus, options.speaker)) {
    const { tokens, documentToken } = part;
    const inChoice = chosen?.text.get(part);
    for (let local = 0, at = 0; local + 1 < documentToken.length; local += 1) {
      for (; at < documentToken[local + 1]; at += 1) {
        if (inChoice && !inChoice[at]) continue;
        if (mask[at] === wanted && corpus.flags[tokens[at]] & FLAGS.word) words[part.document + local] += 1;
      }
    }
  }
  return words;
};
/**
 * The document of each hit. Hits are in the order of the text, so most are in the same document as the one before.
 * @type {(hits: Hit[]) => Uint32Array}
 */
const documentsOf = (hits) => {
  const documents = new Uint32Array(hits.length);
  /** @type {Part | undefined} */
  let here;
  let [from, to, row] = [0, 0, 0];
  for (const [number, [part, at]] of hits.entries()) {
    if (part !== here || at < from || at >= to) {
      const local = placeOf(part.documentToken, at);
      here = part;
      [from, to, row] = [part.documentToken[local], part.documentToken[local + 1], part.document + local];
    }
    documents[number] = row;
  }
  return documents;
};
/**
 * The alphabetical rank of each entry's form, so that lines can be sorted by numbers.
 * @type {(corpus: Corpus) => Uint32Array}
 */
const ranksOf = (corpus) => {
  const forms = [...new Set(corpus.norm)].sort(collator.compare);
  const rank = new Map(forms.map((form, at) => [form, at + 1]));
  return Uint32Array.from(corpus.norm, (norm) => rank.get(norm) ?? 0);
};
/**
 * Hits sorted by a text of their documents.
 * @type {(hits: Hit[], documents: Uint32Array, texts_: string[]) => Hit[]}
 */
const byDocument = (hits, documents, texts_) => {
  /** @type {Map<number, Hit[]>} */
  const lines = new Map();
  for (const [row, hit] of hits.entries()) valueAt(lines, documents[row], () => /** @type {Hit[]} */ ([])).push(hit);
  return [...lines]
    .sort(([a], [b]) => collator.compare(texts_[a], texts_[b]) || a - b)
    .flatMap(([, list]) => list.sort((a, b) => a[1] - b[1]));
};
/**
 * Hits sorted by the three words before or after them; the ranks of the first two are combined in one number.
 * @type {(corpus: Corpus, hits: Hit[], side: "left" | "right") => Hit[]}
 */
const byWords = (corpus, hits, side) => {
  corpus.ranks ??= ranksOf(corpus);
  const rank = corpus.ranks;
  const forms = corpus.norm.length + 1;
  /** @type {(hit: Hit, step: number) => number} */
  const word = ([part, at, length], step) =>
    rank[part.tokens[side === "left" ? at - 1 - step : at + length + step]] ?? 0;
  const first = Float64Array.from(hits, (hit) => word(hit, 0) * forms + word(hit, 1));
  const third = Uint32Array.from(hits, (hit) => word(hit, 2));
  const order = Uint32Array.from(hits.keys()).sort((a, b) => first[a] - first[b] || third[a] - third[b] || a - b);
  return Array.from(order, (row) => hits[row]);
};
/** @type {(corpus: Corpus, hits: Hit[], documents: Uint32Array, how: string, values: string[]) => Hit[]} */
const sortHits = (corpus, hits, documents, how, values) => {
  if (how === "left" || how === "right") return byWords(corpus, hits, how);
  return byDocument(hits, documents, how === "group" ? values : corpus.date);
};
/**
 * The text before a hit, of the hit, and after it, within its document.
 * @type {(corpus: Corpus, hit: Hit, place: Place) => string[]}
 */
const contextOf = (corpus, [part, at, length], place) => {
  const left = textOf(corpus, part, Math.max(place.begin, at - AROUND), at);
  const to = Math.min(place.end, at + length + AROUND);
  let right = "";
  for (let next = at + length; next < to; next += 1) right += corpus.entry[part.tokens[next]];
  return [left, textOf(corpus, part, at, at + length), right].map((text) => text.replace(/\s+/g, " "));
};
/**
 * The row of the innermost statement at each token of a part, counted from 1; 0 if there is none.
 * @type {(part: Part) => Uint32Array}
 */
const statementAt = (part) => {
  const rows = new Uint32Array(part.tokens.length);
  const pieces = [...part.quotes.pieces.keys()].flatMap((row) =>
    piecesOf(part, row).map(([from, to]) => [row, from, to]),
  );
  for (const [row, from, to] of pieces.sort((a, b) => b[2] - b[1] - a[2] + a[1])) rows.fill(row + 1, from, to);
  return rows;
};
/**
 * The concordance as lines of a sheet, with the header first; each has its speaker, if any, and its whole sentence.
 * @type {(corpus: Corpus, hits: Hit[]) => Cell[][]}
 */
const concordanceLines = (corpus, hits) => {
  /** @type {Map<Part, Uint32Array>} */
  const statements_ = new Map();
  return [
    ["before", "match", "after", "title", "doc_id", "outlet", "date", "speaker", "cue", "text", "sentence"],
    ...hits.map((hit) => {
      const [part, at] = hit;
      const place = placed(part, at);
      const facts = [corpus.title, corpus.docId, corpus.outlet, corpus.date].map((column) => column[place.document]);
      if (!statements_.has(part)) statements_.set(part, statementAt(part));
      const row = (statements_.get(part)?.[at] ?? 0) - 1;
      const told = row < 0 ? ["", ""] : [corpus.names[part.quotes.speaker[row]], besideQuote(corpus, part, row, "cue")];
      return [
        ...contextOf(corpus, hit, place),
        ...facts,
        ...told,
        textOf(corpus, part, place.from, place.to),
        place.sentence,
      ];
    }),
  ];
};
/**
 * The result of a search in words.
 * @type {(options: SearchOptions, hits: number, documents: number, words: number) => string}
 */
const foundText = (options, hits, documents, words) => {
  if (!isAsked(options)) return "";
  if (!hits) return `Nothing in the corpus has this${bothOf(options.query) ? " phrase" : "."}`;
  const counts = `${plural(hits, "line")} in ${plural(documents, "document")}`;
  return hasWords(options) && words ? `${counts}, ${decimalNumber((1e6 * hits) / words)} per million words` : counts;
};
/**
 * The query that searches for the words of an unquoted phrase anywhere in one sentence; "" for any other query.
 * @type {(query: string) => string}
 */
const bothOf = (query) => {
  const words = query.trim().split(/\s+/);
  return words.length > 1 && !/["|&]/.test(query.replace(DOUBLE_QUOTES, '"')) ? words.join(" & ") : "";
};
