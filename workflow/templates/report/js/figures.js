/* Names in figures that the page was written without a link for: they lead where the rows of the figure's table do. */
const SVG_NS = "http://www.w3.org/2000/svg";
/* Where texts of a table lead: to the one place of all rows that have the text. */
const textLinks = (sheet, kinds) => {
  const links = new Map();
  const add = (text, href) => { if (text && href) links.set(text, links.has(text) && links.get(text) !== href ? "" : href); };
  sheet.columns.forEach((column, at) => {
    if (column.numeric) return;
    for (let row = 0; row < sheet.rows; row += 1) {
      const counted = kinds[at] === "document" ? "" : sheet.columns.reduce((href, each) => href || (each.numeric ? each.href(row) : ""), "");
      add(column.text(row), column.href(row) || counted);
    }
  });
  return links;
};
const linkOf = (links, text) => {
  const name = text.replace(/ \([\d,]+\)$/, "");
  if (links.has(name) || !name.endsWith("…")) return links.get(name);
  const longer = [...links].filter(([each]) => each.startsWith(name.slice(0, -1)));
  return longer.length === 1 ? longer[0][1] : "";
};
/* A name with a count in brackets leads to what is counted: documents of a group, or the one number beside the name in the table. */
const countLink = (corpus, sheet, name, count) => {
  if (corpus.groups.get("group")?.filter((value) => value === name).length === Number(count)) return rowsHref("documents of a group", ["value"], [name], "documents");
  const links = new Set(), { columns } = sheet;
  for (let row = 0; row < sheet.rows; row += 1) {
    if (columns.some((column) => !column.numeric && column.text(row) === name)) for (const column of columns) if (column.numeric && column.text(row).replaceAll(",", "") === count) links.add(column.href(row));
  }
  return links.size === 1 ? [...links][0] : "";
};
const figureLink = (corpus, sheet, links, text) => {
  const [, name, count] = /^(.*) \(([\d,]+)\)$/s.exec(text) ?? [];
  /* A number alone is a place on an axis, and no word of the table. */
  return (count && countLink(corpus, sheet, name, count.replaceAll(",", ""))) || (/^[−-]?[\d.,]+%?$/.test(text) ? "" : linkOf(links, text));
};
const furnishFigure = (figure) => {
  const { table } = figure.dataset;
  if (!packed || !byId(`data-table-${table}`)) return;
  const near = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    const corpus = await readShared(), block = await readBlock(`data-table-${table}`, corpus);
    const sheet = sheetOf(corpus, block), links = textLinks(sheet, block.facts.columns.map(({ kind }) => kind)), svg = figure.querySelector("svg");
    for (const text of svg.querySelectorAll("text")) {
      const href = text.querySelector("a") || text.closest("a") ? "" : figureLink(corpus, sheet, links, text.textContent);
      if (!href) continue;
      const link = document.createElementNS(SVG_NS, "a");
      link.setAttribute("href", href);
      link.append(...text.childNodes);
      text.append(link);
      svg.setAttribute("role", "group");
    }
  }, { rootMargin: "600px" });
  near.observe(figure);
};
