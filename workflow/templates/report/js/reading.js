/* The reading view of a document, made when it is opened: as in scripts/report/reading.py, but from spans of tokens. */
/**
 * The rows of a column whose values are from `begin` to before `end`.
 * @type {(values: Ints, begin: number, end: number) => number[]}
 */
const within = (values, begin, end) => {
  const rows = [];
  for (let row = 0; row < values.length; row += 1) if (values[row] >= begin && values[row] < end) rows.push(row);
  return rows;
};
/**
 * The part of a hint that names the sheet row by which people corrected a mark; "" if none did.
 * @type {(corpus: Shared, part: Part, kind: string, row: number) => string}
 */
const correction = (corpus, part, kind, row) => {
  const number = part.corrected[kind].get(row);
  return number === undefined ? "" : `; corrected by ${corpus.correctedBy[number]}`;
};
/** @type {(corpus: Shared, part: Part, row: number) => Mark[]} */
const marksOfQuote = (corpus, part, row) => {
  const { quotes } = part;
  const speaker = corpus.names[quotes.speaker[row]] || "no speaker found";
  const [role, rule] = [corpus.roles[quotes.role[row]], corpus.rules[quotes.rule[row]]];
  const type = corpus.types[quotes.type[row]];
  const confidence = `confidence ${(quotes.confidence[row] / 100).toFixed(2)}`;
  const who = `${speaker}${role ? ` (${role})` : ""}`;
  const about = `${who}; ${rule}, ${confidence}${correction(corpus, part, "quote", row)}`;
  /** @type {Mark[]} */
  const marks = [];
  /** @type {(layer: string, from: number, to: number, label: string, hint: string) => void} */
  const mark = (layer, from, to, label, hint) => {
    const corrected = part.corrected.quote.has(row);
    marks.push({ layer, from, to, label, hint, item: { kind: "quote", row }, corrected });
  };
  for (const [from, to] of piecesOf(part, row)) mark("quote", from, to, `${type}: ${speaker}`, about);
  const [source, cue] = [quotes.source_first, quotes.cue_first].map((column) => quotes.first[row] + column[row]);
  const silent = !quotes.pieces[row];
  const [sourceEnd, cueEnd] = [source + quotes.source_length[row], cue + quotes.cue_length[row]];
  if (sourceEnd > source) mark("source", source, sourceEnd, "source", "");
  if (cueEnd > cue) mark("cue", cue, cueEnd, silent ? type : "cue", silent ? about : "");
  return marks;
};
/** @type {(corpus: Shared, part: Part, begin: number, end: number) => Mark[]} */
const quoteMarks = (corpus, part, begin, end) =>
  within(part.quotes.first, begin, end).flatMap((row) => marksOfQuote(corpus, part, row));
/** @type {(scheme: string, schemes: string[]) => string} */
const frameLayer = (scheme, schemes) => `frame${Math.min(schemes.indexOf(scheme), MAX_SCHEMES - 1) + 1}`;
/** @type {(corpus: Shared, part: Part, begin: number, end: number, schemes: string[]) => Mark[]} */
const frameMarks = (corpus, { codes }, begin, end, schemes) =>
  within(codes.first, begin, end).map((row) => {
    const { scheme, frame, term } = corpus.patterns[codes.pattern[row]];
    const negated = codes.negated[row] ? ", negated" : "";
    return {
      layer: frameLayer(scheme, schemes),
      from: codes.first[row],
      to: codes.first[row] + codes.length[row],
      label: frameName(frame),
      hint: `${scheme}: ${term}${negated}; ${corpus.names[codes.speaker[row]]}`,
      item: { kind: "code", row },
      corrected: false,
    };
  });
/** @type {(corpus: Shared, part: Part, begin: number, end: number) => Mark[]} */
const nameMarks = (corpus, part, begin, end) =>
  within(part.mentions.first, begin, end).flatMap((row) => {
    const { mentions } = part;
    /** @type {Record<string, string>} */
    const kinds = NAME_KINDS;
    const label = kinds[corpus.labels[mentions.label[row]].label];
    if (!label) return [];
    return [
      {
        layer: "entity",
        from: mentions.first[row],
        to: mentions.first[row] + mentions.length[row],
        label,
        hint: corpus.names[mentions.name[row]] + correction(corpus, part, "mention", row),
        item: /** @type {Item} */ ({ kind: "mention", row }),
        corrected: part.corrected.mention.has(row),
      },
    ];
  });
/**
 * Distinct values of a property of marks, without empty ones.
 * @type {(marks: Mark[], key: "label" | "hint") => string[]}
 */
const distinctOf = (marks, key) => [...new Set(marks.map((mark) => mark[key]))].filter(Boolean);
/**
 * The marks of one layer, cut so that none overlap; where several overlap, they become one piece.
 * @type {(marks: Mark[]) => Piece[]}
 */
const disjoint = (marks) => {
  const bounds = [...new Set(marks.flatMap((mark) => [mark.from, mark.to]))].sort((a, b) => a - b);
  const sorted = [...marks].sort((a, b) => a.from - b.from || a.to - b.to);
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {Mark[]} */
  let over = [];
  let next = 0;
  for (const [at, from] of bounds.slice(0, -1).entries()) {
    const first = next;
    while (next < sorted.length && sorted[next].from <= from) next += 1;
    over = [...over, ...sorted.slice(first, next)].filter((mark) => mark.to > from);
    if (!over.length) continue;
    const to = bounds[at + 1];
    const last = pieces.at(-1);
    const same = last?.over.length === over.length && last.over.every((mark, place) => mark === over[place]);
    if (last && same && last.to === from) last.to = to;
    else {
      const [label, hint] = [distinctOf(over, "label").join(" + "), distinctOf(over, "hint").join("; ")];
      pieces.push({ layer: over[0].layer, from, to, label, hint, over });
    }
  }
  return pieces;
};
/**
 * Add tokens without marks to an element, without the white space before the element's first token.
 * @type {(corpus: Shared, part: Part, element: Element, from: number, to: number) => void}
 */
const addText = (corpus, part, element, from, to) => {
  const trimmed = from === element.firstToken;
  let text = "";
  for (let at = from; at < to; at += 1) text += corpus.entry[part.tokens[at]];
  if (trimmed && from < to) {
    const [first, rest] = [corpus.entry[part.tokens[from]], text.slice(corpus.entry[part.tokens[from]].length)];
    text = first.trimStart() + rest;
  }
  if (text) element.append(Object.assign(document.createTextNode(text), { from, to, trimmed }));
};
/** @type {(mark: Piece, begins: boolean) => HTMLElement} */
const markElement = (mark, begins) => {
  const kind = mark.layer.startsWith("frame") ? `frame ${mark.layer}` : mark.layer;
  const span = make("span", "", { class: `m ${kind}` });
  /* The label is at the beginning of the span; a piece that continues after a cut has none. */
  if (begins) span.dataset.l = shortened(mark.label, LABEL_LENGTH);
  if (mark.over.some((each) => each.corrected)) span.classList.add("corrected");
  span.items = mark.over.map((each) => each.item);
  if (mark.hint) span.title = shortened(mark.hint, HINT_LENGTH);
  return span;
};
/**
 * Add the tokens from `from` to before `to` to an element, with the marks of the layers nested.
 * @type {(corpus: Shared, part: Part, element: Element, from: number, to: number, layers: Piece[][]) => void}
 */
const annotate = (corpus, part, element, from, to, layers) => {
  const [marks, ...inner] = layers;
  if (!marks) {
    addText(corpus, part, element, from, to);
    return;
  }
  let at = from;
  for (const mark of marks) {
    if (mark.to <= from) continue;
    if (mark.from >= to) break;
    const [left, right] = [Math.max(mark.from, from), Math.min(mark.to, to)];
    annotate(corpus, part, element, at, left, inner);
    const span = markElement(mark, left === mark.from);
    /* White space goes before a mark, not into it. */
    const entry = corpus.entry[part.tokens[left]];
    const space = entry.length - entry.trimStart().length;
    if (space && left !== element.firstToken) element.append(entry.slice(0, space));
    span.firstToken = left;
    annotate(corpus, part, span, left, right, inner);
    element.append(span);
    at = right;
  }
  annotate(corpus, part, element, at, to, inner);
};
/**
 * The marks of a document by layer, the outermost first, disjoint within each layer.
 * @type {(corpus: Shared, part: Part, begin: number, end: number, schemes: string[]) => Piece[][]}
 */
const layersOf = (corpus, part, begin, end, schemes) => {
  const marks = [
    ...quoteMarks(corpus, part, begin, end),
    ...frameMarks(corpus, part, begin, end, schemes),
    ...nameMarks(corpus, part, begin, end),
  ];
  return LAYERS.map((layer) => marks.filter((mark) => mark.layer === layer))
    .filter((each) => each.length)
    .map(disjoint);
};
/** @type {(corpus: Shared, row: number) => HTMLElement} */
const readingHead = (corpus, row) => {
  const anchor = corpus.anchor[row];
  const attributes = { class: "reading", id: anchor, "aria-labelledby": `${anchor}-h`, tabindex: "-1" };
  const article = make("article", "", attributes);
  const level = byId("texts-h")?.tagName === "H3" ? "h4" : "h3";
  const sizes = [plural(corpus.nSentences[row], "sentence"), plural(corpus.nWords[row], "word")];
  const facts = [documentFacts(corpus, row), ...sizes, corpus.docId[row]].filter(Boolean).join(" · ");
  article.append(
    make(level, shortened(corpus.title[row], CELL_LENGTH), { class: "title", id: `${anchor}-h` }),
    make("p", visible(facts), { class: "facts-line" }),
  );
  return article;
};
/** @type {(corpus: Shared, part: Part, row: number) => HTMLElement} */
const readingOf = (corpus, part, row) => {
  const local = row - part.document;
  const [first, last] = [part.documentSentence[local], part.documentSentence[local + 1]];
  /** @type {NodeListOf<HTMLElement>} */
  const labels = document.querySelectorAll("[data-scheme]");
  const schemes = Array.from(labels, (label) => label.dataset.scheme ?? "");
  const layers = layersOf(corpus, part, part.documentToken[local], part.documentToken[local + 1], schemes);
  const article = readingHead(corpus, row);
  const anchor = corpus.anchor[row];
  let paragraph = make("p");
  for (let sentence = first; sentence < last; sentence += 1) {
    if (sentence === first || part.paragraphs[sentence]) {
      paragraph = make("p");
      article.append(paragraph);
    }
    const number = sentence - first;
    const [from, to] = [part.sentenceToken[sentence], part.sentenceToken[sentence + 1]];
    const line = make("span", "", { class: "s", id: `${anchor}-s${number}` });
    line.append(make("a", String(number + 1), { class: "n", href: `#${anchor}-s${number}` }));
    line.firstToken = from;
    const inside = layers.map((each) => each.filter((mark) => mark.to > from && mark.from < to));
    annotate(corpus, part, line, from, to, inside);
    paragraph.append(line, " ");
  }
  return article;
};

/** The anchor of the document that is open. */
let openAnchor = "";
/**
 * Return the element of the open document, or mark one of its sentences and return its element.
 * @type {(anchor: string, sentence?: number) => HTMLElement | null}
 */
const markSentence = (anchor, sentence) => {
  for (const each of document.querySelectorAll(".s.at")) each.classList.remove("at");
  const target = byId(sentence === undefined ? anchor : `${anchor}-s${sentence}`);
  if (sentence !== undefined) target?.classList.add("at");
  return target;
};
/**
 * A function that opens the document of an anchor; `find` finds it.
 * @type {(find: (anchor: string) => Promise<FoundDocument | undefined>) => PageForm["openDocument"]}
 */
const openerOf = (find) => async (anchor, sentence) => {
  if (anchor !== openAnchor) {
    const found = await find(anchor);
    if (!found) return undefined;
    const { corpus, part, row } = found;
    openAnchor = anchor;
    const room = elementIn(document, "#reading-room");
    const select = room.querySelector("select");
    if (select) select.value = String(row);
    const article = readingOf(corpus, part, row);
    elementIn(room, ".shown").replaceChildren(article);
    furnishMarks(corpus, part, row, article);
  }
  return markSentence(anchor, sentence);
};
const openDocument = openerOf(async (anchor) => {
  const corpus = await readShared();
  const row = corpus.byAnchor.get(anchor);
  return row === undefined ? undefined : { corpus, part: await partOf(corpus, row), row };
});
const printWithText = () => {
  document.documentElement.classList.add("with-text");
  print();
  document.documentElement.classList.remove("with-text");
};
const printTools = () => {
  const tools = make("div", "", { class: "tools" });
  tools.append(button("Print with this text", "Print with this text", printWithText));
  return tools;
};
/**
 * The tools for choosing a document and printing it.
 * @type {(corpus: Shared) => HTMLElement}
 */
const documentTools = (corpus) => {
  const select = make("select", "", { "aria-label": "Document" });
  select.append(make("option", "Choose an article …", { value: "" }));
  for (const [row, title] of corpus.title.entries()) {
    const text = [shortened(title, 90), documentFacts(corpus, row)].filter(Boolean).join(" · ");
    select.append(make("option", text, { value: String(row) }));
  }
  /** @type {(row: number) => void} */
  const go = (row) => {
    location.hash = corpus.anchor[(row + corpus.docId.length) % corpus.docId.length];
  };
  select.addEventListener("change", () => {
    if (select.value) go(Number(select.value));
  });
  const openRow = () => corpus.byAnchor.get(openAnchor) ?? -1;
  const tools = printTools();
  tools.prepend(
    select,
    button("Previous", "Previous document", () => go(openRow() - 1)),
    button("Next", "Next document", () => go(openRow() + 1)),
  );
  return tools;
};
/**
 * Replace the texts that show without JavaScript by the reading view, with no article open yet.
 * @type {(tools: HTMLElement) => void}
 */
const furnishReading = (tools) => {
  for (const reading of document.querySelectorAll(".reading")) reading.remove();
  const room = make("div", "", { id: "reading-room" });
  room.append(tools, correctionsBar(), make("div", "", { class: "shown" }));
  elementIn(document, "#texts").append(room);
  showDecisions();
};
