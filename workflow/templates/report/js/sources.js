/* The rows behind shares of sources, refusals to comment, openings of documents, and passages in several documents. */
/**
 * The statements with a source by row: place, and whether it is the first in the document or in its first quarter.
 * @type {(corpus: Corpus, part: Part) => Map<number, SourcePlace>}
 */
const placesOfSources = (corpus, part) => {
  /** @type {Map<number, number>} */
  const first = new Map();
  /** @type {Map<number, SourcePlace>} */
  const places = new Map();
  part.quotes.first.forEach((token, row) => {
    if (!corpus.attributes.kind[part.quotes.values.kind[row]]) return;
    const place = placed(part, token);
    places.set(row, { ...place, first: false, early: 4 * place.sentence < corpus.nSentences[place.document] });
    const before = places.get(first.get(place.document) ?? -1);
    if (!before || before.sentence > place.sentence) first.set(place.document, row);
  });
  for (const [row, place] of places) place.first = first.get(place.document) === row;
  return places;
};
/** @type {(corpus: Corpus, part: Part) => Map<number, SourcePlace>} */
const sourcePlaces = (corpus, part) => {
  part.sources ??= placesOfSources(corpus, part);
  return part.sources;
};
/** @type {(corpus: Corpus, origin: string) => (row: number) => boolean} */
const originTest = (corpus, origin) => (row) =>
  origin === EVERY || Boolean(corpus.uses[row] & USES.wire) === (origin === WIRE_ORIGIN);
/**
 * A test of documents whose sources count: of all, of a group, of all other groups, or of an origin.
 * @type {(corpus: Corpus, wanted: Wanted) => (row: number) => boolean}
 */
const sourceTest = (corpus, { group = EVERY, but, origin = EVERY }) => {
  const side = [OWN_ORIGIN, WIRE_ORIGIN].find((each) => group === `(${each})`);
  const inside = side ? originTest(corpus, side) : documentTest(corpus, "group", group, but);
  const its = originTest(corpus, origin);
  return (row) => (corpus.uses[row] & USES.sources) > 0 && inside(row) && its(row);
};
/**
 * The unit that a measure of source_shares counts.
 * @type {(wanted: Wanted) => string}
 */
const measured = ({ measure = "words", side }) => {
  if (measure === "words") return "words";
  if (measure === "direct") return side === "total" ? "words" : "quoted";
  return measure === "first" ? "documents" : "rows";
};
/**
 * True if a statement counts for a measure, or with side "total" for the total of which the measure is a share.
 * @type {(place: SourcePlace, stance: string, measure: string, side?: string) => boolean}
 */
const countsFor = (place, stance, measure, side) => {
  if (measure === "first" || measure === "early") return place[measure];
  return !STANCES.includes(measure) || (side === "total" ? stance !== "" : stance === measure);
};
/**
 * The sentence of a passage or stretch as a hit.
 * @type {(corpus: Corpus, number: number, sentence: number, words?: number) => Hit}
 */
const sentenceHit = (corpus, number, sentence, words) => {
  const part = corpus.parts.filter((each) => each.document <= number).slice(-1)[0];
  const at = part.documentSentence[number - part.document] + sentence;
  const from = part.sentenceToken[at];
  return [part, from, part.sentenceToken[at + 1] - from, words, 0, corpus.outlet[number] || undefined];
};
/**
 * The statements that a measure counts for a value, or with side "total" those of which this is a share.
 * @type {Finder}
 */
const sourceRows = (corpus, wanted) => {
  const { attribute = "kind", value = EVERY, measure = "words", side } = wanted;
  const inside = sourceTest(corpus, wanted);
  const list = corpus.attributes[attribute];
  /* A measure in OWN_TOTALS is a share of the value's own statements, so its total has only these. */
  const every = value === EVERY || (side === "total" && !OWN_TOTALS.includes(measure));
  return corpus.parts.flatMap((part) =>
    [...sourcePlaces(corpus, part)].flatMap(([row, place]) => {
      const number = part.quotes.values[attribute][row];
      const each = list[number];
      if ((!every && each !== value) || !inside(place.document)) return [];
      if (!countsFor(place, corpus.stances[part.quotes.stance[row]], measure, side)) return [];
      return [statementHit(part, row, each === UNKNOWN ? undefined : number)];
    }),
  );
};
/**
 * Refusals to comment by a name. In a group, only documents whose sources count have any, and a source without a name
 * is identified by its words in the text.
 * @type {Finder}
 */
const refusals = (corpus, { speaker, group }) => {
  const number = corpus.names.indexOf(speaker);
  const inside = group === undefined ? () => true : sourceTest(corpus, { group });
  const words = inOneLine(visible(speaker));
  /** @type {(part: Part, row: number) => string} */
  const source = (part, row) => {
    const from = part.quotes.first[row] + part.quotes.source_first[row];
    return inOneLine(textOf(corpus, part, from, from + part.quotes.source_length[row]));
  };
  return corpus.parts.flatMap((part) =>
    [...part.quotes.speaker].flatMap((each, row) => {
      const its = corpus.names[each] ? each === number : group !== undefined && source(part, row) === words;
      if (!its || part.quotes.pieces[row] || !inside(documentOf(part, part.quotes.first[row]))) return [];
      return [statementHit(part, row)];
    }),
  );
};
/**
 * Statements of other speakers whose source also names this speaker.
 * @type {Finder}
 */
const jointStatements = (corpus, { speaker }) => {
  const number = corpus.names.indexOf(speaker);
  return corpus.parts.flatMap((part) =>
    [...part.joint.row]
      .filter((_, at) => part.joint.speaker[at] === number)
      .map((row) => statementHit(part, row, part.quotes.speaker[row])),
  );
};
/**
 * The first statements of documents that quote this speaker before all others.
 * @type {Finder}
 */
const openings = (corpus, { speaker, group }) => {
  const number = corpus.names.indexOf(speaker);
  const inside = documentTest(corpus, "group", group);
  const opened = new Set();
  return corpus.parts.flatMap((part) =>
    [...part.quotes.speaker].flatMap((each, row) => {
      const place = documentOf(part, part.quotes.first[row]);
      if (!corpus.names[each] || opened.has(place)) return [];
      opened.add(place);
      return each === number && inside(place) ? [statementHit(part, row)] : [];
    }),
  );
};
/**
 * The block of a table of the page in which rows are searched.
 * @type {(corpus: Corpus, name: string) => Block}
 */
const tableOf = (corpus, name) => {
  const block = corpus.tables?.[name];
  if (!block) throw new Error(`The table ${name} was not read.`);
  return block;
};
/** Names of the tables of the page in which rows are searched. */
const IN_TABLES = ["quote_reuse", "reference_coverage"];
/**
 * Occurrences of a passage: all, those that are not copies (side "stories"), or those with a flag or of a kind.
 * @type {Finder}
 */
const occurrences = (corpus, { family, side }) => {
  const { doc_id: documents, sentence, kind, copy_of: copies, ...flags } = tableOf(corpus, "quote_reuse");
  /** @type {(row: number) => boolean} */
  const counts = (row) => {
    if (side === "stories") return !copies?.[row];
    return !side || (side in flags ? flags[side][row] > 0 : kind[row] === side);
  };
  return [...flags.family].flatMap((each, row) =>
    each === family && counts(row) ? [sentenceHit(corpus, documents[row] - 1, sentence[row])] : [],
  );
};
/**
 * The stretches of a reference text that an outlet quotes, each with the number of its words that none before it has.
 * @type {Finder}
 */
const stretches = (corpus, { text, outlet }) => {
  const { doc_id: documents, sentence, text: its, first, last } = tableOf(corpus, "reference_coverage");
  let end = 0;
  return [...its.keys()]
    .filter((row) => its[row] === text && corpus.outlet[documents[row] - 1] === outlet)
    .sort((a, b) => first[a] - first[b])
    .map((row) => {
      const words = Math.max(0, last[row] - Math.max(end, first[row]));
      end = Math.max(end, last[row]);
      return sentenceHit(corpus, documents[row] - 1, sentence[row], words);
    });
};
/* Sentences with more tokens have no valence. */
const LONGEST_SENTENCE = 1000;
/**
 * Sentences with a valence: all, those that a name voices, or those that mention it.
 * @type {Finder}
 */
const valences = (corpus, { relation, name }) => {
  const number = corpus.names.indexOf(name);
  const every = () => corpus.parts.flatMap((part) => masked(corpus, part, everySentence(part)));
  /** @type {(each: number, part: Part, row: number) => boolean} */
  const isNamed = (each, part, row) => each === number && ACTORS.includes(labelAt(corpus, part, row).label);
  /** @type {Record<string, () => Hit[]>} */
  const found = {
    all: every,
    voiced: () => FINDERS["sentences of a voice"](corpus, { name }),
    mentions: () => inBoth(every(), mentionsOf(corpus, isNamed)),
  };
  return found[relation]().filter(([, , length]) => length <= LONGEST_SENTENCE);
};
Object.assign(FINDERS, {
  quote_sources: sourceRows,
  refusals,
  joint_statements: jointStatements,
  "documents opened by": openings,
  quote_reuse: occurrences,
  reference_coverage: stretches,
  valence: valences,
});
