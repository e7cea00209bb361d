/* Hits counted by groups of documents, or by named stretches of text, such as the statements of each speaker. */
/**
 * Functions that add the named stretches of tokens in a part; where statements are nested, the inner one counts.
 * @type {Record<string, Stretches>}
 */
const STRETCHES = {
  speaker: (corpus, part, add) => addPieces(part, (row) => corpus.names[part.quotes.speaker[row]], add),
  "kind of source": (corpus, part, add) =>
    addPieces(part, (row) => corpus.attributes.kind?.[part.quotes.values.kind[row]] ?? "", add),
  topic: (corpus, part, add) =>
    part.topics.of.forEach((topic, row) => {
      addSentence(part, part.topics.sentence[row], corpus.topics[topic].name, add);
    }),
  frame: (corpus, part, add) =>
    part.codes.pattern.forEach((pattern, row) => {
      const { scheme, frame } = corpus.patterns[pattern];
      if (scheme === corpus.statistics.scheme) addSentence(part, sentenceAt(part, part.codes.first[row]), frame, add);
    }),
};
/** @type {(part: Part, nameOf: (row: number) => string, add: AddStretch) => void} */
const addPieces = (part, nameOf, add) =>
  part.quotes.pieces.forEach((_, row) => {
    for (const [from, to] of piecesOf(part, row)) add(nameOf(row), from, to);
  });
/** @type {(part: Part, sentence: number, name: string, add: AddStretch) => void} */
const addSentence = ({ sentenceToken }, sentence, name, add) =>
  add(name, sentenceToken[sentence], sentenceToken[sentence + 1]);
/**
 * The names of the stretches at each token of a part; undefined where there is none.
 * @type {(corpus: Corpus, by: string, part: Part) => (string[] | undefined)[]}
 */
const namesAt = (corpus, by, part) => {
  /** @type {[string, number, number][]} */
  const stretches = [];
  STRETCHES[by](corpus, part, (name, from, to) => stretches.push([name, from, to]));
  const areSentences = by === "topic" || by === "frame";
  /** @type {(string[] | undefined)[]} */
  const names = new Array(part.tokens.length);
  /* The longest first, so that an inner stretch overwrites the outer one. */
  if (!areSentences) stretches.sort((a, b) => b[2] - b[1] - a[2] + a[1]);
  for (const [name, from, to] of stretches) {
    const before = areSentences ? (names[from] ?? []) : [];
    if (!before.includes(name)) names.fill([...before, name], from, to);
  }
  return names;
};
/** @type {(tallies: Map<string, Tally>, group: string) => Tally} */
const tallyOf = (tallies, group) => valueAt(tallies, group, () => ({ group, hits: new Map(), words: new Map() }));
/**
 * Hits and words of each name by document; words are those that the search options cover in the choice.
 * @type {(corpus: Corpus, by: string, hits: Hit[], options: SearchOptions, chosen?: Chosen) => Tally[]}
 */
const countStretches = (corpus, by, hits, options, chosen) => {
  /** @type {Map<string, Tally>} */
  const tallies = new Map();
  /** @type {(names: string[] | undefined, what: "hits" | "words", number: number) => void} */
  const count = (names, what, number) => {
    for (const name of names ?? []) {
      addTo(tallyOf(tallies, name)[what], number);
    }
  };
  const wanted = searchedIn(options);
  for (const part of corpus.parts) {
    const names = namesAt(corpus, by, part);
    const inChoice = chosen?.text.get(part);
    const mask = wanted === null ? undefined : spokenMasks(corpus, options.speaker).get(part);
    for (let local = 0, at = 0; local + 1 < part.documentToken.length; local += 1) {
      for (; at < part.documentToken[local + 1]; at += 1) {
        const isIn = (!inChoice || inChoice[at]) && (!mask || mask[at] === wanted);
        if (names[at] && isIn && corpus.flags[part.tokens[at]] & FLAGS.word) {
          count(names[at], "words", part.document + local);
        }
      }
    }
    for (const [each, at] of hits) if (each === part) count(names[at], "hits", documentOf(part, at));
  }
  return [...tallies.values()];
};
/** @type {(size: number, documents: Uint32Array) => Uint32Array} */
const countsByDocument = (size, documents) => {
  const counts = new Uint32Array(size);
  for (const row of documents) counts[row] += 1;
  return counts;
};
/**
 * Hits and words of each group of documents; `counts` has the hits of each document.
 * @type {(counts: Uint32Array, values: string[], words: Ints) => Tally[]}
 */
const countGroups = (counts, values, words) => {
  /** @type {Map<string, Tally>} */
  const tallies = new Map();
  for (const [row, value] of values.entries()) {
    const tally = tallyOf(tallies, value);
    if (words[row]) tally.words.set(row, words[row]);
    if (counts[row]) tally.hits.set(row, counts[row]);
  }
  return [...tallies.values()].filter(({ hits, words: of }) => hits.size || of.size);
};
const DATE = /^\d{4}(-\d\d){0,2}$/;
/**
 * Tallies as rows: dates in order, other names with the highest rate first, or most hits if these have no rate. A rate
 * from few documents may be high by chance, so rows without an interval come after the others, and a row without a name
 * comes last.
 * @type {(tallies: Tally[], areRated: boolean) => GroupCount[]}
 */
const groupCounts = (tallies, areRated) => {
  const rows = tallies.map((tally) => {
    const [hits, words] = [summed(tally.hits), summed(tally.words)];
    return {
      group: tally.group,
      tally,
      hits,
      words,
      documents: tally.hits.size,
      of: new Set([...tally.hits.keys(), ...tally.words.keys()]).size,
      rate: words ? (areRated ? (1e6 * hits) / words : hits) : Number.NaN,
    };
  });
  /** @type {(row: GroupCount) => number} */
  const rank = ({ group, tally }) => (group ? Number(tally.words.size < ENOUGH) : 2);
  const areDates = rows.every(({ group }) => !group || DATE.test(group));
  return areDates
    ? rows.sort((a, b) => collator.compare(a.group, b.group))
    : rows.sort((a, b) => rank(a) - rank(b) || (b.rate || 0) - (a.rate || 0) || collator.compare(a.group, b.group));
};
/**
 * The bootstrap interval of a rate over documents, as for all rates; NaN with too few documents.
 * @type {(corpus: Corpus, tally: Tally) => [number, number]}
 */
const rateInterval = (corpus, { hits, words }) => {
  if (words.size < ENOUGH || !hits.size) return [Number.NaN, Number.NaN];
  const { bootstrap } = corpus.statistics;
  const weights = weightsFor(corpus, bootstrap);
  const drawn = resampledSums(words, weights, bootstrap.resamples);
  const samples = resampledSums(hits, weights, bootstrap.resamples).map((value, at) => value / drawn[at]);
  const [lo, hi] = percentiles(samples);
  return [lo * PER_MILLION, hi * PER_MILLION];
};
/**
 * Rows of counts as lines of a CSV file, with the header first.
 * @type {(corpus: Corpus, counts: FoundCounts) => Cell[][]}
 */
const countLines = (corpus, { by, counts, areRated }) => [
  [by, "lines", "documents_with_it", "documents", ...(areRated ? ["words", "per_million_words", "lo", "hi"] : [])],
  ...counts.map((row) => [
    row.group,
    ...[row.hits, row.documents, row.of],
    ...(areRated ? [row.words, row.rate, ...rateInterval(corpus, row.tally)] : []),
  ]),
];
