/* The fields of the bar, which a reader or an address of the page fills in. */
/** Most values of a condition that have a checkbox: those with most documents. */
const MOST_BOXES = 60;
/** @type {(form: HTMLElement, side: string) => HTMLElement} */
const fieldsOf = (form, side) => elementIn(form, `[data-side=${side}]`);
/** @type {(fields: HTMLElement) => Choice} */
const choiceIn = (fields) => {
  /** @type {Record<string, unknown>} */
  const values = {};
  for (const field of fields.querySelectorAll("input[name], select")) {
    const { name, value } = /** @type {HTMLInputElement} */ (field);
    values[name] = value;
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
/** @type {(boxes: Element, value: string, name?: string) => HTMLInputElement} */
const addBox = (boxes, value, name = value) => {
  const box = make("input", "", { type: "checkbox", value });
  const label = make("label");
  label.append(box, ` ${shortened(name, 60)}`);
  boxes.append(label);
  const [field] = asElement(boxes);
  field.hidden = false;
  return box;
};
/** Functions that turn a month or year into a day for the date fields. @type {Record<string, typeof firstDay>} */
const DAYS = { from: firstDay, to: lastDay };
/** @type {(fields: HTMLElement, choice: Choice) => void} */
const fillIn = (fields, choice) => {
  for (const field of fields.querySelectorAll("input[name], select")) {
    const input = /** @type {HTMLInputElement} */ (field);
    const value = String(choice[input.name] ?? "");
    input.value = input.name in DAYS && DATE.test(value) ? DAYS[input.name](value) : value;
  }
  for (const boxes of fields.querySelectorAll(".boxes")) {
    const [{ dataset }] = asElement(boxes);
    const values = [choice[dataset.condition ?? ""] ?? []].flat();
    const inputs = Array.from(boxes.querySelectorAll("input"));
    /* A value from a link or a file may not have a checkbox yet. */
    for (const value of values) if (!inputs.some((box) => box.value === value)) inputs.push(addBox(boxes, value));
    for (const box of inputs) box.checked = values.includes(box.value);
  }
  timelines.get(fields)?.();
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
 * Show the view in an address of the page, or say that the address has no readable view.
 * @type {(text: string) => Promise<void>}
 */
const askFrom = async (text) => {
  /** @type {View} */
  let view;
  try {
    /* A link within the page does not change how groups are shown. */
    view = { groups_shown: asked.view.groups_shown, ...viewFrom(decodeURIComponent(text)) };
  } catch {
    clearView();
    elementIn(document, "#ask .chosen").textContent = "All documents: the address has no choice that can be read";
    return;
  }
  showInForm(elementIn(document, "#ask"), view);
  await ask(view);
};
/**
 * Limit the date fields to the dates of the corpus; hide them if it has fewer than two.
 * @type {(form: HTMLElement, corpus: Shared) => void}
 */
const boundDates = (form, corpus) => {
  const days = corpus.date.map((date) => date.slice(0, 10)).filter((date) => date.length === 10);
  const dates = [...new Set(days)].sort();
  for (const field of form.querySelectorAll("[name=from], [name=to]")) {
    const [label] = asElement(field.closest("label"));
    label.hidden = dates.length < 2;
    field.setAttribute("min", dates[0] ?? "");
    field.setAttribute("max", dates.at(-1) ?? "");
  }
};
/**
 * Fill the fields with the values in this corpus; hide conditions that leave nothing to choose.
 * @type {(form: HTMLElement) => Promise<void>}
 */
const addValues = async (form) => {
  const corpus = await readShared();
  const kinds = Object.entries(corpus.attributes).flatMap(([attribute, values]) =>
    values.filter(Boolean).map((value) => (attribute === "kind" ? value : `${attribute}: ${value}`)),
  );
  const groups = corpus.groups.get("group") ?? [];
  /** @type {(values: string[]) => [string, string][]} */
  const named = (values) =>
    byCount(values.filter(Boolean))
      .slice(0, MOST_BOXES)
      .map(([value]) => [value, value]);
  /** @type {Record<string, [string, string][]>} */
  const values = {
    topics: corpus.topics.map(({ name }) => [name, name]),
    groups: named(groups),
    outlets: corpus.outlet.every((outlet, row) => outlet === groups[row]) ? [] : named(corpus.outlet),
    stories: corpus.stories.slice(0, MOST_BOXES).map(({ name, title }) => [name, title]),
  };
  for (const boxes of form.querySelectorAll(".boxes")) {
    const [box] = asElement(boxes);
    const condition = box.dataset.condition ?? "";
    const shown = values[condition];
    const isParted = condition === "groups" || condition === "outlets";
    box.hidden = shown.length < (isParted ? 2 : 1);
    if (box.hidden) continue;
    if (isParted) shown.sort(([a], [b]) => collator.compare(a, b));
    if (shown.length === MOST_BOXES) elementIn(box, "legend").append(`, the ${MOST_BOXES} with most documents`);
    for (const [value, name] of shown) addBox(box, value, name);
  }
  for (const select of form.querySelectorAll("[name=kind]"))
    select.append(...kinds.map((value) => make("option", value, { value })));
  boundDates(form, corpus);
  for (const fields of form.querySelectorAll(".side")) addTimeline(/** @type {HTMLElement} */ (fields), corpus);
  const hasWire = corpus.uses.some((uses) => uses & USES.wire);
  for (const field of form.querySelectorAll("[name=origin]")) {
    const [label] = asElement(field.closest("label"));
    label.hidden = !hasWire;
  }
  const speakers = [...corpus.speaking].filter(Boolean).sort(collator.compare);
  furnishStories(corpus);
  furnishToolbox(corpus);
  offer("ask-speakers", speakers.slice(0, 1000));
};
/**
 * Add to each story on the page a link that chooses it.
 * @type {(corpus: Shared) => void}
 */
const furnishStories = (corpus) => {
  for (const details of document.querySelectorAll(".stories details")) {
    const [, anchor] = (details.querySelector("li a")?.getAttribute("href") ?? "").split("#");
    const story = corpus.stories[corpus.story[corpus.byAnchor.get(anchor) ?? -1] - 1];
    if (!story) continue;
    const href = askHash(JSON.stringify({ choose: { stories: [story.name] } }));
    const line = make("p");
    line.append(make("a", "This story only", { href, "aria-label": `This story only: ${story.title}` }));
    details.querySelector("summary")?.after(line);
  }
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
      saveLines(`statements${at ? "_b" : ""}`, statementLines(corpus, chosen));
  });
  const all = button("All as XLSX", "All as XLSX: numbers and statements of the choice", async () =>
    saveBlob("choice.xlsx", workbookOf(viewSheets(await readCorpus(), asked))),
  );
  const link = button("Copy link", "Copy link to this choice", () => toCopy(viewAddress())());
  elementIn(section, ".tools").append(all, statements_, link, make("span", "", { class: "copied", role: "status" }));
  elementIn(section, ".tools").after(file);
};
/**
 * Let fields with a list of this id offer the values.
 * @type {(id: string, values: string[]) => void}
 */
const offer = (id, values) => {
  const options = values.map((value) => make("option", "", { value: visible(value) }));
  elementIn(document, `#${id}`).replaceChildren(...options);
};
/**
 * Offer names, and draw the bootstrap weights of all documents while a reader fills in the form, so that the first
 * choice is fast.
 * @type {() => Promise<void>}
 */
const drawAhead = async () => {
  const corpus = await readCorpus();
  const { words: names } = countNames(corpus, chosenOf(corpus, {}));
  const most = names.sort((a, b) => b.n - a.n).slice(0, 1000);
  offer("ask-names", most.map(({ name }) => name).sort(collator.compare));
  const weights = weightsFor(corpus, corpus.statistics.bootstrap);
  for (const number of corpus.docId.keys()) {
    weights(number);
    if (number % 50 === 49) await new Promise((done) => setTimeout(done));
  }
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
  open.addEventListener("click", () => {
    show(fields.hidden);
    drawAhead();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || fields.hidden) return;
    show(false);
    open.focus();
  });
  let waiting = 0;
  const change = () => {
    const view = { ...asked.view, against: undefined, ...viewIn(form) };
    fieldsOf(form, "against").hidden = comparedIn(form).value !== "choice";
    history.replaceState(null, "", viewHash(view));
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
    clearView();
    history.replaceState(null, "", viewHash(asked.view));
  });
  furnishChoice(elementIn(document, "#choice"));
  furnishCurves();
  form.hidden = false;
  addValues(form);
};
