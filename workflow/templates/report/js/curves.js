/* Curves over time of words, names, speakers, kinds of sources and frames in a choice. */
const MOST_CURVES = 6;
/** Dash patterns of the curves, so that curves do not differ in colour alone. */
const CURVE_DASHES = ["", "6 3", "2 2", "8 2 2 2", "4 4", "1 3"];
/** With more months than these, points are years. An axis with more places than LONGEST_AXIS leaves out empty ones. */
const MOST_MONTHS = 120;
const LONGEST_AXIS = 300;
/**
 * The kinds of curves: the unit of their values, and how these are counted (choices/curves.py).
 * @type {Record<string, CurveKind>}
 */
const CURVE_KINDS = {
  words: {
    unit: "per million words",
    per: PER_MILLION,
    count: (corpus, chosen, value) => countQuery(corpus, chosen, value),
  },
  name: { unit: "mentions per 1,000 words", per: PER_THOUSAND, count: (corpus, chosen) => countNames(corpus, chosen) },
  speaker: { unit: "share of attributed words", measure: "speakers" },
  kind: { unit: "share of the words of sources", measure: "kinds" },
  frame: { unit: "share of sentences", measure: "frames" },
};
/**
 * The matches of a query in the chosen text by document, as the search counts them, and all words there.
 * @type {(corpus: Corpus, chosen: Chosen, query: string) => WordCounts}
 */
const countQuery = (corpus, chosen, query) => {
  const own = new Map();
  for (const [part, at] of queryHits(corpus, query)) {
    if (!chosen.text.get(part)?.[at]) continue;
    addTo(own, documentOf(part, at));
  }
  return {
    documents: countedDocuments(corpus, chosen),
    words: wordCounts(new Map([[query, own]])),
    sizes: chosen.nWords,
  };
};
/**
 * The months of the corpus in order, as beginnings of dates; years if there are too many months, days if there is only
 * one. Months and years without documents are included.
 * @type {(corpus: Shared) => string[]}
 */
const periodsOf = (corpus) => {
  /** @type {(length: number) => string[]} */
  const begun = (length) =>
    [...new Set(corpus.date.filter((date) => date.length >= length).map((date) => date.slice(0, length)))].sort();
  const months = begun(7);
  if (months.length === 1) return begun(10);
  const by = months.length > MOST_MONTHS || !months.length ? 1 : 12;
  const known = by === 1 ? begun(4) : months;
  /** @type {(period: string) => number} */
  const number = (period) => by * Number(period.slice(0, 4)) + (by === 1 ? 0 : Number(period.slice(5)) - 1);
  const [first, last] = [number(known[0] ?? "0"), number(known.at(-1) ?? "")];
  if (last - first > LONGEST_AXIS) return known;
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const year = String(Math.floor((first + at) / by)).padStart(4, "0");
    return by === 1 ? year : `${year}-${String(((first + at) % 12) + 1).padStart(2, "0")}`;
  });
};
/** @type {(value: string, period: string) => ShareRow} */
const noPoint = (value, period) => {
  const none = { n: 0, total: 0, documents: 0, of: 0, enough: 0, value: Number.NaN, lo: Number.NaN, hi: Number.NaN };
  return { ...none, name: value, period };
};
/**
 * The points of a curve: for each period the value in a view of that period alone.
 * @type {(corpus: Corpus, chosen: Chosen, curve: Curve, periods: string[]) => ShareRow[]}
 */
const curvePoints = (corpus, chosen, { what, value }, periods) => {
  const kind = CURVE_KINDS[what];
  const inPeriod = periods.map((period) => (/** @type {number} */ row) => corpus.date[row].startsWith(period));
  if (kind.count) {
    const counted = kind.count(corpus, chosen, value);
    const draws = drawsOf(corpus, what);
    const own = counted.words.filter(({ name }) => name === value).flatMap(pairsOf);
    return periods.map((period, at) => {
      const documents = counted.documents.filter(inPeriod[at]);
      const words = wordCounts(new Map([[value, new Map(own.filter(([number]) => inPeriod[at](number)))]]));
      const [row] = ratesOf(
        { ...counted, documents, words },
        kind.per ?? 1,
        weightsFor(corpus, draws),
        draws.resamples,
      );
      return row.total ? { ...row, period } : noPoint(value, period);
    });
  }
  const measure = /** @type {Measure} */ (MEASURES.find(({ name }) => name === kind.measure));
  const counted = countMeasure(
    corpus,
    measure,
    chosen,
    Number.POSITIVE_INFINITY,
    (name) => measure.inCommon || name === value,
  );
  return periods.map((period, at) => {
    const rows = sharesOf(measure, documentsOnly(counted, inPeriod[at]));
    const row = rows.find(({ name }) => name === value);
    return row?.total ? { ...row, period } : noPoint(value, period);
  });
};
/**
 * The counts of only those documents that pass a test.
 * @type {(counted: Counted, fits: (number: number) => boolean) => Counted}
 */
const documentsOnly = ({ documents, shared, rows }, fits) => {
  const places = [...documents.keys()].filter((at) => fits(documents[at]));
  /** @type {(values: Float64Array) => Float64Array} */
  const only = (values) => Float64Array.from(places, (at) => values[at]);
  return {
    documents: places.map((at) => documents[at]),
    shared: only(shared),
    rows: rows.map(({ name, hits, totals: of }) => ({ name, hits: only(hits), totals: only(of) })),
  };
};

const CURVES = { width: 720, left: 70, right: 16, top: 10, height: 190, foot: 30 };
/** @type {(at: number, x: number, y: number, fill?: string) => SVGElement} */
const curveMarker = (at, x, y, fill = Object.values(COLOURS)[at]) => {
  if (at % 3 === 0) return svgElement("circle", { cx: x, cy: y, r: 3.5, fill });
  if (at % 3 === 1) return svgElement("rect", { x: x - 3.5, y: y - 3.5, width: 7, height: 7, fill });
  return svgElement("polygon", { points: `${x},${y - 4.5} ${x - 4.5},${y + 3.5} ${x + 4.5},${y + 3.5}`, fill });
};
/**
 * Runs of consecutive points without a missing one.
 * @type {(points: ShareRow[], isThere: (point: ShareRow) => boolean) => number[][]}
 */
const unbroken = (points, isThere) => {
  /** @type {number[][]} */
  const runs = [];
  points.forEach((point, at) => {
    if (!isThere(point)) return;
    const last = runs.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  });
  return runs;
};
/**
 * The bands, lines and markers of a curve; values above `most` are left out.
 * @type {(curve: DrawnCurve, x: (at: number) => number, y: (value: number) => number, most: number) => SVGElement[]}
 */
const curveElements = ({ at, points: of, colour: stroke }, x, y, most) => {
  const bands = unbroken(of, ({ lo }) => !Number.isNaN(lo)).map((run) => {
    const upper = run.map((each) => `${x(each)},${y(of[each].hi)}`);
    const lower = run.map((each) => `${x(each)},${y(of[each].lo)}`).reverse();
    const band = { points: [...upper, ...lower].join(" "), fill: stroke, "fill-opacity": 0.16 };
    return svgElement("polygon", { ...band, stroke, "stroke-opacity": 0.3 });
  });
  const lines = unbroken(of, ({ value }) => value <= most).flatMap((run) => {
    const corners = run.map((each) => `${x(each)},${y(of[each].value)}`).join(" ");
    const line = { points: corners, fill: "none", stroke, "stroke-width": 2, "stroke-dasharray": CURVE_DASHES[at] };
    const marks = run.map((each) => {
      const mark = curveMarker(at, x(each), y(of[each].value), Number.isNaN(of[each].lo) ? "#fff" : stroke);
      if (Number.isNaN(of[each].lo)) mark.setAttribute("stroke", stroke);
      return mark;
    });
    return [svgElement("polyline", line), ...marks];
  });
  return [...bands, ...lines];
};
/**
 * A drawing of the curves of one unit, with bands, and hollow markers where a period has too few documents for a band.
 * @type {(title: string, curves: DrawnCurve[], periods: string[]) => SVGElement}
 */
const curveDrawing = (title, curves, periods) => {
  const { width, left, right, top, height: high, foot } = CURVES;
  const height = top + high + foot;
  const isShare = title.startsWith("share");
  /* Periods without an interval do not determine the scale, unless a curve has no others. */
  const ends = curves.flatMap(({ points: of }) => {
    const upper = of.map(({ hi }) => hi).filter((hi) => !Number.isNaN(hi));
    return upper.length ? upper : of.map(({ value }) => value).filter((value) => !Number.isNaN(value));
  });
  const most = Math.max(...ends, isShare ? 0.02 : 1e-9);
  /** @type {(at: number) => number} */
  const x = (at) => left + (periods.length > 1 ? (at / (periods.length - 1)) * (width - left - right) : 0);
  /** @type {(value: number) => number} */
  const y = (value) => top + high - (value / most) * high;
  const about = { role: "img", "aria-label": `Over time: ${title}`, "font-family": "sans-serif", "font-size": 11 };
  const svg = svgElement("svg", { xmlns: SVG_NS, viewBox: `0 0 ${width} ${height}`, ...about, fill: "currentColor" });
  for (const share of [0, 0.5, 1]) {
    const value = share * most;
    const line = {
      x1: left,
      x2: width - right,
      y1: y(value),
      y2: y(value),
      stroke: "currentColor",
      "stroke-width": 0.4,
    };
    const place = { x: left - 6, y: y(value) + 4, "text-anchor": "end" };
    svg.append(svgElement("line", line), svgElement("text", place, isShare ? percent(value) : decimalNumber(value)));
  }
  const step = Math.ceil(periods.length / 8);
  for (let at = 0; at < periods.length; at += step) {
    const anchor = at === 0 ? "start" : at + step >= periods.length && at > periods.length - 2 ? "end" : "middle";
    svg.append(svgElement("text", { x: x(at), y: height - 10, "text-anchor": anchor }, periods[at]));
  }
  svg.append(...curves.flatMap((curve) => curveElements(curve, x, y, most)));
  return svg;
};
const CURVE_HEADS = "side what value period n total documents n_documents estimate lo hi".split(" ");
/**
 * The points of curves as lines of a sheet like the table view_curves.
 * @type {(curves: DrawnCurve[]) => Cell[][]}
 */
const curveLines = (curves) => [
  CURVE_HEADS,
  ...curves.flatMap(({ side, curve, points: of }) =>
    of
      .filter(({ total }) => total > 0)
      .map((row) => [
        "AB"[side],
        curve.what,
        curve.value,
        row.period ?? "",
        ...[row.n, row.total, row.documents, row.of, row.value, row.lo, row.hi],
      ]),
  ),
];
/** @type {(curve: Curve) => string} */
const curveText = ({ what, value }) => (what === "words" ? `“${value}”` : `${what} ${frameName(value)}`);
