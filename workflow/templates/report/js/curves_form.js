/* The form for curves: adds and removes them, draws them by unit, and keeps them in the address. */
/** @type {Curve[]} */
const curves = [];
/** @type {(text: string) => HTMLElement} */
const inCurves = (selector) => elementIn(document, `#curves ${selector}`);
/** Most values that the field of a curve suggests. */
const MOST_VALUES = 200;
/**
 * Values that a kind of curve can have, the most frequent first.
 * @type {(corpus: Corpus, what: string) => string[]}
 */
const curveValues = (corpus, what) => {
  const chosen = asked.sides[0]?.chosen ?? chosenOf(corpus, {});
  if (what === "words") return [];
  if (what === "name") return byWeight(countNames(corpus, chosen).words);
  const measure = MEASURES.find(({ name }) => name === CURVE_KINDS[what].measure);
  return measure ? countMeasure(corpus, measure, chosen, Number.POSITIVE_INFINITY).rows.map(({ name }) => name) : [];
};
/** @type {(words: WordCount[]) => string[]} */
const byWeight = (words) => words.sort((a, b) => b.n - a.n || collator.compare(a.name, b.name)).map(({ name }) => name);
/**
 * The value that a reader means: the name in the corpus that equals, or else contains, the letters typed; "" if none.
 * @type {(corpus: Corpus, curve: Curve) => string}
 */
const meantValue = (corpus, { what, value }) => {
  const letters = lettersOf(value);
  if (what === "words") return letters;
  const known = curveValues(corpus, what);
  const wanted = letters.replaceAll(" ", "_");
  return (
    known.find((name) => [letters, wanted].includes(lettersOf(name))) ??
    known.find((name) => lettersOf(name).includes(letters)) ??
    ""
  );
};
/** @type {(corpus: Corpus) => DrawnCurve[]} */
const drawnCurves = (corpus) => {
  const periods = periodsOf(corpus);
  const sides = asked.sides.length ? asked.sides.map(({ chosen }) => chosen) : [chosenOf(corpus, {})];
  /* If each side has only one curve, it has the colour of the side. */
  const colours = curves.length === 1 && asked.sides.length ? sideColours(asked.sides) : Object.values(COLOURS);
  return curves
    .flatMap((curve) => sides.map((chosen, side) => ({ curve, side, chosen })))
    .slice(0, MOST_CURVES)
    .map(({ curve, side, chosen }, at) => ({
      at,
      curve,
      side,
      colour: colours[at],
      points: curvePoints(corpus, chosen, curve, periods),
    }));
};
/** @type {(drawn: DrawnCurve) => string} */
const drawnText = ({ curve, side }) =>
  asked.sides.length > 1 ? `${curveText(curve)}, ${"AB"[side]}` : curveText(curve);
/**
 * A table of the curves of one unit, with a row per period.
 * @type {(title: string, own: DrawnCurve[], periods: string[]) => HTMLElement[]}
 */
const curveTable = (title, own, periods) => {
  const isShare = title.startsWith("share");
  /** @type {(value: number) => string} */
  const shown = (value) => (Number.isNaN(value) ? "" : isShare ? percent(value) : decimalNumber(value));
  const known = [...periods.keys()].filter((at) => own.some(({ points: of }) => of[at].of > 0));
  return plainTable(`Over time: ${title}`, known, [
    ["period", (at) => periods[at], noHref, true],
    ...own.flatMap(
      (drawn) =>
        /** @type {PlainColumn<number>[]} */ ([
          [drawnText(drawn), (at) => shown(drawn.points[at].value)],
          ["95% interval", (at) => (isShare ? shownInterval : shownEnds)(drawn.points[at])],
          ["documents", (at) => wholeNumber(drawn.points[at].of)],
        ]),
    ),
  ]);
};
const NO_ROOM = `There is room for ${MOST_CURVES} curves, or for ${MOST_CURVES / 2} of two sides: remove one.`;
/** True if so many curves more than there are would not all be drawn. @type {(more: number) => boolean} */
const isFull = (more) => (curves.length + more) * Math.max(1, asked.sides.length) > MOST_CURVES;
/** @type {(corpus: Corpus) => void} */
const drawCurves = (corpus) => {
  inCurves("[role=status]").textContent = isFull(0) ? NO_ROOM : "";
  const all = drawnCurves(corpus);
  const periods = periodsOf(corpus);
  const units = [...new Set(all.map(({ curve }) => CURVE_KINDS[curve.what].unit))];
  const parts = units.map((unit, at) => {
    const own = all.filter(({ curve }) => CURVE_KINDS[curve.what].unit === unit);
    const drawing = curveDrawing(unit, own, periods);
    const name = `Over time, ${unit}`;
    const figure = region("drawing", `${name}, drawing`);
    const legend = make("p", "", { class: "legend" });
    for (const each of own) {
      const sign = svgElement("svg", { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" });
      const line = { x1: 0, x2: 34, y1: 5, y2: 5, stroke: each.colour, "stroke-width": 2 };
      sign.append(
        svgElement("line", { ...line, "stroke-dasharray": CURVE_DASHES[each.at] }),
        curveMarker(each.at, 17, 5, each.colour),
      );
      legend.append(sign, ` ${drawnText(each)} `);
    }
    figure.append(drawing);
    const { sides } = asked;
    const texts_ = sides.map(({ text }, side) => (sides.length > 1 ? `${"AB"[side]}: ${text}` : text));
    const of = sides.length ? `About the choice: ${texts_.join("; ")}` : "About all documents";
    const csv = button("CSV", `Save as CSV: ${name}`, () => saveLines("curves", curveLines(own)));
    return resultPart(
      unit.replace(/^./, (sign) => sign.toUpperCase()),
      `${of}. Hollow points have no interval and do not set the scale.`,
      [csv, ...drawingButtons(`curves_${at + 1}`, name, drawing)],
      [legend, figure, ...curveTable(unit, own, periods)],
    );
  });
  inCurves(".curve-parts").replaceChildren(...parts);
  inCurves(".curve-list").replaceChildren(
    ...curves.map((curve, at) => {
      const item = make("li", `${curveText(curve)} `);
      const remove = button("Remove", `Remove the curve ${curveText(curve)}`, () => {
        curves.splice(at, 1);
        keepCurves(corpus);
      });
      item.append(remove);
      return item;
    }),
  );
};
/**
 * Draw the curves, and put them into the address of the page.
 * @type {(corpus: Corpus) => void}
 */
const keepCurves = (corpus) => {
  asked.view.curves = curves.length ? [...curves] : undefined;
  history.replaceState(null, "", viewHash(asked.view));
  drawCurves(corpus);
};
/** @type {(corpus: Corpus, curve: Curve) => void} */
const addCurve = (corpus, { what, value }) => {
  const status = inCurves("[role=status]");
  const meant = meantValue(corpus, { what, value });
  if (!corpus.date.some(Boolean)) status.textContent = "The documents have no dates.";
  else if (!meant) status.textContent = `Nothing here is called ${value}.`;
  else if (isFull(1)) status.textContent = NO_ROOM;
  else {
    curves.push({ what, value: meant });
    keepCurves(corpus);
  }
};
const furnishCurves = () => {
  const box = byId("curves");
  if (!box) return;
  const form = /** @type {HTMLFormElement} */ (elementIn(box, "form"));
  /** @type {(name: string) => HTMLInputElement} */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const offer = async () => {
    const corpus = await readCorpus();
    const values = curveValues(corpus, field("what").value).slice(0, MOST_VALUES);
    elementIn(box, "datalist").replaceChildren(
      ...values.map((value) => make("option", "", { value: frameName(value) })),
    );
  };
  field("what").addEventListener("change", offer);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [what, value] = [field("what").value, field("value").value.trim()];
    if (value) addCurve(await readCorpus(), { what, value });
  });
  addEventListener(CHOSEN, async () => {
    const wanted = asked.view.curves ?? [];
    if (!wanted.length && !curves.length) return;
    curves.splice(0, curves.length, ...wanted);
    drawCurves(await readCorpus());
  });
};
