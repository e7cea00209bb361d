/* Tables of the page as columns, each with functions for the text, value and address of a row's cell. */
/** Most characters of a saved cell. */
const LONGEST = 5000;
const collator = new Intl.Collator("en", { numeric: true });
/** @type {(text: string) => string} */
const cellText = (text) => shortened(text, CELL_LENGTH);
/**
 * Functions for the text of a cell, by the kind of its column (scripts/report/sheets.py).
 * @type {Record<string, (value: any, name: string) => string>}
 */
const CELLS = {
  text: (value, name) => (name === "column" && value === "doc_id" ? "document" : cellText(value)),
  frame: (value) => cellText(frameName(value)),
  bool: (value) => (value ? "yes" : "no"),
  int: wholeNumber,
  sentence: (value) => wholeNumber(value + 1),
  share: (value) => percent(value),
  points,
  probability,
  number: decimalNumber,
};
/** @type {() => string} */
const noHref = () => "";
/**
 * A column that shows the two ends of an interval.
 * @type {(block: Block, fact: ColumnFact) => SheetColumn}
 */
const endsColumn = (block, { kind, of: [low, high] }) => {
  /** @type {Float64Array[]} */
  const [lo, hi] = [block[low], block[high]];
  const shown = { [ENDS_KINDS.share]: interval, [ENDS_KINDS.points]: pointsInterval }[kind] ?? numberInterval;
  /** @type {(row: number) => boolean} */
  const isMissing = (row) => Number.isNaN(lo[row]) || Number.isNaN(hi[row]);
  return {
    numeric: true,
    text: (row) => shown(lo[row], hi[row]),
    value: (row) => (isMissing(row) ? "" : `${lo[row]} to ${hi[row]}`),
    href: noHref,
    order: (row) => lo[row],
  };
};
/**
 * A column of documents, given by their numbers; -1 is none.
 * @type {(corpus: Shared, number: (row: number) => number) => SheetColumn}
 */
const documentColumn = (corpus, number) => ({
  text: (row) => shortened(corpus.title[number(row)] ?? "", TITLE_LENGTH),
  value: (row) => corpus.docId[number(row)] ?? "",
  href: (row) => (number(row) < 0 ? "" : `#${corpus.anchor[number(row)]}`),
});
/**
 * A column of groups of the kind given in the column `column`, which may be single documents.
 * @type {(corpus: Shared, block: Block, values: string[]) => SheetColumn}
 */
const groupColumn = (corpus, block, values) => ({
  text: (row) =>
    cellText((block.column[row] === "doc_id" ? titleOf(corpus, values[row]) : groupName(values[row])) ?? ""),
  value: (row) => (values[row] ?? "").slice(0, LONGEST),
  href: noHref,
  group: (row) => values[row],
});
/**
 * A function for the address of the rows that a number in a column counts; "" for no link.
 * @type {(corpus: Shared, block: Block, fact: ColumnFact) => (row: number) => string}
 */
const rowsLink = (corpus, block, { kind, of: [name], key = [], table = "", there = key, constant = [], unit }) => {
  /** @type {(row: number, column: string) => string} */
  const keyValue = (row, column) => (column === "doc_id" ? corpus.docId[block.doc_id[row] - 1] : block[column][row]);
  /** @type {(row: number) => boolean} */
  const leads = (row) => {
    if (NUMBER_KINDS.includes(kind) && !(block[name][row] > 0)) return false;
    if (block.column?.[row] === "corpus" && constant.includes("reference")) return false;
    return table !== "quotes" || corpus.speaking.has(block[key[0]][row]);
  };
  return (row) =>
    leads(row) ? rowsHref(table, there, [...key.map((column) => keyValue(row, column)), ...constant], unit) : "";
};
/**
 * A function for the addresses of the cells in a column; "" for no link.
 * @type {(corpus: Shared, block: Block, fact: ColumnFact) => (row: number) => string}
 */
const hrefsOf = (corpus, block, fact) => {
  if (fact.table) return rowsLink(corpus, block, fact);
  if (fact.kind !== "sentence" || !block.doc_id) return noHref;
  return (row) => sentenceHref(corpus, { document: block.doc_id[row] - 1, sentence: block[fact.of[0]][row] });
};
/** @type {(corpus: Shared, block: Block, fact: ColumnFact) => SheetColumn} */
const numberColumn = (corpus, block, fact) => {
  const [name] = fact.of;
  /** @type {Float64Array} */
  const values = block[name];
  const missing = fact.kind === "int" ? "" : NOT_ESTIMABLE;
  return {
    numeric: true,
    text: (row) => (Number.isNaN(values[row]) ? missing : CELLS[fact.kind](values[row], name)),
    value: (row) => (Number.isNaN(values[row]) ? "" : String(values[row])),
    href: hrefsOf(corpus, block, fact),
    order: (row) => values[row],
  };
};
/** @type {(corpus: Shared, block: Block, fact: ColumnFact) => SheetColumn} */
const textColumn = (corpus, block, fact) => {
  const { kind } = fact;
  const [name] = fact.of;
  const values = block[name];
  const { group } = groupIn(block, name);
  return {
    group,
    text: group ? (row) => cellText(groupName(values[row])) : (row) => CELLS[kind](values[row], name),
    value: (row) => (kind === "bool" ? CELLS.bool(values[row], name) : values[row].slice(0, LONGEST)),
    href: hrefsOf(corpus, block, fact),
  };
};
/** @type {(corpus: Shared, block: Block, fact: ColumnFact) => SheetColumn} */
const columnOf = (corpus, block, fact) => {
  if (Object.values(ENDS_KINDS).includes(fact.kind)) return endsColumn(block, fact);
  if (fact.kind === "document") return documentColumn(corpus, (row) => block[fact.of[0]][row] - 1);
  if (fact.kind === "group") return groupColumn(corpus, block, block[fact.of[0]]);
  return NUMBER_KINDS.includes(fact.kind) ? numberColumn(corpus, block, fact) : textColumn(corpus, block, fact);
};
/** @type {(corpus: Shared, block: Block) => Sheet} */
const sheetOf = (corpus, block) => {
  /** @type {{ rows: number, total: number, columns: ColumnFact[] }} */
  const { rows, total, columns } = block.facts;
  /** @type {(chosen: Chosen, row: number) => boolean} */
  const isChosen = (chosen, row) => {
    const number = block.doc_id[row] - 1;
    if (!chosen.documents[number] || chosen.whole || !block.sentence) return Boolean(chosen.documents[number]);
    const [part, mask] = [...chosen.sentences].filter(([each]) => each.document <= number).slice(-1)[0];
    return mask[part.documentSentence[number - part.document] + block.sentence[row]] === 1;
  };
  return {
    rows,
    total,
    columns: columns.map((fact) => columnOf(corpus, block, fact)),
    isChosen: block.doc_id && isChosen,
  };
};
