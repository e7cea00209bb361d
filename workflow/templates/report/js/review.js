/* A review sheet or coding sheet that a reader fills in: the questions of its rows, and the sheet with the answers. */
/** Columns that a coding sheet must have, besides the frames. */
const CODING_NEEDED = "doc_id corpus_size stratum stratum_size text".split(" ");
/** @type {[string, string, string][]} */
const YES_OR_NO = [
  ["1", "Yes", "1"],
  ["0", "No", "0"],
];
/** @type {(cell: string) => boolean} */
const saysYes = (cell) => YES.split(" ").includes(cell.trim().toLowerCase());
/** @type {(cell: string) => boolean} */
const saysNo = (cell) => NO.split(" ").includes(cell.trim().toLowerCase());
/** @type {(cells: string) => string[]} */
const severalIn = (cells) =>
  cells
    .split("|")
    .map((name) => name.trim())
    .filter(Boolean);
/**
 * The question of each column to fill, its answers with their keys, whether other answers can be typed, and the rows it
 * applies to. An optional column may stay empty: the page does not move to it by itself.
 * @type {Record<string, Record<string, ReviewField>>}
 */
const REVIEW_FIELDS = {
  attributions: {
    right: { ask: "Is it a statement of a source?", choices: () => YES_OR_NO },
    speaker_right: { ask: "Is its speaker right?", choices: () => YES_OR_NO, when: (of) => saysYes(of("right")) },
    whose: {
      ask: "Whose is it? A name from the corpus or the text",
      choices: () => [["0", "Nobody can tell", "unknown"]],
      typed: true,
      typedFirst: true,
      names: true,
      when: (of) => saysYes(of("right")) && saysNo(of("speaker_right")),
    },
    same_as: {
      ask: "Does the corpus have this speaker under another name?",
      choices: (of) => [
        ...severalIn(of("may_be")).map(
          (name, at) => /** @type {[string, string, string]} */ ([`${at + 1}`, name, name]),
        ),
        ["0", "None of them", "no"],
      ],
      typed: true,
      names: true,
      when: (of) => saysYes(of("speaker_right")) && of("may_be").trim() !== "",
    },
    content_should_be: { ask: "The right words, if these are wrong; | between pieces", typed: true, optional: true },
  },
  sentences: {
    missed: {
      ask: "Words of statements that begin here and that the machine missed; | between several",
      choices: () => [
        ["1", "Some", ""],
        ["0", "None", "no"],
      ],
      typed: true,
    },
    whose: {
      ask: "Whose are they? A name for each, | between several",
      choices: () => [["0", "Nobody can tell", "unknown"]],
      typed: true,
      typedFirst: true,
      names: true,
      when: (of) => of("missed").trim() !== "" && !saysNo(of("missed")),
    },
    missed_names: { ask: "Names that it missed, as in Ann Lee = PERSON | Derry = GPE", typed: true, optional: true },
  },
  names: {
    right: { ask: "Is it a name with the right label?", choices: () => YES_OR_NO },
    label_should_be: {
      ask: "What is the right label?",
      choices: () => [
        ...REVIEW_LABELS.map((label, at) => /** @type {[string, string, string]} */ ([`${at + 1}`, label, label])),
        ["0", "It is not a name", "none"],
      ],
      when: (of) => saysNo(of("right")),
    },
  },
};
/** @type {ReviewField} */
const COMMENT_FIELD = { ask: "Comment", typed: true, optional: true };
/**
 * A sheet with its cells unchanged; undefined if it is neither a review sheet nor a coding sheet.
 * @type {(text: string) => ReviewSheet | undefined}
 */
const reviewSheetOf = (text) => {
  const [head = [], ...rows] = csvRows(text);
  const columns = head.map((name) => name.trim());
  const isCoding = CODING_NEEDED.every((name) => columns.includes(name));
  if (columns.includes("what") || (!columns.includes("sheet") && !isCoding) || !rows.length) return undefined;
  const frames = isCoding ? columns.filter((name) => name && !CODING_COLUMNS.split(" ").includes(name)) : [];
  return { head, columns, rows, frames, isCoding };
};
/** @type {(sheet: ReviewSheet, row: number, name: string) => string} */
const sheetCell = ({ columns, rows }, row, name) => unescaped(rows[row][columns.indexOf(name)] ?? "");
/**
 * The columns in which a row may have an answer, with their questions.
 * @type {(sheet: ReviewSheet, row: number) => [string, ReviewField][]}
 */
const reviewFields = (sheet, row) => {
  if (sheet.isCoding) return sheet.frames.map((name) => [name, { ask: frameName(name), choices: () => YES_OR_NO }]);
  const kind = sheetCell(sheet, row, "sheet").trim().toLowerCase();
  /** @type {Record<string, string[]>} */
  const filled = REVIEW_COLUMNS;
  return (Object.hasOwn(filled, kind) ? filled[kind] : [])
    .filter((name) => sheet.columns.includes(name))
    .map((name) => [name, REVIEW_FIELDS[kind][name] ?? COMMENT_FIELD]);
};
/**
 * The columns that apply to a row, given its answers so far.
 * @type {(sheet: ReviewSheet, row: number) => [string, ReviewField][]}
 */
const askedFields = (sheet, row) =>
  reviewFields(sheet, row).filter(([, { when }]) => !when || when((name) => sheetCell(sheet, row, name)));
/**
 * The first column of a row that needs an answer and has none; undefined if there is none.
 * @type {(sheet: ReviewSheet, row: number) => string | undefined}
 */
const openField = (sheet, row) =>
  askedFields(sheet, row).find(([name, { optional }]) => !optional && !sheetCell(sheet, row, name).trim())?.[0];
/** @type {(sheet: ReviewSheet, row: number) => boolean} */
const isAnswered = (sheet, row) => reviewFields(sheet, row).length > 0 && openField(sheet, row) === undefined;
/**
 * Write an answer into its row, and empty the columns that no longer apply because of it.
 * @type {(sheet: ReviewSheet, row: number, name: string, value: string) => void}
 */
const answer = (sheet, row, name, value) => {
  const cells = sheet.rows[row];
  /** @type {(column: string, text: string) => void} */
  const write = (column, text) => {
    const at = sheet.columns.indexOf(column);
    while (cells.length < at) cells.push("");
    cells[at] = isFormula(text) ? `'${text}` : text;
  };
  write(name, value);
  const asked = askedFields(sheet, row).map(([each]) => each);
  for (const [each] of reviewFields(sheet, row))
    if (!asked.includes(each) && sheetCell(sheet, row, each)) write(each, "");
};
/**
 * The lines of the sheet; cells that the reader did not answer are unchanged.
 * @type {(sheet: ReviewSheet) => string[][]}
 */
const linesOfSheet = ({ head, rows }) =>
  [head, ...rows].map((cells) =>
    Array.from({ ...cells, length: Math.max(head.length, cells.length) }, (cell = "") => plainCell(cell)),
  );
/**
 * The name of the filled sheet: that of a coder, or for a reviewer the name followed by the sheet's own.
 * @type {(sheet: ReviewSheet, file: string, reviewer: string) => string}
 */
const filledName = ({ isCoding }, file, reviewer) => {
  const stem = file.replace(/\.[^.]*$/, "");
  const name = reviewer.trim().replace(/[\\/:*?"<>|\s]+/g, "-");
  if (!name || stem.toLowerCase().startsWith(name.toLowerCase())) return stem;
  return isCoding ? name : `${name}_${stem}`;
};
/**
 * The hash by which the browser stores the answers to a sheet.
 * @type {(text: string) => string}
 */
const sheetNumber = (text) =>
  Array.from(shake128(encoder.encode(text), 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
