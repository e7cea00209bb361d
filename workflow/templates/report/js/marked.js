/* Tables whose rows are made from the marks in the texts. */
/** @type {(corpus: Shared, part: Part, row: number) => string} */
const contentOf = (corpus, part, row) =>
  piecesOf(part, row)
    .map(([from, to]) => textOf(corpus, part, from, to))
    .join(BETWEEN_PIECES);
/**
 * The words of cue or source of a quote.
 * @type {(corpus: Shared, part: Part, row: number, name: "cue" | "source") => string}
 */
const besideQuote = (corpus, part, row, name) => {
  const from = part.quotes.first[row] + part.quotes[`${name}_first`][row];
  return textOf(corpus, part, from, from + part.quotes[`${name}_length`][row]);
};
/**
 * Functions for the values of columns, by the kind of mark.
 * @type {Record<MarkKind, (corpus: Shared) => Record<string, (part: Part, row: number) => string | number>>}
 */
const MARK_VALUES = {
  quotes: (corpus) => ({
    ...Object.fromEntries(
      Object.entries(corpus.attributes).map(([name, list]) => [
        name,
        (/** @type {Part} */ { quotes }, /** @type {number} */ row) => list[quotes.values[name][row]],
      ]),
    ),
    stance: ({ quotes }, row) => corpus.stances[quotes.stance[row]],
    words: ({ quotes }, row) => quotes.words[row],
    words_direct: ({ quotes }, row) => quotes.quoted[row],
    speaker: ({ quotes }, row) => corpus.names[quotes.speaker[row]],
    type: ({ quotes }, row) => corpus.types[quotes.type[row]],
    content: (part, row) => contentOf(corpus, part, row),
    cue: (part, row) => besideQuote(corpus, part, row, "cue"),
    source: (part, row) => besideQuote(corpus, part, row, "source"),
    confidence: ({ quotes }, row) => quotes.confidence[row] / 100,
  }),
  mentions: (corpus) => ({
    entity: ({ mentions }, row) => corpus.names[mentions.name[row]],
    text: (part, row) => {
      const from = part.mentions.first[row];
      return textOf(corpus, part, from, from + part.mentions.length[row]);
    },
    label: ({ mentions }, row) => corpus.labels[mentions.label[row]].label,
  }),
  codes: (corpus) => ({
    scheme: ({ codes }, row) => frameName(corpus.patterns[codes.pattern[row]].scheme),
    frame: ({ codes }, row) => frameName(corpus.patterns[codes.pattern[row]].frame),
    term: ({ codes }, row) => corpus.patterns[codes.pattern[row]].term,
    negated: ({ codes }, row) => CELLS.bool(codes.negated[row], "negated"),
    speaker: ({ codes }, row) => corpus.names[codes.speaker[row]],
  }),
};
/** @type {Record<string, ((value: number) => string) | undefined>} */
const MARK_NUMBERS = { confidence: decimalNumber, words: wholeNumber, words_direct: wholeNumber };
/** @type {(corpus: Shared, place: (row: number) => Place) => SheetColumn} */
const markSentenceColumn = (corpus, place) => ({
  text: (row) => wholeNumber(place(row).sentence + 1),
  value: (row) => String(place(row).sentence),
  href: (row) => sentenceHref(corpus, place(row)),
  order: (row) => place(row).sentence,
});
/**
 * A column of a table of marks; `get` returns its values.
 * @type {(corpus: Shared, kind: MarkKind, field: string, get: (row: number) => any) => SheetColumn}
 */
const markValueColumn = (corpus, kind, field, get) => {
  const shown = MARK_NUMBERS[field];
  const names = field === "speaker" && kind === "quotes";
  /** @type {(row: number) => string} */
  const href = (row) => {
    if (field === "entity") return rowsHref("entities", ["entity"], [get(row)]);
    return names && corpus.speaking.has(get(row)) ? rowsHref("quotes", ["speaker"], [get(row)]) : "";
  };
  return {
    text: (row) => (shown ? shown(get(row)) : cellText(get(row))),
    value: (row) => String(get(row)).slice(0, LONGEST),
    href,
    order: shown && get,
  };
};
/** @type {(corpus: Corpus, kind: MarkKind, rows: Weighed[], fields: string[]) => Sheet} */
const markSheet = (corpus, kind, rows, fields) => {
  /** @type {Place[]} */
  const places = new Array(rows.length);
  /** @type {(at: number) => Place} */
  const place = (at) => {
    places[at] ??= placed(rows[at].part, rows[at].part[kind].first[rows[at].row]);
    return places[at];
  };
  const values = MARK_VALUES[kind](corpus);
  const columns = fields.map((field) => {
    if (field === "doc_id") return documentColumn(corpus, (at) => place(at).document);
    if (field === "sentence") return markSentenceColumn(corpus, place);
    return markValueColumn(corpus, kind, field, (at) => values[field](rows[at].part, rows[at].row));
  });
  /** @type {(chosen: Chosen, at: number) => boolean} */
  const isChosen = ({ statements: chosen, sentences }, at) => {
    const { part, row } = rows[at];
    return Boolean(
      kind === "quotes" ? chosen.get(part)?.[row] : sentences.get(part)?.[sentenceAt(part, part[kind].first[row])],
    );
  };
  return { rows: rows.length, total: rows.length, columns, isChosen };
};

/**
 * A table of statements with or without a speaker, sorted by the speaker's words, then by the statement's own.
 * @type {(isNamed: boolean) => MarkTable}
 */
const statementTable = (isNamed) => ({
  kind: "quotes",
  keep: (corpus, { quotes }, row) => quotes.pieces[row] > 0 && (corpus.names[quotes.speaker[row]] !== "") === isNamed,
  name: (corpus, { quotes }, row) => corpus.names[quotes.speaker[row]],
  size: ({ quotes }, row) => quotes.words[row],
});
/**
 * Tables of marks by their names (`marks` in tables.yaml).
 * @type {Record<string, MarkTable>}
 */
const MARK_TABLES = {
  statements: statementTable(true),
  unattributed: statementTable(false),
  sources: {
    kind: "quotes",
    keep: (corpus, { quotes }, row) => corpus.attributes.kind[quotes.values.kind[row]] !== "",
    name: () => "",
  },
  mentions: { kind: "mentions", name: (corpus, { mentions }, row) => corpus.names[mentions.name[row]] },
  codes: {
    kind: "codes",
    name: (corpus, { codes }, row) => {
      const { scheme, frame } = corpus.patterns[codes.pattern[row]];
      return `${scheme} ${frame}`;
    },
  },
};
/**
 * The marks of a table, those of the name with most marks (or words) in the corpus first; longest first within each.
 * @type {(corpus: Corpus, table: string) => Weighed[]}
 */
const marksByWeight = (corpus, table) => {
  const { kind, keep = () => true, name: nameOf, size: sizeOf = () => 1 } = MARK_TABLES[table];
  const marks = corpus.parts.flatMap((part) =>
    Array.from(part[kind].first.keys(), (row) => {
      return { part, row, name: nameOf(corpus, part, row), size: sizeOf(part, row), weight: 0 };
    }),
  );
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const { name, size } of marks) addTo(weights, name, size);
  for (const mark of marks) mark.weight = weights.get(mark.name) ?? 0;
  return marks
    .filter(({ part, row }) => keep(corpus, part, row))
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        (a.name < b.name ? -1 : Number(a.name > b.name)) ||
        b.size - a.size ||
        a.part.number - b.part.number ||
        a.row - b.row,
    );
};
/** @type {(corpus: Corpus, table: string, fields: string[]) => Sheet} */
const sheetOfMarks = (corpus, table, fields) =>
  markSheet(corpus, MARK_TABLES[table].kind, marksByWeight(corpus, table), fields);
