/* Rates of words and names in a choice, with bootstrap intervals over documents, and key words. */
/** The numbers of words to which rates refer. */
const PER_THOUSAND = 1000;
const PER_MILLION = 1e6;
/** Bootstrap weights of documents, by resamples and seed. @type {Map<string, Uint8Array[]>} */
const weightsKept = new Map();
/** @type {(corpus: Corpus, settings: { resamples: number, seed: number }) => (number: number) => Uint8Array} */
const weightsFor = (corpus, { resamples, seed }) => {
  const kept = valueAt(weightsKept, `${resamples} ${seed}`, () => /** @type {Uint8Array[]} */ ([]));
  return (number) => {
    kept[number] ??= documentWeights(corpus.docId[number], resamples, seed);
    return kept[number];
  };
};
/**
 * The sum of counts over the documents in each bootstrap sample.
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
 * The words of the corpus, and for each vocabulary entry the number (from 1) of the word it is counted as, or 0 if it
 * is not counted or is a stop word. `noKey` are words that are never key words.
 * @type {(corpus: Corpus) => WordNumbers}
 */
const wordNumbers = (corpus) => {
  if (corpus.wordNumbers) return corpus.wordNumbers;
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const noKey = new Set();
  const of = Uint32Array.from(corpus.flags, (flags, row) => {
    if (!(flags & FLAGS.counted) || flags & FLAGS.stopped) return 0;
    const word = wordAt(corpus, row);
    const number = numbers.get(word) ?? numbers.size + 1;
    numbers.set(word, number);
    if (flags & FLAGS.says_nothing) noKey.add(word);
    return number;
  });
  corpus.wordNumbers = { names: ["", ...numbers.keys()], of, noKey };
  return corpus.wordNumbers;
};
/**
 * The counted words of the chosen text by document: the frequency of each, and the number of all.
 * @type {(corpus: Corpus, chosen: Chosen) => WordCounts}
 */
const countWords = (corpus, chosen) => {
  const { names, of } = wordNumbers(corpus);
  const documents = countedDocuments(corpus, chosen, "words");
  const sizes = new Float64Array(corpus.docId.length);
  const isIn = new Uint8Array(corpus.docId.length);
  for (const number of documents) isIn[number] = 1;
  const [all, inDocuments, here] = [0, 1, 2].map(() => new Uint32Array(names.length));
  /* For each pair of a word and a document: word, document, count. */
  /** @type {number[]} */
  const pairs = [];
  for (const [part, mask] of chosen.text) {
    for (let local = 0; local + 1 < part.documentToken.length; local += 1) {
      const number = part.document + local;
      if (!isIn[number]) continue;
      /** @type {number[]} */
      const met = [];
      for (let token = part.documentToken[local]; token < part.documentToken[local + 1]; token += 1) {
        if (!mask[token]) continue;
        const entry = part.tokens[token];
        if (corpus.flags[entry] & FLAGS.counted) sizes[number] += 1;
        const word = of[entry];
        if (!word) continue;
        if (!here[word]) met.push(word);
        here[word] += 1;
      }
      for (const word of met) {
        pairs.push(word, number, here[word]);
        all[word] += here[word];
        inDocuments[word] += 1;
        here[word] = 0;
      }
    }
  }
  return { documents, sizes, words: wordsOf(names, all, inDocuments, pairs) };
};
/**
 * Words with their counts; counts by document are sorted by word only when they are first needed.
 * @type {(names: string[], all: Uint32Array, inDocuments: Uint32Array, pairs: number[]) => WordCount[]}
 */
const wordsOf = (names, all, inDocuments, pairs) => {
  const starts = sums(inDocuments);
  /* Documents and counts in the order of the words. */
  /** @type {Uint32Array[] | undefined} */
  let sorted;
  const sortPairs = () => {
    const [documents, counts] = [0, 1].map(() => new Uint32Array(pairs.length / 3));
    const next = starts.slice();
    for (let at = 0; at < pairs.length; at += 3) {
      documents[next[pairs[at]]] = pairs[at + 1];
      counts[next[pairs[at]]] = pairs[at + 2];
      next[pairs[at]] += 1;
    }
    return [documents, counts];
  };
  return [...names.keys()].flatMap((word) => {
    if (!all[word]) return [];
    /** @type {WordCount["each"]} */
    const each = (visit) => {
      sorted ??= sortPairs();
      for (let at = starts[word]; at < starts[word + 1]; at += 1) visit(sorted[0][at], sorted[1][at]);
    };
    return [{ name: names[word], n: all[word], documents: inDocuments[word], each }];
  });
};
/**
 * Words or names with their counts, from their counts by document.
 * @type {(counts: Map<string, Map<number, number>>) => WordCount[]}
 */
const wordCounts = (counts) =>
  Array.from(counts, ([name, own]) => ({
    name,
    n: summed(own),
    documents: own.size,
    each: (visit) => {
      for (const [number, count] of own) visit(number, count);
    },
  }));
/**
 * The counts of a word as pairs of a document and a count.
 * @type {(word: WordCount) => [number, number][]}
 */
const pairsOf = ({ each }) => {
  /** @type {[number, number][]} */
  const pairs = [];
  each((number, count) => pairs.push([number, count]));
  return pairs;
};
/**
 * Mentions of names in the chosen text by document, and the words of this text.
 * @type {(corpus: Corpus, chosen: Chosen) => WordCounts}
 */
const countNames = (corpus, chosen) => {
  const documents = countedDocuments(corpus, chosen, "parsed");
  const parsed = new Set(documents);
  const counts_ = new Map();
  visitNames(corpus, chosen, (part, first, name) => {
    const number = documentOf(part, first);
    if (!parsed.has(number)) return;
    addTo(
      valueAt(counts_, name, () => new Map()),
      number,
    );
  });
  return { documents, words: wordCounts(counts_), sizes: chosen.nWords };
};
/** @type {(counts: Map<number, number> | Float64Array) => number} */
const summed = (counts) => [...counts.values()].reduce((sum, count) => sum + count, 0);
/**
 * The most frequent words or names, with their rates and bootstrap intervals over documents.
 * @type {(counted: WordCounts, per: number, weights: Weights, resamples: number) => ShareRow[]}
 */
const ratesOf = ({ documents, words, sizes }, per, weights, resamples) => {
  const drawn = resampledSums(
    documents.map((number) => [number, sizes[number]]),
    weights,
    resamples,
  );
  const total = documents.reduce((sum, number) => sum + sizes[number], 0);
  return [...words]
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ROWS)
    .map((word) => {
      const { name, n, documents: inDocuments } = word;
      const samples = resampledSums(pairsOf(word), weights, resamples).map((value, at) => value / drawn[at]);
      const [lo, hi] = n && documents.length >= ENOUGH ? percentiles(samples) : [Number.NaN, Number.NaN];
      const value = (n / Math.max(1, total)) * per;
      return {
        name,
        n,
        total,
        documents: inDocuments,
        of: documents.length,
        enough: documents.length,
        value,
        lo: lo * per,
        hi: hi * per,
      };
    });
};
/**
 * The evenness and the effective number of a measure's known names, with their intervals (`variety` in
 * choices/counts.py).
 * @type {(corpus: Corpus, chosen: Chosen, measure: Measure) => Record<"evenness" | "effective", ShareRow> | undefined}
 */
const varietyOf = (corpus, chosen, measure) => {
  const documents = countedDocuments(corpus, chosen, measure.use);
  const [isIn, counts, had] = [new Set(documents), new Map(), new Set()];
  let total = 0;
  measure.visit(corpus, chosen, (number, name, hits) => {
    if (!isIn.has(number) || name === UNKNOWN || !hits) return;
    addTo(
      valueAt(counts, name, () => new Map()),
      number,
      hits,
    );
    had.add(number);
    total += hits;
  });
  if (!total) return undefined;
  const weights = weightsFor(corpus, { resamples: RESAMPLES, seed: 1 });
  const [all, logs, number] = [0, 1, 2].map(() => new Float64Array(RESAMPLES + 1));
  /** @type {(at: number, n: number) => void} */
  const add = (at, n) => {
    all[at] += n;
    logs[at] += n > 0 ? n * Math.log(n) : 0;
    number[at] += n > 0 ? 1 : 0;
  };
  /* The last element is the observed value: all documents, each once. */
  for (const word of wordCounts(counts)) {
    resampledSums(pairsOf(word), weights, RESAMPLES).forEach((n, at) => {
      add(at, n);
    });
    add(RESAMPLES, word.n);
  }
  const entropy = all.map((n, at) => Math.log(n) - logs[at] / n);
  const even = entropy.map((nats, at) => (number[at] > 1 ? nats / Math.log(number[at]) : Number.NaN));
  const of = { name: measure.name, n: counts.size, total, documents: had.size, of: documents.length };
  /* Bootstrap samples are less diverse than the corpus: see `centred_percentiles` in maths/bootstrap.py. */
  /** @type {(values: Float64Array, least: number, most: number) => ShareRow} */
  const row = (values, least, most) => {
    const value = values[RESAMPLES];
    const samples = values
      .subarray(0, documents.length >= ENOUGH ? RESAMPLES : 0)
      .filter((each) => !Number.isNaN(each));
    const off = value - summed(samples) / samples.length;
    const ends = percentiles(samples).map((end) => Math.min(Math.max(end + off, least), most));
    const [lo, hi] = ends[1] - ends[0] > LEAST_WIDTH ? ends : [Number.NaN, Number.NaN];
    return { ...of, enough: documents.length, value, lo, hi };
  };
  return { evenness: row(even, 0, 1), effective: row(entropy.map(Math.exp), 1, Number.POSITIVE_INFINITY) };
};
/**
 * The key words of two choices, those with the smallest p first and words without one last (scripts/words/keyness.py).
 * Empty if a side has no words.
 * @type {(corpus: Corpus, first: WordCounts, second: WordCounts, weights: Weights) => KeyWord[]}
 */
const keyWordsOf = (corpus, first, second, weights) => {
  const { keyness: limits, bootstrap } = corpus.statistics;
  const sides = [first, second];
  const [size, other] = sides.map(({ documents, sizes }) => documents.reduce((sum, number) => sum + sizes[number], 0));
  if (!size || !other) return [];
  const byName = sides.map(({ words }) => new Map(words.map((word) => [word.name, word])));
  const none = { name: "", n: 0, documents: 0, each: () => {} };
  const documents = /** @type {[number, number]} */ (sides.map((side) => side.documents.length));
  const lengths = sides.flatMap((side) => side.documents.map((number) => side.sizes[number]));
  const [lengthsSquared, lengthsCubed] = [2, 3].map((power) => lengths.reduce((sum, n) => sum + n ** power, 0));
  const isEnough = Math.min(...documents) >= ENOUGH;
  /* p over whole documents, in which a document without the word has less than expected. */
  /** @type {(own: WordCount[], n: number, n2: number) => number} */
  const testOf = (own, n, n2) => {
    if (!isEnough || own[0].documents + own[1].documents < ENOUGH) return Number.NaN;
    const share = (n + n2) / Math.max(1, size + other);
    const without = share ** 2 * lengthsSquared;
    let [squares, cubes] = [without, -(share ** 3) * lengthsCubed];
    for (const [at, counts] of own.entries()) {
      counts.each((number, count) => {
        const expected = share * sides[at].sizes[number];
        squares += (count - expected) ** 2 - expected ** 2;
        cubes += (count - expected) ** 3 + expected ** 3;
      });
    }
    return squares > VARIES * without
      ? documentP(n - share * size, squares, cubes, [[size, other], documents])
      : Number.NaN;
  };
  const { noKey } = wordNumbers(corpus);
  const tested = [...new Set(byName.flatMap((words) => [...words.keys()]))]
    .filter((word) => !noKey.has(word))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((word) => {
      const own = byName.map((words) => words.get(word) ?? none);
      const [n, n2] = own.map((each) => each.n);
      /** @type {Cells} */
      const cells = [n, n2, size - n, other - n2];
      return { word, own, n, other: n2, value: logRatio(cells), g2: signedG2(cells) };
    })
    .filter((each) => each.n + each.other >= Math.max(1, limits.min_count));
  const p = tested.map(({ own, n, other: n2 }) => testOf(own, n, n2));
  const q = benjaminiHochberg(p);
  const drawn = sides.map(({ documents, sizes }) =>
    resampledSums(
      documents.map((number) => [number, sizes[number]]),
      weights,
      bootstrap.resamples,
    ),
  );
  /* With fewer than two documents to compare with, there is no test. */
  const isTested = second.documents.length > 1;
  const listed = [0, 0];
  return tested
    .map((each, at) => ({ ...each, p: p[at], q: q[at] }))
    .sort((a, b) => Math.abs(b.g2) - Math.abs(a.g2))
    .filter(({ own, g2 }) => {
      const side = g2 >= 0 ? 0 : 1;
      if (own[side].documents < Math.min(limits.min_documents, sides[side].documents.length)) return false;
      listed[side] += 1;
      return listed[side] <= Math.min(limits.most, MOST_ROWS);
    })
    .sort((a, b) => Number(Number.isNaN(a.p)) - Number(Number.isNaN(b.p)) || a.p - b.p)
    .map(({ own, p: tail, ...each }) => {
      if (!isTested) each.g2 = Number.NaN;
      const [above, below] = own.map((counts) => resampledSums(pairsOf(counts), weights, bootstrap.resamples));
      const isBoth = above.some((n) => n > 0) && below.some((n) => n > 0);
      const samples = above.map((n, at) => {
        const [all, rest] = [drawn[0][at], drawn[1][at]];
        if (!(all > 0 && rest > 0)) return Number.NaN;
        return isBoth || n !== below[at] ? logRatio([n, below[at], all - n, rest - below[at]]) : 0;
      });
      const ends = isEnough ? agreeing(each.value, percentiles(samples), tail) : [Number.NaN, Number.NaN];
      /* Of a word that one side never has, all draws agree. */
      const [lo, hi] = each.n && each.other ? ends : [Number.NaN, Number.NaN];
      return { ...each, documents: own[0].documents, documentsOther: own[1].documents, lo, hi };
    });
};
