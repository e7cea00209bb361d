/* A choice of documents, sentences or statements: its conditions, its text, its file, and what it selects. */
/** The conditions of a choice, in the order in which a text states them. */
const CONDITIONS = [
  "words",
  "naming",
  "topics",
  "stories",
  "groups",
  "outlets",
  "from",
  "to",
  "speaker",
  "kind",
  "origin",
];
/** Conditions that are lists: a document must have one of their values. */
const LISTS = ["topics", "stories", "groups", "outlets"];
/** @type {(choice: Choice) => boolean} */
const isEmpty = (choice) => Object.keys(cleanChoice(choice)).length === 0;
/**
 * A test of documents by the conditions that do not depend on their sentences.
 * @type {(corpus: Corpus, choice: Choice) => (row: number) => boolean}
 */
const conditionTest = (corpus, { topics, stories, groups, outlets, from = "", to = "", origin, take }) => {
  const group = corpus.groups.get("group") ?? [];
  const about = topics && !take ? corpus.topics.filter(({ name }) => topics.includes(name)) : undefined;
  return (row) => {
    const date = corpus.date[row];
    if (about && !about.some(({ documents }) => documents.has(row))) return false;
    if (stories?.length && !stories.includes(corpus.stories[corpus.story[row] - 1]?.name)) return false;
    if (groups?.length && !groups.includes(group[row])) return false;
    if (outlets?.length && !outlets.includes(corpus.outlet[row])) return false;
    if (from && (date.length < from.length || date.slice(0, from.length) < from)) return false;
    if (to && (date.length < to.length || date.slice(0, to.length) > to)) return false;
    return !origin || Boolean(corpus.uses[row] & USES.wire) === (origin === WIRE_ORIGIN);
  };
};
/**
 * The attribute of sources and the value that a choice names: a kind, or a value of a column of yours, gender: woman.
 * @type {(kind: string) => [string, string]}
 */
const sourceCondition = (kind) => {
  const at = kind.indexOf(": ");
  return at < 0 ? ["kind", kind] : [kind.slice(0, at), kind.slice(at + 2)];
};
/**
 * A test of statements: the speaker's name has the letters or one of their alternatives, and the source is of the kind.
 * @type {(corpus: Corpus, choice: Choice) => (part: Part, row: number) => boolean}
 */
const statementTest = (corpus, { speaker = "", kind = "" }) => {
  const fits = namesWith(corpus, speaker);
  const [attribute, value] = sourceCondition(kind);
  const values = corpus.attributes[attribute] ?? [];
  return ({ quotes }, row) => {
    if (speaker && (!corpus.names[quotes.speaker[row]] || !fits[quotes.speaker[row]])) return false;
    return !kind || values[quotes.values[attribute]?.[row]] === value;
  };
};
/**
 * The rows of hits of these topics in a part.
 * @type {(corpus: Corpus, part: Part, topics: string[]) => number[]}
 */
const topicHits = (corpus, { topics: hits }, topics) => {
  const isAsked = corpus.topics.map(({ name }) => topics.includes(name));
  return [...hits.of.keys()].filter((row) => isAsked[hits.of[row]]);
};
/**
 * The mentions of the names that are meant by a choice.
 * @type {(corpus: Corpus, choice: Choice) => Hit[]}
 */
const mentionsWith = (corpus, { naming = "" }) => {
  const fits = namesWith(corpus, naming);
  return mentionsOf(corpus, (name, part, row) => fits[name] && labelAt(corpus, part, row).kind !== "");
};
/**
 * A test of the rows of statements of a part: their contents have the words, names and topics of a choice.
 * @type {(corpus: Corpus, part: Part, choice: Choice, hits: Hit[], mentions: Hit[]) => (row: number) => boolean}
 */
const saidTest = (corpus, part, { words, naming, topics }, hits, mentions) => {
  const { topics: ofTopics } = part;
  const about = topics && new Set(topicHits(corpus, part, topics).map((row) => ofTopics.statement[row] - 1));
  /* For each token, the number of words of the shortest hit that begins there. */
  const lengths = new Uint16Array(words ? part.tokens.length : 0);
  for (const [each, at, length] of hits) if (each === part) lengths[at] = Math.min(lengths[at] || length, length);
  /** @type {(row: number) => boolean} */
  const hasWords = (row) =>
    piecesOf(part, row).some(([from, end]) =>
      lengths.subarray(from, end).some((length, at) => length > 0 && from + at + length <= end),
    );
  const names = new Uint8Array(naming ? part.tokens.length : 0);
  for (const [each, at] of mentions) if (each === part) names[at] = 1;
  /** @type {(row: number) => boolean} */
  const hasNames = (row) => piecesOf(part, row).some(([from, end]) => names.subarray(from, end).includes(1));
  return (row) => (!about || about.has(row)) && (!words || hasWords(row)) && (!naming || hasNames(row));
};
/**
 * The first and the last sentence of each piece of a statement; a refusal to comment has none.
 * @type {(part: Part, row: number) => [number, number][]}
 */
const sentencesOf = (part, row) =>
  piecesOf(part, row).map(([from, end]) => [sentenceAt(part, from), sentenceAt(part, Math.max(from, end - 1))]);
/**
 * True for a sentence that counts, which one in boilerplate does not.
 * @type {(corpus: Corpus, part: Part, sentence: number) => boolean}
 */
const isCounted = (corpus, part, sentence) =>
  !(corpus.flags[part.tokens[part.sentenceToken[sentence]]] & FLAGS.left_out);
/**
 * For each of a choice's conditions on sentences a mask of the sentences that meet it. The conditions are: it has the
 * words; it has one of the names; it has a hit of a topic (but topics are conditions on documents if the choice takes
 * whole documents); it overlaps a statement by the speaker and kind.
 * @type {(corpus: Corpus, choice: Choice) => Masks[]}
 */
const conditionMasks = (corpus, choice) => {
  const empty = () => new Map(corpus.parts.map((part) => [part, new Uint8Array(part.sentenceToken.length - 1)]));
  const masks = [];
  const found = [
    ...(choice.words ? [queryHits(corpus, choice.words)] : []),
    ...(choice.naming ? [mentionsWith(corpus, choice)] : []),
  ];
  for (const hits of found) {
    const mask = empty();
    for (const [part, at] of hits) mask.get(part)?.fill(1, sentenceAt(part, at), sentenceAt(part, at) + 1);
    masks.push(mask);
  }
  if (choice.topics && choice.take) {
    const mask = empty();
    for (const part of corpus.parts) {
      for (const row of topicHits(corpus, part, choice.topics)) {
        mask.get(part)?.fill(1, part.topics.sentence[row], part.topics.sentence[row] + 1);
      }
    }
    masks.push(mask);
  }
  if (choice.speaker || choice.kind) {
    const fits = statementTest(corpus, choice);
    const mask = empty();
    for (const part of corpus.parts) {
      part.quotes.speaker.forEach((_, row) => {
        if (!fits(part, row)) return;
        for (const [first, last] of sentencesOf(part, row)) mask.get(part)?.fill(1, first, last + 1);
      });
    }
    masks.push(mask);
  }
  return masks;
};
/**
 * A mask of the chosen sentences of a part: all sentences of the documents that meet every condition, or, if sentences
 * are taken, only those sentences that meet the conditions themselves.
 * @type {(corpus: Corpus, part: Part, choice: Choice, conditions: Masks[]) => Uint8Array}
 */
const chosenSentences = (corpus, part, choice, conditions) => {
  const inside = conditionTest(corpus, choice);
  const masks = conditions.map((each) => each.get(part) ?? new Uint8Array());
  const chosen = new Uint8Array(part.sentenceToken.length - 1);
  for (let local = 0; local + 1 < part.documentSentence.length; local += 1) {
    const [from, to] = [part.documentSentence[local], part.documentSentence[local + 1]];
    if (!inside(part.document + local)) continue;
    if (!choice.take && !masks.every((mask) => mask.subarray(from, to).includes(1))) continue;
    for (let at = from; at < to; at += 1) {
      chosen[at] = Number(isCounted(corpus, part, at) && (!choice.take || masks.every((mask) => mask[at])));
    }
  }
  return chosen;
};
/**
 * A mask of the chosen statements of a part: those that overlap a chosen sentence and pass the test `fits`.
 * @type {(part: Part, sentences: Uint8Array, fits: (part: Part, row: number) => boolean) => Uint8Array}
 */
const chosenStatements = (part, sentences, fits) =>
  Uint8Array.from(part.quotes.speaker, (_, row) =>
    Number(
      fits(part, row) &&
        sentencesOf(part, row).some(([first, last]) => sentences.subarray(first, last + 1).includes(1)),
    ),
  );
/**
 * A mask of the tokens in masked sentences of a part.
 * @type {(part: Part, sentences: Uint8Array) => Uint8Array}
 */
const tokensIn = ({ tokens, sentenceToken }, sentences) => {
  const text = new Uint8Array(tokens.length);
  sentences.forEach((there, at) => {
    if (there) text.fill(1, sentenceToken[at], sentenceToken[at + 1]);
  });
  return text;
};
/**
 * A selection from masks of sentences, tokens and statements, with its documents and their numbers of sentences and
 * words.
 * @type {(
 *   corpus: Corpus, sentences: Masks, text: Masks, said: Masks, whole: boolean, documents?: Uint8Array
 * ) => Chosen}
 */
const chosenFrom = (corpus, sentences, text, said, whole, documents = new Uint8Array(corpus.docId.length)) => {
  const [nSentences, nWords] = [new Float64Array(documents.length), new Float64Array(documents.length)];
  for (const [part, mask] of sentences) {
    const isIn = text.get(part) ?? new Uint8Array();
    for (let local = 0; local + 1 < part.documentSentence.length; local += 1) {
      const number = part.document + local;
      for (let at = part.documentSentence[local]; at < part.documentSentence[local + 1]; at += 1) {
        if (!mask[at]) continue;
        documents[number] = 1;
        nSentences[number] += 1;
        for (let token = part.sentenceToken[at]; token < part.sentenceToken[at + 1]; token += 1) {
          if (isIn[token] && corpus.flags[part.tokens[token]] & FLAGS.word) nWords[number] += 1;
        }
      }
    }
  }
  return { whole, documents, sentences, text, statements: said, nSentences, nWords };
};
/**
 * The selection of a choice; an empty choice selects everything. Documents without a sentence can be selected only if
 * there are no conditions on sentences.
 * @type {(corpus: Corpus, choice: Choice) => Chosen}
 */
const chosenOf = (corpus, choice) => {
  if (choice.take === "statements") return chosenSpeech(corpus, choice);
  const conditions = conditionMasks(corpus, choice);
  const whole = !choice.take;
  const fits = whole ? () => true : statementTest(corpus, choice);
  const sentences = new Map(corpus.parts.map((part) => [part, chosenSentences(corpus, part, choice, conditions)]));
  const text = new Map([...sentences].map(([part, mask]) => [part, tokensIn(part, mask)]));
  const chosen = new Map([...sentences].map(([part, mask]) => [part, chosenStatements(part, mask, fits)]));
  const inside = conditionTest(corpus, choice);
  const empty = corpus.docId.map((_, row) => Number(!conditions.length && inside(row)));
  return chosenFrom(corpus, sentences, text, chosen, whole, Uint8Array.from(empty));
};
/**
 * The selection of a choice that takes statements: those by the speaker and kind whose contents have the words and
 * topics, and the sentences that these statements overlap.
 * @type {(corpus: Corpus, choice: Choice) => Chosen}
 */
const chosenSpeech = (corpus, choice) => {
  const inside = conditionTest(corpus, choice);
  const fits = statementTest(corpus, choice);
  const hits = choice.words ? queryHits(corpus, choice.words) : [];
  const mentions = choice.naming ? mentionsWith(corpus, choice) : [];
  const chosen = corpus.parts.map((part) => {
    const isSaid = saidTest(corpus, part, choice, hits, mentions);
    const own = Uint8Array.from(part.quotes.first, (first, row) =>
      Number(fits(part, row) && isSaid(row) && inside(documentOf(part, first))),
    );
    return /** @type {[Part, Uint8Array]} */ ([part, own]);
  });
  return speechOf(corpus, new Map(chosen));
};
/**
 * Statements as a selection, with the sentences that they overlap; `without` is text that does not count.
 * @type {(corpus: Corpus, statements: Masks, without?: Masks) => Chosen}
 */
const speechOf = (corpus, statements, without) => {
  const [sentences, text] = [0, 1].map(() => /** @type {Masks} */ (new Map()));
  for (const [part, own] of statements) {
    const mask = new Uint8Array(part.sentenceToken.length - 1);
    const said = new Uint8Array(part.tokens.length);
    own.forEach((there, row) => {
      if (!there) return;
      for (const [first, last] of sentencesOf(part, row)) mask.fill(1, first, last + 1);
      for (const [from, end] of piecesOf(part, row)) said.fill(1, from, end);
    });
    const counted = mask.map((there, at) => Number(there && isCounted(corpus, part, at)));
    sentences.set(part, counted);
    text.set(
      part,
      tokensIn(part, counted).map((there, at) => there & said[at] & (1 - (without?.get(part)?.[at] ?? 0))),
    );
  }
  return chosenFrom(corpus, sentences, text, statements, false);
};
/**
 * Everything that a choice leaves out: of a choice of statements, the other statements. A sentence is in it if one of
 * its words is.
 * @type {(corpus: Corpus, choice: Choice, chosen: Chosen) => Chosen}
 */
const othersOf = (corpus, choice, chosen) => {
  const said = new Map([...chosen.statements].map(([part, mask]) => [part, mask.map((there) => 1 - there)]));
  if (choice.take === "statements") return speechOf(corpus, said, chosen.text);
  const documents = chosen.whole ? chosen.documents.map((there) => 1 - there) : undefined;
  const [sentences, text] = [0, 1].map(() => /** @type {Masks} */ (new Map()));
  for (const [part, mask] of chosen.sentences) {
    const isIn = chosen.text.get(part) ?? new Uint8Array();
    const { tokens, sentenceToken } = part;
    const others = mask.map((there, at) => {
      const own = isIn.subarray(sentenceToken[at], sentenceToken[at + 1]);
      const isLeft = own.some((in_, place) => !in_ && corpus.flags[tokens[sentenceToken[at] + place]] & FLAGS.word);
      return Number(isCounted(corpus, part, at) && (isLeft || !there));
    });
    sentences.set(part, others);
    text.set(
      part,
      tokensIn(part, others).map((there, at) => there & (1 - isIn[at])),
    );
  }
  return chosenFrom(corpus, sentences, text, said, chosen.whole, documents);
};

/** @type {(choice: Choice) => boolean} */
const hasParts = ({ words, naming, topics, speaker, kind }) => Boolean(words || naming || topics || speaker || kind);
/** @type {(corpus: Shared, choice: Choice) => string} */
const conditionText = (corpus, choice) => {
  const { words, naming, topics, stories, groups = [], outlets = [], from, to, speaker, kind, origin, take } = choice;
  const titles = new Map(corpus.stories.map(({ name, title }) => [name, title]));
  const told = [];
  if (words) told.push(`with ${words}`);
  if (naming) told.push(`naming ${naming}`);
  if (topics) told.push(`about ${topics.join(" or ")}`);
  const sources = kind && `sources ${sourceCondition(kind)[0] === "kind" ? "of the kind" : "with"} ${kind}`;
  if (speaker || kind) told.push(`quoting ${[speaker, sources].filter(Boolean).join(" among ")}`);
  if (stories) told.push(`of the story ${stories.map((name) => titles.get(name) ?? name).join(" or ")}`);
  const where = [...[...groups].sort(byRank).map(groupName), ...outlets].join(" or ");
  if (where) told.push(`of ${where}`);
  if (from || to) told.push([from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" "));
  if (origin) told.push(origin === WIRE_ORIGIN ? "of wire copy" : "of own reporting");
  const unit = take ? take.replace(/^./, (sign) => sign.toUpperCase()) : "Documents";
  return shortened(told.length ? `${unit} ${told.join(", ")}` : `All ${unit.toLowerCase()}`, 300);
};
/** @type {(corpus: Shared, choice: Choice) => string} */
const othersText = (corpus, choice) => {
  const others = choice.take === "statements" ? "All other statements" : "All others";
  const also = (choice.from || choice.to) && corpus.date.includes("") ? ", also those without a date" : "";
  return `${others}${also} (not ${conditionText(corpus, choice).replace(/^./, (sign) => sign.toLowerCase())})`;
};
/** @type {(view: View) => string} */
const viewHash = (view) =>
  isAsking(view) || view.curves || view.groups_shown ? askHash(JSON.stringify(view)) : "#answer";
/** @type {(text: string) => string} */
const askHash = (text) => `#ask=${encodeURIComponent(text)}`;
/**
 * A choice from unchecked values: its known conditions in their order, with values of the right type only.
 * @type {(given: unknown) => Choice}
 */
const cleanChoice = (given) => {
  /** @type {Record<string, unknown>} */
  const values = given && typeof given === "object" ? Object.fromEntries(Object.entries(given)) : {};
  /** @type {Choice} */
  const choice = {};
  for (const name of CONDITIONS) {
    const value = values[name];
    if (LISTS.includes(name)) {
      const list = textsIn(value);
      if (list.length) choice[name] = list;
    } else if (typeof value === "string" && value.trim()) choice[name] = value.trim();
  }
  if (values.take === "statements" || (values.take === "sentences" && hasParts(choice))) choice.take = values.take;
  return choice;
};
/**
 * A view from the text in an address of the page.
 * @type {(text: string) => View}
 */
const viewFrom = (text) => {
  const { choose, against, curves: given, groups_shown: groups } = JSON.parse(text) ?? {};
  /** @type {unknown[]} */
  const listed = Array.isArray(given) ? given : [];
  const known = listed.flatMap((each) => {
    const { what = "", value = "" } = /** @type {Partial<Curve>} */ (each ?? {});
    return Object.hasOwn(CURVE_KINDS, what) && typeof value === "string" && value.trim() ? [{ what, value }] : [];
  });
  const shown = cleanGroups(groups);
  return {
    choose: cleanChoice(choose),
    ...(against === "others" ? { against } : against ? { against: cleanChoice(against) } : {}),
    ...(known.length ? { curves: known.slice(0, MOST_CURVES) } : {}),
    ...(shown ? { groups_shown: shown } : {}),
  };
};
/**
 * A view as a file for the folder views. Values are written as JSON, which is valid YAML.
 * @type {(view: View) => string}
 */
const viewFile = ({ choose, against, curves: of, groups_shown: shown }) => {
  /** @type {(choice: object) => string[]} */
  const lines = (choice) => Object.entries(choice).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  const file = ["choose:", ...lines(choose)];
  if (against === "others") file.push("against: others");
  else if (against) file.push("against:", ...lines(against));
  if (of) file.push("curves:", ...of.map(({ what, value }) => `  - ${what}: ${JSON.stringify(value)}`));
  if (shown) file.push("groups_shown:", ...lines(shown));
  return `${file.join("\n").replace(/^(choose|against):$(?!\n {2})/gm, "$1: {}")}\n`;
};
