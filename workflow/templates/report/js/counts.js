/* What a choice has, counted by document: the measures that the bar recomputes (scripts/report/choices/counts.py). */
/** Rows of a measure: the most frequent. */
const MOST_ROWS = 50;
/** Rates are of so many words. */
const PER_THOUSAND = 1000;
const PER_MILLION = 1e6;
/** @type {(measure: string, unit: string) => RowsOf} */
const linkOfKind = (measure, unit) => (name) => [
  "quote_sources",
  ["attribute", "value", "measure"],
  ["kind", name, measure],
  unit,
];
/**
 * The measures: what one is called, of what its shares are, the documents that count, and its cells. `add` takes a
 * document, a name, and what the name has there; `of`, if it is given, all that this is a share of, by document.
 * @type {Measure[]}
 */
const MEASURES = [
  {
    name: "quoted",
    link: (_) => ["statements of a group", ["value", "side"], [EVERY, "anybody"], "quoted"],
    title: "Words in quotation marks",
    unit: "all words",
    visit: (_corpus, chosen, add) => {
      if (chosen.whole)
        visitStatements(chosen, (part, row, number) => add(number, "in quotation marks", part.quotes.quoted[row]));
    },
    of: (chosen) => chosen.nWords,
  },
  {
    name: "speakers",
    link: (name) => ["quotes", ["speaker"], [name], "words"],
    title: "Who speaks",
    unit: "attributed words",
    use: "parsed",
    visit: (corpus, chosen, add) =>
      visitStatements(chosen, (part, row, number) => {
        const speaker = corpus.names[part.quotes.speaker[row]];
        if (speaker) add(number, speaker, part.quotes.words[row]);
      }),
  },
  {
    name: "kinds",
    link: linkOfKind("words", "words"),
    title: "Kinds of sources",
    unit: "words of sources",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) => add(number, kind, part.quotes.words[row])),
  },
  {
    name: "kind_statements",
    link: linkOfKind("statements", "rows"),
    title: "Statements by kind of source",
    unit: "statements of sources",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) => add(number, kind, part.quotes.words[row] > 0 ? 1 : 0)),
  },
  {
    name: "direct",
    link: linkOfKind("direct", "quoted"),
    title: "Words in quotation marks, by kind of source",
    unit: "words of the kind",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) => {
        for (const name of [kind, EVERY]) add(number, name, part.quotes.quoted[row], part.quotes.words[row]);
      }),
    own: true,
  },
  {
    name: "first",
    link: linkOfKind("first", "documents"),
    title: "Who is quoted first, by kind of source",
    unit: "documents with a source",
    use: "sources",
    visit: (corpus, chosen, add) =>
      visitSources(corpus, chosen, (part, row, number, kind) =>
        add(number, kind, sourcePlaces(corpus, part).get(row)?.first ? 1 : 0),
      ),
  },
  {
    name: "frames",
    link: (name, scheme) => ["frame_codes", PATTERN_FIELDS.slice(0, 2), [scheme, name], "sentences"],
    title: "Frames",
    unit: "sentences",
    use: "parsed",
    inCommon: true,
    visit: (corpus, chosen, add) => visitFrames(corpus, chosen, add),
    of: (chosen) => chosen.nSentences,
  },
];
/** @type {(chosen: Chosen, visit: (part: Part, row: number, number: number) => void) => void} */
const visitStatements = ({ statements: masks }, visit) => {
  for (const [part, mask] of masks) {
    mask.forEach((there, row) => {
      if (there) visit(part, row, documentOf(part, part.quotes.first[row]));
    });
  }
};
/** @type {(corpus: Corpus, chosen: Chosen, visit: VisitSource) => void} */
const visitSources = (corpus, chosen, visit) =>
  visitStatements(chosen, (part, row, number) => {
    const kind = corpus.attributes.kind?.[part.quotes.values.kind[row]];
    if (kind) visit(part, row, number, kind);
  });
/** @type {(corpus: Corpus, chosen: Chosen, add: AddCount) => void} */
const visitFrames = (corpus, { sentences }, add) => {
  for (const [part, mask] of sentences) {
    const seen = new Set();
    part.codes.pattern.forEach((pattern, row) => {
      const { scheme, frame } = corpus.patterns[pattern];
      const sentence = sentenceAt(part, part.codes.first[row]);
      const key = `${sentence} ${frame}`;
      if (scheme !== corpus.statistics.scheme || !mask[sentence] || seen.has(key)) return;
      seen.add(key);
      add(documentOf(part, part.codes.first[row]), frame, 1);
    });
  }
};
/** @type {(corpus: Corpus, chosen: Chosen, use?: string) => number[]} */
const countedDocuments = (corpus, { documents }, use) =>
  [...documents.keys()].filter((row) => documents[row] && (!use || corpus.uses[row] & bitOf(USES, use)));
/**
 * What each name has of a measure, by document: the names with most first, `most` of them at most.
 * @type {(corpus: Corpus, measure: Measure, chosen: Chosen, most?: number) => Counted}
 */
const countMeasure = (corpus, measure, chosen, most = MOST_ROWS) => {
  const documents = countedDocuments(corpus, chosen, measure.use);
  const place = new Int32Array(corpus.docId.length).fill(-1);
  for (const [at, number] of documents.entries()) place[number] = at;
  /** @type {Map<string, { hits: Map<number, number>, totals: Map<number, number>, sum: number }>} */
  const cells = new Map();
  const all = new Float64Array(documents.length);
  measure.visit(corpus, chosen, (number, name, hits, total = 0) => {
    const at = place[number];
    if (at < 0) return;
    const cell = cells.get(name) ?? { hits: new Map(), totals: new Map(), sum: 0 };
    cells.set(name, cell);
    cell.hits.set(at, (cell.hits.get(at) ?? 0) + hits);
    cell.totals.set(at, (cell.totals.get(at) ?? 0) + total);
    cell.sum += measure.own ? total : hits;
    all[at] += hits;
  });
  const of = measure.of?.(chosen);
  const shared = of ? Float64Array.from(documents, (number) => of[number]) : all;
  /** @type {(values: Map<number, number>) => Float64Array} */
  const dense = (values) => {
    const array = new Float64Array(documents.length);
    for (const [at, value] of values) array[at] = value;
    return array;
  };
  const rows = [...cells]
    .sort(([a, x], [b, y]) => y.sum - x.sum || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([name, { hits, totals: own }]) => ({ name, hits: dense(hits), totals: measure.own ? dense(own) : shared }));
  return { documents, shared, rows };
};
/**
 * The rows of a measure in the order of some names; a name that it has not is zero.
 * @type {(counted: Counted, names: string[], own?: boolean) => Counted}
 */
const withNames = ({ documents, shared, rows }, names, own) => {
  const known = new Map(rows.map((row) => [row.name, row]));
  const none = new Float64Array(documents.length);
  return {
    documents,
    shared,
    rows: names.map((name) => known.get(name) ?? { name, hits: none, totals: own ? none : shared }),
  };
};
/**
 * The share of each row with its interval.
 * @type {(measure: Measure, counted: Counted) => ShareRow[]}
 */
const sharesOf = (measure, { documents, rows }) => {
  const all = rows.map(({ hits, totals: own }) => shareSums(hits, own));
  const priors = measure.inCommon ? priorsInCommon(all) : [];
  return rows.map(({ name, hits }, at) => {
    const enough = measure.own ? all[at].documents : documents.length;
    const inDocuments = hits.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    const estimate = ifEnough(shareInterval(all[at], priors[at]), enough);
    return {
      name,
      n: all[at].hits,
      total: all[at].totals,
      documents: inDocuments,
      of: documents.length,
      enough,
      ...estimate,
    };
  });
};

/** Weights of documents by resamples and seed. @type {Map<string, Uint8Array[]>} */
const weightsKept = new Map();
/** @type {(corpus: Corpus, settings: { resamples: number, seed: number }) => (number: number) => Uint8Array} */
const weightsFor = (corpus, { resamples, seed }) => {
  const key = `${resamples} ${seed}`;
  const kept = weightsKept.get(key) ?? [];
  weightsKept.set(key, kept);
  return (number) => {
    kept[number] ??= documentWeights(corpus.docId[number], resamples, seed);
    return kept[number];
  };
};
/**
 * Sums of counts over the documents of each bootstrap sample.
 * @type {(counts: Iterable<[number, number]>, weights: Weights, resamples: number) => Float64Array}
 */
const resampledSums = (counts, weights, resamples) => {
  const sums_ = new Float64Array(resamples);
  for (const [number, count] of counts) {
    const own = weights(number);
    for (let at = 0; at < resamples; at += 1) sums_[at] += count * own[at];
  }
  return sums_;
};
/**
 * Counted words of the chosen sentences by document: how often each, and how many.
 * @type {(corpus: Corpus, chosen: Chosen) => WordCounts}
 */
const countWords = (corpus, chosen) => {
  const documents = countedDocuments(corpus, chosen, "words");
  const counts_ = new Map();
  const sizes = new Float64Array(corpus.docId.length);
  const isIn = Uint8Array.from(corpus.docId, () => 0);
  for (const number of documents) isIn[number] = 1;
  for (const [part, mask] of chosen.sentences) {
    for (let local = 0; local + 1 < part.documentSentence.length; local += 1) {
      const number = part.document + local;
      if (!isIn[number]) continue;
      for (let at = part.documentSentence[local]; at < part.documentSentence[local + 1]; at += 1) {
        if (!mask[at]) continue;
        for (const entry of part.tokens.subarray(part.sentenceToken[at], part.sentenceToken[at + 1])) {
          if (!(corpus.flags[entry] & FLAGS.counted)) continue;
          sizes[number] += 1;
          if (corpus.flags[entry] & FLAGS.stopped) continue;
          const word = wordAt(corpus, entry);
          const own = counts_.get(word) ?? new Map();
          counts_.set(word, own);
          own.set(number, (own.get(number) ?? 0) + 1);
        }
      }
    }
  }
  return { documents, counts: counts_, sizes };
};
/**
 * Mentions of names in the chosen sentences by document, and the words there.
 * @type {(corpus: Corpus, chosen: Chosen) => WordCounts}
 */
const countNames = (corpus, chosen) => {
  const documents = countedDocuments(corpus, chosen, "parsed");
  const parsed = new Set(documents);
  const counts_ = new Map();
  for (const [part, mask] of chosen.sentences) {
    part.mentions.name.forEach((name, row) => {
      const first = part.mentions.first[row];
      const number = documentOf(part, first);
      if (!mask[sentenceAt(part, first)] || !labelAt(corpus, part, row).kind || !parsed.has(number)) return;
      const own = counts_.get(corpus.names[name]) ?? new Map();
      counts_.set(corpus.names[name], own);
      own.set(number, (own.get(number) ?? 0) + 1);
    });
  }
  return { documents, counts: counts_, sizes: chosen.nWords };
};
/** @type {(counts: Map<number, number>) => number} */
const summed = (counts) => [...counts.values()].reduce((sum, count) => sum + count, 0);
/**
 * The most frequent of what was counted, with rates and their intervals over documents.
 * @type {(counted: WordCounts, per: number, weights: Weights, resamples: number) => ShareRow[]}
 */
const ratesOf = ({ documents, counts, sizes }, per, weights, resamples) => {
  const drawn = resampledSums(
    documents.map((number) => [number, sizes[number]]),
    weights,
    resamples,
  );
  const total = documents.reduce((sum, number) => sum + sizes[number], 0);
  return [...counts]
    .map(([name, own]) => ({ name, own, n: summed(own) }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ROWS)
    .map(({ name, own, n }) => {
      const samples = resampledSums(own, weights, resamples).map((value, at) => value / drawn[at]);
      const [lo, hi] = documents.length >= ENOUGH ? percentiles(samples) : [Number.NaN, Number.NaN];
      const value = (n / Math.max(1, total)) * per;
      return {
        name,
        n,
        total,
        documents: own.size,
        of: documents.length,
        enough: documents.length,
        value,
        lo: lo * per,
        hi: hi * per,
      };
    });
};
/**
 * The words that set two choices apart, those of the first before those of the second (scripts/words/keyness.py).
 * @type {(corpus: Corpus, first: WordCounts, second: WordCounts, weights: Weights) => KeyWord[]}
 */
const keyWordsOf = (corpus, first, second, weights) => {
  const { keyness: limits, bootstrap } = corpus.statistics;
  const sides = [first, second];
  const [size, other] = sides.map(({ documents, sizes }) => documents.reduce((sum, number) => sum + sizes[number], 0));
  /** @type {Map<number, number>} */
  const none = new Map();
  const tested = [...new Set([...first.counts.keys(), ...second.counts.keys()])]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((word) => {
      const own = sides.map(({ counts }) => counts.get(word) ?? none);
      const [n, n2] = own.map(summed);
      /** @type {Cells} */
      const cells = [n, n2, size - n, other - n2];
      return { word, own, n, other: n2, value: logRatio(cells), g2: signedG2(cells) };
    })
    .filter((each) => each.n + each.other >= Math.max(1, limits.min_count));
  const q = benjaminiHochberg(tested.map(({ g2 }) => normalP(Math.sqrt(Math.abs(g2)))));
  const drawn = sides.map(({ documents, sizes }) =>
    resampledSums(
      documents.map((number) => [number, sizes[number]]),
      weights,
      bootstrap.resamples,
    ),
  );
  const isEnough = sides.every(({ documents }) => documents.length >= ENOUGH);
  /* With fewer than two documents to compare with there is nothing to test. */
  const isTested = second.documents.length > 1;
  const listed = [0, 0];
  return tested
    .map((each, at) => ({ ...each, q: isTested ? q[at] : Number.NaN }))
    .sort((a, b) => Math.abs(b.g2) - Math.abs(a.g2))
    .filter(({ own, g2 }) => {
      const side = g2 >= 0 ? 0 : 1;
      if (own[side].size < Math.min(limits.min_documents, sides[side].documents.length)) return false;
      listed[side] += 1;
      return listed[side] <= Math.min(limits.most, MOST_ROWS);
    })
    .map(({ own, ...each }) => {
      if (!isTested) each.g2 = Number.NaN;
      const [above, below] = own.map((counts) => resampledSums(counts, weights, bootstrap.resamples));
      const samples = above.map((n, at) => {
        const [all, rest] = [drawn[0][at], drawn[1][at]];
        return all > 0 && rest > 0 ? logRatio([n, below[at], all - n, rest - below[at]]) : Number.NaN;
      });
      const isBoth = above.some((n) => n > 0) && below.some((n) => n > 0);
      const [lo, hi] = isEnough && isBoth ? percentiles(samples) : [Number.NaN, Number.NaN];
      return { ...each, documents: own[0].size, documentsOther: own[1].size, lo, hi };
    });
};
/** Draws between two moments in which the page may do something else. */
const DRAWS_AT_ONCE = 500;
/**
 * What the documents of both sides have, as a sparse table by document: of the names of some measures the columns of
 * hits and of totals.
 * @type {(sides: [Counted, Counted][]) => DealtTable}
 */
const dealtTable = (sides) => {
  const [{ documents: own }, { documents: others }] = sides[0];
  const numbers = [...own, ...others].sort((a, b) => a - b);
  const place = new Map(numbers.map((number, at) => [number, at]));
  /** @type {[number, number][][]} */
  const cells = numbers.map(() => []);
  /** @type {Map<Float64Array, Map<Float64Array, number>>} */
  const known = new Map();
  let count = 0;
  /** @type {(one: Float64Array, two: Float64Array) => number} */
  const columnOf = (one, two) => {
    const ofOne = known.get(one) ?? new Map();
    known.set(one, ofOne);
    if (ofOne.has(two)) return ofOne.get(two);
    for (const [side, array] of [one, two].entries()) {
      array.forEach((value, at) => {
        if (value) cells[place.get(sides[0][side].documents[at]) ?? 0].push([count, value]);
      });
    }
    ofOne.set(two, count);
    count += 1;
    return count - 1;
  };
  const pairs = sides.map(([one, two]) =>
    one.rows.map((row, at) => [columnOf(row.hits, two.rows[at].hits), columnOf(row.totals, two.rows[at].totals)]),
  );
  const starts = sums(Uint32Array.from(cells, ({ length }) => length));
  const column = Uint32Array.from(cells.flatMap((each) => each.map(([at]) => at)));
  const value = Float64Array.from(cells.flatMap((each) => each.map(([, n]) => n)));
  const first = new Set(own);
  const isSecond = Uint8Array.from(numbers, (number) => (first.has(number) ? 0 : 1));
  return { starts, column, value, count, pairs, isSecond };
};
/**
 * Sums of the columns over the documents that are not marked.
 * @type {(table: DealtTable, marked: Uint8Array, total: Float64Array) => Float64Array}
 */
const sumUnmarked = ({ starts, column, value }, marked, total) => {
  total.fill(0);
  for (let at = 0; at < marked.length; at += 1) {
    if (marked[at]) continue;
    const end = starts[at + 1];
    for (let cell = starts[at]; cell < end; cell += 1) total[column[cell]] += value[cell];
  }
  return total;
};
/**
 * The p of the rows of some measures that two choices have in the same documents, by dealing these (permutation.py).
 * @type {(sides: [Counted, Counted][], pause: () => Promise<void>) => Promise<number[][]>}
 */
const permutationP = async (sides, pause) => {
  const table = dealtTable(sides);
  const { count, pairs, isSecond } = table;
  const everything = sumUnmarked(table, new Uint8Array(isSecond.length), new Float64Array(count));
  const observed = sumUnmarked(table, isSecond, new Float64Array(count));
  const flat = pairs.flat();
  /** @type {(of: Float64Array, pair: number[]) => number} */
  const score = (of, pair) => of[pair[0]] * everything[pair[1]] - everything[pair[0]] * of[pair[1]];
  const drawn = flat.map(() => new Float64Array(DRAWS));
  const deal = dealer(sides[0][0].documents.length, isSecond.length);
  const of = new Float64Array(count);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    sumUnmarked(table, deal(), of);
    for (let at = 0; at < flat.length; at += 1) drawn[at][draw] = score(of, flat[at]);
    if (draw % DRAWS_AT_ONCE === DRAWS_AT_ONCE - 1) await pause();
  }
  let at = 0;
  return pairs.map((rows) =>
    rows.map((pair) => {
      at += 1;
      return dealtP(score(observed, pair), drawn[at - 1]);
    }),
  );
};
