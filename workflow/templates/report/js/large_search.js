/* The search of a large corpus: its index answers how often and where, and only the lines shown are read. */
/**
 * The places of the first list that places of the other lists follow, token by token; their length is that of all.
 * @type {(lists: Places[]) => Places}
 */
const inSequence = (lists) => {
  const [first, ...others] = lists;
  const ends = lists.map(() => 0);
  const found = placesThat(first, (row) =>
    others.every((other, each) => {
      let at = ends[each];
      while (at < other.documents.length && apart(first, row, other, at, each + 1) > 0) at += 1;
      ends[each] = at;
      return at < other.documents.length && apart(first, row, other, at, each + 1) === 0;
    }),
  );
  found.lengths.fill(lists.length);
  return found;
};
/**
 * The places in sentences that have one of the `others`.
 * @type {(places: Places, others: Places) => Places}
 */
const inSentencesOf = (places, others) => {
  let at = 0;
  /** @type {(row: number) => number} */
  const before = (row) =>
    others.documents[at] - places.documents[row] ||
    Math.floor(others.positions[at] / SENTENCE) - Math.floor(places.positions[row] / SENTENCE);
  return placesThat(places, (row) => {
    while (at < others.documents.length && before(row) < 0) at += 1;
    return at < others.documents.length && before(row) === 0;
  });
};
/**
 * The places of a query, the same as from `queryHits`.
 * @type {(large: LargeCorpus, query: string) => Promise<Places>}
 */
const queryPlaces = async (large, query) => {
  /** @type {(words: string[]) => Promise<Places>} */
  const phrase = async (words) => {
    const lists = await Promise.all(words.map((word) => termPlaces(large, word)));
    return lists.length > 1 ? inSequence(lists) : lists[0];
  };
  const alternatives = await Promise.all(
    queryPhrases(query).map(async (phrases) => {
      const [first, ...others] = await Promise.all(phrases.map(phrase));
      return others.reduce(inSentencesOf, first);
    }),
  );
  return mergedAll(alternatives);
};
/**
 * The pieces of statements by speakers whose names have the letters; by anybody if there are no letters.
 * @type {(large: LargeCorpus, letters: string) => Promise<Places>}
 */
const piecesSaid = (large, letters) => {
  const start = " speaker ";
  const fits = nameTest(letters);
  return placesWith(large, start, (key) => fits(key.slice(start.length)));
};
/**
 * The places inside pieces if `wanted`, or else those outside.
 * @type {(places: Places, pieces: Places, wanted: boolean) => Places}
 */
const inPieces = (places, pieces, wanted) => {
  /** @type {Map<number, number[]>} */
  const ofDocument = new Map();
  pieces.documents.forEach((document_, row) => {
    valueAt(ofDocument, document_, () => /** @type {number[]} */ ([])).push(row);
  });
  return placesThat(places, (row) => {
    const at = places.positions[row];
    const isIn = (ofDocument.get(places.documents[row]) ?? []).some(
      (piece) => pieces.positions[piece] <= at && at < pieces.ends[piece],
    );
    return isIn === wanted;
  });
};
/**
 * The places that a search finds, and the words of each document for rates, if the index gives them.
 * @type {(large: LargeCorpus, options: SearchOptions) => Promise<{ places: Places, words?: Float64Array }>}
 */
const searchLarge = async (large, options) => {
  const { query, within: place, speaker } = options;
  const letters = lettersOf(speaker);
  if (!queryWords(query).length) {
    if (!isAsked(options)) return { places: emptyPlaces(0) };
    const pieces = await piecesSaid(large, letters);
    const words = place === "quoted" && !letters ? large.quotedWords : undefined;
    return { places: placesThat(pieces, (row) => pieces.bits[row] === 1), words };
  }
  const places = await queryPlaces(large, query);
  if (letters) return { places: inPieces(places, await piecesSaid(large, letters), place !== "outside") };
  if (place === "all") return { places, words: large.nWords };
  const wanted = place === "outside" ? 0 : 1;
  return {
    places: placesThat(places, (row) => places.bits[row] === wanted),
    words: wanted ? large.quotedWords : large.otherWords,
  };
};
/**
 * The documents that have hits, sorted by a text of each.
 * @type {(counts: Uint32Array, texts_: string[]) => number[]}
 */
const documentsBy = (counts, texts_) => {
  const ranks = new Map([...new Set(texts_)].sort(collator.compare).map((text, at) => [text, at]));
  const rank = Uint32Array.from(texts_, (text) => ranks.get(text) ?? 0);
  return [...counts.keys()].filter((row) => counts[row]).sort((a, b) => rank[a] - rank[b] || a - b);
};
/**
 * A place as a hit in the part that has its document.
 * @type {(corpus: Corpus, row: number, position: number, length: number) => Hit}
 */
const hitAt = ({ parts: [part] }, row, position, length) => {
  const sentence = part.documentSentence[row] + Math.floor(position / SENTENCE);
  return [part, part.sentenceToken[sentence] + (position % SENTENCE), length];
};
/**
 * The first row of places in a document or a later one; `documents` is in ascending order.
 * @type {(documents: Uint32Array, document_: number) => number}
 */
const firstRowOf = (documents, document_) => {
  let [low, high] = [0, documents.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (documents[middle] < document_) low = middle + 1;
    else high = middle;
  }
  return low;
};
/**
 * The lines of a search from `from` to before `to`, with documents in this order; their texts are read.
 * @type {(large: LargeCorpus, places: Places, counts: Uint32Array, order: number[], from: number, to: number) =>
 *   Promise<HTMLElement[]>}
 */
const linesOf = async (large, places, counts, order, from, to) => {
  /** @type {[number, number][]} */
  const shown = [];
  let at = 0;
  for (const document_ of order) {
    const first = firstRowOf(places.documents, document_);
    for (let each = Math.max(0, from - at); each < counts[document_] && at + each < to; each += 1)
      shown.push([document_, first + each]);
    at += counts[document_];
    if (at >= to) break;
  }
  return Promise.all(
    shown.map(async ([document_, line]) => {
      const { prefix, row } = textsWith(large, document_);
      const corpus = await readTexts(prefix);
      return concordanceRow(corpus, hitAt(corpus, row, places.positions[line], places.lengths[line]));
    }),
  );
};
const LARGE_LINES = 20;
/**
 * The results of a search in a corpus beside the page, without intervals, lines sorted by words, and CSV of all lines,
 * which would need all texts.
 * @type {Search}
 */
const searchBeside = async (options, by, sort) => {
  const large = await readLarge();
  const { places, words = new Float64Array(large.nWords.length) } = await searchLarge(large, options);
  const counts = countsByDocument(large.nWords.length, places.documents);
  const values = large.groups.get(by) ?? [];
  const order = documentsBy(counts, sort === "group" ? values : large.date);
  const total = words.reduce((sum, count) => sum + count, 0);
  return {
    text: foundText(options, places.documents.length, order.length, total),
    counts: {
      by,
      counts: groupCounts(countGroups(counts, values, words), hasWords(options)),
      areGroups: false,
      areRated: hasWords(options),
    },
    lines: {
      size: places.documents.length,
      atOnce: LARGE_LINES,
      rows: (from, to) => linesOf(large, places, counts, order, from, to),
    },
  };
};
/** The pause before a search is longer, since each typed letter may load other files. */
const furnishLargeSearch = () => {
  const ways = readLarge().then(({ groups }) => partedGroups(groups));
  furnishSearch(searchBeside, ways, 5 * PAUSE);
};
