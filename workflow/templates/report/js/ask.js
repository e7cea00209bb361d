/* The bar above the page: one choice of documents for the whole page, its numbers, and which parts do not follow it. */
/** @type {Asked} */
const asked = { view: { choose: {} }, sides: [], run: 0, numbers: [], contrasts: [], keyWords: [] };
/** @type {(view: View) => boolean} */
const isAsking = ({ choose, against }) => !isEmpty(choose) || (against !== undefined && against !== "others");
/**
 * The sides of a view: the choice, and what it is compared with, if anything.
 * @type {(corpus: Corpus, view: View) => Side[]}
 */
const sidesOf = (corpus, { choose, against }) => {
  const side = sideOf(corpus, { choice: choose, isOthers: false });
  if (!against) return [side];
  return [
    side,
    sideOf(corpus, against === "others" ? { choice: choose, isOthers: true } : { choice: against, isOthers: false }),
  ];
};
/** @type {(corpus: Corpus, asked: { choice: Choice, isOthers: boolean }) => Side} */
const sideOf = (corpus, { choice, isOthers }) => {
  const own = chosenOf(corpus, choice);
  return isOthers
    ? { choice, isOthers, chosen: othersOf(corpus, choice, own), text: othersText(corpus, choice) }
    : { choice, isOthers, chosen: own, text: conditionText(corpus, choice) };
};
/**
 * The hits that belong to a side: its statements, or places in its text.
 * @type {(side: Side, table: string, hits: Hit[]) => Hit[]}
 */
const hitsOfSide = ({ chosen }, table, hits) => {
  if (!STATEMENT_TABLES.includes(table)) {
    return hits.filter(([part, at]) => chosen.text.get(part)?.[at]);
  }
  const first = new Map(
    [...chosen.statements].map(([part, mask]) => [
      part,
      new Set([...mask.keys()].filter((row) => mask[row]).map((row) => part.quotes.first[row])),
    ]),
  );
  return hits.filter(([part, at]) => first.get(part)?.has(at));
};
const STATEMENT_TABLES = ["quotes", "quote_sources"];

/**
 * A part of the results: its heading, tools, a drawing, and tables.
 * @type {(title: string, about: string, tools: HTMLElement[], content: Element[]) => HTMLElement}
 */
const resultPart = (title, about, tools, content) => {
  const box = make("div", "", { class: "measure" });
  const bar = make("div", "", { class: "tools" });
  bar.append(...tools);
  box.append(make("h3", title), make("p", about, { class: "note" }), bar, ...content);
  return box;
};
/** @type {(text: string) => () => void} */
const toCopy = (text) => () => copyText(text, elementIn(document, "#choice .copied"));
/** @type {(sides: Side[]) => string} */
const sourceText = (sides) => `Source: ${document.title}. ${toldSides(sides).join("; ")}. ${viewAddress()}`;
/**
 * Everything that the page shows of a view, as sheets of a workbook.
 * @type {(corpus: Corpus, asked: Asked) => [string, Cell[][]][]}
 */
const viewSheets = (corpus, { sides, numbers, contrasts, keyWords }) => {
  const shares = numbers.flatMap((side, at) =>
    [...side.shares, ...side.rates].map(
      ([name, rows]) => /** @type {[string, string, ShareRow[]]} */ (["AB"[at], name, rows]),
    ),
  );
  const isCompared = sides.length > 1;
  return [
    ["about", [...toldSides(sides), sourceText(sides), ABOUT_NUMBERS].map((text) => [text])],
    ["shares", shareLines(shares)],
    ...(isCompared ? viewContrasts(contrasts, keyWords) : []),
    ...sides.map(
      ({ chosen }, at) =>
        /** @type {[string, Cell[][]]} */ ([
          isCompared ? `statements ${"AB"[at]}` : "statements",
          statementLines(corpus, chosen),
        ]),
    ),
  ];
};
/** @type {(contrasts: Asked["contrasts"], keyWords: KeyWord[]) => [string, Cell[][]][]} */
const viewContrasts = (contrasts, keyWords) => [
  ["contrasts", contrastLines(contrasts.map(([{ name }, rows]) => [name, rows]))],
  ["key words", keyWordLines(keyWords)],
];
const ABOUT_NUMBERS =
  "lo and hi are the ends of 95% intervals over documents; empty where fewer than five documents count. " +
  "All counts are the machine's.";
/**
 * Each side in words, with its size, and a remark on an empty side, with which nothing is compared.
 * @type {(sides: Side[]) => string[]}
 */
const toldSides = (sides) =>
  sides.map(({ text, size, chosen }, at) => {
    const isOne = sides.length === 1;
    const empty = isOne ? "Nothing in the corpus fits" : `${"AB"[at]} is empty, so nothing is compared with it`;
    return `${isOne ? "" : `${"AB"[at]}: `}${text} (${size})${chosen.documents.includes(1) ? "" : `. ${empty}`}`;
  });
/** @type {() => string} */
const viewAddress = () => `${location.href.split("#")[0]}${viewHash(asked.view)}`;
/** @type {(title: string, rows: ShareRow[][], contrasts?: ContrastRow[]) => string} */
const shareText = (title, sides, contrasts = []) =>
  [
    title,
    ...sides.flatMap((rows, side) =>
      rows
        .slice(0, DRAWN_ROWS)
        .map(
          (row) =>
            `${sides.length > 1 ? `${"AB"[side]} ` : ""}${frameName(row.name)}: ${percent(row.value)} (95% interval ` +
            `${interval(row.lo, row.hi)}; ${wholeNumber(row.n)} of ${wholeNumber(row.total)})`,
        ),
    ),
    ...contrasts
      .slice(0, DRAWN_ROWS)
      .map(
        ({ name, value, lo, hi, p, q }) =>
          `A minus B, ${frameName(name)}: ${points(value)} (95% interval ${pointsInterval(lo, hi)}; ` +
          `p ${probability(p)}, adjusted ${probability(q)})`,
      ),
  ].join("\n");
/**
 * The part of a measure: its shares, or the contrasts of two sides once they are known; `names` is the larger number of
 * names of a side.
 * @type {(
 *   corpus: Corpus, measure: Measure, sides: Side[], rows: ShareRow[][], names: number, found?: ContrastRow[]
 * ) => HTMLElement[]}
 */
const measurePart = (corpus, measure, sides, rows, names, contrasts) => {
  if (rows.flat().every(({ value }) => Number.isNaN(value))) return [];
  const drawing = shareDrawing(`${measure.title}, share of ${measure.unit}`, rows, sideColours(sides));
  const figure = region("drawing", `${measure.title}, drawing of the choice`);
  figure.append(drawing);
  const lines = contrasts
    ? contrastLines([[measure.name, contrasts]])
    : shareLines(rows.map((each, at) => ["AB"[at], measure.name, each]));
  const tools = [
    button("CSV", `Save as CSV: ${measure.title}`, () => saveLines(measure.name, lines)),
    ...drawingButtons(measure.name, measure.title, drawing),
    button(
      "Copy as text",
      `Copy as text: ${measure.title}`,
      toCopy(`${shareText(measure.title, rows, contrasts)}\n${sourceText(sides)}`),
    ),
  ];
  /** @type {RowsOf} */
  const link = (name) => measure.link(name, corpus);
  const tables = contrasts
    ? contrastTable(measure.title, contrasts, sides, link)
    : shareTable(measure.title, rows[0], sides[0], link);
  const most = `The ${MOST_ROWS} most frequent ${sides.length > 1 ? "on either side" : `of ${wholeNumber(names)}`}. `;
  const about = `${names > MOST_ROWS ? most : ""}Share of ${measure.unit}.`;
  return [resultPart(measure.title, about, tools, [figure, ...tables])];
};
/** @type {(sides: Side[], rates: Map<string, ShareRow[]>[]) => HTMLElement[]} */
const rateParts = (sides, rates) =>
  RATES.flatMap(({ name, title, head, link }) =>
    sides.flatMap((side, at) => {
      const rows = rates[at].get(name) ?? [];
      const called = sides.length > 1 ? `${title}, ${"AB"[at]}` : title;
      if (!rows.length) return [];
      const csv = button("CSV", `Save as CSV: ${called}`, () => saveLines(name, shareLines([["AB"[at], name, rows]])));
      return [resultPart(called, `Rate ${head}.`, [csv], rateTable(called, head, rows, side, link))];
    }),
  );
/** @type {(sides: Side[], rates: Map<string, ShareRow[]>[]) => HTMLElement[]} */
const varietyParts = (sides, rates) =>
  rates.flatMap((own, at) => {
    const [even, effective] = ["evenness", "effective"].map((name) => own.get(name) ?? []);
    if (!even.length) return [];
    const title = sides.length > 1 ? `How evenly they speak, ${"AB"[at]}` : "How evenly they speak";
    const lines = shareLines([
      ["AB"[at], "evenness", even],
      ["AB"[at], "effective", effective],
    ]);
    const csv = button("CSV", `Save as CSV: ${title}`, () => saveLines("evenness", lines));
    const about =
      "Evenness is 1 where all have equally many words, near 0 where one has almost all; " +
      "the effective number says how many kinds with equally many words would be as diverse.";
    return [resultPart(title, about, [csv], varietyTable(title, even, effective))];
  });
/** @type {(sides: Side[], words: KeyWord[]) => HTMLElement[]} */
const keyWordParts = (sides, words) => {
  const csv = button("CSV", "Save as CSV: key words", () => saveLines("key_words", keyWordLines(words)));
  /** @type {(isFirst: boolean) => HTMLElement[]} */
  const table = (isFirst) => {
    const own = words.filter((word) => word.g2 >= 0 === isFirst);
    return own.length
      ? [make("h4", `Of ${isFirst ? "A" : "B"}`), ...keyWordTable(`Key words of ${isFirst ? "A" : "B"}`, own, sides)]
      : [];
  };
  const about =
    "Words more frequent in one than in the other: how many times as frequent in A as in B, as a power of two. " +
    "Where the adjusted p is large, this may be chance.";
  return [resultPart("Key words", about, [csv], [...table(true), ...table(false)])];
};
/**
 * Both sides of all measures.
 * @type {(corpus: Corpus, sides: Side[], numbers: SideNumbers[]) => [Measure, [Counted, Counted]][]}
 */
const pairsOfSides = (corpus, sides, numbers) => {
  const chosen = sides.map((side) => side.chosen);
  const most = numbers.map(({ counted }) => counted);
  return MEASURES.map(
    (measure) => /** @type {[Measure, [Counted, Counted]]} */ ([measure, pairOf(corpus, measure, chosen, most)]),
  );
};
/** @type {(corpus: Corpus, pairs: [Measure, [Counted, Counted]][], sides: Side[]) => HTMLElement[]} */
const onlyParts = (corpus, pairs, sides) =>
  pairs
    .filter(([measure]) => measure === SPEAKERS)
    .map(([, pair]) =>
      resultPart(
        "Who speaks only here",
        "Of the speakers with most words on either side.",
        [],
        onlyHere(corpus, pair, sides),
      ),
    );
/** Let the page do pending work; throws if another choice has been made in the meantime. */
const pauseOf = (/** @type {number} */ run) => async () => {
  await new Promise((done) => {
    setTimeout(done);
  });
  if (run !== asked.run) throw new Error("Another choice was made.");
};
/**
 * Count a view and show it: shares at once, and differences after the permutation test.
 * @type {(corpus: Corpus, view: View, run: number) => Promise<void>}
 */
const showView = async (corpus, view, run) => {
  const pause = pauseOf(run);
  const begun = performance.now();
  const sides = sidesOf(corpus, view).map((side) => ({ ...side, size: sizeText(corpus, side.chosen) }));
  asked.sides = sides;
  showChosen(sides);
  await pause();
  const every = sides.map(({ chosen }) => numbersOf(corpus, chosen));
  /* Nothing is compared with an empty side. */
  const shown = sides.every(({ chosen }) => chosen.documents.includes(1)) ? sides : sides.slice(0, 1);
  const numbers = every.slice(0, shown.length);
  const counts = numbers.map((each) => each.rates);
  const rates = [...varietyParts(shown, counts), ...rateParts(shown, counts)];
  await pause();
  const weights = weightsFor(corpus, corpus.statistics.bootstrap);
  const keyWords = shown.length > 1 ? keyWordsOf(corpus, numbers[0].words, numbers[1].words, weights) : [];
  Object.assign(asked, { numbers: every, keyWords, contrasts: [] });
  const words = keyWords.length ? keyWordParts(sides, keyWords) : [];
  const box = elementIn(document, "#choice .measures");
  const section = elementIn(document, "#choice");
  /** @type {(contrasts?: [Measure, ContrastRow[]][]) => HTMLElement[]} */
  const parts = (contrasts) =>
    MEASURES.flatMap((measure, at) =>
      measurePart(
        corpus,
        measure,
        shown,
        contrasts
          ? [contrasts[at][1].map(({ first }) => first), contrasts[at][1].map(({ second }) => second)]
          : numbers.map(({ shares }) => shares.get(measure.name) ?? []),
        Math.max(...numbers.map(({ counted }) => countedOf(counted, measure.name).names ?? 0)),
        contrasts?.[at][1],
      ),
    );
  box.replaceChildren(...parts(), ...rates, ...words);
  section.dataset.milliseconds = String(Math.round(performance.now() - begun));
  if (shown.length > 1) {
    section.classList.add("waiting");
    const pairs = pairsOfSides(corpus, sides, numbers);
    asked.contrasts = await contrastsOfAll(pairs, pause);
    const untested = make("p", untestedText(sides), { class: "note" });
    box.replaceChildren(untested, ...parts(asked.contrasts), ...onlyParts(corpus, pairs, sides), ...rates, ...words);
    section.dataset.compared = String(Math.round(performance.now() - begun));
  }
  section.classList.remove("stale", "waiting");
};
/**
 * Say what is chosen, and mark which parts of the page show the choice and which show the whole corpus.
 * @type {(sides: Side[]) => void}
 */
const showChosen = (sides) => {
  elementIn(document, "#ask .chosen").textContent = sides.map((side) => side.text).join(" against ");
  elementIn(document, "#choice .lead").textContent = `${toldSides(sides).join(". ")}.`;
  elementIn(document, "#choice-h").textContent = sides.length > 1 ? "A against B" : "The choice";
  markPage(sides[0].chosen);
};
/**
 * Let tables with rows of documents show those of the choice; hide everything else, which is of the whole corpus.
 * @type {(chosen?: Chosen) => void}
 */
const markPage = (chosen) => {
  for (const note of document.querySelectorAll(".whole-note")) note.remove();
  for (const block of document.querySelectorAll(".whole")) block.classList.remove("whole", "with-whole");
  for (const section of document.querySelectorAll(".with-whole")) section.classList.remove("with-whole");
  document.documentElement.classList.toggle("asking", chosen !== undefined);
  for (const view of tableViews) chooseRows(view, chosen);
  dispatchEvent(new Event(CHOSEN));
  if (!chosen) return;
  for (const section of document.querySelectorAll("main > section:not(#choice, #problems, #methods, #provenance)")) {
    asElement(section).forEach(putAway);
  }
};
/**
 * Say which tables and figures of a section show the choice, and hide the others behind a button.
 * @type {(section: HTMLElement) => void}
 */
const putAway = (section) => {
  const isAnswer = section.id === "answer";
  const blocks = isAnswer ? [section] : section.querySelectorAll("figure, .passages, .stories, .table");
  let away = 0;
  for (const block of blocks) {
    const isOfChoice = block.matches("[data-of-documents]");
    block.classList.toggle("whole", !isOfChoice);
    if (isOfChoice) block.prepend(make("p", "About the choice.", { class: "whole-note" }));
    else away += 1;
  }
  if (!away) return;
  const what = isAnswer
    ? "The answer is"
    : `${plural(away, "table or figure", "tables and figures")} of this section ${away === 1 ? "is" : "are"}`;
  const note = make("p", `${what} about the whole corpus, not the choice, whose numbers are above. `, {
    class: "whole-note",
  });
  const { textContent: title } = elementIn(section, "h1, h2");
  const show = button("Show", "", () => tell(section.classList.toggle("with-whole")));
  /** @type {(isShown: boolean) => void} */
  const tell = (isShown) => {
    show.textContent = isShown ? "Hide" : "Show";
    show.setAttribute("aria-label", `${show.textContent} the whole corpus: ${title}`);
    show.setAttribute("aria-expanded", String(isShown));
  };
  tell(false);
  note.append(show);
  elementIn(section, "h1, h2").after(note);
};
/** Milliseconds without typing after which the page counts again. */
const ASK_PAUSE = 250;
/** The event that the page dispatches after another choice has been made. */
const CHOSEN = "newsloom-chosen";
const clearView = () => {
  asked.run += 1;
  asked.view = { ...asked.view, choose: {}, against: undefined };
  asked.sides = [];
  elementIn(document, "#choice").hidden = true;
  elementIn(document, "#ask .chosen").textContent = "All documents";
  elementIn(document, "#ask .clear").hidden = true;
  markPage();
};
/**
 * Show a view; a view without conditions clears the page.
 * @type {(view: View) => Promise<void>}
 */
const ask = async (view) => {
  asked.run += 1;
  const { run } = asked;
  asked.view = view;
  showGroups();
  if (!isAsking(view)) {
    clearView();
    return;
  }
  const section = elementIn(document, "#choice");
  section.hidden = false;
  section.classList.add("stale");
  elementIn(document, "#ask .clear").hidden = false;
  try {
    await showView(await readCorpus(), view, run);
  } catch (error) {
    if (run === asked.run) elementIn(section, ".lead").textContent = messageOf(error);
  }
};
