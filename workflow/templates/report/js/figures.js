/* Names in figures that the page was written without a link for: they lead where the rows of the figure's table do. */
const SVG_NS = "http://www.w3.org/2000/svg";
/**
 * The address of the first number of a row that leads anywhere.
 * @type {(sheet: Sheet, row: number) => string}
 */
const countedHref = ({ columns }, row) =>
  columns.reduce((href, column) => href || (column.numeric ? column.href(row) : ""), "");
/**
 * Where texts of a table lead: to the one place of all rows that have the text, "" where they lead to several.
 * @type {(sheet: Sheet, kinds: string[]) => Map<string, string>}
 */
const textLinks = (sheet, kinds) => {
  /** @type {Map<string, string>} */
  const links = new Map();
  for (const [at, column] of sheet.columns.entries()) {
    if (column.numeric) continue;
    for (let row = 0; row < sheet.rows; row += 1) {
      const text = column.group?.(row) || column.text(row);
      const href = column.href(row) || (kinds[at] === "document" ? "" : countedHref(sheet, row));
      if (text && href) links.set(text, (links.get(text) ?? href) === href ? href : "");
    }
  }
  return links;
};
/**
 * Where a text of a figure leads, which may be cut or have a count after it.
 * @type {(links: Map<string, string>, text: string) => string}
 */
const linkOf = (links, text) => {
  const name = text.replace(/ \([\d,]+\)$/, "");
  if (links.has(name) || !name.endsWith("…")) return links.get(name) ?? "";
  const longer = [...links].filter(([each]) => each.startsWith(name.slice(0, -1)));
  return longer.length === 1 ? longer[0][1] : "";
};
/**
 * Where a name with a count in brackets leads: to documents of a group, or to the one number beside it in the table.
 * @type {(corpus: Shared, sheet: Sheet, name: string, count: string) => string}
 */
const countLink = (corpus, { rows, columns }, name, count) => {
  const documents = corpus.groups.get("group")?.filter((value) => value === name).length;
  if (documents === Number(count)) return rowsHref("documents of a group", ["value"], [name], "documents");
  const links = new Set();
  for (let row = 0; row < rows; row += 1) {
    if (!columns.some((column) => !column.numeric && (column.group?.(row) || column.text(row)) === name)) continue;
    for (const column of columns) {
      if (column.numeric && column.text(row).replaceAll(",", "") === count) links.add(column.href(row));
    }
  }
  return links.size === 1 ? [...links][0] : "";
};
/** @type {(corpus: Shared, sheet: Sheet, links: Map<string, string>, text: string) => string} */
const figureLink = (corpus, sheet, links, text) => {
  const [, name = "", count = ""] = /^(.*) \(([\d,]+)\)$/s.exec(text) ?? [];
  const counted = count && countLink(corpus, sheet, name, count.replaceAll(",", ""));
  /* A number alone is a place on an axis, and no word of the table. */
  return counted || (/^[−-]?[\d.,]+%?$/.test(text) ? "" : linkOf(links, text));
};
/** @type {(figure: HTMLElement, table: string) => Promise<void>} */
const linkNames = async (figure, table) => {
  const corpus = await readShared();
  const block = await readBlock(tableId(table), corpus);
  const sheet = sheetOf(corpus, block);
  /** @type {ColumnFact[]} */
  const facts = block.facts.columns;
  const links = textLinks(
    sheet,
    facts.map(({ kind }) => kind),
  );
  const svg = figure.querySelector("svg");
  for (const text of /** @type {SVGElement[]} */ ([...(svg?.querySelectorAll("text") ?? [])])) {
    const linked = text.querySelector("a") || text.closest("a");
    const href = linked ? "" : figureLink(corpus, sheet, links, drawnAs(text));
    if (!href) continue;
    const link = document.createElementNS(SVG_NS, "a");
    link.setAttribute("href", href);
    link.append(...text.childNodes);
    text.append(link);
    svg?.setAttribute("role", "group");
  }
};
/** @type {(figure: HTMLElement) => void} */
const furnishFigure = (figure) => {
  const { table = "" } = figure.dataset;
  if (isPacked() && byId(tableId(table))) whenNear(figure, () => linkNames(figure, table));
};
