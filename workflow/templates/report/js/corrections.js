/* A reader's corrections: decisions on marks of the reading view, kept in the browser, and exported as the sheet that
   the pipeline reads from its folder of reviews (scripts/review/decisions.py). */
const STORED_AS = `newsloom corrections ${location.pathname}`;
const PER_VALUE = ["reject_frame", "merge"];
const storedDecisions = () => {
  try { return JSON.parse(localStorage.getItem(STORED_AS)) ?? {}; } catch { return {}; }
};
let decisions = storedDecisions().decisions ?? [], reviewer = storedDecisions().reviewer ?? "", cleared = [], storable = true, openReading, selected;
const store = () => {
  try { localStorage.setItem(STORED_AS, JSON.stringify({ decisions, reviewer })); storable = true; } catch { storable = false; }
};
const placeOfDecision = (each) => JSON.stringify([each.doc_id, each.text_sha256, each.start, each.end]);
const valueOf = (each) => placeOfDecision(each) + each.what + (PER_VALUE.includes(each.what) ? each.old : "");
/* Whether two decisions cannot both be applied: they change one value, or one rejects what the other changes. */
const opposed = (one, other) => {
  if (valueOf(one) === valueOf(other)) return true;
  const scope = [ON_QUOTES, ON_NAMES].find((kinds) => kinds.includes(one.what) && kinds.includes(other.what));
  return Boolean(scope) && placeOfDecision(one) === placeOfDecision(other) && one.what.startsWith("reject") !== other.what.startsWith("reject");
};
const sameRow = (one, other) => DECISION_COLUMNS.slice(0, 7).every((name) => one[name] === other[name]);

/* Characters of the document's text, in code points, where each token begins and ends. */
const charactersOf = (corpus, part, begin, end) => {
  const starts = new Map(), ends = new Map();
  let at = 0;
  for (let token = begin; token < end; token += 1) {
    const entry = part.tokens[token];
    starts.set(token, at + corpus.gap[entry]);
    ends.set(token, at += [...corpus.raw[entry]].length);
  }
  return { start: (token) => starts.get(token), end: (token) => ends.get(token) };
};
const spanOf = ({ part, characters }, { kind, row }) => {
  const { quotes } = part, rows = kind === "code" ? part.codes : part.mentions;
  const last = quotes.piece[row + 1] - 1;
  const [from, to] = kind !== "quote" ? [rows.first[row], rows.first[row] + rows.length[row]]
    : quotes.pieces[row] ? [quotes.first[row], quotes.pieceFirst[last] + quotes.pieceLength[last]]
      : [quotes.first[row], quotes.first[row] + quotes.cue_length[row]];
  return { start: String(characters.start(from)), end: String(characters.end(to - 1)), from, to };
};
const ownName = (corpus, part, kind, row) => {
  const number = part.own[kind].get(row) ?? (kind === "quote" ? part.quotes.speaker[row] : part.mentions.name[row]);
  return corpus.names[number];
};
/* The sentence of a place with its words in brackets, and its neighbours: by them it is found again in a text that has
   changed (scripts/review/found_again.py). Empty where the text has such brackets itself. */
const anchorText = (corpus, part, from, to) => {
  const first = placed(part, from), last = placed(part, to - 1), text = (begin, end) => textOf(corpus, part, begin, end).trimEnd();
  const before = first.from > first.begin ? text(placed(part, first.from - 1).from, first.from) : "";
  const after = last.to < last.end ? text(last.to, placed(part, last.to).to) : "";
  const pieces = [before, text(first.from, from), text(from, to), text(to, last.to), after];
  return pieces.some((piece) => /[⟦⟧‖]/u.test(piece)) ? "" : `${before} ‖ ${pieces[1]} ⟦${pieces[2]}⟧ ${pieces[3]} ‖ ${after}`;
};
const placeOn = ({ corpus, row }, { start, end }) => ({ doc_id: corpus.docId[row], text_sha256: corpus.sha256[row], start, end });
const decisionOn = (reading, span, what, old, changed) => ({
  ...placeOn(reading, span), what, old, new: changed, who: reviewer, date: new Date().toISOString().slice(0, 10), note: "",
  context: anchorText(reading.corpus, reading.part, span.from, span.to),
});

const report = (message) => { byId("corrections-status").textContent = message; };
const showDecisions = () => {
  store();
  const bar = byId("corrections"), list = bar.querySelector("ul");
  bar.querySelector("summary").textContent = plural(decisions.length, "correction");
  list.replaceChildren(...decisions.map((each) => {
    const item = make("li", shortened(`${each.what.replaceAll("_", " ")}: ${[each.old, each.new].filter(Boolean).join(" → ")} (${each.doc_id}, characters ${each.start} to ${each.end}) `, 200));
    item.append(" ", button("Take back", `Take back ${shortened(`${each.what} ${each.old}`, 80)}`, () => { decisions = decisions.filter((other) => other !== each); showDecisions(); }));
    return item;
  }));
  bar.querySelector(".download").disabled = !decisions.length;
  const clear = bar.querySelector(".clear");
  clear.textContent = decisions.length || !cleared.length ? "Clear" : "Undo clear";
  clear.disabled = !decisions.length && !cleared.length;
  bar.querySelector(".refused").hidden = storable;
  if (!openReading) return;
  const places = new Set(decisions.map(placeOfDecision));
  for (const mark of openReading.article.querySelectorAll(".m")) {
    mark.classList.toggle("decided", mark.items.some((item) => places.has(placeOfDecision(placeOn(openReading, spanOf(openReading, item))))));
  }
};
const decide = (decision) => {
  const others = decisions.filter((each) => !opposed(each, decision));
  decisions = decision.old === decision.new && !decision.what.startsWith("reject") ? others : [...others, decision];
  showDecisions();
  report(`${plural(decisions.length, "correction")} in this page.`);
};

/* A menu on a mark: for each thing that is marked there, the values that can be wrong. */
const field = (name, value) => {
  const label = make("label", name), input = make("input", "", { type: "text" });
  input.value = value;
  label.append(input);
  return [label, input];
};
const choice = (name, values, value) => {
  const label = make("label", name), select = make("select");
  for (const each of values) select.append(make("option", each, { value: each }));
  select.value = value;
  label.append(select);
  return [label, select];
};
const line = (parts, text, action) => {
  const row = make("div", "", { class: "choice" });
  row.append(...parts, button(text, text, action));
  return row;
};
const choicesOn = (reading, item, done) => {
  const { corpus, part } = reading, { kind, row } = item, span = spanOf(reading, item);
  const set = make("fieldset"), words = shortened(textOf(corpus, part, span.from, span.to), 80);
  const put = (what, old, changed) => done(decisionOn(reading, span, what, old, changed));
  const corrected = part.corrected[kind]?.get(row);
  if (corrected !== undefined) {
    set.append(make("legend", `“${words}”`), make("p", `Corrected by ${corpus.correctedBy[corrected]}: change that row of the sheet.`));
  } else if (kind === "quote") {
    const speaker = ownName(corpus, part, "quote", row), type = corpus.types[part.quotes.type[row]];
    const [name, input] = field("Speaker", speaker), [types, select] = choice("Type", STATEMENT_TYPES, type);
    set.append(make("legend", `Statement of ${shortened(speaker || "nobody", 60)}: “${words}”`));
    set.append(line([name], "Wrong speaker", () => put("speaker", speaker, input.value.trim())));
    if (part.quotes.pieces[row]) set.append(line([types], "Wrong type", () => put("type", type, select.value)));
    set.append(line([], "Not a quote", () => put("reject_quote", speaker, "")));
  } else if (kind === "mention") {
    const name = ownName(corpus, part, "mention", row), label = corpus.labels[part.mentions.label[row]][0];
    const [named, input] = field("Name", name), [labels, select] = choice("Label", [...new Set([...Object.keys(KINDS), label])], label);
    set.append(make("legend", `Name “${words}”`), line([labels], "Wrong label", () => put("label", label, select.value)),
      line([named], "Wrong name", () => { if (input.value.trim()) put("entity", name, input.value.trim()); }), line([], "Not a name", () => put("reject_name", name, "")));
  } else {
    const [scheme, frame] = corpus.patterns[part.codes.pattern[row]];
    set.append(make("legend", `Cue “${words}” of ${frame.replaceAll("_", " ")}`), line([], "Not this frame", () => put("reject_frame", `${scheme}.${frame}`, "")));
  }
  return set;
};
const openDialog = (title, fill) => {
  document.querySelector("dialog.correct")?.remove();
  const dialog = make("dialog", "", { class: "correct", "aria-label": title });
  dialog.append(...fill((decision) => { dialog.close(); decide(decision); }), button("Cancel", "Cancel", () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
const openMenu = (mark) => {
  const items = new Map();
  for (let each = mark; each; each = each.parentElement.closest(".m")) {
    if (each.hasAttribute("tabindex")) for (const item of each.items) items.set(`${item.kind} ${item.row}`, item);
  }
  if (items.size) openDialog("Correct", (done) => [...items.values()].map((item) => choicesOn(openReading, item, done)));
};

/* The tokens of a selection in the text: from the first to before the last. */
const selectedTokens = ({ corpus, part, article }, range) => {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT), places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.from === undefined || !range.intersectsNode(node)) continue;
    const left = node === range.startContainer ? range.startOffset : 0, right = node === range.endContainer ? range.endOffset : node.length;
    let at = 0;
    for (let token = node.from; token < node.to; token += 1) {
      const entry = corpus.entry[part.tokens[token]], text = node.trimmed && token === node.from ? entry.trimStart() : entry;
      const space = text.length - text.trimStart().length;
      if (at + space < right && at + text.length > left) places.push(token);
      at += text.length;
    }
  }
  return places.length ? { from: places[0], to: places.at(-1) + 1 } : undefined;
};
const addStatement = () => {
  const reading = openReading, { from, to } = selected;
  const span = { start: String(reading.characters.start(from)), end: String(reading.characters.end(to - 1)), from, to };
  const [name, input] = field("Speaker, empty for nobody", "");
  openDialog("Missed statement", (done) => {
    const set = make("fieldset");
    set.append(make("legend", `“${shortened(textOf(reading.corpus, reading.part, from, to), 200)}”`),
      line([name], "Missed statement", () => done(decisionOn(reading, span, "add_quote", "", input.value.trim()))));
    return [set];
  });
};

/* Rows of a CSV file: commas, semicolons or tabs, whichever the first line has most of. */
const csvRows = (text) => {
  const first = text.split(/\r\n?|\n/, 1)[0], delimiter = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at], cells = rows.at(-1);
    if (quoted) {
      if (sign !== '"') cells[cells.length - 1] += sign;
      else if (text[at + 1] === '"') { cells[cells.length - 1] += sign; at += 1; } else quoted = false;
    } else if (sign === '"' && !cells.at(-1)) quoted = true;
    else if (sign === delimiter) cells.push("");
    else if (sign === "\n" || sign === "\r") { if (sign === "\r" && text[at + 1] === "\n") at += 1; rows.push([""]); } else cells[cells.length - 1] += sign;
  }
  return rows.filter((cells) => cells.some((cell) => cell.trim()));
};
const unescaped = (cell) => cell.startsWith("'") && FORMULA_SIGNS.includes(cell.replace(/^'+/, "").charAt(0) || " ") ? cell.slice(1) : cell;
const decodedSheet = (buffer) => {
  const [first, second] = new Uint8Array(buffer);
  const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
  try { return new TextDecoder(encoding, { fatal: true }).decode(buffer); } catch { return new TextDecoder("windows-1252").decode(buffer); }
};
const importSheet = async (file) => {
  const [head = [], ...rows] = csvRows(decodedSheet(await file.arrayBuffer())), columns = head.map((name) => name.trim().toLowerCase());
  if (!columns.includes("what") || !columns.includes("text_sha256")) return report(`${file.name} is no sheet of corrections: it has no columns what and text_sha256.`);
  let unread = 0, differing = 0, added = 0;
  for (const cells of rows) {
    const row = Object.fromEntries(DECISION_COLUMNS.map((name) => [name, unescaped(cells[columns.indexOf(name)] ?? "").trim()]));
    row.what = row.what.toLowerCase().replaceAll(" ", "_");
    if (!DECISION_KINDS.includes(row.what)) unread += 1;
    else if (decisions.some((each) => sameRow(each, row))) continue;
    else if (decisions.some((each) => opposed(each, row))) differing += 1;
    else { decisions.push(row); added += 1; }
  }
  showDecisions();
  const facts = [`${plural(added, "correction")} added from ${file.name}`, differing && `${plural(differing, "row")} left out that contradict corrections made here`, unread && `${plural(unread, "row")} left out that are no corrections`];
  return report(`${facts.filter(Boolean).join("; ")}.`);
};

const correctionsBar = () => {
  const bar = make("section", "", { class: "tools corrections", id: "corrections", "aria-label": "Corrections" });
  const sheet = make("input", "", { type: "file", accept: ".csv,.tsv,.txt" }), chooser = make("label", "Import "), [name, initials] = field("Your initials ", reviewer);
  const list = make("details"), missed = button("Missed statement", "Missed statement: select its words first", () => addStatement());
  chooser.append(sheet);
  sheet.addEventListener("change", () => { if (sheet.files.length) importSheet(sheet.files[0]).then(() => { sheet.value = ""; }); });
  initials.addEventListener("input", () => { reviewer = initials.value.trim(); store(); });
  missed.disabled = true;
  /* A press on the button must not take the selection away. */
  missed.addEventListener("mousedown", (event) => event.preventDefault());
  const download = button("Download CSV", "Download CSV of the corrections", () => {
    const numeric = ["start", "end"];
    saveCsv("corrections", [DECISION_COLUMNS, ...decisions.map((each) => DECISION_COLUMNS.map((column) => csvCell(each[column], numeric.includes(column))))]);
  });
  const clear = button("Clear", "Clear the corrections", () => { [decisions, cleared] = decisions.length ? [[], decisions] : [cleared, []]; showDecisions(); });
  download.classList.add("download");
  clear.classList.add("clear");
  clear.removeAttribute("aria-label");
  list.append(make("summary"), make("ul"));
  bar.append(make("span", "Click a mark, or press Enter on it, to correct it; the arrow keys go from mark to mark."), missed, download, chooser, clear, name,
    make("span", "This browser keeps nothing for this page: download the corrections before you close it.", { class: "refused" }),
    make("span", "", { role: "status", id: "corrections-status" }), list);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection(), range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
    selected = range && openReading?.article.contains(range.commonAncestorContainer) ? selectedTokens(openReading, range) : undefined;
    missed.disabled = !selected;
  });
  for (const box of document.querySelectorAll(".layers input")) box.addEventListener("change", furnishFocus);
  return bar;
};
/* Marks of the layers that are shown can be reached by keyboard: one of them by Tab, the others from it by the arrow keys. */
const shownMarks = () => [...openReading?.article.querySelectorAll(".m[tabindex]") ?? []];
const furnishFocus = () => {
  for (const mark of openReading?.article.querySelectorAll(".m") ?? []) {
    const layer = mark.className.match(/frame\d|entity/)?.[0] ?? "quote";
    if (byId(`layer-${layer}`)?.checked) mark.tabIndex = -1; else mark.removeAttribute("tabindex");
  }
  const [first] = shownMarks();
  if (first) first.tabIndex = 0;
};
const focusMark = (mark) => {
  for (const each of shownMarks()) each.tabIndex = each === mark ? 0 : -1;
  mark.focus();
};
const furnishMarks = (corpus, part, row, article) => {
  const local = row - part.document, [begin, end] = [local, local + 1].map((at) => part.sentenceToken[part.documentSentence[at]]);
  openReading = { corpus, part, row, article, characters: charactersOf(corpus, part, begin, end) };
  article.addEventListener("click", (event) => {
    const mark = event.target.closest(".m[tabindex]");
    if (mark && getSelection().isCollapsed) { focusMark(mark); openMenu(mark); }
  });
  article.addEventListener("keydown", (event) => {
    if (!event.target.matches(".m")) return;
    const marks = shownMarks(), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], next = marks[marks.indexOf(event.target) + step];
    if (next) focusMark(next);
    else if ([" ", "Enter"].includes(event.key)) openMenu(event.target);
    else return;
    event.preventDefault();
  });
  furnishFocus();
  showDecisions();
};
