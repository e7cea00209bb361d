/* A reader's corrections: decisions on marks in the reading view, as rows of a sheet that the pipeline reads from the
   folder of reviews (scripts/review/decisions.py). */
/**
 * The document and span that a decision is about, as a key.
 * @type {(decision: Decision) => string}
 */
const placeOfDecision = ({ doc_id: docId, text_sha256: sha256, start, end }) =>
  JSON.stringify([docId, sha256, start, end]);
/**
 * The value that a decision is about, as a key.
 * @type {(decision: Decision) => string}
 */
const decidedValue = (decision) =>
  JSON.stringify([placeOfDecision(decision), decision.what, PER_VALUE.includes(decision.what) ? decision.old : ""]);
/** The doc_id of a decision on all documents. */
const EVERYWHERE = "*";
/** @type {(decision: Decision) => boolean} */
const isOnNames = ({ what }) => ON_CORPUS.includes(what);
/**
 * True for two decisions on names that exclude each other: they rename one name twice, or are about the same two names.
 * @type {(one: Decision, other: Decision) => boolean}
 */
const opposedOnNames = (one, other) => {
  if (one.doc_id !== other.doc_id || one.text_sha256 !== other.text_sha256) return false;
  if (one.what === "merge" && other.what === "merge" && one.old === other.old) return true;
  return [one.old, one.new].sort().join("\n") === [other.old, other.new].sort().join("\n");
};
/**
 * True for two decisions that cannot both apply: they change the same value, or one rejects what the other changes.
 * @type {(one: Decision, other: Decision) => boolean}
 */
const opposed = (one, other) => {
  if (isOnNames(one) && isOnNames(other)) return opposedOnNames(one, other);
  if (decidedValue(one) === decidedValue(other)) return true;
  const scope = [ON_QUOTES, ON_NAMES].find((kinds) => kinds.includes(one.what) && kinds.includes(other.what));
  if (!scope || placeOfDecision(one) !== placeOfDecision(other)) return false;
  return one.what.startsWith("reject") !== other.what.startsWith("reject");
};
/** @type {(one: Decision, other: Decision) => boolean} */
const decidesTheSame = (one, other) => DECIDED_COLUMNS.every((name) => one[name] === other[name]);
/**
 * Decisions with a new one, which replaces those that it contradicts; one that changes nothing only removes these.
 * @type {(decisions: Decision[], decision: Decision) => Decision[]}
 */
const withDecision = (decisions, decision) => {
  const others = decisions.filter((each) => !opposed(each, decision));
  const changes = decision.old !== decision.new || decision.what.startsWith("reject");
  return changes ? [...others, decision] : others;
};
/**
 * The lines of the sheet of decisions, with the header first.
 * @type {(decisions: Decision[]) => string[][]}
 */
const sheetOfDecisions = (decisions) => [
  DECISION_COLUMNS,
  /* A decision that the browser stored under an earlier version may lack a column. */
  ...decisions.map((each) =>
    DECISION_COLUMNS.map((name) => (OFFSET_COLUMNS.includes(name) ? plainCell : csvCell)(each[name] ?? "")),
  ),
];
/**
 * The decisions in a sheet, and how many rows are not decisions; undefined if the sheet lacks their columns.
 * @type {(text: string) => { read: Decision[], unread: number } | undefined}
 */
const decisionsOfSheet = (text) => {
  const [head = [], ...rows] = csvRows(text);
  const columns = head.map((name) => name.trim().toLowerCase());
  if (!columns.includes("what") || !columns.includes("text_sha256")) return undefined;
  const all = rows.map((cells) => {
    /** @type {(name: string) => string} */
    const cell = (name) => unescaped(cells[columns.indexOf(name)] ?? "").trim();
    const decision = Object.fromEntries(DECISION_COLUMNS.map((name) => [name, cell(name)]));
    return { ...decision, what: decision.what.toLowerCase().replaceAll(" ", "_") };
  });
  const read = all.filter(({ what }) => DECISION_KINDS.includes(what));
  return { read, unread: all.length - read.length };
};
/**
 * Decisions with those of a sheet that are new and contradict none, and how many were added and left out.
 * @type {(decisions: Decision[], read: Decision[]) => { together: Decision[], added: number, differing: number }}
 */
const withSheet = (decisions, read) => {
  const together = [...decisions];
  let differing = 0;
  for (const decision of read) {
    if (together.some((each) => decidesTheSame(each, decision))) continue;
    if (together.some((each) => opposed(each, decision))) differing += 1;
    else together.push(decision);
  }
  return { together, added: together.length - decisions.length, differing };
};

/**
 * The offsets, in code points of the document's text, at which each token begins and ends.
 * @type {(corpus: Shared, part: Part, begin: number, end: number) => Characters}
 */
const charactersOf = (corpus, part, begin, end) => {
  const starts = new Map();
  const ends = new Map();
  let at = 0;
  for (let token = begin; token < end; token += 1) {
    const entry = part.tokens[token];
    starts.set(token, at + corpus.gap[entry]);
    at += [...corpus.raw[entry]].length;
    ends.set(token, at);
  }
  return { start: (token) => starts.get(token), end: (token) => ends.get(token) };
};
/**
 * The first token of a marked item, and the one after its last.
 * @type {(part: Part, item: Item) => { from: number, to: number }}
 */
const tokensOf = ({ quotes, codes, mentions }, { kind, row }) => {
  if (kind !== "quote") {
    const { first, length } = kind === "code" ? codes : mentions;
    return { from: first[row], to: first[row] + length[row] };
  }
  const from = quotes.first[row];
  const last = quotes.piece[row + 1] - 1;
  const to = quotes.pieces[row] ? quotes.pieceFirst[last] + quotes.pieceLength[last] : from + quotes.cue_length[row];
  return { from, to };
};
/**
 * The sentence of a place with its words in brackets, and its neighbours, by which scripts/review/found_again.py finds
 * the place in a text that has changed. Empty if the text itself has such brackets.
 * @type {(corpus: Shared, part: Part, tokens: { from: number, to: number }) => string}
 */
const anchorContext = (corpus, part, { from, to }) => {
  const [first, last] = [placed(part, from), placed(part, to - 1)];
  /** @type {(begin: number, end: number) => string} */
  const text = (begin, end) => textOf(corpus, part, begin, end).trimEnd();
  const before = first.from > first.begin ? text(placed(part, first.from - 1).from, first.from) : "";
  const after = last.to < last.end ? text(last.to, placed(part, last.to).to) : "";
  const [lead, words, rest] = [text(first.from, from), text(from, to), text(to, last.to)];
  const isMarked = /[⟦⟧‖]/u.test([before, lead, words, rest, after].join(""));
  return isMarked ? "" : `${before} ‖ ${lead} ⟦${words}⟧ ${rest} ‖ ${after}`;
};
/** @type {(characters: Characters, tokens: { from: number, to: number }) => Span} */
const spanOf = (characters, { from, to }) => ({
  start: String(characters.start(from)),
  end: String(characters.end(to - 1)),
  from,
  to,
});
/**
 * The name that a speaker or a mention has within its own document.
 * @type {(corpus: Shared, part: Part, kind: "quote" | "mention", row: number) => string}
 */
const ownName = (corpus, part, kind, row) => {
  const number = kind === "quote" ? part.quotes.speaker[row] : part.mentions.name[row];
  return corpus.names[part.own[kind].get(row) ?? number];
};
/**
 * The names of a marked item: within its document, and across all documents; a cue of a frame has none.
 * @type {(corpus: Shared, part: Part, item: Item) => string[]}
 */
const namesOf = (corpus, part, { kind, row }) => {
  if (kind === "code") return [];
  const numbers = kind === "quote" ? part.quotes.speaker : part.mentions.name;
  return [ownName(corpus, part, kind, row), corpus.names[numbers[row]]];
};
/**
 * The values of a marked item that can be wrong: the kind of decision on each, and its present value.
 * @type {(corpus: Shared, part: Part, item: Item) => Record<string, string>}
 */
const valuesOf = (corpus, part, { kind, row }) => {
  if (kind === "quote") {
    const speaker = ownName(corpus, part, "quote", row);
    return { speaker, type: corpus.types[part.quotes.type[row]], reject_quote: speaker };
  }
  if (kind === "mention") {
    const entity = ownName(corpus, part, "mention", row);
    return { label: corpus.labels[part.mentions.label[row]].label, entity, reject_name: entity };
  }
  const { scheme, frame } = corpus.patterns[part.codes.pattern[row]];
  return { reject_frame: `${scheme}.${frame}` };
};
