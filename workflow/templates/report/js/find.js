/* The rows behind a number, by its key: each a hit of [part, first token, tokens, words, words in quotation marks]. */
/* A word as it was counted, by lemma or by form; a token without a lemma counts by its form. */
const COUNTED = 4, NARRATOR = "(narrator)", EVERY = "(all)", OTHERS = "(the others)";
const wordMask = (corpus, word) => Uint8Array.from(corpus.norm, (norm, row) => (
  corpus.flags[row] & COUNTED && wordAt(corpus, row) === word ? 1 : 0));
const formMask = (corpus, word) => Uint8Array.from(corpus.norm, (norm, row) => (corpus.flags[row] & COUNTED && norm === word ? 1 : 0));
const sentenceAt = (part, token) => placeOf(part.sentenceToken.subarray(0, -1), token);
/* Sentences that some attribution overlaps, as a mask: the others are the narrator's. */
const quotedSentences = (part) => part.quoted ??= spokenSentences(part, () => true);
const spokenSentences = (part, fits) => {
  const mask = new Uint8Array(part.sentenceToken.length - 1), { quotes } = part;
  quotes.speaker.forEach((speaker, row) => {
    if (!fits(speaker)) return;
    for (let piece = quotes.piece[row]; piece < quotes.piece[row + 1]; piece += 1) {
      const first = quotes.pieceFirst[piece], length = quotes.pieceLength[piece];
      if (length) mask.fill(1, sentenceAt(part, first), sentenceAt(part, first + length - 1) + 1);
    }
  });
  return mask;
};
/* Sentences of a mask, in documents that were parsed: nobody speaks in the others, and they have no frames. */
const masked = (corpus, part, mask) => [...mask].flatMap((there, sentence) => {
  const from = part.sentenceToken[sentence];
  return there && corpus.uses[documentOf(part, from)] & USES.parsed ? [[part, from, part.sentenceToken[sentence + 1] - from]] : [];
});
/* What is counted in a document (scripts/report/corpus/blocks.py). */
const USES = { parsed: 1, sources: 2, words: 4, repeats: 16 }, WIRE = 8;
/* Documents, as a test of their number, whose `by` has the value: a way to group them, doc_id, or the beginning of the
   date; with `but` those of all other groups. */
const documentTest = (corpus, by, value, but) => {
  if (value === EVERY || by === "corpus") return () => true;
  if (by === "period") return (row) => corpus.date[row].startsWith(value);
  const values = by === "doc_id" ? corpus.docId : corpus.groups.get(by) ?? [];
  return value === OTHERS ? (row) => values[row] !== "" && values[row] !== but : (row) => values[row] === value;
};
const sideTest = (corpus, by, value, side) => documentTest(corpus, by, side === "reference" ? OTHERS : value, value);
const documentOf = (part, token) => placed(part, token).document;
const statementHit = (part, row, kind) => {
  const { quotes } = part, length = quotes.pieces[row] ? quotes.pieceLength[quotes.piece[row]] : quotes.cue_length[row];
  return [part, quotes.first[row], length, quotes.words[row], quotes.quoted[row], kind];
};
const statements = (corpus, fits) => corpus.parts.flatMap((part) => [...part.quotes.speaker].flatMap((speaker, row) => (
  part.quotes.pieces[row] && fits(speaker, part, part.quotes.first[row]) ? [statementHit(part, row, part.quotes.words[row] ? speaker : undefined)] : [])));
const mentionsOf = (corpus, fits) => corpus.parts.flatMap((part) => [...part.mentions.name].flatMap((name, row) => (
  fits(name, part, row) ? [[part, part.mentions.first[row], part.mentions.length[row]]] : [])));
/* Cues whose pattern has the values of `wanted`, by speakers and in documents for which the tests hold. */
const cues = (corpus, wanted, fits) => {
  const chosen = corpus.patterns.map(([scheme, frame, term]) => Object.entries({ scheme, frame, term }).every(([name, value]) => !(name in wanted) || wanted[name] === value));
  return corpus.parts.flatMap((part) => [...part.codes.pattern].flatMap((pattern, row) => (
    chosen[pattern] && fits(part, row) ? [[part, part.codes.first[row], part.codes.length[row]]] : [])));
};
/* Hits in sentences that have a hit of both lists, one a sentence. */
const inBoth = (one, other) => {
  const key = ([part, first]) => `${part.number} ${sentenceAt(part, first)}`, there = new Set(other.map(key)), shared = new Map();
  for (const hit of one) if (there.has(key(hit)) && !shared.has(key(hit))) shared.set(key(hit), hit);
  return [...shared.values()];
};
/* Pairs of two words within the window of a sentence: from the first of each pair to the second. Only words count for the distance. */
const nearEachOther = (corpus, one, other) => {
  const masks = [wordMask(corpus, one), wordMask(corpus, other)], hits = [];
  for (const part of corpus.parts) part.sentenceToken.subarray(0, -1).forEach((from, sentence) => {
    const places = [[], []];
    let word = 0;
    for (let at = from; at < part.sentenceToken[sentence + 1]; at += 1) {
      const entry = part.tokens[at];
      if (!(corpus.flags[entry] & COUNTED)) continue;
      masks.forEach((mask, which) => { if (mask[entry]) places[which].push([word, at]); });
      word += 1;
    }
    for (const [place, at] of places[0]) for (const [second, there] of places[1]) {
      if (at !== there && Math.abs(place - second) <= corpus.words.window && (one !== other || at < there)) {
        hits.push([part, Math.min(at, there), Math.abs(at - there) + 1]);
      }
    }
  });
  return hits;
};
/* Occurrences of a word, or of all words, in statements: of the speaker, of all others (of each once), or of anybody. */
const wordSaid = (corpus, word, speaker, side) => {
  const mask = word ? wordMask(corpus, word) : corpus.flags.map((flags) => flags & COUNTED), number = corpus.names.indexOf(speaker), hits = new Map();
  for (const part of corpus.parts) part.quotes.speaker.forEach((each, row) => {
    if ((side === "target" && each !== number) || (side === "reference" && each === number)) return;
    for (let piece = part.quotes.piece[row]; piece < part.quotes.piece[row + 1]; piece += 1) {
      const first = part.quotes.pieceFirst[piece], end = first + part.quotes.pieceLength[piece];
      for (let at = first; at < end; at += 1) if (mask[part.tokens[at]]) hits.set(`${part.number} ${each} ${at}`, [part, at, 1]);
    }
  });
  return [...hits.values()];
};
/* Whether so many tokens are within one piece of what somebody is quoted with. */
const isQuoted = ({ quotes }, first, length) => quotes.pieceFirst.some((from, piece) => from <= first && first + length <= from + quotes.pieceLength[piece]);
const FINDERS = {
  /* Statements of a speaker; with `side` also the refusals to speak. */
  quotes: (corpus, { speaker, side }) => {
    const number = corpus.names.indexOf(speaker), own = statements(corpus, (each) => each === number);
    return side ? [...own, ...FINDERS.refusals(corpus, { speaker })] : own;
  },
  "quotes of a group": (corpus, { speaker, value, by = "group" }) => {
    const number = corpus.names.indexOf(speaker), inside = documentTest(corpus, by, value);
    return statements(corpus, (each, part, first) => each === number && inside(documentOf(part, first)));
  },
  /* Those of somebody, or of `anybody`, whose speaker may not have been found. */
  "statements of a group": (corpus, { value, side }) => {
    const inside = documentTest(corpus, "group", value);
    return statements(corpus, (each, part, first) => (side === "anybody" || corpus.names[each] !== "") && inside(documentOf(part, first)));
  },
  "quotes beside": (corpus, { speaker, other }) => {
    const pair = [speaker, other].map((name) => corpus.names.indexOf(name)), documents = pair.map((number) => new Set(
      statements(corpus, (each) => each === number).map(([part, first]) => documentOf(part, first))));
    return statements(corpus, (each, part, first) => pair.includes(each) && documents.every((set) => set.has(documentOf(part, first))));
  },
  "sentences of a voice": (corpus, { name }) => {
    const number = corpus.names.indexOf(name);
    return corpus.parts.flatMap((part) => masked(corpus, part, name === NARRATOR ? quotedSentences(part).map((there) => 1 - there) : spokenSentences(part, (each) => each === number)));
  },
  "words of a speaker": (corpus, { word, speaker, side }) => wordSaid(corpus, word, speaker, side),
  "said about": (corpus, { speaker, name }) => {
    const number = corpus.names.indexOf(name), about = new Map(corpus.parts.map((part) => [part, new Uint8Array(part.tokens.length)]));
    for (const [part, first] of mentionsOf(corpus, (each, part, row) => each === number && corpus.labels[part.mentions.label[row]][1])) about.get(part)[first] = 1;
    const voice = corpus.names.indexOf(speaker);
    return corpus.parts.flatMap((part) => [...part.quotes.speaker].flatMap((each, row) => {
      if (each !== voice) return [];
      for (let piece = part.quotes.piece[row]; piece < part.quotes.piece[row + 1]; piece += 1) {
        const first = part.quotes.pieceFirst[piece], at = about.get(part).subarray(first, first + part.quotes.pieceLength[piece]).indexOf(1);
        if (at >= 0) return [[part, first + at, 1]];
      }
      return [];
    }));
  },
  entities: (corpus, { entity }) => { const number = corpus.names.indexOf(entity); return mentionsOf(corpus, (each) => each === number); },
  entity_mentions: (corpus, { name, doc_id: document_, side }) => {
    const number = corpus.names.indexOf(name), inside = document_ === undefined ? () => true : documentTest(corpus, "doc_id", document_);
    return mentionsOf(corpus, (each, part, row) => each === number && corpus.labels[part.mentions.label[row]][1] && inside(documentOf(part, part.mentions.first[row]))
      && (side !== "quoted" || isQuoted(part, part.mentions.first[row], part.mentions.length[row])));
  },
  "names together": (corpus, { name1, name2 }) => inBoth(...[name1, name2].map((name) => FINDERS.entity_mentions(corpus, { name }))),
  frame_codes: (corpus, wanted) => {
    const voice = "speaker" in wanted ? corpus.names.indexOf(wanted.speaker) : -1, narrated = wanted.speaker === NARRATOR;
    const tests = ["group", "month"].filter((by) => by in wanted).map((by) => documentTest(corpus, by, wanted[by], wanted.but));
    return cues(corpus, wanted, (part, row) => {
      const first = part.codes.first[row];
      if (voice >= 0 && part.codes.speaker[row] !== voice) return false;
      return !(narrated && quotedSentences(part)[sentenceAt(part, first)]) && (!tests.length || tests.every((inside) => inside(documentOf(part, first))));
    });
  },
  "frames together": (corpus, { scheme, frame_a: one, frame_b: other }) => inBoth(...[one, other].map((frame) => cues(corpus, { scheme, frame }, () => true))),
  "no frame": (corpus, { scheme }) => {
    const coded = new Map(corpus.parts.map((part) => [part, new Uint8Array(part.sentenceToken.length - 1).fill(1)]));
    for (const [part, first] of cues(corpus, { scheme }, () => true)) coded.get(part)[sentenceAt(part, first)] = 0;
    return corpus.parts.flatMap((part) => masked(corpus, part, coded.get(part)));
  },
  sentences: (corpus, wanted) => sequences(corpus, Object.values(wanted).join(" ").split(" ").map((word) => formMask(corpus, word))),
  "word in a document": (corpus, { norm: word, document: document_ }) => {
    const inside = documentTest(corpus, "doc_id", document_);
    return sequences(corpus, [entriesWith(corpus, (norm, lemma) => norm === word || lemma === word)]).filter(([part, at]) => inside(documentOf(part, at)));
  },
  "tokens near each other": (corpus, { word1, word2 }) => nearEachOther(corpus, word1, word2),
  tokens: (corpus, { word }) => sequences(corpus, [wordMask(corpus, word)]),
  "tokens of a group": (corpus, { word, column, side, ...rest }) => {
    const [group] = Object.values(rest), inside = sideTest(corpus, column, group, side);
    return FINDERS.tokens(corpus, { word }).filter(([part, at]) => inside(documentOf(part, at)));
  },
  /* A document is a row from its first token on, with its words and sentences; those `of` a use alone. */
  "documents of a group": (corpus, { value, by = "group", of, side, ...others }) => {
    const tests = [sideTest(corpus, by, value, side), ...Object.entries(others).map(([name, each]) => documentTest(corpus, name, each))];
    if (of) tests.push((row) => corpus.uses[row] & USES[of]);
    return corpus.parts.flatMap((part) => [...part.documentSentence.subarray(0, -1)].flatMap((sentence, local) => {
      const row = part.document + local, from = part.sentenceToken[sentence], to = part.sentenceToken[part.documentSentence[local + 1]];
      if (!tests.every((inside) => inside(row))) return [];
      const words = of === "words" ? part.tokens.subarray(from, to).reduce((sum, entry) => sum + (corpus.flags[entry] & COUNTED ? 1 : 0), 0) : corpus.nWords[row];
      return [[part, from, 0, words, corpus.nSentences[row]]];
    }));
  },
};
const findRows = (corpus, table, columns, values) => FINDERS[table](corpus, Object.fromEntries(columns.map((name, at) => [name, values[at]])));
