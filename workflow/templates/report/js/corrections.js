/* The tools for correcting marks in the reading view; the browser stores the reader's decisions. */
/** @type {Decision[]} */
let decisions = [];
/** @type {Decision[]} */
let cleared = [];
let reviewer = "";
let storable = true;
/** @type {Reading | undefined} */
let openReading;
/** @type {{ from: number, to: number } | undefined} */
let selected;

const storedAs = () => `newsloom corrections ${location.pathname}`;
const recallDecisions = () => {
  try {
    const stored = JSON.parse(localStorage.getItem(storedAs()) ?? "{}");
    decisions = stored.decisions ?? [];
    reviewer = stored.reviewer ?? "";
  } catch {
    decisions = [];
  }
};
const storeDecisions = () => {
  try {
    localStorage.setItem(storedAs(), JSON.stringify({ decisions, reviewer }));
    storable = true;
  } catch {
    storable = false;
  }
};
/** @type {(reading: Reading, span: Span) => Decision} */
const placeOn = ({ corpus, row }, { start, end }) => ({
  doc_id: corpus.docId[row],
  text_sha256: corpus.sha256[row],
  start,
  end,
});
/**
 * A decision on a place. A decision on names has no characters, and one on all documents has no document either.
 * @type {(place: Decision, what: string, old: string, changed: string, context?: string) => Decision}
 */
const decisionAt = (place, what, old, changed, context = "") => ({
  ...place,
  what,
  old,
  new: changed,
  who: reviewer,
  date: new Date().toISOString().slice(0, 10),
  note: "",
  context,
});
/** @type {(reading: Reading, span: Span, what: string, old: string, changed: string) => Decision} */
const decisionOn = (reading, span, what, old, changed) =>
  decisionAt(placeOn(reading, span), what, old, changed, anchorContext(reading.corpus, reading.part, span));

/** @type {(message: string) => void} */
const report = (message) => {
  elementIn(document, "#corrections-status").textContent = message;
};
/** @type {(decision: Decision) => HTMLElement} */
const decisionItem = (decision) => {
  const { what, old, new: changed, doc_id: docId, start, end } = decision;
  const values = [old, changed || (what === "speaker" ? "nobody" : "")].filter(Boolean).join(" → ");
  const place = docId === EVERYWHERE ? "all articles" : start ? `${docId}, characters ${start} to ${end}` : docId;
  const text = `${what.replaceAll("_", " ")}: ${values} (${place}) `;
  const item = make("li", shortened(text, 200));
  const takeBack = button("Take back", `Take back ${shortened(`${what} ${old}`, 80)}`, () => {
    decisions = decisions.filter((other) => other !== decision);
    showDecisions();
  });
  item.append(" ", takeBack);
  return item;
};
/**
 * Mark the marks of a document for which there is a decision.
 * @type {(reading: Reading) => void}
 */
const showDecided = (reading) => {
  const { corpus, part, row, characters } = reading;
  const places = new Set(decisions.map(placeOfDecision));
  const onNames = decisions.filter((each) => isOnNames(each) && [EVERYWHERE, corpus.docId[row]].includes(each.doc_id));
  const renamed = new Set(onNames.map((each) => each.old));
  /** @type {(item: Item) => boolean} */
  const isDecided = (item) =>
    places.has(placeOfDecision(placeOn(reading, spanOf(characters, tokensOf(part, item))))) ||
    namesOf(corpus, part, item).some((name) => renamed.has(name));
  for (const mark of reading.article.querySelectorAll(".m")) {
    mark.classList.toggle("decided", mark.items?.some(isDecided) ?? false);
  }
};
const showDecisions = () => {
  storeDecisions();
  const bar = elementIn(document, "#corrections");
  elementIn(bar, "summary").textContent = plural(decisions.length, "correction");
  elementIn(bar, "ul").replaceChildren(...decisions.map(decisionItem));
  elementIn(bar, ".download").toggleAttribute("disabled", !decisions.length);
  const clear = elementIn(bar, ".clear");
  clear.textContent = decisions.length || !cleared.length ? "Clear" : "Undo clear";
  clear.toggleAttribute("disabled", !decisions.length && !cleared.length);
  elementIn(bar, ".refused").hidden = storable;
  if (openReading) showDecided(openReading);
};
/** @type {(decision: Decision) => void} */
const decide = (decision) => {
  decisions = withDecision(decisions, decision);
  showDecisions();
  report(`${plural(decisions.length, "correction")} in this page.`);
};

/**
 * The items marked at a place in the layers that are shown, the innermost first.
 * @type {(mark: Element) => Item[]}
 */
const itemsAt = (mark) => {
  /** @type {Map<string, Item>} */
  const items = new Map();
  /** @type {Element | null | undefined} */
  let each = mark;
  while (each) {
    if (each.hasAttribute("tabindex")) for (const item of each.items ?? []) items.set(`${item.kind} ${item.row}`, item);
    each = each.parentElement?.closest(".m");
  }
  return [...items.values()];
};
/**
 * The tokens that overlap the characters from `left` to `right` of a text node in the reading view.
 * @type {(reading: Reading, node: Text, left: number, right: number) => number[]}
 */
const tokensWithin = ({ corpus, part }, node, left, right) => {
  const tokens = [];
  let at = 0;
  for (let token = node.from ?? 0; token < (node.to ?? 0); token += 1) {
    const entry = corpus.entry[part.tokens[token]];
    const text = node.trimmed && token === node.from ? entry.trimStart() : entry;
    const space = text.length - text.trimStart().length;
    if (at + space < right && at + text.length > left) tokens.push(token);
    at += text.length;
  }
  return tokens;
};
/**
 * The first token of a selection in the text, and the one after its last.
 * @type {(reading: Reading, range: Range) => { from: number, to: number } | undefined}
 */
const selectedTokens = (reading, range) => {
  const walker = document.createTreeWalker(reading.article, NodeFilter.SHOW_TEXT);
  /** @type {number[]} */
  const tokens = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.from === undefined || !range.intersectsNode(node)) continue;
    const left = node === range.startContainer ? range.startOffset : 0;
    const right = node === range.endContainer ? range.endOffset : node.length;
    tokens.push(...tokensWithin(reading, node, left, right));
  }
  return tokens.length ? { from: tokens[0], to: tokens[tokens.length - 1] + 1 } : undefined;
};
/**
 * Add the corrections of a sheet; returns false if it is not a sheet of corrections.
 * @type {(name: string, text: string) => boolean}
 */
const importSheet = (name, text) => {
  const sheet = decisionsOfSheet(text);
  if (!sheet) return false;
  const { together: both, added, differing } = withSheet(decisions, sheet.read);
  decisions = both;
  showDecisions();
  const facts = [`${plural(added, "correction")} added from ${name}`];
  if (differing) facts.push(`${plural(differing, "row")} left out that contradict corrections made here`);
  if (sheet.unread) facts.push(`${plural(sheet.unread, "row")} left out that are not corrections`);
  report(`${facts.join("; ")}.`);
  return true;
};

/** @type {() => HTMLButtonElement} */
const missedButton = () => {
  const missed = button("Missed statement", "Missed statement: select its words first", addStatement);
  missed.disabled = true;
  /* Pressing the button must not clear the selection. */
  missed.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
    const inside = range && openReading?.article.contains(range.commonAncestorContainer);
    selected = inside && openReading ? selectedTokens(openReading, range) : undefined;
    missed.disabled = !selected;
  });
  return missed;
};
/** @type {() => HTMLButtonElement} */
const clearButton = () => {
  const clear = button("Clear", "Clear the corrections", () => {
    [decisions, cleared] = decisions.length ? [[], decisions] : [cleared, []];
    showDecisions();
  });
  clear.classList.add("clear");
  clear.removeAttribute("aria-label");
  return clear;
};
const correctionsBar = () => {
  recallDecisions();
  const attributes = { class: "tools corrections", id: "corrections", "aria-label": "Corrections" };
  const bar = make("section", "", attributes);
  const [name, initials] = textField("Your initials ", reviewer);
  initials.addEventListener("input", () => {
    reviewer = initials.value.trim();
    storeDecisions();
  });
  const download = button("Download CSV", "Download CSV of the corrections", () =>
    saveCsv("corrections", sheetOfDecisions(decisions)),
  );
  download.classList.add("download");
  const list = make("details");
  list.append(make("summary"), make("ul"));
  const use = "Click a mark, or press Enter on it, to correct it; the arrow keys go from mark to mark.";
  const refused = "This browser keeps nothing for this page: download the corrections before you close it.";
  bar.append(make("span", use), missedButton(), download, clearButton(), name);
  bar.append(make("span", refused, { class: "refused" }));
  bar.append(make("span", "", { role: "status", id: "corrections-status" }), list);
  for (const box of document.querySelectorAll(".layers input")) box.addEventListener("change", furnishFocus);
  return bar;
};

/* Marks in the layers shown can be reached by keyboard: one of them with Tab, the others with the arrow keys. */
/** @type {(selector: string) => HTMLElement[]} */
const marksWith = (selector) => [...(openReading?.article.querySelectorAll(selector) ?? [])].flatMap(asElement);
/** @type {(node: unknown) => HTMLElement[]} */
const asElement = (node) => (node instanceof HTMLElement ? [node] : []);
const shownMarks = () => marksWith(".m[tabindex]");
const furnishFocus = () => {
  for (const mark of marksWith(".m")) {
    const layer = mark.className.match(/frame\d|entity/)?.[0] ?? "quote";
    const box = byId(`layer-${layer}`);
    if (box instanceof HTMLInputElement && box.checked) mark.tabIndex = -1;
    else mark.removeAttribute("tabindex");
  }
  const [first] = shownMarks();
  if (first) first.tabIndex = 0;
};
/** @type {(mark: HTMLElement) => void} */
const focusMark = (mark) => {
  for (const each of shownMarks()) each.tabIndex = each === mark ? 0 : -1;
  mark.focus();
};
/** @type {(event: KeyboardEvent) => void} */
const followKey = (event) => {
  const [target] = asElement(event.target);
  if (!target?.matches(".m")) return;
  const marks = shownMarks();
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const next = step ? marks[marks.indexOf(target) + step] : undefined;
  if (next) focusMark(next);
  else if (event.key === " " || event.key === "Enter") openMenu(target);
  else return;
  event.preventDefault();
};
/** @type {(corpus: Shared, part: Part, row: number, article: HTMLElement) => void} */
const furnishMarks = (corpus, part, row, article) => {
  const local = row - part.document;
  const characters = charactersOf(corpus, part, part.documentToken[local], part.documentToken[local + 1]);
  openReading = { corpus, part, row, article, characters };
  article.addEventListener("click", (event) => {
    const mark = event.target instanceof Element ? event.target.closest(".m[tabindex]") : null;
    if (!(mark instanceof HTMLElement) || !getSelection()?.isCollapsed) return;
    focusMark(mark);
    openMenu(mark);
  });
  article.addEventListener("keydown", followKey);
  furnishFocus();
  showDecisions();
};
