/* The rows behind a number, by its key (`rows_of` and `by` in scripts/report/views.py). */
/**
 * A mask of the vocabulary entries that are counted as a word; a token without a lemma is counted by its form.
 * @type {(corpus: Shared, word: string) => Uint8Array}
 */
const wordMask = (corpus, word) =>
  Uint8Array.from(corpus.flags, (flags, row) => Number(flags & FLAGS.counted && wordAt(corpus, row) === word));
/** @type {(corpus: Shared, word: string) => Uint8Array} */
const formMask = (corpus, word) =>
  Uint8Array.from(corpus.flags, (flags, row) => Number(flags & FLAGS.counted && corpus.norm[row] === word));
/**
 * A mask of the sentences that overlap statements of speakers whose numbers pass the test.
 * @type {(part: Part, fits: (speaker: number) => boolean) => Uint8Array}
 */
const spokenSentences = (part, fits) => {
  const mask = new Uint8Array(part.sentenceToken.length - 1);
  part.quotes.speaker.forEach((speaker, row) => {
    if (!fits(speaker)) return;
    for (const [from, to] of piecesOf(part, row))
      if (to > from) mask.fill(1, sentenceAt(part, from), sentenceAt(part, to - 1) + 1);
  });
  return mask;
};
/**
 * A mask of the sentences that overlap a statement; the others are the narrator's.
 * @type {(part: Part) => Uint8Array}
 */
const quotedSentences = (part) => {
  part.quotedSentences ??= spokenSentences(part, () => true);
  return part.quotedSentences;
};
/**
 * The masked sentences that count, in documents that were parsed; other documents have no statements and no frames.
 * @type {(corpus: Corpus, part: Part, mask: Uint8Array) => Hit[]}
 */
const masked = (corpus, part, mask) =>
  [...mask].flatMap((there, sentence) => {
    const from = part.sentenceToken[sentence];
    if (!there || !isCounted(corpus, part, sentence) || !(corpus.uses[documentOf(part, from)] & USES.parsed)) return [];
    return [/** @type {Hit} */ ([part, from, part.sentenceToken[sentence + 1] - from])];
  });
/** @type {(part: Part) => Uint8Array} */
const everySentence = (part) => new Uint8Array(part.sentenceToken.length - 1).fill(1);
/**
 * A test of documents by number: `by` (a way of grouping, doc_id, or "period" for the beginning of the date) has the
 * value. EVERY passes all documents, and OTHERS those of all groups except `but`.
 * @type {(corpus: Corpus, by: string, value: string, but?: string) => (row: number) => boolean}
 */
const documentTest = (corpus, by, value, but) => {
  if (value === EVERY || by === "corpus") return () => true;
  if (by === "period") return (row) => corpus.date[row].startsWith(value);
  const values = by === "doc_id" ? corpus.docId : (corpus.groups.get(by) ?? []);
  return value === OTHERS ? (row) => values[row] !== "" && values[row] !== but : (row) => values[row] === value;
};
/** @type {(corpus: Corpus, by: string, value: string, side?: string) => (row: number) => boolean} */
const sideTest = (corpus, by, value, side) => documentTest(corpus, by, side === "reference" ? OTHERS : value, value);
/** @type {(part: Part, row: number, kind?: number | string) => Hit} */
const statementHit = (part, row, kind) => {
  const { quotes } = part;
  const length = quotes.pieces[row] ? quotes.pieceLength[quotes.piece[row]] : quotes.cue_length[row];
  return [part, quotes.first[row], length, quotes.words[row], quotes.quoted[row], kind];
};
/**
 * Statements that pass a test of speaker, part and first token.
 * @type {(corpus: Corpus, fits: (speaker: number, part: Part, first: number) => boolean) => Hit[]}
 */
const statements = (corpus, fits) =>
  corpus.parts.flatMap((part) =>
    [...part.quotes.speaker].flatMap((speaker, row) => {
      if (!part.quotes.pieces[row] || !fits(speaker, part, part.quotes.first[row])) return [];
      return [statementHit(part, row, part.quotes.words[row] ? speaker : undefined)];
    }),
  );
/**
 * Mentions that pass a test of name, part and row.
 * @type {(corpus: Corpus, fits: (name: number, part: Part, row: number) => boolean) => Hit[]}
 */
const mentionsOf = (corpus, fits) =>
  corpus.parts.flatMap((part) =>
    [...part.mentions.name].flatMap((name, row) =>
      fits(name, part, row) ? [/** @type {Hit} */ ([part, part.mentions.first[row], part.mentions.length[row]])] : [],
    ),
  );
/** @type {(corpus: Corpus, part: Part, row: number) => Label} */
const labelAt = (corpus, part, row) => corpus.labels[part.mentions.label[row]];
/**
 * Cues whose pattern has the values of `wanted`, and which pass a test of part and row.
 * @type {(corpus: Corpus, wanted: Wanted, fits: (part: Part, row: number) => boolean) => Hit[]}
 */
const cues = (corpus, wanted, fits) => {
  const chosen = corpus.patterns.map((pattern) =>
    Object.entries(pattern).every(([name, value]) => !(name in wanted) || wanted[name] === value),
  );
  return corpus.parts.flatMap((part) =>
    [...part.codes.pattern].flatMap((pattern, row) => {
      if (!chosen[pattern] || !fits(part, row)) return [];
      return [/** @type {Hit} */ ([part, part.codes.first[row], part.codes.length[row]])];
    }),
  );
};
/**
 * One hit for each sentence that has hits of both lists.
 * @type {(one: Hit[], other: Hit[]) => Hit[]}
 */
const inBoth = (one, other) => {
  const sentences = new Set();
  return besideOthers(one, other).filter(([part, first]) => {
    const key = `${part.number} ${sentenceAt(part, first)}`;
    return sentences.has(key) ? false : sentences.add(key);
  });
};
/**
 * The places of words in a sentence, each as its number among the counted words, for distances, and as its token.
 * @type {(corpus: Corpus, part: Part, masks: Uint8Array[], sentence: number) => [number, number][][]}
 */
const wordPlaces = (corpus, part, masks, sentence) => {
  /** @type {[number, number][][]} */
  const places = masks.map(() => []);
  let word = 0;
  for (let at = part.sentenceToken[sentence]; at < part.sentenceToken[sentence + 1]; at += 1) {
    const entry = part.tokens[at];
    if (!(corpus.flags[entry] & FLAGS.counted)) continue;
    for (const [which, mask] of masks.entries()) if (mask[entry]) places[which].push([word, at]);
    word += 1;
  }
  return places;
};
/**
 * Pairs of two words near each other in a sentence (within the setting `window`); a hit spans both words.
 * @type {(corpus: Corpus, one: string, other: string) => Hit[]}
 */
const nearEachOther = (corpus, one, other) => {
  const masks = [wordMask(corpus, one), wordMask(corpus, other)];
  /** @type {Hit[]} */
  const hits = [];
  for (const part of corpus.parts) {
    for (let sentence = 0; sentence + 1 < part.sentenceToken.length; sentence += 1) {
      const [first, second] = wordPlaces(corpus, part, masks, sentence);
      for (const [place, at] of first) {
        for (const [other_, there] of second) {
          const isNear = at !== there && Math.abs(place - other_) <= corpus.words.window;
          if (isNear && (one !== other || at < there)) hits.push([part, Math.min(at, there), Math.abs(at - there) + 1]);
        }
      }
    }
  }
  return hits;
};
/**
 * Occurrences of a word, or of all words, in statements by the speaker, by all others, or by anybody; each token counts
 * once per speaker.
 * @type {(corpus: Corpus, wanted: Wanted) => Hit[]}
 */
const wordSaid = (corpus, { word, speaker, side }) => {
  const mask = word ? wordMask(corpus, word) : corpus.flags.map((flags) => flags & FLAGS.counted);
  const number = corpus.names.indexOf(speaker);
  /** @type {Map<string, Hit>} */
  const hits = new Map();
  for (const part of corpus.parts) {
    part.quotes.speaker.forEach((each, row) => {
      if ((side === "target" && each !== number) || (side === "reference" && each === number)) return;
      for (const [from, to] of piecesOf(part, row)) {
        for (let at = from; at < to; at += 1)
          if (mask[part.tokens[at]]) hits.set(`${part.number} ${each} ${at}`, [part, at, 1]);
      }
    });
  }
  return [...hits.values()];
};
/**
 * True if these tokens lie within one piece of a statement's content.
 * @type {(part: Part, first: number, length: number) => boolean}
 */
const isQuoted = ({ quotes }, first, length) =>
  quotes.pieceFirst.some((from, piece) => from <= first && first + length <= from + quotes.pieceLength[piece]);
/**
 * The first mention of a name that lies within a statement, for each statement of a speaker that has one.
 * @type {(corpus: Corpus, wanted: Wanted) => Hit[]}
 */
const saidAbout = (corpus, { speaker, name }) => {
  const [voice, number] = [speaker, name].map((each) => corpus.names.indexOf(each));
  const about = new Map(corpus.parts.map((part) => [part, new Uint8Array(part.tokens.length)]));
  const mentions = mentionsOf(corpus, (each, part, row) => each === number && labelAt(corpus, part, row).kind !== "");
  for (const [part, first, length] of mentions) /** @type {Uint8Array} */ (about.get(part))[first] = length;
  return [...about].flatMap(([part, mask]) =>
    [...part.quotes.speaker].flatMap((each, row) => {
      if (each !== voice) return [];
      for (const [from, to] of piecesOf(part, row)) {
        const at = mask.subarray(from, to).findIndex((length, place) => length > 0 && from + place + length <= to);
        if (at >= 0) return [/** @type {Hit} */ ([part, from + at, 1])];
      }
      return [];
    }),
  );
};
/**
 * Cues of a frame, if asked for only those of a voice, and only in documents of a group or month.
 * @type {(corpus: Corpus, wanted: Wanted) => Hit[]}
 */
const cuesOfFrame = (corpus, wanted) => {
  const voice = "speaker" in wanted ? corpus.names.indexOf(wanted.speaker) : undefined;
  const narrated = wanted.speaker === NARRATOR;
  const tests = ["group", "month"]
    .filter((by) => by in wanted)
    .map((by) => documentTest(corpus, by, wanted[by], wanted.but));
  return cues(corpus, wanted, (part, row) => {
    const first = part.codes.first[row];
    if (voice !== undefined && part.codes.speaker[row] !== voice) return false;
    if (narrated && quotedSentences(part)[sentenceAt(part, first)]) return false;
    return tests.every((inside) => inside(documentOf(part, first)));
  });
};
/**
 * The documents of a group, each as a hit at its first token with its numbers of words and sentences; with `of`, only
 * documents that count for this use.
 * @type {(corpus: Corpus, wanted: Wanted) => Hit[]}
 */
const documentsOfGroup = (corpus, { value, by = "group", of, side, ...others }) => {
  const tests = [sideTest(corpus, by, value, side)];
  for (const [name, each] of Object.entries(others)) tests.push(documentTest(corpus, name, each));
  if (of) tests.push((row) => (corpus.uses[row] & bitOf(USES, of)) > 0);
  /** @type {(part: Part, from: number, to: number) => number} */
  const countedWords = (part, from, to) =>
    part.tokens.subarray(from, to).reduce((sum, entry) => sum + (corpus.flags[entry] & FLAGS.counted ? 1 : 0), 0);
  return corpus.parts.flatMap((part) =>
    [...part.documentToken.subarray(0, -1)].flatMap((from, local) => {
      const row = part.document + local;
      if (!tests.every((inside) => inside(row))) return [];
      const words = of === "words" ? countedWords(part, from, part.documentToken[local + 1]) : corpus.nWords[row];
      return [/** @type {Hit} */ ([part, from, 0, words, corpus.nSentences[row]])];
    }),
  );
};
/**
 * The bit with a name; 0 if there is none.
 * @type {(bits: Record<string, number>, name: string) => number}
 */
const bitOf = (bits, name) => bits[name] ?? 0;
/**
 * Functions that find collections of rows, by the names that tables.yaml gives these in `rows_of`.
 * @type {Record<string, Finder>}
 */
const FINDERS = {
  quotes: (corpus, { speaker }) => {
    const number = corpus.names.indexOf(speaker);
    return statements(corpus, (each) => each === number);
  },
  "quotes of a group": (corpus, { speaker, value, by = "group" }) => {
    const number = corpus.names.indexOf(speaker);
    const inside = documentTest(corpus, by, value);
    return statements(corpus, (each, part, first) => each === number && inside(documentOf(part, first)));
  },
  /* Statements with a known speaker, or with side `anybody` all statements. */
  "statements of a group": (corpus, { value, side }) => {
    const inside = documentTest(corpus, "group", value);
    const anybody = side === "anybody";
    return statements(
      corpus,
      (each, part, first) => (anybody || corpus.names[each] !== "") && inside(documentOf(part, first)),
    );
  },
  "quotes beside": (corpus, { speaker, other }) => {
    const pair = [speaker, other].map((name) => corpus.names.indexOf(name));
    const documents = pair.map((number) => {
      const own = statements(corpus, (each) => each === number);
      return new Set(own.map(([part, first]) => documentOf(part, first)));
    });
    return statements(
      corpus,
      (each, part, first) => pair.includes(each) && documents.every((set) => set.has(documentOf(part, first))),
    );
  },
  "sentences of a voice": (corpus, { name }) => {
    const number = corpus.names.indexOf(name);
    return corpus.parts.flatMap((part) => {
      const narrated = name === NARRATOR;
      const mask = narrated
        ? quotedSentences(part).map((there) => 1 - there)
        : spokenSentences(part, (each) => each === number);
      return masked(corpus, part, mask);
    });
  },
  "words of a speaker": wordSaid,
  "said about": saidAbout,
  entities: (corpus, { entity }) => {
    const number = corpus.names.indexOf(entity);
    return mentionsOf(corpus, (each) => each === number);
  },
  entity_mentions: (corpus, { name, doc_id: docId, side }) => {
    const number = corpus.names.indexOf(name);
    const inside = docId === undefined ? () => true : documentTest(corpus, "doc_id", docId);
    return mentionsOf(corpus, (each, part, row) => {
      const first = part.mentions.first[row];
      if (each !== number || !labelAt(corpus, part, row).kind || !inside(documentOf(part, first))) return false;
      return side !== "quoted" || isQuoted(part, first, part.mentions.length[row]);
    });
  },
  /* Both have to be in the text, if one is given: a sentence may be in a statement only in part. */
  "names together": (corpus, { name1, name2 }, text) => {
    const [one, other] = [name1, name2].map((name) => {
      const number = corpus.names.indexOf(name);
      return mentionsOf(
        corpus,
        (each, part, row) => each === number && PAIRED_KINDS.includes(labelAt(corpus, part, row).kind),
      ).filter(([part, at]) => !text || text.get(part)?.[at]);
    });
    return inBoth(one, other);
  },
  frame_codes: cuesOfFrame,
  "frames together": (corpus, { scheme, frame_a: one, frame_b: other }) =>
    inBoth(
      cues(corpus, { scheme, frame: one }, () => true),
      cues(corpus, { scheme, frame: other }, () => true),
    ),
  "no frame": (corpus, { scheme }) => {
    const uncoded = new Map(corpus.parts.map((part) => [part, everySentence(part)]));
    for (const [part, first] of cues(corpus, { scheme }, () => true)) {
      /** @type {Uint8Array} */ (uncoded.get(part))[sentenceAt(part, first)] = 0;
    }
    return [...uncoded].flatMap(([part, mask]) => masked(corpus, part, mask));
  },
  sentences: (corpus, wanted) => {
    const words = Object.values(wanted).join(" ").split(" ");
    return sequences(
      corpus,
      words.map((word) => formMask(corpus, word)),
    );
  },
  "tokens near each other": (corpus, { word1, word2 }) => nearEachOther(corpus, word1, word2),
  tokens: (corpus, { word }) => sequences(corpus, [wordMask(corpus, word)]),
  "tokens of a group": (corpus, { word, column, side, ...rest }) => {
    const [group] = Object.values(rest);
    const inside = sideTest(corpus, column, group, side);
    return FINDERS.tokens(corpus, { word }).filter(([part, at]) => inside(documentOf(part, at)));
  },
  "documents of a group": documentsOfGroup,
};
/** @type {(columns: string[], values: string[]) => Wanted} */
const keyOf = (columns, values) => Object.fromEntries(columns.map((name, at) => [name, values[at]]));
/** @type {(corpus: Corpus, table: string, columns: string[], values: string[]) => Hit[]} */
const findRows = (corpus, table, columns, values) => FINDERS[table](corpus, keyOf(columns, values));
