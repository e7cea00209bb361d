/* The index of a large corpus (scripts/report/large/index.py): the places of words, speakers, names and cues. */
/** A place within a document is one number: the sentence times this, plus the token. */
const SENTENCE = 2 ** 20;
/** The separator between the fields of a key. */
const FIELD = BETWEEN_FIELDS;
/**
 * Compare texts by code points, which is the order of the index.
 * @type {(a: string, b: string) => number}
 */
const byCodePoint = (a, b) => {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at] !== b[at]) return Number(a.codePointAt(at)) - Number(b.codePointAt(at));
  }
  return a.length - b.length;
};
/** @type {(name: string) => Promise<IndexPart>} */
const readIndexPart = onceEach(async (name) => {
  const [text] = await scriptBlocks(`words-${name}.js`);
  const block = await unpacked(text, {});
  const posting = sums(block.documents);
  return {
    keys: block.key,
    posting,
    document: block.document,
    place: sums(block.count),
    sentence: block.sentence,
    offset: block.offset,
    length: block.length,
    over: block.over,
    end: block.end,
  };
});
/**
 * The numbers of the index parts that may have keys with this beginning; `keys` are the first keys of the parts.
 * @type {(keys: string[], start: string) => number[]}
 */
const partsWith = (keys, start) =>
  [...keys.keys()].filter((part) => {
    const next = keys[part + 1];
    const isBefore = next !== undefined && byCodePoint(next, start) <= 0 && !next.startsWith(start);
    return !isBefore && (byCodePoint(keys[part], start) <= 0 || keys[part].startsWith(start));
  });
/**
 * The places of a key in a part of the index; `first` is the number of the segment's first document.
 * @type {(part: IndexPart, key: number, first: number) => Places}
 */
const placesOfKey = (part, key, first) => {
  const [from, to] = [part.place[part.posting[key]], part.place[part.posting[key + 1]]];
  const [documents, positions] = [new Uint32Array(to - from), new Float64Array(to - from)];
  const [bits, lengths] = [new Uint8Array(to - from), new Uint32Array(to - from).fill(1)];
  const ends = new Float64Array(part.end ? to - from : 0);
  let document_ = first;
  for (let posting = part.posting[key]; posting < part.posting[key + 1]; posting += 1) {
    document_ += part.document[posting];
    let sentence = 0;
    for (let at = part.place[posting]; at < part.place[posting + 1]; at += 1) {
      sentence += part.sentence[at];
      documents[at - from] = document_;
      positions[at - from] = sentence * SENTENCE + (part.offset[at] >> 1);
      bits[at - from] = part.offset[at] & 1;
      if (!part.length || !part.over || !part.end) continue;
      lengths[at - from] = part.length[at];
      ends[at - from] = (sentence + part.over[at]) * SENTENCE + part.end[at];
    }
  }
  return { documents, positions, bits, lengths, ends };
};
/** @type {(size: number, hasEnds?: boolean) => Places} */
const emptyPlaces = (size, hasEnds = false) => ({
  documents: new Uint32Array(size),
  positions: new Float64Array(size),
  bits: new Uint8Array(size),
  lengths: new Uint32Array(size),
  ends: new Float64Array(hasEnds ? size : 0),
});
/** @type {(to: Places, at: number, from: Places, row: number) => void} */
const copyPlace = (to, at, from, row) => {
  to.documents[at] = from.documents[row];
  to.positions[at] = from.positions[row];
  to.bits[at] = from.bits[row];
  to.lengths[at] = from.lengths[row];
  if (to.ends.length) to.ends[at] = from.ends[row];
};
/**
 * The order of two places: negative if the first, moved on by `add`, comes before the second; 0 if they are the same.
 * @type {(one: Places, row: number, other: Places, at: number, add?: number) => number}
 */
const apart = (one, row, other, at, add = 0) =>
  one.documents[row] - other.documents[at] || one.positions[row] + add - other.positions[at];
/**
 * The places of two lists in the order of the text; a place in both appears twice.
 * @type {(one: Places, other: Places) => Places}
 */
const merged = (one, other) => {
  if (!one.documents.length) return other;
  if (!other.documents.length) return one;
  const both = emptyPlaces(one.documents.length + other.documents.length, one.ends.length > 0);
  for (let row = 0, at = 0; row + at < both.documents.length; ) {
    const isFirst = at === other.documents.length || (row < one.documents.length && apart(one, row, other, at) <= 0);
    copyPlace(both, row + at, isFirst ? one : other, isFirst ? row : at);
    if (isFirst) row += 1;
    else at += 1;
  }
  return both;
};
/** @type {(lists: Places[]) => Places} */
const mergedAll = (lists) => {
  if (!lists.length) return emptyPlaces(0);
  let left = lists;
  while (left.length > 1) {
    const pairs = [];
    for (let at = 0; at < left.length; at += 2)
      pairs.push(at + 1 < left.length ? merged(left[at], left[at + 1]) : left[at]);
    left = pairs;
  }
  return left[0];
};
/** @type {(places: Places, fits: (row: number) => boolean) => Places} */
const placesThat = (places, fits) => {
  const rows = [...places.documents.keys()].filter(fits);
  const chosen = emptyPlaces(rows.length);
  for (const [at, row] of rows.entries()) copyPlace(chosen, at, places, row);
  return chosen;
};
/** @type {(lists: Places[]) => Places} */
const oneAfterAnother = (lists) => {
  const size = lists.reduce((sum, { documents }) => sum + documents.length, 0);
  const all = emptyPlaces(
    size,
    lists.some(({ ends }) => ends.length > 0),
  );
  let at = 0;
  for (const { documents, positions, bits, lengths, ends } of lists) {
    all.documents.set(documents, at);
    all.positions.set(positions, at);
    all.bits.set(bits, at);
    all.lengths.set(lengths, at);
    if (ends.length) all.ends.set(ends, at);
    at += documents.length;
  }
  return all;
};
/**
 * The results of `take` for all keys in the index that have a beginning and pass a test.
 * @template T
 * @param {LargeCorpus} large
 * @param {string} start
 * @param {(key: string) => boolean} fits
 * @param {(part: IndexPart, key: number, first: number) => T} take
 * @returns {Promise<T[][]>} the results by segment
 */
const fromIndex = ({ segments, first }, start, fits, take) =>
  Promise.all(
    segments.map(async ({ name, keys }, number) => {
      const parts = await Promise.all(partsWith(keys, start).map((part) => readIndexPart(`${name}-${part}`)));
      return parts.flatMap((part) =>
        part.keys.flatMap((key, at) => (key.startsWith(start) && fits(key) ? [take(part, at, first[number])] : [])),
      );
    }),
  );
/**
 * The places of all keys that have a beginning and pass a test, in the order of the text.
 * @type {(large: LargeCorpus, start: string, fits?: (key: string) => boolean) => Promise<Places>}
 */
const placesWith = async (large, start, fits = () => true) =>
  oneAfterAnother((await fromIndex(large, start, fits, placesOfKey)).map(mergedAll));
/**
 * The words whose lemma passes a test; `start` is the beginning of these lemmas.
 * @type {(large: LargeCorpus, start: string, fits: (lemma: string) => boolean) => Promise<string[]>}
 */
const wordsOfLemma = async (large, start, fits) => {
  const prefix = ` base ${start}`;
  /** @type {(key: string) => string[]} */
  const fields = (key) => key.slice(" base ".length).split(FIELD);
  const pairs = await fromIndex(
    large,
    prefix,
    (key) => fits(fields(key)[0]),
    (part, at) => fields(part.keys[at])[1],
  );
  return [...new Set(pairs.flat())];
};
/**
 * The places of words; `fits` tests the fields of a key: the word, its lemma, and whether it is counted.
 * @type {(large: LargeCorpus, words: string[], fits: (fields: string[]) => boolean) => Promise<Places>}
 */
const placesOfWords = async (large, words, fits) =>
  mergedAll(await Promise.all(words.map((word) => placesWith(large, word + FIELD, (key) => fits(key.split(FIELD))))));
/**
 * Places of a term of a query.
 * @type {(large: LargeCorpus, term: string) => Promise<Places>}
 */
const termPlaces = async (large, term) => {
  const { word, byLemma, fits } = termOf(term);
  const [first, ...rest] = word.split("*");
  if (!first) throw new Error("In a corpus of this size a word must begin with letters: a * may follow them.");
  const start = rest.length ? first : word + FIELD;
  if (!byLemma) return placesWith(large, start, (key) => fits(key.split(FIELD)[0]));
  return placesOfWords(large, await wordsOfLemma(large, start, fits), ([, lemma]) => fits(lemma));
};
/**
 * Places of a word as the tables count it.
 * @type {(large: LargeCorpus, word: string) => Promise<Places>}
 */
const countedPlaces = async (large, word) => {
  if (large.words.unit !== "lemma") return formPlaces(large, word);
  const words = await wordsOfLemma(large, word + FIELD, (lemma) => lemma === word);
  return placesOfWords(
    large,
    [...new Set([word, ...words])],
    ([norm, lemma, counted]) => counted === "1" && (lemma || norm) === word,
  );
};
/** @type {(large: LargeCorpus, word: string) => Promise<Places>} */
const formPlaces = (large, word) => placesOfWords(large, [word], ([, , counted]) => counted === "1");
