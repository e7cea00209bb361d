/* Counts of a choice by document, for the measures that the bar recomputes (scripts/report/choices/counts.py). */
/** Most rows of a measure: those of its most frequent names. */
const MOST_ROWS = 50;
/** @type {(measure: string, unit: string) => RowsOf} */
const linkOfKind = (measure, unit) => (name) => [
  "quote_sources",
  ["attribute", "value", "measure"],
  ["kind", name, measure],
  unit,
];
/**
 * The measures: title, the unit of which shares are parts, the documents that count (`use`), and the counts. `visit`
 * calls `add` with a document, a name, the name's hits there and, if `own`, its total. `of` returns the totals by
 * document; without it, these are the sums of all hits.
 * @type {Measure[]}
 */
const MEASURES = [
  {
    name: "quoted",
    link: (_) => ["statements of a group", ["value", "side"], [EVERY, "anybody"], "quoted"],
    title: "Words in quotation marks",
    unit: "all words",
    visit: (_corpus, chosen, add) => {
      visitStatements(chosen, (part, row, number) => add(number, "in quotation marks", part.quotes.quoted[row]));
    },
    of: (chosen) => chosen.nWords,
  },
  {
    name: "speakers",
    link: (name) => ["quotes", ["speaker"], [name], "words"],
    title: "Who speaks",
    unit: "attributed words",
    use: "parsed",
    visit: (corpus, chosen, add) =>
      visitStatements(chosen, (part, row, number) => {
        const speaker = corpus.names[part.quotes.speaker[row]];
        if (speaker) add(number, speaker, part.quotes.words[row]);
      }),
  },
  {
    name: "kinds",
    link: linkOfKind("words", "words"),
    title: "Kinds of sources",
    unit: "words of sources",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) => add(number, kind, part.quotes.words[row])),
  },
  {
    name: "kind_statements",
    link: linkOfKind("statements", "rows"),
    title: "Statements by kind of source",
    unit: "statements of sources",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) => add(number, kind, part.quotes.words[row] > 0 ? 1 : 0)),
  },
  {
    name: "direct",
    link: linkOfKind("direct", "quoted"),
    title: "Words in quotation marks, by kind of source",
    unit: "words of the kind",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) => {
        for (const name of [kind, EVERY]) add(number, name, part.quotes.quoted[row], part.quotes.words[row]);
      }),
    own: true,
  },
  {
    name: "first",
    link: linkOfKind("first", "documents"),
    title: "Who is quoted first, by kind of source",
    unit: "documents with a source",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) =>
        add(number, kind, sourcePlaces(corpus, part).get(row)?.first ? 1 : 0),
      ),
  },
  {
    name: "frames",
    link: (name, { statistics }) => ["frame_codes", PATTERN_FIELDS.slice(0, 2), [statistics.scheme, name], "sentences"],
    title: "Cues of frames",
    unit: "sentences",
    use: "parsed",
    inCommon: true,
    visit: (corpus, chosen, add) => visitFrames(corpus, chosen, add),
    of: (chosen) => chosen.nSentences,
  },
  {
    name: "pairs",
    link: (name, corpus) => ["names together", ["name1", "name2"], namesOfPair(corpus, name), "sentences"],
    title: "Named together in a sentence",
    unit: "sentences",
    use: "parsed",
    inCommon: true,
    visit: (corpus, chosen, add) => visitPairs(corpus, chosen, add),
    of: (chosen) => chosen.nSentences,
  },
];
/** @type {(chosen: Chosen, visit: (part: Part, row: number, number: number) => void) => void} */
const visitStatements = ({ statements: masks }, visit) => {
  for (const [part, mask] of masks) {
    mask.forEach((there, row) => {
      if (there && part.quotes.pieces[row]) visit(part, row, documentOf(part, part.quotes.first[row]));
    });
  }
};
/** @type {(corpus: Corpus, chosen: Chosen, visit: VisitSource) => void} */
const visitSources = (corpus, chosen, visit) =>
  visitStatements(chosen, (part, row, number) => {
    const kind = corpus.attributes.kind?.[part.quotes.values.kind[row]];
    if (kind) visit(part, row, number, kind);
  });
/** @type {(corpus: Corpus, chosen: Chosen, add: AddCount) => void} */
const visitFrames = (corpus, { text }, add) => {
  for (const [part, mask] of text) {
    const seen = new Set();
    part.codes.pattern.forEach((pattern, row) => {
      const { scheme, frame } = corpus.patterns[pattern];
      const sentence = sentenceAt(part, part.codes.first[row]);
      const key = `${sentence} ${frame}`;
      if (scheme !== corpus.statistics.scheme || !mask[part.codes.first[row]] || seen.has(key)) return;
      seen.add(key);
      add(documentOf(part, part.codes.first[row]), frame, 1);
    });
  }
};
/** @type {(corpus: Corpus, chosen: Chosen, visit: VisitName) => void} */
const visitNames = (corpus, { text }, visit) => {
  for (const [part, mask] of text) {
    part.mentions.name.forEach((name, row) => {
      const { kind } = labelAt(corpus, part, row);
      const first = part.mentions.first[row];
      if (kind && mask[first]) visit(part, first, corpus.names[name], kind);
    });
  }
};
/** @type {(corpus: Corpus, chosen: Chosen, add: AddCount) => void} */
const visitPairs = (corpus, chosen, add) => {
  /** @type {Map<Part, Map<number, Set<string>>>} */
  const named = new Map();
  visitNames(corpus, chosen, (part, first, name, kind) => {
    if (!PAIRED_KINDS.includes(kind)) return;
    const sentences = valueAt(named, part, () => new Map());
    valueAt(sentences, sentenceAt(part, first), () => new Set()).add(name);
  });
  for (const [part, sentences] of named) {
    for (const [sentence, names] of sentences) {
      const sorted = [...names].sort((a, b) => (a < b ? -1 : 1));
      const number = documentOf(part, part.sentenceToken[sentence]);
      for (const [at, name] of sorted.entries()) {
        for (const other of sorted.slice(at + 1)) add(number, name + BETWEEN_NAMES + other, 1);
      }
    }
  }
};
/**
 * The two names of a pair, each of which may have the sign between them.
 * @type {(corpus: Corpus, pair: string) => string[]}
 */
const namesOfPair = (corpus, pair) => {
  const parts = pair.split(BETWEEN_NAMES);
  const splits = parts.slice(1).map((_, at) => [parts.slice(0, at + 1), parts.slice(at + 1)]);
  const names = splits.map((sides) => sides.map((side) => side.join(BETWEEN_NAMES)));
  return names.find((sides) => sides.every((name) => corpus.names.includes(name))) ?? names[0];
};
/** @type {(corpus: Corpus, chosen: Chosen, use?: string) => number[]} */
const countedDocuments = (corpus, { documents }, use) =>
  [...documents.keys()].filter((row) => documents[row] && (!use || corpus.uses[row] & bitOf(USES, use)));
/**
 * The counts of a measure by document, for the `most` most frequent names that pass a test.
 * @type {(
 *   corpus: Corpus, measure: Measure, chosen: Chosen, most?: number, fits?: (name: string) => boolean
 * ) => Counted}
 */
const countMeasure = (corpus, measure, chosen, most = MOST_ROWS, fits = () => true) => {
  const documents = countedDocuments(corpus, chosen, measure.use);
  const place = new Int32Array(corpus.docId.length).fill(-1);
  for (const [at, number] of documents.entries()) place[number] = at;
  /** @type {Map<string, { hits: Map<number, number>, totals: Map<number, number>, sum: number }>} */
  const cells = new Map();
  const all = new Float64Array(documents.length);
  const isCounted = chosen.whole || !OF_DOCUMENTS.includes(measure.name);
  measure.visit(corpus, chosen, (number, name, hits, total = 0) => {
    const at = place[number];
    if (at < 0 || !isCounted) return;
    all[at] += hits;
    if (!fits(name)) return;
    const cell = valueAt(cells, name, () => ({ hits: new Map(), totals: new Map(), sum: 0 }));
    addTo(cell.hits, at, hits);
    if (measure.own) addTo(cell.totals, at, total);
    cell.sum += measure.own ? total : hits;
  });
  const of = measure.of?.(chosen);
  const shared = of ? Float64Array.from(documents, (number) => of[number]) : all;
  /** @type {(values: Map<number, number>) => Float64Array} */
  const dense = (values) => {
    const array = new Float64Array(documents.length);
    for (const [at, value] of values) array[at] = value;
    return array;
  };
  const rows = [...cells]
    .sort(([a, x], [b, y]) => y.sum - x.sum || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([name, { hits, totals: own }]) => ({ name, hits: dense(hits), totals: measure.own ? dense(own) : shared }));
  return { documents, shared, rows, names: cells.size };
};
/**
 * The counts of these names, in this order; zero for a name that the measure lacks.
 * @type {(counted: Counted, names: string[], own?: boolean) => Counted}
 */
const withNames = ({ documents, shared, rows }, names, own) => {
  const known = new Map(rows.map((row) => [row.name, row]));
  const none = new Float64Array(documents.length);
  return {
    documents,
    shared,
    rows: names.map((name) => known.get(name) ?? { name, hits: none, totals: own ? none : shared }),
  };
};
/**
 * The share of each name with its interval.
 * @type {(measure: Measure, counted: Counted) => ShareRow[]}
 */
const sharesOf = (measure, { documents, rows }) => {
  const all = rows.map(({ hits, totals: own }) => shareSums(hits, own));
  const prior = measure.inCommon ? priorInCommon(all) : undefined;
  return rows.map(({ name, hits }, at) => {
    const enough = measure.own ? all[at].documents : documents.length;
    const inDocuments = hits.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    const estimate = ifEnough(shareInterval(all[at], prior), enough);
    return {
      name,
      n: all[at].hits,
      total: all[at].totals,
      documents: inDocuments,
      of: documents.length,
      enough,
      ...estimate,
    };
  });
};
