/* The rows behind a number of a large corpus: the index tells the documents that can have them, which are then read. */
/** Documents that are read at once for a list, and at most until a reader asks for more. */
const READ_AT_ONCE = 12;
const READ_AT_MOST = 120;
/** @type {(large: LargeCorpus, places: Places, bit?: boolean) => Uint32Array} */
const documentCounts = ({ nWords }, { documents, bits }, bit = false) =>
  countsByDocument(nWords.length, bit ? documents.filter((_, row) => bits[row]) : documents);
/** @type {(one: Uint32Array, other: Uint32Array) => Uint32Array} */
const bothCounts = (one, other) => one.map((count, row) => Math.min(count, other[row]));
/** @type {(large: LargeCorpus) => Uint32Array} */
const everyDocument = ({ nWords }) => new Uint32Array(nWords.length).fill(1);
/**
 * Counts of documents of a group alone, where a key names one.
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
 * The document of a name, which the tables have.
 * @type {(large: LargeCorpus, docId: string) => Promise<Uint32Array>}
 */
const documentNamed = async (large, docId) => {
  const counts = new Uint32Array(large.nWords.length);
  const shared = await readShared();
  const anchor = shared.anchor[shared.docId.indexOf(docId)];
  if (!anchor) return counts;
  const bits = bitsOf(anchor);
  for (const [number, { parts, starts, name }] of large.segments.entries()) {
    if (name !== "all" && !bits.startsWith(name)) continue;
    const part = parts.findIndex((prefix) => prefix === "all" || bits.startsWith(prefix));
    if (part < 0) continue;
    const row = (await readTexts(parts[part])).byAnchor.get(anchor);
    if (row !== undefined) counts[large.first[number] + starts[part] + row] = 1;
  }
  return counts;
};
/** @type {(large: LargeCorpus, name: string, bit?: boolean) => Promise<Uint32Array>} */
const speakerCounts = async (large, name, bit) =>
  documentCounts(large, await placesOfKeyed(large, "speaker", name), bit);
/** @type {(large: LargeCorpus, name: string, bit?: boolean) => Promise<Uint32Array>} */
const nameCounts = async (large, name, bit) => documentCounts(large, await placesOfKeyed(large, "name", name), bit);
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
 * How many rows each document has, or may have, by the kind of the rows.
 * @type {Record<string, (large: LargeCorpus, wanted: Wanted) => Promise<Uint32Array>>}
 */
const CANDIDATES = {
  quotes: async (large, { speaker, side }) => {
    const own = await speakerCounts(large, speaker, true);
    if (!side) return own;
    const refused = await CANDIDATES.refusals(large, {});
    return own.map((count, row) => count + refused[row]);
  },
  "quotes of a group": async (large, { speaker, value, by = "group" }) =>
    countsWithin(large, await speakerCounts(large, speaker, true), by, value),
  "statements of a group": async (large, { value }) =>
    countsWithin(large, documentCounts(large, await placesWith(large, " speaker "), true), "group", value),
  "quotes beside": async (large, { speaker, other }) =>
    bothCounts(await speakerCounts(large, speaker), await speakerCounts(large, other)),
  "sentences of a voice": async (large, { name }) =>
    name === NARRATOR ? everyDocument(large) : speakerCounts(large, name),
  "words of a speaker": async (large, { word, speaker, side }) => {
    const counts = word ? await wordCounts_(large, [word], countedPlaces) : everyDocument(large);
    return side === "target" ? bothCounts(counts, await speakerCounts(large, speaker)) : counts;
  },
  "said about": async (large, { speaker, name }) =>
    bothCounts(await speakerCounts(large, speaker), await nameCounts(large, name, true)),
  entities: (large, { entity }) => nameCounts(large, entity),
  entity_mentions: async (large, { name, doc_id: docId }) =>
    countsWithin(large, await nameCounts(large, name, true), "doc_id", docId),
  "names together": async (large, { name1, name2 }) =>
    bothCounts(await nameCounts(large, name1, true), await nameCounts(large, name2, true)),
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
  refusals: async (large, { group }) =>
    countsWithin(large, documentCounts(large, await placesWith(large, " refusal")), "group", group),
  "documents opened by": async (large, { speaker, group }) =>
    countsWithin(large, await speakerCounts(large, speaker), "group", group),
  valence: async (large, { relation, name }) => {
    if (relation === "all") return everyDocument(large);
    return relation === "voiced" ? CANDIDATES["sentences of a voice"](large, { name }) : nameCounts(large, name);
  },
};
/** Kinds of rows whose number the index tells. */
const COUNTED = ["quotes", "quotes of a group", "entities", "entity_mentions", "tokens", "tokens of a group"];
/**
 * Rows of documents, those with most first, as a function that reads some of them each time.
 * @type {(large: LargeCorpus, key: RowsKey, counts: Uint32Array) => LargeRowReader}
 */
const rowReader = (large, [table, columns, values], counts) => {
  const order = [...counts.keys()].filter((row) => counts[row]).sort((a, b) => counts[b] - counts[a] || a - b);
  let at = 0;
  const read = async () => {
    const documents = order.slice(at, at + READ_AT_ONCE);
    at += documents.length;
    const hits = await Promise.all(
      documents.map(async (document_) => {
        const { prefix, row } = textsWith(large, document_);
        const corpus = await readTexts(prefix);
        const own = findRows(corpus, table, columns, values).map((hit) => ({
          corpus,
          hit,
          place: placed(hit[0], hit[1]),
        }));
        return own.filter(({ place }) => place.document === row);
      }),
    );
    return hits.flat();
  };
  return { read, left: () => order.length - at };
};
/**
 * Show the rows in a list, some at once, below their documents.
 * @type {(list: HTMLElement, rows: ReturnType<typeof rowReader>) => Promise<void>}
 */
const fillLargeItems = async (list, { read, left }) => {
  const items = elementIn(list, "ul");
  /** @type {LargeHit[]} */
  let waiting = [];
  const show = rowWriter(items);
  const draw = async () => {
    const stop = left() - READ_AT_MOST;
    while (waiting.length < AT_ONCE && left() > Math.max(0, stop)) waiting.push(...(await read()));
    for (const hit of waiting.slice(0, AT_ONCE)) show(hit);
    waiting = waiting.slice(AT_ONCE);
    more.hidden = !waiting.length && !left();
  };
  const more = button("Show more", "Show more sentences", draw);
  const foot = make("div", "", { class: "tools more-rows" });
  foot.append(more);
  list.append(foot);
  await draw();
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
  await fillLargeItems(list, rowReader(large, key, counts));
  if (table === "quotes" && !unit) await addProfile(shared, list, values[0]);
};
