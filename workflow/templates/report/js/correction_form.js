/* The dialogue for correcting a mark. Each option is a form, so that pressing Enter in its field accepts it. */
/** Most names that are suggested while a reader types. */
const MOST_SUGGESTED = 12;
/** @type {(name: string, value: string) => [HTMLElement, HTMLInputElement]} */
const textField = (name, value) => {
  const label = make("label", name);
  const input = make("input", "", { type: "text", value, autocomplete: "off" });
  label.append(input);
  return [label, input];
};
/** @type {(name: string, values: [string, string][], value: string) => [HTMLElement, HTMLSelectElement]} */
const choiceField = (name, values, value) => {
  const label = make("label", name);
  const select = make("select");
  for (const [each, text] of values) select.append(make("option", shortened(text, 60), { value: each }));
  select.value = value;
  label.append(select);
  return [label, select];
};
/** @type {(fields: HTMLElement[], text: string, action: () => void) => HTMLElement} */
const choiceForm = (fields, text, action) => {
  const form = make("form", "", { class: "choice" });
  form.append(...fields, make("button", text));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    action();
  });
  return form;
};
/**
 * Names that contain the typed letters: first those that begin with them, then those with a word that does.
 * @type {(names: string[], typed: string) => string[]}
 */
const namesLike = (names, typed) => {
  const letters = lettersOf(typed);
  /** @type {string[][]} */
  const ranked = [[], [], []];
  for (const name of names) {
    const padded = ` ${lettersOf(name)}`;
    const at = padded.indexOf(letters);
    if (at >= 0) ranked[at < 2 ? 0 : padded[at - 1] === " " ? 1 : 2].push(name);
  }
  return ranked.flat().slice(0, MOST_SUGGESTED);
};
/**
 * The names in a corpus; `own`, the names in an article, come first.
 * @type {(corpus: Shared, own?: string[]) => string[]}
 */
const knownNames = (corpus, own = []) =>
  [...new Set([...own, ...corpus.speaking, ...corpus.names])].filter((name) => name && !name.startsWith("("));
/**
 * Suggest names while a reader types into a field, in a list added after it.
 * @type {(input: HTMLInputElement, id: string, names: string[]) => void}
 */
const suggestNames = (input, id, names) => {
  const list = make("datalist", "", { id });
  const suggest = () => {
    list.replaceChildren(...namesLike(names, input.value).map((value) => make("option", "", { value })));
  };
  input.setAttribute("list", id);
  input.addEventListener("input", suggest);
  suggest();
  input.after(list);
};
/**
 * The names in an article, without dates and numbers.
 * @type {(reading: Reading) => string[]}
 */
const namesInArticle = ({ corpus, part, row }) => {
  const local = row - part.document;
  const [begin, end] = [part.documentToken[local], part.documentToken[local + 1]];
  return within(part.mentions.first, begin, end)
    .filter((mention) => REVIEW_LABELS.includes(corpus.labels[part.mentions.label[mention]].label))
    .map((mention) => ownName(corpus, part, "mention", mention));
};

const IN_ARTICLE = "article";
const IN_CORPUS = "corpus";
/**
 * True for a name across all documents that stands for no single person: a source without a name, or an ambiguous name.
 * @type {(own: string, name: string) => boolean}
 */
const isNobodys = (own, name) => name.startsWith(UNNAMED) || name.startsWith(`${own} (`);
/**
 * The scopes that a decision on a name can have, with their labels.
 * @type {(own: string, name: string) => [string, string][]}
 */
const scopesOf = (own, name) => {
  /** @type {[string, string][]} */
  const scopes = [
    [IN_ARTICLE, `“${own}” everywhere in this article`],
    [IN_CORPUS, `“${name}” everywhere, in all articles`],
  ];
  return own ? scopes.slice(0, isNobodys(own, name) ? 1 : 2) : [];
};
/** @type {(reading: Reading, scope: string, what: string, names: [string, string], changed: string) => Decision} */
const decisionOnNames = ({ corpus, row }, scope, what, [own, name], changed) => {
  const nowhere = { start: "", end: "" };
  return scope === IN_CORPUS
    ? decisionAt({ doc_id: EVERYWHERE, text_sha256: "", ...nowhere }, what, name, changed)
    : decisionAt({ doc_id: corpus.docId[row], text_sha256: corpus.sha256[row], ...nowhere }, what, own, changed);
};
/**
 * A form to correct a name: here, or everywhere that the name occurs.
 * @type {(reading: Reading, item: Item, text: string, here: string, put: Put, done: Done) => HTMLElement}
 */
const otherNameForm = (reading, item, text, here, put, done) => {
  const { corpus, part, row } = reading;
  const [own, name] = namesOf(corpus, part, item);
  const [label, input] = textField("The right name", "");
  suggestNames(input, `names-${item.kind}-${row}-${item.row}`, knownNames(corpus, namesInArticle(reading)));
  Object.assign(input, { required: true, pattern: ".*\\S.*" });
  const column = item.kind === "quote" ? "speaker" : "entity";
  const [where, select] = choiceField("Where", [[column, here], ...scopesOf(own, name)], column);
  return choiceForm([label, where], text, () => {
    const changed = input.value.trim();
    if (select.value === column) put(column, changed);
    else done(decisionOnNames(reading, select.value, "merge", [own, name], changed));
  });
};
/**
 * A form to separate a short name from a longer one it was merged with: here, or wherever they were merged. Empty if
 * there is only one name.
 * @type {(reading: Reading, item: Item, words: string, done: Done) => HTMLElement[]}
 */
const apartForms = (reading, item, words, done) => {
  const [own, name] = namesOf(reading.corpus, reading.part, item);
  const isLinked = own !== name;
  const short = isLinked ? own : item.kind === "mention" ? words : own;
  if (!short || short === name || isNobodys(own, name)) return [];
  const scopes = scopesOf(short, short).slice(0, isLinked ? 2 : 1);
  const [where, select] = choiceField("Where", scopes, IN_ARTICLE);
  const text = `“${shortened(short, 40)}” is not ${shortened(name, 40)}`;
  const part = () => done(decisionOnNames(reading, select.value, "apart", [short, short], name));
  return [choiceForm([where], text, part)];
};
/** @type {(text: string, action: () => void) => HTMLButtonElement} */
const plainButton = (text, action) => {
  const plain = button(text, text, action);
  plain.removeAttribute("aria-label");
  return plain;
};
/** @type {(reading: Reading, item: Item, words: string, put: Put, done: Done) => HTMLElement[]} */
const statementChoices = (reading, item, words, put, done) => {
  const { corpus, part } = reading;
  const now = valuesOf(corpus, part, item);
  const hasWords = part.quotes.pieces[item.row] > 0;
  /** @type {[string, string][]} */
  const types = STATEMENT_TYPES.map((type) => [type, type]);
  const [type, select] = choiceField("Type", types, now.type);
  const plain = make("div", "", { class: "choice" });
  if (hasWords) plain.append(plainButton("The words begin or end elsewhere", () => openEnds(reading, item)));
  if (now.speaker) plain.append(plainButton("The text does not say who", () => put("speaker", "")));
  plain.append(plainButton("This is not a statement", () => put("reject_quote", "")));
  return [
    make("legend", `Statement of ${shortened(now.speaker || "nobody", 60)}: “${shortened(words, 80)}”`),
    otherNameForm(reading, item, "This is somebody else", "this statement", put, done),
    ...apartForms(reading, item, words, done),
    plain,
    ...(hasWords ? [choiceForm([type], "This is its type", () => put("type", select.value))] : []),
  ];
};
/** @type {(reading: Reading, item: Item, words: string, put: Put, done: Done) => HTMLElement[]} */
const nameChoices = (reading, item, words, put, done) => {
  const { corpus, part } = reading;
  const now = valuesOf(corpus, part, item);
  const labels = [...new Set([...Object.keys(NAME_KINDS), now.label])];
  const [label, select] = choiceField(
    "Label",
    labels.map((each) => [each, each]),
    now.label,
  );
  return [
    make("legend", `Name “${shortened(words, 80)}”: ${shortened(namesOf(corpus, part, item)[1], 60)}`),
    otherNameForm(reading, item, "This is another name", "this mention", put, done),
    ...apartForms(reading, item, words, done),
    choiceForm([label], "This is its label", () => put("label", select.value)),
    plainButton("This is not a name", () => put("reject_name", "")),
  ];
};
/** @type {(reading: Reading, item: Item, words: string, put: Put) => HTMLElement[]} */
const cueChoices = ({ corpus, part }, item, words, put) => {
  const { frame } = corpus.patterns[part.codes.pattern[item.row]];
  return [
    make("legend", `Cue “${shortened(words, 80)}” of ${frameName(frame)}`),
    plainButton(`This is not ${frameName(frame)}`, () => put("reject_frame", "")),
  ];
};
/** @type {(reading: Reading, item: Item, done: Done) => HTMLElement} */
const choicesOn = (reading, item, done) => {
  const { corpus, part } = reading;
  const { from, to } = tokensOf(part, item);
  const words = textOf(corpus, part, from, to);
  const set = make("fieldset");
  const corrected = part.corrected[item.kind]?.get(item.row);
  if (corrected !== undefined) {
    const advice = `Corrected by ${corpus.correctedBy[corrected]}: change that row of the sheet.`;
    set.append(make("legend", `“${shortened(words, 80)}”`), make("p", advice));
    return set;
  }
  const span = spanOf(reading.characters, { from, to });
  const now = valuesOf(corpus, part, item);
  /** @type {Put} */
  const put = (what, changed) => done(decisionOn(reading, span, what, now[what], changed));
  const choices = { quote: statementChoices, mention: nameChoices, code: cueChoices }[item.kind];
  set.append(...choices(reading, item, words, put, done));
  return set;
};
/** @type {(title: string, fill: (done: Done) => HTMLElement[]) => void} */
const openDialog = (title, fill) => {
  const former = document.querySelector("dialog.correct");
  if (former instanceof HTMLDialogElement) {
    /* This returns the focus to the mark before the next dialogue takes it. */
    former.close();
    former.remove();
  }
  const dialog = make("dialog", "", { class: "correct", "aria-label": title });
  const parts = fill((decision) => {
    dialog.close();
    decide(decision);
  });
  const close = plainButton("Close without a correction", () => dialog.close());
  dialog.append(...parts, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
/** @type {(mark: Element) => void} */
const openMenu = (mark) => {
  const reading = openReading;
  const items = itemsAt(mark);
  if (reading && items.length) openDialog("Correct", (done) => items.map((item) => choicesOn(reading, item, done)));
};
const addStatement = () => {
  const [reading, tokens] = [openReading, selected];
  if (!reading || !tokens) return;
  const span = spanOf(reading.characters, tokens);
  const words = shortened(textOf(reading.corpus, reading.part, tokens.from, tokens.to), 200);
  const [name, input] = textField("Speaker, empty for nobody", "");
  suggestNames(input, "names-missed", knownNames(reading.corpus, namesInArticle(reading)));
  openDialog("Missed statement", (done) => {
    const set = make("fieldset");
    const add = () => done(decisionOn(reading, span, "add_quote", "", input.value.trim()));
    set.append(make("legend", `“${words}”`), choiceForm([name], "This is a statement", add));
    return [set];
  });
};
