/* The bar above the page: one choice of documents over everything, what it has, and what of the page is not of it. */
/** Milliseconds that a reader must not type for the page to count again. */
const ASK_PAUSE = 250;
/** Values of a condition that have boxes. */
const MOST_BOXES = 60;
/** @type {{ view: View, sides: Side[], run: number }} */
const asked = { view: { choose: {} }, sides: [], run: 0 };
/** @type {(view: View) => boolean} */
const isAsking = ({ choose, against }) => !isEmpty(choose) || (against !== undefined && against !== "others");
/**
 * The sides of a view: what is chosen, and what it is compared with.
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
    ? { choice, isOthers, chosen: othersOf(corpus, own), text: othersText(choice) }
    : { choice, isOthers, chosen: own, text: conditionText(choice) };
};
/**
 * The hits that a side has: statements, or places in its sentences.
 * @type {(side: Side, table: string, hits: Hit[]) => Hit[]}
 */
const hitsOfSide = ({ chosen }, table, hits) => {
  if (!STATEMENT_TABLES.includes(table)) {
    return hits.filter(([part, at]) => chosen.sentences.get(part)?.[sentenceAt(part, at)]);
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
 * What each side is, and how much it has.
 * @type {(sides: Side[]) => string[]}
 */
const toldSides = (sides) =>
  sides.map(({ text, size }, at) => `${sides.length > 1 ? `${"AB"[at]}: ` : ""}${text} (${size})`);
/** @type {() => string} */
const viewAddress = () => `${location.href.split("#")[0]}${askHash(JSON.stringify(asked.view))}`;
/** @type {(title: string, rows: ShareRow[][]) => string} */
const shareText = (title, sides) =>
  [
    title,
    ...sides.flatMap((rows, side) =>
      rows
        .slice(0, DRAWN_ROWS)
        .map(
          (row) =>
            `${sides.length > 1 ? `${"AB"[side]} ` : ""}${row.name}: ${percent(row.value)} (95% interval ` +
            `${interval(row.lo, row.hi, true)}; ${wholeNumber(row.n)} of ${wholeNumber(row.total)})`,
        ),
    ),
  ].join("\n");
/**
 * The part of a measure; with two sides and once their contrasts are known, these.
 * @type {(corpus: Corpus, measure: Measure, sides: Side[], rows: ShareRow[][], found?: ContrastRow[]) => HTMLElement[]}
 */
const measurePart = (corpus, measure, sides, rows, contrasts) => {
  if (!rows[0].length) return [];
  const drawing = shareDrawing(`${measure.title}, share of ${measure.unit}`, rows);
  const figure = make("div", "", {
    class: "drawing",
    tabindex: "0",
    role: "region",
    "aria-label": `${measure.title}, drawing of the choice`,
  });
  figure.append(drawing);
  const lines = contrasts
    ? contrastLines([[measure.name, contrasts]])
    : shareLines(rows.map((each, at) => ["AB"[at], measure.name, each]));
  const tools = [
    button("CSV", `Save as CSV: ${measure.title}`, () => saveCsv(measure.name, lines)),
    button("SVG", `Save as SVG: ${measure.title}`, () => saveDrawing(measure.name, drawing)),
    button(
      "Copy as text",
      `Copy as text: ${measure.title}`,
      toCopy(`${shareText(measure.title, rows)}\n${sourceText(sides)}`),
    ),
  ];
  /** @type {RowsOf} */
  const link = (name) => measure.link(name, corpus.statistics.scheme);
  const tables = contrasts
    ? contrastTable(measure.title, contrasts, sides, link)
    : shareTable(measure.title, rows[0], sides[0], link);
  return [resultPart(measure.title, `Share of ${measure.unit}.`, tools, [figure, ...tables])];
};
/** @type {(sides: Side[], rates: Map<string, ShareRow[]>[]) => HTMLElement[]} */
const rateParts = (sides, rates) =>
  RATES.flatMap(({ name, title, head, link }) =>
    sides.flatMap((side, at) => {
      const rows = rates[at].get(name) ?? [];
      const called = sides.length > 1 ? `${title}, ${"AB"[at]}` : title;
      if (!rows.length) return [];
      const csv = button("CSV", `Save as CSV: ${called}`, () => saveCsv(name, shareLines([["AB"[at], name, rows]])));
      return [resultPart(called, `Rate ${head}.`, [csv], rateTable(called, head, rows, side, link))];
    }),
  );
/** @type {(corpus: Corpus, sides: Side[]) => HTMLElement[]} */
const keyWordParts = (corpus, sides) => {
  const weights = weightsFor(corpus, corpus.statistics.bootstrap);
  const words = keyWordsOf(corpus, countWords(corpus, sides[0].chosen), countWords(corpus, sides[1].chosen), weights);
  if (!words.length) return [];
  const csv = button("CSV", "Save as CSV: key words", () => saveCsv("key_words", keyWordLines(words)));
  /** @type {(isFirst: boolean) => HTMLElement[]} */
  const table = (isFirst) => {
    const own = words.filter((word) => word.g2 >= 0 === isFirst);
    return own.length
      ? [make("h4", `Of ${isFirst ? "A" : "B"}`), ...keyWordTable(`Key words of ${isFirst ? "A" : "B"}`, own, sides)]
      : [];
  };
  const about = "Words that set the two apart: how many times as frequent in A as in B, as a power of two.";
  return [resultPart("Key words", about, [csv], [...table(true), ...table(false)])];
};
/** Let the page do what it has to; throws where another choice was made meanwhile. */
const pauseOf = (/** @type {number} */ run) => async () => {
  await new Promise((done) => {
    setTimeout(done);
  });
  if (run !== asked.run) throw new Error("Another choice was made.");
};
/**
 * Count a view and show it: shares at once, differences when all documents have been dealt.
 * @type {(corpus: Corpus, view: View, run: number) => Promise<void>}
 */
const showView = async (corpus, view, run) => {
  const pause = pauseOf(run);
  const begun = performance.now();
  const sides = sidesOf(corpus, view).map((side) => ({ ...side, size: sizeText(corpus, side.chosen) }));
  asked.sides = sides;
  showChosen(sides);
  await pause();
  const numbers = sides.map(({ chosen }) => numbersOf(corpus, chosen));
  const rates = rateParts(
    sides,
    numbers.map((each) => each.rates),
  );
  await pause();
  const words = sides.length > 1 ? keyWordParts(corpus, sides) : [];
  const box = elementIn(document, "#choice .measures");
  const section = elementIn(document, "#choice");
  /** @type {(contrasts?: [Measure, ContrastRow[]][]) => HTMLElement[]} */
  const parts = (contrasts) =>
    MEASURES.flatMap((measure, at) =>
      measurePart(
        corpus,
        measure,
        sides,
        contrasts
          ? [contrasts[at][1].map(({ first }) => first), contrasts[at][1].map(({ second }) => second)]
          : numbers.map(({ shares }) => shares.get(measure.name) ?? []),
        contrasts?.[at][1],
      ),
    );
  box.replaceChildren(...parts(), ...rates, ...words);
  section.dataset.milliseconds = String(Math.round(performance.now() - begun));
  if (sides.length > 1) {
    section.classList.add("waiting");
    /** @type {[Measure, [Counted, Counted]][]} */
    const pairs = MEASURES.map((measure) => [
      measure,
      pairOf(
        measure,
        numbers.map(({ counted }) => counted),
      ),
    ]);
    const contrasts = await contrastsOfAll(pairs, pause);
    const speakers = pairs.find(([measure]) => measure === SPEAKERS);
    const only = speakers
      ? [
          resultPart(
            "Who speaks only here",
            "Of the speakers with most words on either side.",
            [],
            onlyHere(speakers[1], sides),
          ),
        ]
      : [];
    box.replaceChildren(...parts(contrasts), ...only, ...rates, ...words);
    section.dataset.compared = String(Math.round(performance.now() - begun));
  }
  section.classList.remove("stale", "waiting");
};
/**
 * Say what is chosen, and mark what of the page is of it and what of the whole corpus.
 * @type {(sides: Side[]) => void}
 */
const showChosen = (sides) => {
  elementIn(document, "#ask .chosen").textContent = sides.map((side) => side.text).join(" against ");
  elementIn(document, "#choice .lead").textContent = `${toldSides(sides).join(". ")}.`;
  elementIn(document, "#choice-h").textContent = sides.length > 1 ? "A against B" : "The choice";
  markPage(sides[0].chosen);
};
/**
 * Let tables whose rows are of documents show those of the choice, and say of everything else that it is of the whole.
 * @type {(chosen?: Chosen) => void}
 */
const markPage = (chosen) => {
  for (const note of document.querySelectorAll(".whole-note")) note.remove();
  for (const block of document.querySelectorAll(".whole")) block.classList.remove("whole");
  document.documentElement.classList.toggle("asking", chosen !== undefined);
  for (const view of tableViews) chooseRows(view, chosen);
  dispatchEvent(new Event(CHOSEN));
  if (!chosen) return;
  for (const block of document.querySelectorAll("#answer, main figure, .passages, .stories, .table")) {
    const [element] = asElement(block);
    if (block.closest("#choice, #problems, #methods, #provenance")) continue;
    const isOfChoice = block.matches("[data-of-documents]");
    element.classList.toggle("whole", !isOfChoice);
    const text = isOfChoice ? "Of the choice." : "Of the whole corpus, not of the choice.";
    element.prepend(make("p", text, { class: "whole-note" }));
  }
};
/** What the page says when another choice was made. */
const CHOSEN = "newsloom-chosen";
const clearView = () => {
  asked.run += 1;
  asked.view = { choose: {} };
  asked.sides = [];
  elementIn(document, "#choice").hidden = true;
  elementIn(document, "#ask .chosen").textContent = "All documents";
  elementIn(document, "#ask .clear").hidden = true;
  markPage();
};
/**
 * Show a view; one that asks for nothing clears the page.
 * @type {(view: View) => Promise<void>}
 */
const ask = async (view) => {
  asked.run += 1;
  const { run } = asked;
  asked.view = view;
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
/** @type {(form: HTMLElement, side: string) => HTMLElement} */
const fieldsOf = (form, side) => elementIn(form, `[data-side=${side}]`);
/** @type {(fields: HTMLElement) => Choice} */
const choiceIn = (fields) => {
  /** @type {Record<string, unknown>} */
  const values = {};
  for (const field of fields.querySelectorAll("input:not([type=checkbox]), select")) {
    const { name, value } = /** @type {HTMLInputElement} */ (field);
    values[name] = name === "sentences" ? value === "yes" : value;
  }
  for (const boxes of fields.querySelectorAll(".boxes")) {
    const [{ dataset }] = asElement(boxes);
    values[dataset.condition ?? ""] = Array.from(
      boxes.querySelectorAll("input:checked"),
      (box) => /** @type {HTMLInputElement} */ (box).value,
    );
  }
  return cleanChoice(values);
};
/** @type {(fields: HTMLElement, choice: Choice) => void} */
const fillIn = (fields, choice) => {
  for (const field of fields.querySelectorAll("input:not([type=checkbox]), select")) {
    const input = /** @type {HTMLInputElement} */ (field);
    const value = choice[input.name];
    input.value = input.name === "sentences" ? (value ? "yes" : "") : String(value ?? "");
  }
  for (const boxes of fields.querySelectorAll(".boxes")) {
    const [{ dataset }] = asElement(boxes);
    const values = choice[dataset.condition ?? ""];
    for (const box of boxes.querySelectorAll("input"))
      box.checked = Array.isArray(values) && values.includes(box.value);
  }
};
/** @type {(form: HTMLElement) => HTMLSelectElement} */
const comparedIn = (form) => /** @type {HTMLSelectElement} */ (elementIn(form, "[name=compare]"));
/** @type {(form: HTMLElement) => View} */
const viewIn = (form) => {
  const choose = choiceIn(fieldsOf(form, "choose"));
  const { value } = comparedIn(form);
  if (!value) return { choose };
  return { choose, against: value === "others" ? "others" : choiceIn(fieldsOf(form, "against")) };
};
/** @type {(form: HTMLElement, view: View) => void} */
const showInForm = (form, { choose, against }) => {
  fillIn(fieldsOf(form, "choose"), choose);
  fillIn(fieldsOf(form, "against"), against && against !== "others" ? against : {});
  comparedIn(form).value = against ? (against === "others" ? "others" : "choice") : "";
  fieldsOf(form, "against").hidden = !against || against === "others";
};
/**
 * Show the view that an address of the page has; one that cannot be read is said to be none.
 * @type {(text: string) => Promise<void>}
 */
const askFrom = async (text) => {
  /** @type {View} */
  let view;
  try {
    view = viewFrom(decodeURIComponent(text));
  } catch {
    clearView();
    elementIn(document, "#ask .chosen").textContent = "All documents: the address has no choice that can be read";
    return;
  }
  showInForm(elementIn(document, "#ask"), view);
  await ask(view);
};
/**
 * Fill the fields with what this corpus has; a condition of which it has one value alone is not there.
 * @type {(form: HTMLElement) => Promise<void>}
 */
const addValues = async (form) => {
  const corpus = await readShared();
  const kinds = [...new Set(corpus.attributes.kind ?? [])].filter(Boolean).sort(collator.compare);
  const groups = corpus.groups.get("group") ?? [];
  /** @type {Record<string, string[]>} */
  const values = { groups, outlets: corpus.outlet.every((outlet, row) => outlet === groups[row]) ? [] : corpus.outlet };
  for (const boxes of form.querySelectorAll(".boxes")) {
    const [box] = asElement(boxes);
    const distinct = [...new Set(values[box.dataset.condition ?? ""])].filter(Boolean).sort(collator.compare);
    box.hidden = distinct.length < 2 || distinct.length > MOST_BOXES;
    for (const value of box.hidden ? [] : distinct) {
      const label = make("label");
      label.append(make("input", "", { type: "checkbox", value }), ` ${shortened(value, 40)}`);
      box.append(label);
    }
  }
  for (const select of form.querySelectorAll("[name=kind]"))
    select.append(...kinds.map((value) => make("option", value, { value })));
  const dates = corpus.date
    .map((date) => date.slice(0, 10))
    .filter((date) => date.length === 10)
    .sort();
  for (const name of ["from", "to"]) {
    for (const field of form.querySelectorAll(`[name=${name}]`)) {
      const [label] = asElement(field.closest("label"));
      label.hidden = new Set(dates).size < 2;
      field.setAttribute("min", dates[0] ?? "");
      field.setAttribute("max", dates.at(-1) ?? "");
    }
  }
  const hasWire = corpus.uses.some((uses) => uses & USES.wire);
  for (const field of form.querySelectorAll("[name=origin]")) {
    const [label] = asElement(field.closest("label"));
    label.hidden = !hasWire;
  }
  const speakers = [...corpus.speaking].filter(Boolean).sort(collator.compare);
  elementIn(form, "datalist").append(
    ...speakers.slice(0, 1000).map((value) => make("option", "", { value: visible(value) })),
  );
};
/** @type {(choice: HTMLElement) => void} */
const furnishChoice = (section) => {
  const file = make("details", "", { class: "view-file" });
  const text = make("pre", "", { tabindex: "0", "aria-label": "The view as a file" });
  const about =
    "Put these lines into views/NAME.yaml and run the pipeline: " +
    "results/views/NAME/ then has the same numbers as files, and a paragraph.";
  const tools = make("div", "", { class: "tools" });
  tools.append(
    button("Download", "Download the view", () => saveText("view.yaml", viewFile(asked.view), "text/yaml")),
    button("Copy", "Copy the view", () => toCopy(viewFile(asked.view))()),
  );
  file.append(make("summary", "Save view"), make("p", about, { class: "note" }), text, tools);
  file.addEventListener("toggle", () => {
    text.textContent = viewFile(asked.view);
  });
  const statements_ = button("Statements as CSV", "Statements as CSV, of the choice", async () => {
    const corpus = await readCorpus();
    for (const [at, { chosen }] of asked.sides.entries())
      saveCsv(`statements${at ? "_b" : ""}`, statementLines(corpus, chosen));
  });
  const link = button("Copy link", "Copy link to this choice", () => toCopy(viewAddress())());
  elementIn(section, ".tools").append(statements_, link, make("span", "", { class: "copied", role: "status" }));
  elementIn(section, ".tools").after(file);
};
const furnishAsk = () => {
  const form = elementIn(document, "#ask");
  const fields = elementIn(form, "#ask-fields");
  const open = elementIn(form, ".open");
  /** @type {(isOpen: boolean) => void} */
  const show = (isOpen) => {
    fields.hidden = !isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
    open.textContent = isOpen ? "Done" : "Choose";
  };
  open.addEventListener("click", () => show(fields.hidden));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || fields.hidden) return;
    show(false);
    open.focus();
  });
  let waiting = 0;
  const change = () => {
    const view = viewIn(form);
    fieldsOf(form, "against").hidden = comparedIn(form).value !== "choice";
    history.replaceState(null, "", isAsking(view) ? askHash(JSON.stringify(view)) : "#answer");
    ask(view);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, ASK_PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
    show(false);
  });
  elementIn(form, ".clear").addEventListener("click", () => {
    showInForm(form, { choose: {} });
    history.replaceState(null, "", "#answer");
    clearView();
  });
  furnishChoice(elementIn(document, "#choice"));
  form.hidden = false;
  addValues(form);
};
