/* The rows behind shares of sources, refusals to speak, openings of documents, and passages that several documents quote. */
/* Statements with a source, by part: document, and whether it is the first source of it or in its first quarter. */
const sourcePlaces = (corpus, part) => part.sources ??= (() => {
  const first = new Map(), places = new Map(), kinds = part.quotes.values.kind;
  part.quotes.first.forEach((token, row) => {
    if (!corpus.attributes.kind[kinds[row]]) return;
    const place = placed(part, token);
    places.set(row, place);
    if (!(places.get(first.get(place.document))?.sentence <= place.sentence)) first.set(place.document, row);
  });
  for (const [row, place] of places) Object.assign(place, { first: first.get(place.document) === row, early: 4 * place.sentence < corpus.nSentences[place.document] });
  return places;
})();
const originTest = (corpus, origin) => (row) => origin === EVERY || Boolean(corpus.uses[row] & WIRE) === (origin === "wire");
/* Documents whose sources count: all, of a group, of the others, of an origin. */
const sourceTest = (corpus, { group = EVERY, but, origin = EVERY }) => {
  const [, side] = /^\((own|wire)\)$/.exec(group) ?? [], inside = side ? originTest(corpus, side) : documentTest(corpus, "group", group, but), its = originTest(corpus, origin);
  return (row) => corpus.uses[row] & USES.sources && inside(row) && its(row);
};
/* Measures that are a share of what the value itself has: words in quotation marks, and stances. */
const STANCES = ["neutral", "doubting", "endorsing"], OWN_TOTALS = ["direct", ...STANCES];
/* What a measure of source_shares counts. */
const measured = ({ measure = "words", side }) => ({ words: "words", direct: side === "total" ? "words" : "quoted", first: "documents" }[measure] ?? "rows");
/* A passage or stretch is shown by its sentence. */
const sentenceHit = (corpus, number, sentence, words) => {
  const part = corpus.parts.findLast((each) => each.document <= number), at = part.documentSentence[number - part.document] + sentence, from = part.sentenceToken[at];
  return [part, from, part.sentenceToken[at + 1] - from, words, 0, corpus.outlet[number] || undefined];
};
/* Tables of the page in which rows are found, by their names. */
const IN_TABLES = ["quote_reuse", "reference_coverage"];
Object.assign(FINDERS, {
  /* What a measure counts of a value; with `side` total what that is a share of, with documents all of the value. */
  quote_sources: (corpus, wanted) => {
    const { attribute = "kind", value = EVERY, measure = "words", side } = wanted, inside = sourceTest(corpus, wanted), list = corpus.attributes[attribute];
    const every = value === EVERY || (side === "total" && !OWN_TOTALS.includes(measure));
    const counts = (place, stance) => side === "documents" || (measure in place ? place[measure] : !STANCES.includes(measure) || (side === "total" ? stance : stance === measure));
    return corpus.parts.flatMap((part) => [...sourcePlaces(corpus, part)].flatMap(([row, place]) => {
      const number = part.quotes.values[attribute][row], each = list[number];
      return (every || each === value) && inside(place.document) && counts(place, corpus.stances[part.quotes.stance[row]]) ? [statementHit(part, row, each === "unknown" ? undefined : number)] : [];
    }));
  },
  /* By the name; in a group, where only documents that count do, also by the words of the text for one without a name. */
  refusals: (corpus, { speaker, group }) => {
    const number = corpus.names.indexOf(speaker), inside = group === undefined ? () => true : sourceTest(corpus, { group });
    const line = (text) => text.replace(/\s+/g, " "), source = (part, row) => spanText(corpus, part, part.quotes.first[row] + part.quotes.source_first[row], part.quotes.source_length[row]);
    return corpus.parts.flatMap((part) => [...part.quotes.speaker].flatMap((each, row) => {
      const its = corpus.names[each] ? each === number : group !== undefined && line(source(part, row)) === line(visible(speaker));
      return its && !part.quotes.pieces[row] && inside(documentOf(part, part.quotes.first[row])) ? [statementHit(part, row)] : [];
    }));
  },
  "documents opened by": (corpus, { speaker, group }) => {
    const number = corpus.names.indexOf(speaker), inside = documentTest(corpus, "group", group), opened = new Set();
    return corpus.parts.flatMap((part) => [...part.quotes.speaker].flatMap((each, row) => {
      const place = documentOf(part, part.quotes.first[row]);
      if (!corpus.names[each] || opened.has(place)) return [];
      opened.add(place);
      return each === number && inside(place) ? [statementHit(part, row)] : [];
    }));
  },
  /* Occurrences of a family: all, one a story, or those with a flag or of a kind. */
  quote_reuse: (corpus, { family, side }) => {
    const { doc_id: documents, sentence, kind, copy_of: copies, ...flags } = corpus.quote_reuse;
    const counts = (row) => !side || (side === "stories" ? !copies?.[row] : side in flags ? flags[side][row] > 0 : kind[row] === side);
    return [...corpus.quote_reuse.family].flatMap((each, row) => (each === family && counts(row) ? [sentenceHit(corpus, documents[row] - 1, sentence[row])] : []));
  },
  /* Stretches of a reference text in an outlet, each with the words that none before it has. */
  reference_coverage: (corpus, { text, outlet }) => {
    const { doc_id: documents, sentence, text: its, first, last } = corpus.reference_coverage;
    let end = 0;
    return [...its.keys()].filter((row) => its[row] === text && corpus.outlet[documents[row] - 1] === outlet).sort((a, b) => first[a] - first[b]).map((row) => {
      const words = Math.max(0, last[row] - Math.max(end, first[row]));
      end = Math.max(end, last[row]);
      return sentenceHit(corpus, documents[row] - 1, sentence[row], words);
    });
  },
  /* Sentences that have a valence: all, those that a name voices, or that mention it. */
  valence: (corpus, { relation, name }) => {
    const number = corpus.names.indexOf(name), every = () => corpus.parts.flatMap((part) => masked(corpus, part, new Uint8Array(part.sentenceToken.length - 1).fill(1)));
    const naming = () => inBoth(every(), mentionsOf(corpus, (each, part, row) => each === number && ACTORS.includes(corpus.labels[part.mentions.label[row]][0])));
    return { all: every, voiced: () => FINDERS["sentences of a voice"](corpus, { name }), mentions: naming }[relation]().filter((hit) => hit[2] <= 1000);
  },
});
const ACTORS = ["PERSON", "ORG", "GPE", "NORP"];
