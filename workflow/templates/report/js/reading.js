/* The reading view of a document, made when it is opened: as scripts/report/reading.py, from spans of tokens. */
const MAX_SCHEMES = 6;
const KINDS = {
  PERSON: "person", ORG: "organisation", GPE: "place", LOC: "place", FAC: "place", NORP: "group", EVENT: "event", LAW: "law",
  WORK_OF_ART: "work", PRODUCT: "product", DATE: "date", TIME: "time",
};
/* Rows of a column that increases, whose values are from `begin` to before `end`. */
const within = (values, begin, end) => {
  const rows = [];
  for (let row = 0; row < values.length; row += 1) if (values[row] >= begin && values[row] < end) rows.push(row);
  return rows;
};
const correction = (corpus, part, kind, row) => part.corrected[kind].has(row) ? `; corrected by ${corpus.correctedBy[part.corrected[kind].get(row)]}` : "";
const quoteMarks = (corpus, part, begin, end) => { const { quotes } = part; return within(quotes.first, begin, end).flatMap((row) => {
  const speaker = corpus.names[quotes.speaker[row]] || "no speaker found", role = corpus.roles[quotes.role[row]];
  const hint = `${speaker}${role ? ` (${role})` : ""}; ${corpus.rules[quotes.rule[row]]}, confidence ${(quotes.sure[row] / 100).toFixed(2)}${correction(corpus, part, "quote", row)}`;
  const marks = [], item = { kind: "quote", row }, corrected = part.corrected.quote.has(row);
  for (let piece = quotes.piece[row]; piece < quotes.piece[row + 1]; piece += 1) {
    const from = quotes.pieceFirst[piece];
    marks.push({ layer: "quote", from, to: from + quotes.pieceLength[piece], label: `${corpus.types[quotes.type[row]]}: ${speaker}`, hint, item, corrected });
  }
  for (const layer of ["source", "cue"]) {
    const from = quotes.first[row] + quotes[`${layer}_first`][row], length = quotes[`${layer}_length`][row];
    const silent = layer === "cue" && !quotes.pieces[row];
    if (length) marks.push({ layer, from, to: from + length, label: silent ? "no comment" : layer, hint: silent ? hint : "", item, corrected });
  }
  return marks;
}); };
const frameMarks = (corpus, { codes }, begin, end, schemes) => within(codes.first, begin, end).map((row) => {
  const [scheme, frame, term] = corpus.patterns[codes.pattern[row]];
  return {
    layer: `frame${Math.min(schemes.indexOf(scheme), MAX_SCHEMES - 1) + 1}`, from: codes.first[row], to: codes.first[row] + codes.length[row],
    label: frame.replaceAll("_", " "),
    hint: `${scheme}: ${term}${codes.negated[row] ? ", negated" : ""}; ${corpus.names[codes.speaker[row]]}`, item: { kind: "code", row },
  };
});
const nameMarks = (corpus, part, begin, end) => within(part.mentions.first, begin, end).flatMap((row) => {
  const { mentions } = part, kind = KINDS[corpus.labels[mentions.label[row]][0]], from = mentions.first[row];
  const hint = corpus.names[mentions.name[row]] + correction(corpus, part, "mention", row);
  return kind ? [{ layer: "entity", from, to: from + mentions.length[row], label: kind, hint, item: { kind: "mention", row }, corrected: part.corrected.mention.has(row) }] : [];
});
/* Marks of one layer cut so that none overlap; where several cover the same tokens they become one. */
const disjoint = (marks) => {
  const bounds = [...new Set(marks.flatMap((mark) => [mark.from, mark.to]))].sort((a, b) => a - b);
  const sorted = [...marks].sort((a, b) => a.from - b.from || a.to - b.to), pieces = [];
  let active = [], next = 0;
  bounds.slice(0, -1).forEach((from, at) => {
    while (next < sorted.length && sorted[next].from <= from) active.push(sorted[next++]);
    active = active.filter((mark) => mark.to > from);
    if (!active.length) return;
    const last = pieces.at(-1), all = (key) => [...new Set(active.map((mark) => mark[key]))].filter(Boolean);
    if (last && last.to === from && last.over.length === active.length && last.over.every((mark, place) => mark === active[place])) {
      last.to = bounds[at + 1];
    } else {
      pieces.push({ layer: active[0].layer, from, to: bounds[at + 1], label: all("label").join(" + "), hint: all("hint").join("; "), over: active });
    }
  });
  return pieces;
};
/* Tokens `from` to before `to` into an element; the marks of the layers nest in it. */
const annotate = (corpus, part, element, from, to, layers) => {
  const [marks, ...inner] = layers;
  if (!marks) {
    let text = "";
    for (let at = from; at < to; at += 1) text += at === element.firstToken ? corpus.entry[part.tokens[at]].trimStart() : corpus.entry[part.tokens[at]];
    if (text) element.append(Object.assign(document.createTextNode(text), { from, to, trimmed: from === element.firstToken }));
    return;
  }
  let at = from;
  for (const mark of marks) {
    if (mark.to <= from) continue;
    if (mark.from >= to) break;
    const left = Math.max(mark.from, from), right = Math.min(mark.to, to);
    annotate(corpus, part, element, at, left, inner);
    const span = make("span", "", { class: `m ${mark.layer.startsWith("frame") ? "frame " : ""}${mark.layer}` });
    if (left === mark.from) span.dataset.l = shortened(mark.label, 32);
    if (mark.over.some((each) => each.corrected)) span.classList.add("corrected");
    span.items = mark.over.map((each) => each.item);
    if (mark.hint) span.title = shortened(mark.hint, 240);
    /* White space stands before a mark, not in it. */
    const entry = corpus.entry[part.tokens[left]], space = entry.length - entry.trimStart().length;
    if (space && left !== element.firstToken) element.append(entry.slice(0, space));
    span.firstToken = left;
    annotate(corpus, part, span, left, right, inner);
    element.append(span);
    at = right;
  }
  annotate(corpus, part, element, at, to, inner);
};
const LAYERS = ["quote", "source", "cue", ...Array.from({ length: MAX_SCHEMES }, (_, at) => `frame${at + 1}`), "entity"];
const readingOf = (corpus, part, row) => {
  const local = row - part.document, firstSentence = part.documentSentence[local], last = part.documentSentence[local + 1];
  const begin = part.sentenceToken[firstSentence], end = part.sentenceToken[last];
  const schemes = [...document.querySelectorAll("[data-scheme]")].map((each) => each.dataset.scheme);
  const marks = [...quoteMarks(corpus, part, begin, end), ...frameMarks(corpus, part, begin, end, schemes), ...nameMarks(corpus, part, begin, end)];
  const layers = LAYERS.map((layer) => marks.filter((mark) => mark.layer === layer)).filter((each) => each.length).map(disjoint);
  const anchor = corpus.anchor[row], article = make("article", "", { class: "reading", id: anchor, "aria-labelledby": `${anchor}-h`, tabindex: "-1" });
  const level = byId("texts-h").tagName === "H3" ? "h4" : "h3";
  const facts = [documentFacts(corpus, row), plural(corpus.nSentences[row], "sentence"), plural(corpus.nWords[row], "word"), corpus.docId[row]];
  article.append(make(level, shortened(corpus.title[row], 300), { class: "title", id: `${anchor}-h` }), make("p", visible(facts.filter(Boolean).join(" · ")), { class: "facts-line" }));
  let paragraph;
  for (let sentence = firstSentence; sentence < last; sentence += 1) {
    if (!paragraph || part.paragraphs[sentence]) article.append(paragraph = make("p"));
    const number = sentence - firstSentence, line = make("span", "", { class: "s", id: `${anchor}-s${number}` });
    line.append(make("a", String(number + 1), { class: "n", href: `#${anchor}-s${number}` }));
    line.firstToken = part.sentenceToken[sentence];
    annotate(corpus, part, line, line.firstToken, part.sentenceToken[sentence + 1], layers.map((each) => each.filter((mark) => mark.to > line.firstToken && mark.from < part.sentenceToken[sentence + 1])));
    paragraph.append(line, " ");
  }
  return article;
};

let opened = -1;
const openDocument = async (row, sentence) => {
  const corpus = await readShared();
  if (row !== opened) {
    const part = await partOf(corpus, row), room = byId("reading-room");
    opened = row;
    room.querySelector("select").value = String(row);
    const article = readingOf(corpus, part, row);
    room.querySelector(".shown").replaceChildren(article);
    furnishMarks(corpus, part, row, article);
  }
  for (const each of document.querySelectorAll(".s.at")) each.classList.remove("at");
  const target = byId(sentence === undefined ? corpus.anchor[row] : `${corpus.anchor[row]}-s${sentence}`);
  if (sentence !== undefined) target?.classList.add("at");
  return target;
};
/* In place of the excerpts that the page has without JavaScript. */
const furnishReading = async () => {
  const corpus = await readShared(), readings = [...document.querySelectorAll(".reading")];
  const longest = corpus.nWords.indexOf(corpus.nWords.reduce((most, words) => Math.max(most, words), 0)), room = make("div", "", { id: "reading-room" });
  const select = make("select", "", { "aria-label": "Document" });
  corpus.title.forEach((title, row) => select.append(make("option", [shortened(title, 90), documentFacts(corpus, row)].filter(Boolean).join(" · "), { value: String(row) })));
  const go = (row) => { location.hash = corpus.anchor[(row + corpus.docId.length) % corpus.docId.length]; };
  select.addEventListener("change", () => go(Number(select.value)));
  const tools = make("div", "", { class: "tools" });
  tools.append(select, button("Previous", "Previous document", () => go(opened - 1)), button("Next", "Next document", () => go(opened + 1)));
  const printing = button("Print with this text", "Print with this text", () => {
    document.documentElement.classList.add("with-text");
    print();
    document.documentElement.classList.remove("with-text");
  });
  tools.append(printing);
  room.append(...(corpus.docId.length > 1 ? [tools] : [make("div", "", { hidden: "" })]), correctionsBar(), make("div", "", { class: "shown" }));
  if (corpus.docId.length < 2) room.firstChild.append(select);
  readings[0]?.before(room);
  for (const reading of readings) reading.remove();
  if (corpus.docId.length) await openDocument(longest);
};
