/* Saving of what the page shows: as CSV, as SVG and PNG, and as text. */
/** @type {(name: string, text: string, type: string) => void} */
const saveText = (name, text, type) => saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
/** @type {(name: string, blob: Blob) => void} */
const saveBlob = (name, blob) => {
  const url = URL.createObjectURL(blob);
  make("a", "", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
/**
 * Save texts and numbers as CSV.
 * @type {(name: string, lines: Cell[][]) => void}
 */
const saveLines = (name, lines) =>
  saveCsv(
    name,
    lines.map((line) => line.map((cell) => (typeof cell === "number" ? plainNumber(cell) : csvCell(cell)))),
  );
/** @type {(text: string, status: HTMLElement) => Promise<void>} */
const copyText = async (text, status) => {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = "Copied.";
  } catch {
    status.textContent = "The browser does not let this page copy text: select it and copy it yourself.";
  }
};
/** @type {(value: number) => string} */
const plainNumber = (value) => (Number.isNaN(value) ? "" : String(Number(value.toPrecision(10))));
/** Columns of CSV files with numbers, as in the tables view_shares, view_contrasts and view_key_words. */
const SHARE_HEADS = ["side", "measure", "name", "n", "total", "documents", "n_documents", "estimate", "lo", "hi"];
const OF_SIDE = ["n", "total", "share", "share_lo", "share_hi"];
const OF_OTHER = ["n_other", "total_other", "share_other", "share_other_lo", "share_other_hi"];
const CONTRAST_HEADS = ["measure", "name", ...OF_SIDE, ...OF_OTHER, "estimate", "lo", "hi", "p", "q"];
const KEY_HEADS = ["word", "count", "count_other", "documents", "documents_other", "estimate", "lo", "hi", "g2", "q"];
/**
 * The lines of shares and rates, with the header first.
 * @type {(sides: [string, string, ShareRow[]][]) => Cell[][]}
 */
const shareLines = (sides) => [
  SHARE_HEADS,
  ...sides.flatMap(([side, measure, rows]) =>
    rows.map((row) => [
      side,
      measure,
      row.name,
      ...[row.n, row.total, row.documents, row.of, row.value, row.lo, row.hi],
    ]),
  ),
];
/** @type {(measures: [string, ContrastRow[]][]) => Cell[][]} */
const contrastLines = (measures) => [
  CONTRAST_HEADS,
  ...measures.flatMap(([measure, rows]) =>
    rows.map((row) => [
      measure,
      row.name,
      ...[row.first, row.second].flatMap(({ n, total, value, lo, hi }) => [n, total, value, lo, hi]),
      ...[row.value, row.lo, row.hi, row.p, row.q],
    ]),
  ),
];
/** @type {(words: KeyWord[]) => Cell[][]} */
const keyWordLines = (words) => [
  KEY_HEADS,
  ...words.map((row) => [
    row.word,
    ...[row.n, row.other, row.documents, row.documentsOther, row.value, row.lo, row.hi, row.g2, row.q],
  ]),
];
const STATEMENT_HEADS = ["doc_id", "title", "date", "outlet", "sentence", "speaker", "kind", "cue", "type", "words"];
/**
 * The statements of a choice as lines of a sheet, with the whole sentences that contain them.
 * @type {(corpus: Corpus, chosen: Chosen) => Cell[][]}
 */
const statementLines = (corpus, chosen) => {
  /** @type {Cell[][]} */
  const lines = [[...STATEMENT_HEADS, "words_direct", "content", "sentences"]];
  visitStatements(chosen, (part, row, number) => {
    const { quotes } = part;
    const spans = sentencesOf(part, row);
    const [first, last] = [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
    lines.push([
      ...[corpus.docId, corpus.title, corpus.date, corpus.outlet].map((column) => column[number]),
      first - part.documentSentence[number - part.document],
      corpus.names[quotes.speaker[row]],
      corpus.attributes.kind?.[quotes.values.kind[row]] ?? "",
      besideQuote(corpus, part, row, "cue"),
      corpus.types[quotes.type[row]],
      quotes.words[row],
      quotes.quoted[row],
      contentOf(corpus, part, row),
      textOf(corpus, part, part.sentenceToken[first], part.sentenceToken[last + 1]),
    ]);
  });
  return lines;
};
/** Most rows of a drawing, most characters of a label, and the dimensions. */
const DRAWN_ROWS = 12;
const LABEL = 28;
const DRAWING = { width: 664, left: 234, right: 150, row: 24, top: 8 };
/** @type {(tag: string, attributes: Record<string, string | number>, text?: string) => SVGElement} */
const svgElement = (tag, attributes, text = "") => {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG_NS, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text) element.textContent = text;
  return element;
};
/**
 * The elements of a share: a marker, its interval, and both in digits.
 * @type {(row: ShareRow, side: number, y: number, x: (share: number) => number, colour: string) => SVGElement[]}
 */
const drawnShare = (row, side, y, x, colour) => {
  const hasEnds = !Number.isNaN(row.lo);
  const digits = hasEnds ? `${percent(row.value)} (${interval(row.lo, row.hi)})` : percent(row.value);
  const place = { x: DRAWING.width - DRAWING.right + 12, y: y + 4, "font-size": 11 };
  const ends = { x1: x(row.lo), x2: x(row.hi), y1: y, y2: y, stroke: colour, "stroke-width": 2 };
  return [
    ...(hasEnds ? [svgElement("line", ends)] : []),
    curveMarker(side, x(row.value), y, colour),
    svgElement("text", place, digits),
  ];
};
/**
 * The labels at the ends of the axis, and the legend of the markers if there are two sides.
 * @type {(most: number, y: number, x: (share: number) => number, colours: string[]) => SVGElement[]}
 */
const drawnAxis = (most, y, x, colours) => {
  const ends = [
    svgElement("text", { x: x(0), y, "font-size": 11 }, "0%"),
    svgElement("text", { x: x(most), y, "text-anchor": "end", "font-size": 11 }, percent(most)),
  ];
  if (colours.length === 1) return ends;
  const named = colours.flatMap((colour, side) => [
    curveMarker(side, 12 + 34 * side, y - 4, colour),
    svgElement("text", { x: 20 + 34 * side, y, "font-size": 11 }, "AB"[side]),
  ]);
  return [...ends, ...named];
};
/**
 * The label of a row; a long pair of names has two lines.
 * @type {(name: string, x: number, y: number) => SVGElement[]}
 */
const drawnLabel = (name, x, y) => {
  const at = name.length > LABEL ? name.indexOf(BETWEEN_NAMES) : -1;
  if (at < 0) return [svgElement("text", { x, y: y + 4, "text-anchor": "end" }, shortened(name, LABEL))];
  const lines = [`${shortened(name.slice(0, at), LABEL)} +`, shortened(name.slice(at + BETWEEN_NAMES.length), LABEL)];
  return lines.map((line, row) =>
    svgElement("text", { x, y: y - 1 + 12 * row, "text-anchor": "end", "font-size": 11 }, line),
  );
};
/**
 * A drawing of shares with their intervals, with a row per name and one side below the other.
 * @type {(title: string, sides: ShareRow[][], colours: string[]) => SVGElement}
 */
const shareDrawing = (title, sides, colours) => {
  const { width, left, right, row: high, top } = DRAWING;
  const names = sides[0].slice(0, DRAWN_ROWS).map((row) => row.name);
  const step = high + (sides.length - 1) * 14;
  const height = top + names.length * step + 26;
  const shown = sides.map((rows) => names.map((name) => rows.find((row) => row.name === name)));
  const most = Math.min(1, Math.max(0.02, ...shown.flat().map((row) => row?.hi || row?.value || 0)));
  /** @type {(share: number) => number} */
  const x = (share) => left + (share / most) * (width - left - right);
  const about = {
    role: "img",
    "aria-label": title,
    "font-family": "sans-serif",
    "font-size": 13,
    fill: "currentColor",
  };
  const svg = svgElement("svg", { xmlns: SVG_NS, viewBox: `0 0 ${width} ${height}`, ...about });
  const zero = { x1: left, x2: left, y1: top, y2: height - 22, stroke: "currentColor", "stroke-width": 0.6 };
  svg.append(svgElement("line", zero));
  for (const [at, name] of names.entries()) {
    const y = top + at * step + high / 2;
    svg.append(...drawnLabel(frameName(name), left - 8, y));
    for (const [side, rows] of shown.entries()) {
      const row = rows[at];
      if (row && !Number.isNaN(row.value)) svg.append(...drawnShare(row, side, y + 14 * side, x, colours[side]));
    }
  }
  svg.append(...drawnAxis(most, height - 6, x, colours));
  return svg;
};
/** Pixels of a saved picture for each unit of a drawing: a figure is 518 units wide. */
const PICTURE_SCALE = 3;
/**
 * A drawing as a standalone file: without links into the page, and black on white in every theme.
 * @type {(svg: SVGElement, width: number, height: number) => string}
 */
const svgFile = (svg, width, height) => {
  const copy = /** @type {SVGElement} */ (svg.cloneNode(true));
  const about = { xmlns: SVG_NS, width: String(width), height: String(height), "font-family": "sans-serif" };
  for (const [name, value] of Object.entries(about)) copy.setAttribute(name, value);
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  return new XMLSerializer().serializeToString(copy).replace(/var\(--\w+,(#\w+)\)/g, "$1");
};
/** @type {(svg: SVGElement) => [number, number]} */
const sizeOf = (svg) => {
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  return [width, height];
};
/**
 * Save a drawing as a PNG.
 * @type {(name: string, svg: SVGElement) => Promise<void>}
 */
const savePicture = async (name, svg) => {
  const [width, height] = sizeOf(svg).map((size) => Math.round(PICTURE_SCALE * size));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(svg, width, height))}`;
  await image.decode();
  const canvas = make("canvas", "", { width: String(width), height: String(height) });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  canvas.toBlob((blob) => {
    if (blob) saveBlob(`${name}.png`, blob);
  });
};
/**
 * The buttons that save a drawing.
 * @type {(name: string, title: string, svg: SVGElement) => HTMLButtonElement[]}
 */
const drawingButtons = (name, title, svg) => [
  button("SVG", `Save as SVG: ${title}`, () => saveText(`${name}.svg`, svgFile(svg, ...sizeOf(svg)), "image/svg+xml")),
  button("PNG", `Save as PNG: ${title}`, () => savePicture(name, svg)),
];
