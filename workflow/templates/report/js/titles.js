/* Titles of lists, by the kind of their rows. */
/** @type {Record<string, string>} */
const TITLES = {
  quotes: "Statements of {speaker}",
  "quotes of a group": "Statements of {speaker}: {value}",
  "statements of a group": "Statements in {value}",
  "quotes beside": "Statements of {speaker} and {other} where both are quoted",
  joint_statements: "Statements of others that {speaker} says with them",
  refusals: "Refusals of {speaker} to speak",
  "sentences of a voice": "Sentences voiced by {name}",
  "said about": "What {speaker} says about {name}",
  entities: "Mentions of {entity}",
  entity_mentions: "Mentions of {name}",
  "names together": "{name1} and {name2} in one sentence",
  frame_codes: "Cues of {frame}",
  "frames together": "{frame_a} and {frame_b} in one sentence",
  "no frame": "Sentences without a cue of {scheme}",
  tokens: "“{word}”",
  "tokens near each other": "“{word1}” and “{word2}” near each other",
  "documents of a group": "Documents: {value}",
  "documents opened by": "Documents that quote {speaker} first",
  quote_reuse: "Occurrences of passage {family}",
  reference_coverage: "What {outlet} quotes of {text}",
  valence: "Sentences: {relation}",
};
/**
 * The noun for a row of each kind, if it is not “time”.
 * @type {Record<string, string>}
 */
const NOUNS = {
  quotes: "statement",
  "quotes of a group": "statement",
  "statements of a group": "statement",
  "quotes beside": "statement",
  joint_statements: "statement",
  refusals: "refusal",
  "said about": "statement",
  entities: "mention",
  entity_mentions: "mention",
  frame_codes: "cue",
  "documents of a group": "document",
  "sentences of a voice": "sentence",
  "no frame": "sentence",
  "names together": "sentence",
  "frames together": "sentence",
  quote_sources: "statement",
  "documents opened by": "document",
  quote_reuse: "occurrence",
  reference_coverage: "passage",
  valence: "sentence",
};
/**
 * Values in the columns `side` and `origin` of a key, if a title says them in other words.
 * @type {Record<string, string>}
 */
const TOLD_VALUES = {
  anybody: "with or without a known speaker",
  quoted: "within statements",
  stories: "without copies",
  [OWN_ORIGIN]: "own reporting",
  [WIRE_ORIGIN]: "wire copy",
};
/** @type {(corpus: Shared, docId: string) => string} */
const titleOf = (corpus, docId) => corpus.title[corpus.docId.indexOf(docId)];
/**
 * A value of a key as a title shows it.
 * @type {(corpus: Shared, name: string, value: string) => string}
 */
const shownValue = (corpus, name, value) => {
  if (name === "doc_id") return titleOf(corpus, value);
  if (name === "group" || name === "value") return groupName(value);
  if (name === "but") return `all groups but ${groupName(value)}`;
  if (name === "side" || name === "origin") return TOLD_VALUES[value] ?? value;
  return ["frame", "frame_a", "frame_b", "scheme"].includes(name) ? frameName(value) : value;
};
/** @type {(known: Wanted) => string} */
const voiceTitle = ({ word, speaker, side }) => {
  const voice = side === "target" ? speaker : side === "reference" ? `all but ${speaker}` : "anybody";
  return `${word ? `“${word}”` : "Words"} in statements of ${voice}`;
};
/**
 * A title followed by the values of these columns; the group of OTHERS is named by the group left out.
 * @type {(corpus: Shared, title: string, columns: string[], known: Wanted) => string}
 */
const titleWith = (corpus, title, columns, known) =>
  [
    title,
    ...columns
      .filter((name) => ![EVERY, OTHERS].includes(known[name]) && !(name === "attribute" && known[name] === "kind"))
      .map((name) => shownValue(corpus, name, known[name])),
  ].join(" · ");
/** @type {(corpus: Shared, columns: string[], known: Wanted) => string} */
const sourcesTitle = (corpus, columns, known) => {
  /* The total of a share has no value, or if it is the value's own, no measure. */
  const untold = OWN_TOTALS.includes(known.measure) ? "measure" : "value";
  const told = columns.filter((name) => name !== "side" && !(known.side === "total" && name === untold));
  return titleWith(corpus, "Statements", told, known);
};
/**
 * Functions for titles that need more than filling in the templates in TITLES.
 * @type {Record<string, (corpus: Shared, known: Wanted, columns: string[], values: string[]) => string | undefined>}
 */
const MADE_TITLES = {
  "tokens of a group": (corpus, { word, column, side }, _, [, , group]) => {
    const named = column === "doc_id" ? titleOf(corpus, group) : groupName(group);
    return `“${word}” in ${side === "reference" ? "all groups but " : ""}${named}`;
  },
  "words of a speaker": (_, known) => voiceTitle(known),
  sentences: (_, __, ___, values) => `“${values.join(" ")}”`,
  "documents of a group": (corpus, { by, value, side }) => {
    if (by === "doc_id") return titleOf(corpus, value);
    return side === "reference" ? `Documents: ${shownValue(corpus, "but", value)}` : undefined;
  },
  quote_sources: (corpus, known, columns) => sourcesTitle(corpus, columns, known),
};
/**
 * The title of a list: the template of its kind, filled in from the key, and then the other values of the key.
 * @type {(corpus: Shared, table: string, columns: string[], values: string[]) => string}
 */
const listTitle = (corpus, table, columns, values) => {
  const known = keyOf(columns, values);
  const made = MADE_TITLES[table]?.(corpus, known, columns, values);
  if (made !== undefined) return made;
  const used = new Set(["by", "of"]);
  const title = TITLES[table].replace(/\{(\w+)\}/g, (_, name) => {
    used.add(name);
    return shownValue(corpus, name, known[name]);
  });
  return titleWith(
    corpus,
    title,
    columns.filter((name) => !used.has(name)),
    known,
  );
};
