/* A workbook (.xlsx): sheets of texts and numbers in an uncompressed zip archive. */
const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
/** @type {(bytes: Uint8Array) => number} */
const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcs[(crc ^ byte) & 255];
  return ~crc >>> 0;
};
/** The first day that a zip archive can have, so that the same files always give the same bytes. */
const ZIP_DAY = 33;
/**
 * Numbers of two or four bytes, as little-endian bytes.
 * @type {(...numbers: [bytes: number, value: number][]) => Uint8Array<ArrayBuffer>}
 */
const little = (...numbers) =>
  Uint8Array.from(numbers.flatMap(([bytes, value]) => Array.from({ length: bytes }, (_, at) => value >>> (8 * at))));
/**
 * Files as a zip archive (PKWARE APPNOTE 6.3).
 * @type {(files: [string, string][]) => Blob}
 */
const zipped = (files) => {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let at = 0;
  const sizeOf = (/** @type {Uint8Array[]} */ list) => list.reduce((sum, { length }) => sum + length, 0);
  for (const [path, text] of files) {
    const [name, data] = [encoder.encode(path), encoder.encode(text)];
    const crc = crc32(data);
    /** @type {[number, number][]} */
    const about = [
      [2, 20],
      [2, 0x800],
      [2, 0],
      [2, 0],
      [2, ZIP_DAY],
      [4, crc],
      [4, data.length],
      [4, data.length],
      [2, name.length],
      [2, 0],
    ];
    const entry = [little([4, 0x04034b50], ...about), name, data];
    directory.push(little([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name);
    parts.push(...entry);
    at += sizeOf(entry);
  }
  const count = files.length;
  const end = little([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, sizeOf(directory)], [4, at], [2, 0]);
  return new Blob([...parts, ...directory, end], { type: `${OFFICE}sheet` });
};
const OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
const SCHEMAS = "http://schemas.openxmlformats.org/";
/** Most characters of a cell. */
const MOST_CHARACTERS = 32_000;
/** @type {(text: string) => string} */
const inXml = (text) => visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
/** @type {(cell: Cell) => string} */
const cellXml = (cell) => {
  if (cell === "" || (typeof cell === "number" && !Number.isFinite(cell))) return "<c/>";
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${inXml(cell.slice(0, MOST_CHARACTERS))}</t></is></c>`;
};
/** @type {(lines: Cell[][]) => string} */
const sheetXml = (lines) =>
  `<worksheet xmlns="${SCHEMAS}spreadsheetml/2006/main"><sheetData>` +
  `${lines.map((line) => `<row>${line.map(cellXml).join("")}</row>`).join("")}</sheetData></worksheet>`;
/**
 * Named sheets as a workbook, in which no text is a formula.
 * @type {(sheets: [string, Cell[][]][]) => Blob}
 */
const workbookOf = (sheets) => {
  const places = sheets.map((_, at) => `worksheets/sheet${at + 1}.xml`);
  /** @type {(id: string, type: string, target: string) => string} */
  const relation = (id, type, target) =>
    `<Relationship Id="${id}" Type="${SCHEMAS}officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  /** @type {(relations: string[]) => string} */
  const related = (relations) =>
    `<Relationships xmlns="${SCHEMAS}package/2006/relationships">${relations.join("")}</Relationships>`;
  /** @type {(path: string, type: string) => string} */
  const typed = (path, type) => `<Override PartName="/xl/${path}" ContentType="${OFFICE}${type}+xml"/>`;
  const names = sheets.map(([name], at) => `<sheet name="${inXml(name)}" sheetId="${at + 1}" r:id="r${at + 1}"/>`);
  return zipped([
    [
      "[Content_Types].xml",
      `<Types xmlns="${SCHEMAS}package/2006/content-types"><Default Extension="rels" ` +
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `${typed("workbook.xml", "sheet.main")}${places.map((place) => typed(place, "worksheet")).join("")}</Types>`,
    ],
    ["_rels/.rels", related([relation("r1", "officeDocument", "xl/workbook.xml")])],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${SCHEMAS}spreadsheetml/2006/main" xmlns:r="${SCHEMAS}officeDocument/2006/relationships">` +
        `<sheets>${names.join("")}</sheets></workbook>`,
    ],
    ["xl/_rels/workbook.xml.rels", related(places.map((place, at) => relation(`r${at + 1}`, "worksheet", place)))],
    .../** @type {[string, string][]} */ (places.map((place, at) => [`xl/${place}`, sheetXml(sheets[at][1])])),
  ]);
};
