/* The rows behind a number of a large corpus: the index gives the documents that may have them, and these are read. */
/** Documents that are read at once for a list, and most that are read until a reader asks for more. */
const READ_AT_ONCE = 12;
const READ_AT_MOST = 120;
/** @type {(large: LargeCorpus, places: Places) => Uint32Array} */
const documentCounts = ({ nWords }, { documents }) => countsByDocument(nWords.length, documents);
/**
 * Counts by document of the places with a bit: first pieces of statements, or mentions of names with a kind.
 * @type {(large: LargeCorpus, places: Places) => Uint32Array}
 */
const bitCounts = ({ nWords }, { documents, bits }) =>
  countsByDocument(
    nWords.length,
    documents.filter((_, row) => bits[row]),
  );
/** @type {(one: Uint32Array, other: Uint32Array) => Uint32Array} */
const bothCounts = (one, other) => one.map((count, row) => Math.min(count, other[row]));
/** @type {(large: LargeCorpus) => Uint32Array} */
const everyDocument = ({ nWords }) => new Uint32Array(nWords.length).fill(1);
/**
 * The counts of only the documents of a group, if a key names one.
 * @type {(large: LargeCorpus, counts: Uint32Array, by: string, value?: string, but?: string) => Promise<Uint32Array>}
 */
const countsWithin = async (large, counts, by, value, but) => {
  if (value === undefined || value === EVERY) return counts;
  if (by === "doc_id") return bothCounts(counts, await documentNamed(large, value));
  const corpus = /** @type {any} */ ({ date: large.date, groups: large.groups });
  const inside = documentTest(corpus, by, value, but);
  return counts.map((count, row) => (inside(row) ? count : 0));
};
/**
 * Counts with 1 for the document with this doc_id, which the tables must have.
 * @type {(large: LargeCorpus, docId: string) => Promise<Uint32Array>}
 */
const documentNamed = async (large, docId) => {
  const counts = new Uint32Array(large.nWords.length);
  const shared = await readShared();
  const anchor = shared.anchor[shared.docId.indexOf(docId)];
  if (!anchor) return counts;
  const found = await documentOfAnchor(anchor);
  const number = large.segments.findIndex(({ parts }) => parts.includes(found?.prefix ?? ""));
  if (found && number >= 0) {
    const { parts, starts } = large.segments[number];
    counts[large.first[number] + starts[parts.indexOf(found.prefix)] + found.row] = 1;
  }
  return counts;
};
/** @typedef {(large: LargeCorpus, name: string) => Promise<Uint32Array>} CountsOfName */
/** @type {CountsOfName} */
const speakerCounts = async (large, name) => documentCounts(large, await placesOfKeyed(large, "speaker", name));
/** @type {CountsOfName} */
const statementCounts = async (large, name) => bitCounts(large, await placesOfKeyed(large, "speaker", name));
/** @type {CountsOfName} */
const nameCounts = async (large, name) => documentCounts(large, await placesOfKeyed(large, "name", name));
/** @type {CountsOfName} */
const entityCounts = async (large, name) => bitCounts(large, await placesOfKeyed(large, "name", name));
/** @type {(large: LargeCorpus, kind: string, name: string) => Promise<Places>} */
const placesOfKeyed = (large, kind, name) => {
  const key = ` ${kind} ${name}`;
  return placesWith(large, key, (each) => each === key);
};
/** @type {(large: LargeCorpus, scheme: string, frame: string) => Promise<Uint32Array>} */
const frameCounts = async (large, scheme, frame) =>
  documentCounts(large, await placesWith(large, ` frame ${[scheme, frame, ""].join(FIELD)}`));
/** @type {(large: LargeCorpus, words: string[], places: typeof formPlaces) => Promise<Uint32Array>} */
const wordCounts_ = async (large, words, places) => {
  const counts = await Promise.all(words.map(async (word) => documentCounts(large, await places(large, word))));
  return counts.reduce(bothCounts);
};
/**
 * Functions for each kind of rows that count how many each document has, or may have.
 * @type {Record<string, (large: LargeCorpus, wanted: Wanted) => Promise<Uint32Array>>}
 */
const CANDIDATES = {
  quotes: (large, { speaker }) => statementCounts(large, speaker),
  "quotes of a group": async (large, { speaker, value, by = "group" }) =>
    countsWithin(large, await statementCounts(large, speaker), by, value),
  "statements of a group": async (large, { value }) =>
    countsWithin(large, bitCounts(large, await placesWith(large, " speaker ")), "group", value),
  "quotes beside": async (large, { speaker, other }) =>
    bothCounts(await speakerCounts(large, speaker), await speakerCounts(large, other)),
  "sentences of a voice": async (large, { name }) =>
    name === NARRATOR ? everyDocument(large) : speakerCounts(large, name),
  "words of a speaker": async (large, { word, speaker, side }) => {
    const counts = word ? await wordCounts_(large, [word], countedPlaces) : everyDocument(large);
    return side === "target" ? bothCounts(counts, await speakerCounts(large, speaker)) : counts;
  },
  "said about": async (large, { speaker, name }) =>
    bothCounts(await speakerCounts(large, speaker), await entityCounts(large, name)),
  entities: (large, { entity }) => nameCounts(large, entity),
  entity_mentions: async (large, { name, doc_id: docId }) =>
    countsWithin(large, await entityCounts(large, name), "doc_id", docId),
  "names together": async (large, { name1, name2 }) =>
    bothCounts(await entityCounts(large, name1), await entityCounts(large, name2)),
  frame_codes: async (large, { scheme, frame, speaker, group, month, but }) => {
    const own = await frameCounts(large, scheme, frame);
    const voiced = speaker && speaker !== NARRATOR ? bothCounts(own, await speakerCounts(large, speaker)) : own;
    return countsWithin(large, await countsWithin(large, voiced, "group", group, but), "month", month, but);
  },
  "frames together": async (large, { scheme, frame_a: one, frame_b: other }) =>
    bothCounts(await frameCounts(large, scheme, one), await frameCounts(large, scheme, other)),
  "no frame": async (large) => everyDocument(large),
  sentences: (large, wanted) => wordCounts_(large, Object.values(wanted).join(" ").split(" "), formPlaces),
  "tokens near each other": (large, { word1, word2 }) => wordCounts_(large, [word1, word2], countedPlaces),
  tokens: (large, { word }) => wordCounts_(large, [word], countedPlaces),
  "tokens of a group": async (large, { word, column, side, ...rest }) => {
    const [group] = Object.values(rest);
    const counts = await wordCounts_(large, [word], countedPlaces);
    return countsWithin(large, counts, column, side === "reference" ? OTHERS : group, group);
  },
  "documents of a group": async (large, { value, by = "group", side }) =>
    countsWithin(large, everyDocument(large), by, side === "reference" ? OTHERS : value, value),
  quote_sources: async (large, { attribute = "kind", value = EVERY, group, but }) => {
    const every = ` source ${attribute}${FIELD}`;
    const places = await placesWith(large, every, (key) => value === EVERY || key === every + value);
    const counts = documentCounts(large, places);
    return group?.startsWith("(") ? counts : countsWithin(large, counts, "group", group, but);
  },
  joint_statements: async (large, { speaker }) => documentCounts(large, await placesOfKeyed(large, "joint", speaker)),
  refusals: async (large, { group }) =>
    countsWithin(large, documentCounts(large, await placesWith(large, " refusal")), "group", group),
  "documents opened by": async (large, { speaker, group }) =>
    countsWithin(large, await speakerCounts(large, speaker), "group", group),
  valence: async (large, { relation, name }) => {
    if (relation === "all") return everyDocument(large);
    return relation === "voiced" ? CANDIDATES["sentences of a voice"](large, { name }) : nameCounts(large, name);
  },
};
/** Kinds of rows of which the index gives the exact number. */
const COUNTED = ["quotes", "quotes of a group", "entities", "entity_mentions", "tokens", "tokens of a group"];
/**
 * A reader of rows that reads some documents each time, those with most rows first.
 * @type {(large: LargeCorpus, key: RowsKey, counts: Uint32Array) => RowReader}
 */
const rowReader = (large, [table, columns, values], counts) => {
  const order = [...counts.keys()].filter((row) => counts[row]).sort((a, b) => counts[b] - counts[a] || a - b);
  /** @type {LargeHit[]} */
  const waiting = [];
  const readSome = async () => {
    const hits = await Promise.all(
      order.splice(0, READ_AT_ONCE).map(async (document_) => {
        const { prefix, row } = textsWith(large, document_);
        const corpus = await readTexts(prefix);
        const own = rowsOf(corpus, findRows(corpus, table, columns, values));
        return own.filter(({ place }) => place.document === row);
      }),
    );
    waiting.push(...hits.flat());
  };
  const read = async () => {
    const stop = Math.max(0, order.length - READ_AT_MOST);
    while (waiting.length < AT_ONCE && order.length > stop) await readSome();
    return waiting.splice(0, AT_ONCE);
  };
  return { read, left: () => waiting.length + order.length };
};
/** @type {(list: HTMLElement, key: RowsKey) => Promise<void>} */
const fillLargeList = async (list, key) => {
  const [table, columns, values, unit] = key;
  const shared = /** @type {Corpus} */ (await readShared());
  elementIn(list, "h2").textContent = shortened(listTitle(shared, table, columns, values), 200);
  if (!CANDIDATES[table])
    throw new Error(`In a corpus of this size the page does not list these: see tables/${table}.csv.`);
  const large = await readLarge();
  const counts = await CANDIDATES[table](large, keyOf(columns, values));
  const documents = plural(
    counts.reduce((n, count) => n + Number(count > 0), 0),
    "document",
  );
  const rows = plural(
    counts.reduce((sum, count) => sum + count, 0),
    NOUNS[table] ?? "time",
  );
  const isCounted_ = COUNTED.includes(table) && !columns.includes("side");
  elementIn(list, "p").textContent = isCounted_
    ? `${rows}: ${documents}`
    : `In at most ${documents}, read as they are shown`;
  await fillItems(list, rowReader(large, key, counts));
  if (table === "quotes" && !unit) await addProfile(shared, list, values[0]);
};
