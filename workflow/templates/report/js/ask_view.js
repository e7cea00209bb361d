/* The numbers of a choice, or of two side by side, as the page shows them. */
/**
 * A table of rows of any kind; a column has a heading, functions for text and link, and true if it has no numbers.
 * @template T
 * @param {string} title
 * @param {T[]} rows
 * @param {PlainColumn<T>[]} columns
 * @returns {HTMLElement[]}
 */
const plainTable = (title, rows, columns) => {
  const shown = columns.map(([, text, href = noHref, isText]) => {
    /** @type {(at: number) => string} */
    const textAt = (at) => text(rows[at]);
    return { numeric: !isText, text: textAt, value: textAt, href: (/** @type {number} */ at) => href(rows[at]) };
  });
  const heads = columns.map(([head]) => head);
  return profileTable(
    title,
    { rows: rows.length, total: rows.length, columns: shown },
    heads,
    allRows(rows.length),
    "",
  );
};
/** @type {(row: Estimate) => string} */
const shownShare = (row) => percent(row.value);
/** @type {(row: Estimate) => string} */
const shownInterval = (row) => interval(row.lo, row.hi);
/** @type {(row: Estimate) => string} */
const shownEnds = (row) => numberInterval(row.lo, row.hi);
/** @type {(row: { name: string }) => string} */
const shownName = (row) => cellText(frameName(row.name));
/**
 * The address of the rows that a number of a side counts; "" if the number is 0.
 * @type {(side: Side, link: ReturnType<RowsOf>, n?: number) => string}
 */
const sideHref = ({ choice, isOthers }, [table, names, values, unit], n = 1) =>
  n
    ? `#rows=${encodeURIComponent(JSON.stringify([table, names, values, unit, { choice, isOthers }]))}${withView()}`
    : "";
/**
 * A table of shares of one choice.
 * @type {(title: string, rows: ShareRow[], side: Side, link: RowsOf) => HTMLElement[]}
 */
const shareTable = (title, rows, side, link) =>
  plainTable(title, rows, [
    ["name", shownName, noHref, true],
    ["share", shownShare],
    ["95% interval", shownInterval],
    ["count", ({ n }) => wholeNumber(n), ({ name, n }) => sideHref(side, link(name), n)],
    ["of", ({ total }) => wholeNumber(total)],
    ["documents", ({ documents }) => wholeNumber(documents)],
  ]);
/** @type {(title: string, rows: ContrastRow[], sides: Side[], link: RowsOf) => HTMLElement[]} */
const contrastTable = (title, rows, [a, b], link) =>
  plainTable(title, rows, [
    ["name", shownName, noHref, true],
    ["A", ({ first }) => shownShare(first), ({ name, first }) => sideHref(a, link(name), first.n)],
    ["A, 95% interval", ({ first }) => shownInterval(first)],
    ["B", ({ second }) => shownShare(second), ({ name, second }) => sideHref(b, link(name), second.n)],
    ["B, 95% interval", ({ second }) => shownInterval(second)],
    ["A minus B", ({ value }) => points(value)],
    ["95% interval of the difference", ({ lo, hi }) => pointsInterval(lo, hi)],
    ["p", ({ p }) => probability(p)],
    ["adjusted p", ({ q }) => probability(q)],
  ]);
/** @type {(title: string, head: string, rows: ShareRow[], side: Side, link: RowsOf) => HTMLElement[]} */
const rateTable = (title, head, rows, side, link) =>
  plainTable(title, rows, [
    ["name", ({ name }) => cellText(name), noHref, true],
    [head, ({ value }) => decimalNumber(value)],
    ["95% interval", shownEnds],
    ["count", ({ n }) => wholeNumber(n), ({ name }) => sideHref(side, link(name))],
    ["documents", ({ documents }) => wholeNumber(documents)],
  ]);
/** @type {(title: string, rows: KeyWord[], sides: Side[]) => HTMLElement[]} */
const keyWordTable = (title, rows, [a, b]) =>
  plainTable(title, rows, [
    ["word", ({ word }) => cellText(word), noHref, true],
    ["A", ({ n }) => wholeNumber(n), ({ word, n }) => sideHref(a, tokensOfWord(word), n)],
    ["B", ({ other }) => wholeNumber(other), ({ word, other }) => sideHref(b, tokensOfWord(word), other)],
    ["log ratio", ({ value }) => decimalNumber(value)],
    ["95% interval", shownEnds],
    ["adjusted p", ({ q }) => probability(q)],
  ]);
/** @type {RowsOf} */
const tokensOfWord = (word) => ["tokens", ["word"], [word], ""];
/**
 * A table of how evenly speakers and kinds share the words.
 * @type {(title: string, even: ShareRow[], effective: ShareRow[]) => HTMLElement[]}
 */
const varietyTable = (title, even, effective) => {
  /** @type {(of: string, text: (row: ShareRow) => string) => string} */
  const ofEffective = (of, text) => effective.filter(({ name }) => name === of).map(text)[0] ?? "";
  return plainTable(title, even, [
    ["of", ({ name }) => name, noHref, true],
    ["evenness", ({ value }) => decimalNumber(value)],
    ["95% interval", shownEnds],
    ["effective number", ({ name }) => ofEffective(name, ({ value }) => decimalNumber(value))],
    ["its 95% interval", ({ name }) => ofEffective(name, shownEnds)],
    ["number", ({ n }) => wholeNumber(n)],
    ["words", ({ total }) => wholeNumber(total)],
  ]);
};
/** The rates of a choice: of words and of names. */
const RATES = [
  {
    name: "words",
    title: "Most frequent words",
    head: "per million words",
    per: PER_MILLION,
    count: countWords,
    link: tokensOfWord,
  },
  {
    name: "names",
    title: "Who and what is named",
    head: "per 1,000 words",
    per: PER_THOUSAND,
    count: countNames,
    link: /** @type {RowsOf} */ ((name) => ["entity_mentions", ["name"], [name], ""]),
  },
];
/** @type {(corpus: Corpus, name: string) => { resamples: number, seed: number }} */
const drawsOf = (corpus, name) => (name === "words" ? corpus.statistics.bootstrap : { resamples: RESAMPLES, seed: 1 });
/**
 * The numbers of a side: shares by measure, and rates.
 * @type {(corpus: Corpus, chosen: Chosen) => SideNumbers}
 */
const numbersOf = (corpus, chosen) => {
  const counted = new Map(MEASURES.map((measure) => [measure.name, countMeasure(corpus, measure, chosen)]));
  const shares = new Map(
    MEASURES.map((measure) => [measure.name, sharesOf(measure, countedOf(counted, measure.name))]),
  );
  const words = new Map(RATES.map(({ name, count }) => [name, count(corpus, chosen)]));
  const rates = new Map(
    RATES.map(({ name, per }) => {
      const draws = drawsOf(corpus, name);
      const own = /** @type {WordCounts} */ (words.get(name));
      return [name, ratesOf(own, per, weightsFor(corpus, draws), draws.resamples)];
    }),
  );
  for (const measure of MEASURES.filter(({ name }) => name === "speakers" || name === "kinds")) {
    const { evenness, effective } = varietyOf(corpus, chosen, measure) ?? {};
    if (evenness) valueAt(rates, "evenness", () => /** @type {ShareRow[]} */ ([])).push(evenness);
    /* Omit the effective number of speakers: it grows with the documents, so sides of different size do not compare. */
    if (effective && measure !== SPEAKERS) rates.set("effective", [effective]);
  }
  return { counted, shares, rates, words: /** @type {WordCounts} */ (words.get("words")) };
};
/** @type {(counted: Map<string, Counted>, name: string) => Counted} */
const countedOf = (counted, name) => counted.get(name) ?? { documents: [], shared: new Float64Array(), rows: [] };
/**
 * The counts of a measure on both sides, for the most frequent names of either, those of the first side first. They are
 * counted again, since a name that is frequent on one side may be rare on the other.
 * @type {(corpus: Corpus, measure: Measure, sides: Chosen[], most: Map<string, Counted>[]) => Counted[]}
 */
const pairOf = (corpus, measure, sides, most) => {
  /* A choice of sentences lacks these measures, which is different from a share of 0. */
  const both = OF_DOCUMENTS.includes(measure.name) && !sides.every(({ whole }) => whole) ? [] : most;
  const names = new Set(both.flatMap((counted) => countedOf(counted, measure.name).rows.map(({ name }) => name)));
  return sides.map((chosen) => {
    const counted = countMeasure(corpus, measure, chosen, Number.POSITIVE_INFINITY, (name) => names.has(name));
    return withNames(counted, [...names], measure.own);
  });
};
/**
 * The contrasts of a measure, those with the largest share on either side first. A difference has an interval if the
 * documents were dealt: if the sides share documents, they are not independent.
 * @type {(measure: Measure, pair: [Counted, Counted], p: number[]) => ContrastRow[]}
 */
const contrastsOf = (measure, pair, p) => {
  const [first, second] = pair.map((counted) => sharesOf(measure, counted));
  const isDealt = canDeal(...pair);
  const tested = first.map((row, at) => {
    const enough = Math.min(row.enough, second[at].enough, row.of, second[at].of);
    return enough >= ENOUGH ? (p[at] ?? Number.NaN) : Number.NaN;
  });
  const q = benjaminiHochberg(tested);
  /** @type {(row: ContrastRow) => number} */
  const most = (row) =>
    Math.max(...[row.first, row.second].map(({ total, value }) => (measure.own ? total : value) || 0));
  const contrasts = first.map((row, at) => {
    const { value, lo, hi } = differenceInterval(row, second[at], tested[at]);
    // What is not tested is not ruled out.
    const reaching = Number.isNaN(tested[at]) ? { lo: Math.min(lo, 0), hi: Math.max(hi, 0) } : { lo, hi };
    const ends = isDealt ? reaching : { lo: Number.NaN, hi: Number.NaN };
    return { name: row.name, first: row, second: second[at], value, ...ends, p: tested[at], q: q[at] };
  });
  return contrasts.sort((a, b) => most(b) - most(a));
};
/** @type {(one: Counted, two: Counted) => boolean} */
const hasShared = (one, two) => {
  const own = new Set(one.documents);
  return two.documents.some((number) => own.has(number));
};
/**
 * True if the documents of both sides can be dealt: none is on both sides, and there are not too many.
 * @type {(one: Counted, two: Counted) => boolean}
 */
const canDeal = (one, two) =>
  one.documents.length > 0 &&
  two.documents.length > 0 &&
  one.documents.length + two.documents.length <= MOST_DEALT &&
  !hasShared(one, two);
/**
 * The contrasts of all measures; measures that count the same documents are tested with the same deals.
 * @type {(pairs: [Measure, [Counted, Counted]][], pause: () => Promise<void>) => Promise<[Measure, ContrastRow[]][]>}
 */
const contrastsOfAll = async (pairs, pause) => {
  /** @type {Map<string, [Measure, [Counted, Counted]][]>} */
  const together_ = new Map();
  for (const pair of pairs) {
    const key = pair[1].map(({ documents }) => documents.join(" ")).join("|");
    valueAt(together_, key, () => /** @type {typeof pairs} */ ([])).push(pair);
  }
  /** @type {Map<Measure, number[]>} */
  const found = new Map();
  for (const group of together_.values()) {
    const isDealt = canDeal(...group[0][1]);
    const p = isDealt
      ? await permutationP(
          group.map(([, pair]) => pair),
          pause,
        )
      : [];
    for (const [at, [measure]] of group.entries()) found.set(measure, p[at] ?? []);
  }
  return pairs.map(([measure, pair]) => [measure, contrastsOf(measure, pair, found.get(measure) ?? [])]);
};
/**
 * Why no difference between two sides is tested, or "".
 * @type {(sides: Side[]) => string}
 */
const untestedText = ([{ chosen: a }, { chosen: b }]) => {
  /** @type {(chosen: Chosen) => number} */
  const size = ({ documents }) => documents.reduce((sum, there) => sum + there, 0);
  if (a.documents.some((there, number) => there && b.documents[number]))
    return "No difference has an interval or p: both sides have parts of the same documents.";
  return size(a) + size(b) > MOST_DEALT
    ? `No difference has an interval or p: the page tests up to ${wholeNumber(MOST_DEALT)} documents. Save the view.`
    : "";
};
/** @type {(corpus: Corpus, chosen: Chosen) => string} */
const sizeText = (corpus, chosen) => {
  /** @type {(values: ArrayLike<number>) => number} */
  const total = (values) => Array.from(values).reduce((sum, value) => sum + value, 0);
  let [said, named] = [0, 0];
  visitStatements(chosen, (part, row) => {
    said += 1;
    if (corpus.names[part.quotes.speaker[row]]) named += 1;
  });
  const documents = `${wholeNumber(total(chosen.documents))} of ${plural(corpus.docId.length, "document")}`;
  const statements = `${plural(said, "statement")}, ${wholeNumber(named)} with a speaker`;
  const [sentences, words] = [total(chosen.nSentences), total(chosen.nWords)];
  const repeats = [...chosen.documents.keys()].filter(
    (row) => chosen.documents[row] && corpus.uses[row] & USES.parsed && !(corpus.uses[row] & USES.sources),
  );
  const leftOut = `; kinds of source leave out ${plural(repeats.length, "repeated document")}`;
  const size = [documents, plural(sentences, "sentence"), plural(words, "word"), statements].join(", ");
  return size + (repeats.length ? leftOut : "");
};
/**
 * For each side, the speakers that the other side lacks, those with most words first.
 * @type {(corpus: Corpus, pair: [Counted, Counted], sides: Side[]) => HTMLElement[]}
 */
const onlyHere = (corpus, pair, sides) =>
  [0, 1].map((side) => {
    const rows = sharesOf(SPEAKERS, pair[side]);
    const others = sharesOf(SPEAKERS, pair[1 - side]);
    const only = rows.filter((row, at) => row.n > 0 && others[at].n === 0).slice(0, 20);
    const line = make("p");
    line.append(make("b", `Only in ${"AB"[side]}: `));
    for (const [at, row] of only.entries()) {
      line.append(
        at ? ", " : "",
        make("a", shortened(row.name, 60), { href: sideHref(sides[side], SPEAKERS.link(row.name, corpus)) }),
        ` (${plural(row.n, "word")})`,
      );
    }
    if (!only.length) line.append("nobody among those with most words.");
    return line;
  });
const SPEAKERS = /** @type {Measure} */ (MEASURES.find(({ name }) => name === "speakers"));
