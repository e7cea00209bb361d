/* A corpus beside the page (scripts/report/large): its segments, and the texts of each in parts. */
/**
 * A function that calls `make_` only once for each name.
 * @template T
 * @param {(name: string) => Promise<T>} make_
 */
const onceEach = (make_) => {
  /** @type {Map<string, Promise<T>>} */
  const made = new Map();
  return (/** @type {string} */ name) => valueAt(made, name, () => make_(name));
};
/** @type {(name: string) => Promise<Segment>} */
const readSegment = onceEach(async (name) => {
  const [text] = await scriptBlocks(`documents-${name}.js`);
  const block = await unpacked(text, {});
  /** @type {[string, number][]} */
  const parts = block.facts.parts;
  return {
    name,
    parts: parts.map(([prefix]) => prefix),
    starts: sums(Uint32Array.from(parts, ([, size]) => size)),
    keys: block.facts.keys,
    date: block.date,
    nWords: block.n_words,
    quotedWords: block["quoted words"],
    otherWords: block["other words"],
    groups: beginning(block, "group "),
  };
});
/** @type {() => Promise<string[]>} */
const segmentNames = async () => (await readBlock("data-corpus")).facts.segments;
/**
 * A column of all segments as one array.
 * @type {(segments: Segment[], column: (segment: Segment) => Ints) => Float64Array}
 */
const joined = (segments, column) => Float64Array.from(segments.flatMap((segment) => [...column(segment)]));
/** @type {() => Promise<LargeCorpus>} */
const readAllSegments = async () => {
  const segments = await Promise.all((await segmentNames()).map(readSegment));
  const { statistics, words } = await readShared();
  const groups = new Map(
    Object.keys(segments[0].groups).map((name) => [name, segments.flatMap((segment) => segment.groups[name] ?? [])]),
  );
  return {
    segments,
    first: sums(Uint32Array.from(segments, ({ starts }) => starts[starts.length - 1])),
    date: segments.flatMap(({ date }) => date),
    nWords: joined(segments, ({ nWords }) => nWords),
    quotedWords: joined(segments, ({ quotedWords }) => quotedWords),
    otherWords: joined(segments, ({ otherWords }) => otherWords),
    groups,
    statistics,
    words,
  };
};
const readLarge = once(readAllSegments);
/**
 * The documents of a part as a corpus of their own.
 * @type {(prefix: string) => Promise<Corpus>}
 */
const readTexts = onceEach(async (prefix) => {
  const [shared, part] = await scriptBlocks(`texts-${prefix}.js`);
  return Object.assign(sharedOf(await unpacked(shared, {})), { parts: [partFrom(0, await unpacked(part, {}))] });
});
/**
 * The part that has a document, given by its number in the whole corpus, and the document's number there.
 * @type {(large: LargeCorpus, document_: number) => { prefix: string, row: number }}
 */
const textsWith = ({ segments, first }, document_) => {
  const at = placeOf(first, document_);
  const { parts, starts } = segments[at];
  const part = placeOf(starts, document_ - first[at]);
  return { prefix: parts[part], row: document_ - first[at] - starts[part] };
};
/** Hexadecimal digits of an anchor as bits. @type {(anchor: string) => string} */
const bitsOf = (anchor) =>
  Array.from(anchor.slice(1), (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
/**
 * The part that has the document of an anchor, and the document's number there; undefined if the corpus lacks it.
 * @type {(anchor: string) => Promise<{ prefix: string, corpus: Corpus, row: number } | undefined>}
 */
const documentOfAnchor = async (anchor) => {
  const bits = bitsOf(anchor);
  /** @type {(prefix: string) => boolean} */
  const fits = (prefix) => prefix === "all" || bits.startsWith(prefix);
  const segment = (await segmentNames()).find(fits);
  const prefix = segment && (await readSegment(segment)).parts.find(fits);
  if (!prefix) return undefined;
  const corpus = await readTexts(prefix);
  const row = corpus.byAnchor.get(anchor);
  return row === undefined ? undefined : { prefix, corpus, row };
};
