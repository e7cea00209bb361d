/* Sheets that a reader opens in the page: corrections to continue, and sheets to fill in, one row per screen. */
/** Columns that are shown with a row's text; the machine's confidence is not, as it would influence the reader. */
const REVIEW_FACTS =
  "speaker speaker_in_document content source cue type machine names label entity title date outlet".split(" ");
/** @type {string[]} */
let namesToSuggest = [];
/** @type {OpenSheet | undefined} */
let filling;

/** @type {(message: string) => void} */
const tellOfSheet = (message) => {
  elementIn(document, "#sheets-status").textContent = message;
};
/** @type {(open: OpenSheet, row: number, name: string, value: string) => void} */
const answerIn = (open, row, name, value) => {
  answer(open.sheet, row, name, value);
  open.answers = [...open.answers.filter(([at, column]) => at !== row || column !== name), [row, name, value]];
};
/**
 * A sheet with the answers that the browser has stored for it.
 * @type {(file: string, text: string, sheet: ReviewSheet) => OpenSheet}
 */
const recalledSheet = (file, text, sheet) => {
  const key = `newsloom sheet ${file} ${sheetNumber(text)}`;
  /** @type {OpenSheet} */
  const open = { sheet, file, text, key, row: 0, reviewer, answers: [], cleared: [] };
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "{}");
    open.reviewer = stored.reviewer ?? reviewer;
    for (const [row, name, value] of stored.answers ?? []) answerIn(open, row, name, value);
  } catch {
    /* Nothing can be stored; `storeAnswers` will say so. */
  }
  open.row = Math.max(
    0,
    sheet.rows.findIndex((_, row) => !isAnswered(sheet, row)),
  );
  return open;
};
/** @type {(open: OpenSheet) => void} */
const storeAnswers = ({ key, reviewer: by, answers }) => {
  try {
    localStorage.setItem(key, JSON.stringify({ reviewer: by, answers }));
  } catch {
    tellOfSheet("This browser keeps no answers: download the sheet before you close the page.");
  }
};
/** @type {(name: string) => HTMLElement} */
const fieldsetOf = (name) => {
  const sets = [...document.querySelectorAll("#sheet fieldset")].flatMap(asElement);
  return sets.find((set) => set.dataset.column === name) ?? sets[0];
};
/**
 * Go to the next question of the row, or else to the next row without an answer.
 * @type {(open: OpenSheet) => void}
 */
const goOn = (open) => {
  const { sheet, row } = open;
  if (openField(sheet, row) === undefined) {
    const later = [...sheet.rows.keys()].map((at) => (row + 1 + at) % sheet.rows.length);
    const next = later.find((at) => !isAnswered(sheet, at));
    if (next === undefined) {
      showRow(open);
      tellOfSheet("All rows are answered: download the sheet, and save it in the folder of your sheets.");
      elementIn(document, "#sheet .download").focus();
      return;
    }
    open.row = next;
  }
  showRow(open);
};
/** @type {(open: OpenSheet, by: number) => void} */
const step = (open, by) => {
  open.row = Math.min(Math.max(open.row + by, 0), open.sheet.rows.length - 1);
  showRow(open);
};
/** @type {(open: OpenSheet, name: string, value: string) => void} */
const choose = (open, name, value) => {
  const input = fieldsetOf(name).querySelector("input");
  if (!value && input) {
    input.focus();
    return;
  }
  answerIn(open, open.row, name, value);
  storeAnswers(open);
  goOn(open);
};
/** @type {(open: OpenSheet, name: string, field: ReviewField) => HTMLElement} */
const fieldSet = (open, name, { ask, choices, typed, typedFirst, names }) => {
  const set = make("fieldset", "", { "data-column": name });
  const value = sheetCell(open.sheet, open.row, name);
  set.append(make("legend", visible(ask)));
  for (const [key, text, chosen] of choices?.((column) => sheetCell(open.sheet, open.row, column)) ?? []) {
    const press = plainButton("", () => choose(open, name, chosen));
    press.append(make("kbd", key), ` ${shortened(text, 80)}`);
    const isChosen = chosen === value || (chosen === "1" && saysYes(value)) || (chosen === "0" && saysNo(value));
    press.setAttribute("aria-pressed", String(value !== "" && isChosen));
    set.append(press);
  }
  if (!typed) return set;
  const input = make("input", "", { type: "text", autocomplete: "off", "aria-label": ask });
  input.value = value;
  input.addEventListener("input", () => {
    answerIn(open, open.row, name, input.value);
    storeAnswers(open);
  });
  if (typedFirst) elementIn(set, "legend").after(input);
  else set.append(input);
  if (names) suggestNames(input, `sheet-names-${name}`, namesToSuggest);
  return set;
};
/**
 * The text of a row in its context, and the machine's values for it.
 * @type {(open: OpenSheet) => HTMLElement[]}
 */
const rowContext = ({ sheet, row }) => {
  /** @type {(name: string) => string} */
  const cell = (name) => visible(sheetCell(sheet, row, name).replace(/\n\s*\n/g, "\n"));
  /* In a coding sheet, the context consists of whole sentences without the white space between them. */
  const gap = sheet.isCoding ? " " : "";
  const context = make("p", "", { class: "context", tabindex: "0" });
  context.append(cell("before"), gap, make("mark", cell("text")), gap, cell("after"));
  const facts = make("dl");
  const shown = sheet.columns.filter((name) => REVIEW_FACTS.includes(name) || name.startsWith("answers of "));
  for (const name of shown.filter(cell)) facts.append(make("dt", visible(name)), make("dd", cell(name)));
  return [context, facts];
};
/** @type {(open: OpenSheet) => HTMLElement} */
const sheetTools = (open) => {
  const [name, input] = textField("Your name ", open.reviewer);
  input.addEventListener("input", () => {
    open.reviewer = input.value;
    storeAnswers(open);
  });
  const download = plainButton("Download CSV", () =>
    saveCsv(filledName(open.sheet, open.file, open.reviewer), linesOfSheet(open.sheet)),
  );
  download.classList.add("download");
  const isEmpty = !open.answers.length;
  const again = plainButton(isEmpty && open.cleared.length ? "Undo starting over" : "Start over", () => {
    const answers = isEmpty ? open.cleared : [];
    [open.cleared, open.answers] = [open.answers, []];
    open.sheet = reviewSheetOf(open.text) ?? open.sheet;
    for (const each of answers) answerIn(open, ...each);
    storeAnswers(open);
    step(open, -open.row);
  });
  const close = plainButton("Close the sheet", () => {
    elementIn(document, "#sheet").replaceChildren();
    elementIn(document, "#sheets input").focus();
  });
  const tools = make("div", "", { class: "tools" });
  const [, anchor] = sheetCell(open.sheet, open.row, "link").split("#");
  if (anchor) tools.append(make("a", "Its place in the article", { href: `#${anchor}` }));
  tools.append(
    plainButton("Back", () => step(open, -1)),
    plainButton("Forward", () => step(open, 1)),
    download,
    name,
    again,
    close,
  );
  return tools;
};
/** @type {(open: OpenSheet) => void} */
const showRow = (open) => {
  const { sheet, row, file } = open;
  const answered = [...sheet.rows.keys()].filter((at) => isAnswered(sheet, at)).length;
  const [done, of] = [plural(answered, "row"), wholeNumber(sheet.rows.length)];
  const state = make("p", `${file}, row ${wholeNumber(row + 1)} of ${of}; ${done} answered `);
  state.append(make("progress", "", { value: String(answered), max: String(sheet.rows.length), "aria-label": done }));
  const form = make("form");
  form.append(...askedFields(sheet, row).map(([name, field]) => fieldSet(open, name, field)));
  form.append(make("button", "Continue"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goOn(open);
  });
  tellOfSheet("");
  elementIn(document, "#sheet").replaceChildren(state, ...rowContext(open), form, sheetTools(open));
  const field = openField(sheet, row);
  const [first] = [...(fieldsetOf(field ?? "")?.querySelectorAll("button, input") ?? [])].flatMap(asElement);
  first?.focus({ preventScroll: true });
  elementIn(document, "#sheet").scrollIntoView({ block: "start" });
};
/**
 * Handle keys, except in a text field: those of answers, and the arrow keys that move from row to row.
 * @type {(open: OpenSheet, event: KeyboardEvent) => void}
 */
const followSheetKey = (open, event) => {
  const [target] = asElement(event.target);
  if (!target || target.matches("input") || event.ctrlKey || event.altKey || event.metaKey) return;
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const column = asElement(target.closest("fieldset"))[0]?.dataset.column ?? openField(open.sheet, open.row);
  const [name, field] = askedFields(open.sheet, open.row).find(([each]) => each === column) ?? ["", undefined];
  /** @type {(column: string) => string} */
  const cell = (each) => sheetCell(open.sheet, open.row, each);
  const chosen = field?.choices?.(cell).find(([key]) => key === event.key);
  if (by) step(open, by);
  else if (chosen) choose(open, name, chosen[2]);
  else return;
  event.preventDefault();
};
/** @type {(file: File) => Promise<void>} */
const openSheet = async (file) => {
  const text = decodedSheet(await file.arrayBuffer());
  const sheet = reviewSheetOf(text);
  if (!sheet) {
    const isRead = byId("corrections") !== null && importSheet(file.name, text);
    const advice = "corrections, a review or codes; save a spreadsheet as CSV first";
    tellOfSheet(isRead ? "" : `${file.name} is not a sheet of ${advice}.`);
    return;
  }
  if (isPacked()) namesToSuggest = knownNames(await readShared());
  filling = recalledSheet(file.name, text, sheet);
  showRow(filling);
  const { length } = filling.answers;
  if (length) tellOfSheet(`Answers that this browser has of this sheet: ${wholeNumber(length)}.`);
};
const furnishSheets = () => {
  const sheets = make("section", "", { class: "tools", id: "sheets", "aria-label": "Sheets to fill" });
  const chooser = make("label", "Open a sheet of corrections, a review or codes ");
  const field = make("input", "", { type: "file", accept: ".csv,.tsv,.txt" });
  chooser.append(field);
  field.addEventListener("change", async () => {
    const [file] = field.files ?? [];
    if (file) await openSheet(file);
    field.value = "";
  });
  sheets.append(chooser, make("span", "", { role: "status", id: "sheets-status" }));
  const sheet = make("section", "", { id: "sheet", "aria-label": "Row of the sheet" });
  sheet.addEventListener("keydown", (event) => {
    if (filling) followSheetKey(filling, event);
  });
  elementIn(document, "#texts .lead").after(sheets, sheet);
};
