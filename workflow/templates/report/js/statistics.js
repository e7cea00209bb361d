/* Shares, differences and key words with their intervals, as in scripts/maths; tests check that both give the same. */
/** @type {() => ShareSums} */
const noSums = () => ({ documents: 0, hits: 0, totals: 0, hitsSquared: 0, products: 0, totalsSquared: 0 });
/**
 * Sums over documents of hits, totals, their squares and products (`sums_of` in document_shares.py).
 * @type {(hits: ArrayLike<number>, totals: ArrayLike<number>) => ShareSums}
 */
const shareSums = (hits, totals) => {
  const sums = noSums();
  for (let at = 0; at < totals.length; at += 1) {
    sums.documents += totals[at] > 0 ? 1 : 0;
    sums.hits += hits[at];
    sums.totals += totals[at];
    sums.hitsSquared += hits[at] ** 2;
    sums.products += hits[at] * totals[at];
    sums.totalsSquared += totals[at] ** 2;
  }
  return sums;
};
/**
 * The sums of a set of documents without those of a subset (`less`).
 * @type {(all: ShareSums, part: ShareSums) => ShareSums}
 */
const lessSums = (all, part) => ({
  documents: all.documents - part.documents,
  hits: all.hits - part.hits,
  totals: all.totals - part.totals,
  hitsSquared: all.hitsSquared - part.hitsSquared,
  products: all.products - part.products,
  totalsSquared: all.totalsSquared - part.totalsSquared,
});
/** @type {(degrees: number) => number} */
const studentQuantile = (degrees) => {
  const z = NORMAL_QUANTILE;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  const rest = Math.tan((LEVEL * Math.PI) / 2) - terms.reduce((sum, term) => sum + term, z);
  return terms.reduce((quantile, term, at) => quantile + term / degrees ** (at + 1), z) + rest / degrees ** 5.5;
};
/** @type {(hits: number, trials: number) => [number, number]} */
const wilson = (hits, trials) => {
  const z = NORMAL_QUANTILE;
  const share = hits / trials;
  const centre = (share + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const half = (z / (1 + z ** 2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return [hits === 0 ? 0 * share : centre - half, hits === trials ? share : centre + half];
};
/** @type {(sums: ShareSums) => { share: number, squares: number, most: number }} */
const squaresOf = ({ hits, totals, hitsSquared, products, totalsSquared }) => {
  const share = hits / totals;
  const squares = Math.max(0, hitsSquared - 2 * share * products + share * share * totalsSquared);
  return { share, squares, most: share * (1 - share) * totalsSquared };
};
/** @type {(sums: ShareSums) => { share: number, variance: number }} */
const varianceOf = (sums) => {
  const { share, squares } = squaresOf(sums);
  const { documents, totals } = sums;
  return { share, variance: squares * (documents / (Math.max(1, documents - 1) * totals * totals)) };
};
/** @type {(squares: number, total: number) => number} */
const equalParts = (squares, total) => (total > 0 ? total ** 2 / squares : 0);
/** @type {(sums: ShareSums) => number} */
const withCase = ({ hits, totals, hitsSquared, products, totalsSquared }) =>
  Math.min(equalParts(hitsSquared, hits), equalParts(hitsSquared - 2 * products + totalsSquared, totals - hits));
/** @type {(own: number, prior: number, documents: number, weight?: number) => number} */
const meanWithPrior = (own, prior, documents, weight = 1) => (weight * prior + documents * own) / (weight + documents);
/**
 * The prior for the resemblance of documents that all shares of a set have in common (`prior_in_common`).
 * @type {(all: ShareSums[]) => number}
 */
const priorInCommon = (all) => {
  let [own, atMost, documents] = [0, 0, 0];
  for (const sums of all) {
    const { squares, most } = squaresOf(sums);
    own += squares || 0;
    atMost += most || 0;
    documents += withCase(sums);
  }
  return meanWithPrior(atMost > 0 ? Math.min(1, own / atMost) : 1, 1, documents);
};
/**
 * A share with its interval, with the prior `given` or else its own (`share_interval`).
 * @type {(sums: ShareSums, given?: number) => Estimate}
 */
const shareInterval = (sums, given) => {
  const { share, squares, most } = squaresOf(sums);
  const own = most > 0 ? squares / most : 0;
  const cases = withCase(sums);
  const effective = equalParts(sums.totalsSquared, sums.totals);
  const weight = cases * Math.min(1, (UNEVEN * effective) / sums.documents);
  const ofPrior = given === undefined ? OWN_PRIOR : 1;
  const resemblance = meanWithPrior(own, given ?? meanWithPrior(own, 1, weight), weight, ofPrior);
  const known = Math.max(1, sums.documents - 1);
  const degrees = cases > 0 ? Math.min(known, cases + ofPrior + 1) : known;
  const wider = studentQuantile(degrees) / NORMAL_QUANTILE;
  const trials = Math.min(Math.max(1, effective - 1) / resemblance, sums.totals) / wider ** 2;
  const ends = wilson(share * trials, trials);
  if (given !== undefined) {
    const ofACount = cases > 0 ? (Math.min(share, 1 - share) * wider ** 2) / cases : 0;
    const fewer = trials / (1 + UNSEEN * Math.max(0, ofACount * trials - 1));
    const far = share > 0.5 ? 0 : 1;
    ends[far] = wilson(share * fewer, fewer)[far];
  }
  return { value: share, lo: ends[0], hi: ends[1] };
};
/**
 * An estimate, without its interval if there are too few documents.
 * @type {(estimate: Estimate, documents: number) => Estimate}
 */
const ifEnough = (estimate, documents) =>
  documents >= ENOUGH ? estimate : { value: estimate.value, lo: Number.NaN, hi: Number.NaN };

/**
 * The two-sided p of a standard normal score, from the series of erf, or in the tails the continued fraction of erfc.
 * @type {(score: number) => number}
 */
const normalP = (score) => {
  const x = Math.abs(score) / Math.SQRT2;
  if (Number.isNaN(x)) return x;
  if (x < 2) {
    let [sum, term] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-18 * sum; n += 1) {
      term *= -(x ** 2) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = x;
  for (let n = 120; n > 0; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-(x ** 2)) / (Math.sqrt(Math.PI) * fraction);
};
/**
 * The logarithm of the gamma function, from Stirling's series at 12 or more.
 * @type {(a: number) => number}
 */
const logGamma = (a) => {
  let [x, product] = [a, 1];
  for (; x < 12; x += 1) product *= x;
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
};
/**
 * The tail of a gamma distribution with a small shape (`_gamma_tail` in intervals.py).
 * @type {(shape: number, x: number) => number}
 */
const gammaTail = (shape, x) => {
  let [fraction, series] = [0, 1];
  for (let n = 100; n > 0; n -= 1) {
    fraction = (n * (n - shape)) / (x + 2 * n + 1 - shape - fraction);
    series = 1 + (Math.min(x, 1) / (shape + n)) * series;
  }
  const density = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < 1 ? 1 - (density / shape) * series : density / (x + 1 - shape - fraction);
};
/**
 * The two-sided p of a score with mean 0, variance 1 and a skewness (`skewed_p`).
 * @type {(z: number, skewness: number) => number}
 */
const skewedP = (z, skewness) => {
  const p = normalP(z);
  const x = Math.abs(z);
  const r = 2 / (Math.sign(z) * skewness);
  if (!(x > CENTRE && r > 0 && r < NO_SKEW)) return p;
  if (r < 2 / SKEW) return Math.min(1, Math.max(p, 2 * gammaTail(r ** 2, r * (r + x))));
  const w = Math.sqrt(2 * r * (x - r * Math.log1p(x / r)));
  const further = normalP(w) + ((2 * Math.exp(-(w ** 2) / 2)) / Math.sqrt(2 * Math.PI)) * (1 / x - 1 / w);
  return Math.min(1, Math.max(p, further));
};
/**
 * The two-sided p of an excess if each document falls into a set with this chance (`excess_p` in keyness.py).
 * @type {(excess: number, squares: number, cubes: number, chance: number, documents: number) => number}
 */
const excessP = (excess, squares, cubes, chance, documents) => {
  const spread = chance * (1 - chance);
  const deviation = Math.sqrt((spread * squares * documents) / (documents - 1));
  return skewedP(excess / deviation, ((1 - 2 * chance) * cubes) / Math.sqrt(spread * squares ** 3));
};
/**
 * The two-sided p of a word in two sets, if whole documents fall into them at random (`document_p` in keyness.py).
 * @type {(excess: number, squares: number, cubes: number, parts: [number, number][]) => number}
 */
const documentP = (excess, squares, cubes, [words, documents]) => {
  const n = documents[0] + documents[1];
  const least = Math.min(SMALLEST, n / 2) / n;
  const ofDocuments = Math.min(Math.max(documents[0] / n, least), 1 - least);
  const chances = [words[0] / (words[0] + words[1]), ofDocuments];
  return Math.max(...chances.map((chance) => excessP(excess, squares, cubes, chance, n)));
};
/**
 * The standard normal score with this two-sided p, by Newton's method on the logarithm of p.
 * @type {(p: number) => number}
 */
const normalScore = (p) => {
  if (Number.isNaN(p) || p >= 1) return p >= 1 ? 0 : p;
  const wanted = Math.log(Math.max(p, 1e-300));
  let score = Math.sqrt(Math.max(0, -2 * wanted - 1)) * 0.9 + 0.1;
  for (let round = 0; round < 60; round += 1) {
    const value = normalP(score);
    const density = Math.sqrt(2 / Math.PI) * Math.exp(-(score ** 2) / 2);
    const step = ((Math.log(value) - wanted) * value) / density;
    score = Math.max(score + step, score / 4);
    if (Math.abs(step) < 1e-15 * score) break;
  }
  return score;
};
/**
 * An interval, adjusted so that it contains 0 if and only if `p` is at least 0.05.
 * @type {(value: number, ends: [number, number], p: number) => [number, number]}
 */
const agreeing = (value, [lo, hi], p) => {
  if (Number.isNaN(p) || p < 1 - LEVEL !== (lo <= 0 && hi >= 0)) return [lo, hi];
  const half = (Math.abs(value) * NORMAL_QUANTILE) / normalScore(p);
  return [value > 0 ? value - half : lo, value < 0 ? value + half : hi];
};
/**
 * The difference of two shares; its interval contains 0 if and only if `p` is at least 0.05 (`difference_interval`).
 * @type {(first: Estimate, second: Estimate, p: number) => Estimate}
 */
const differenceInterval = (first, second, p) => {
  const value = first.value - second.value;
  const down = Math.hypot(first.value - first.lo, second.hi - second.value);
  const up = Math.hypot(first.hi - first.value, second.value - second.lo);
  const [lo, hi] = agreeing(value, [value - down, value + up], p);
  return { value, lo: Math.max(-1, lo), hi: Math.min(1, hi) };
};
/**
 * The 95 % interval of bootstrap samples, without those that are NaN (`percentiles`).
 * @type {(samples: Float64Array) => [number, number]}
 */
const percentiles = (samples) => {
  const sorted = samples.filter((value) => !Number.isNaN(value)).sort();
  /** @type {(share: number) => number} */
  const end = (share) => {
    const place = Math.max(sorted.length - 1, 0) * share;
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place - Math.floor(place));
  };
  return sorted.length ? [end((1 - LEVEL) / 2), end((1 + LEVEL) / 2)] : [Number.NaN, Number.NaN];
};
/**
 * p adjusted for the number of tests, after Benjamini and Hochberg; NaN is no test.
 * @type {(p: number[]) => number[]}
 */
const benjaminiHochberg = (p) => {
  const order = [...p.keys()].filter((at) => !Number.isNaN(p[at])).sort((a, b) => p[b] - p[a] || a - b);
  const q = p.map(() => Number.NaN);
  let least = 1;
  for (const [place, at] of order.entries()) {
    least = Math.min(least, (p[at] * order.length) / (order.length - place));
    q[at] = least;
  }
  return q;
};
/** @type {(cells: Cells) => number} */
const logRatio = ([o11, o12, o21, o22]) =>
  o11 + o12 > 0 ? Math.log2((o11 || 0.5) / (o11 + o21) / ((o12 || 0.5) / (o12 + o22))) : Number.NaN;
/**
 * G2 with the sign of the excess in the first cell (`signed_g2` in association.py).
 * @type {(cells: Cells) => number}
 */
const signedG2 = ([o11, o12, o21, o22]) => {
  const n = o11 + o12 + o21 + o22;
  const difference = (o11 * o22 - o12 * o21) / n;
  let total = 0;
  for (const [cell, across, down, sign] of [
    [o11, o11 + o12, o11 + o21, 1],
    [o12, o11 + o12, o12 + o22, -1],
    [o21, o21 + o22, o11 + o21, -1],
    [o22, o21 + o22, o12 + o22, 1],
  ]) {
    const expected = Math.log1p((sign * difference * n) / (across * down));
    total += cell > 0 ? cell * expected - sign * difference : -sign * difference;
  }
  return Math.sign(difference) * Math.max(2 * total, 0);
};

/** Fewest draws beyond the observed value that give p directly; with fewer, a tail fitted to the top hundredth does. */
const FEW_DRAWS = 10;
/**
 * The share of draws at least as large as the observed value (`_tail` in permutation.py).
 * @type {(observed: number, drawn: Float64Array) => number}
 */
const tailOf = (observed, drawn) => {
  let atLeast = 0;
  for (const value of drawn) if (value >= observed) atLeast += 1;
  const p = (atLeast + 1) / (drawn.length + 1);
  if (atLeast >= FEW_DRAWS) return p;
  const most = drawn.length / 100;
  const [threshold, ...tail] = drawn
    .slice()
    .sort()
    .subarray(-most - 1);
  const excess = tail.reduce((sum, value) => sum + value, 0) / most - threshold;
  return excess > 0 ? Math.min(p, Math.max(0.01 * Math.exp(-(observed - threshold) / excess), 2 ** -1022)) : p;
};
/**
 * The two-sided p of a statistic from its values in draws; NaN if all of them are equal (`dealt_p`).
 * @type {(observed: number, drawn: Float64Array) => number}
 */
const dealtP = (observed, drawn) => {
  if (drawn.every((value) => value === drawn[0])) return Number.NaN;
  const below = drawn.map((value) => -value);
  return Math.min(1, 2 * Math.min(tailOf(observed, drawn), tailOf(-observed, below)));
};
