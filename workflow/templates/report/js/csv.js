/* CSV files: written like those of scripts/core/csv_tables.py, and read in the forms that spreadsheets save. */
/** @type {(text: string) => boolean} */
const isFormula = (text) => {
  const first = text.replace(/^'+/, "").charAt(0);
  return first !== "" && FORMULA_SIGNS.includes(first);
};
/**
 * A number as a cell, or an unchanged cell of another sheet.
 * @type {(text: string) => string}
 */
const plainCell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/**
 * A text as a cell; a text that a spreadsheet would run as a formula gets an apostrophe before it.
 * @type {(text: string) => string}
 */
const csvCell = (text) => plainCell(isFormula(text) ? `'${text}` : text);
/**
 * The text from which `csvCell` made a cell.
 * @type {(cell: string) => string}
 */
const unescaped = (cell) => (cell.startsWith("'") && isFormula(cell) ? cell.slice(1) : cell);
/** @type {(name: string, lines: string[][]) => void} */
const saveCsv = (name, lines) => {
  saveText(`${name}.csv`, lines.map((line) => `${line.join(",")}\n`).join(""), "text/csv");
};

/**
 * The most frequent of comma, semicolon and tab outside quotes in the first line.
 * @type {(text: string) => string}
 */
const delimiterOf = (text) => {
  const [header] = text.replace(/"[^"]*"/g, "").split(/[\r\n]/, 1);
  /** @type {(sign: string) => number} */
  const count = (sign) => header.split(sign).length;
  return [",", ";", "\t"].sort((a, b) => count(b) - count(a))[0];
};
/**
 * Rows of a CSV file; those without any text are left out.
 * @type {(text: string) => string[][]}
 */
const csvRows = (text) => {
  const excel = /^sep=([,;\t])(?:\r\n?|\n|$)/i.exec(text);
  const body = excel ? text.slice(excel[0].length) : text;
  const delimiter = excel?.[1] ?? delimiterOf(body);
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at];
    const cells = rows[rows.length - 1];
    const last = cells.length - 1;
    const doubled = sign === '"' && body[at + 1] === '"';
    if (quoted && doubled) {
      cells[last] += sign;
      at += 1;
    } else if (quoted && sign === '"') quoted = false;
    else if (quoted) cells[last] += sign;
    else if (sign === '"' && !cells[last]) quoted = true;
    else if (sign === delimiter) cells.push("");
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && body[at + 1] === "\n") at += 1;
      rows.push([""]);
    } else cells[last] += sign;
  }
  return rows.filter((cells) => cells.some((cell) => cell.trim()));
};
/**
 * Text of a file in UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
 * @type {(buffer: ArrayBuffer) => string}
 */
const decodedSheet = (buffer) => {
  const [first, second] = new Uint8Array(buffer);
  const [little, big] = [first === 255 && second === 254, first === 254 && second === 255];
  try {
    return new TextDecoder(little ? "utf-16le" : big ? "utf-16be" : "utf-8", { fatal: true }).decode(buffer);
  } catch {
    return new TextDecoder("windows-1252").decode(buffer);
  }
};
