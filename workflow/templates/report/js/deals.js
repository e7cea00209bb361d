/* The permutation test of two choices: their documents are dealt to both sides as the pipeline deals them. */
/** Draws between two moments in which the page may do something else. */
const DRAWS_AT_ONCE = 500;
/**
 * What the documents of both sides have, as a sparse table by document: of the names of some measures the columns of
 * hits and of totals, and of their squares and products.
 * @type {(sides: [Counted, Counted][]) => DealtTable}
 */
const dealtTable = (sides) => {
  const [{ documents: own }, { documents: others }] = sides[0];
  const numbers = [...own, ...others].sort((a, b) => a - b);
  const place = new Map(numbers.map((number, at) => [number, at]));
  /** @type {[number, number][][]} */
  const cells = numbers.map(() => []);
  /** @type {Float64Array[][]} */
  const columns = [];
  /** @type {(arrays: Float64Array[]) => number} */
  const added = (arrays) => {
    for (const [side, array] of arrays.entries()) {
      array.forEach((value, at) => {
        if (value) cells[place.get(sides[0][side].documents[at]) ?? 0].push([columns.length, value]);
      });
    }
    columns.push(arrays);
    return columns.length - 1;
  };
  /** @type {Map<Float64Array, Map<Float64Array, number>>} */
  const known = new Map();
  /** @type {(one: Float64Array, two: Float64Array) => number} */
  const columnOf = (one, two) => {
    const ofOne = valueAt(known, one, () => /** @type {Map<Float64Array, number>} */ (new Map()));
    return valueAt(ofOne, two, () => added([one, two]));
  };
  /** @type {Map<string, number>} */
  const multiplied = new Map();
  /** @type {(a: number, b: number) => number} */
  const productOf = (a, b) =>
    valueAt(multiplied, `${a} ${b}`, () =>
      added(columns[a].map((array, side) => array.map((value, at) => value * columns[b][side][at]))),
    );
  const shares = sides.map(([one, two]) =>
    one.rows.map((row, at) => {
      const [hits, totals] = [columnOf(row.hits, two.rows[at].hits), columnOf(row.totals, two.rows[at].totals)];
      return [hits, totals, productOf(hits, hits), productOf(hits, totals), productOf(totals, totals)];
    }),
  );
  const starts = sums(Uint32Array.from(cells, ({ length }) => length));
  const column = Uint32Array.from(cells.flatMap((each) => each.map(([at]) => at)));
  const value = Float64Array.from(cells.flatMap((each) => each.map(([, n]) => n)));
  const first = new Set(own);
  const isSecond = Uint8Array.from(numbers, (number) => (first.has(number) ? 0 : 1));
  return { starts, column, value, count: columns.length, shares, isSecond };
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
/** @type {(of: Float64Array, share: number[], documents: number) => ShareSums} */
const sumsOfShare = (of, [hits, totals, hitsSquared, products, totalsSquared], documents) => ({
  documents,
  hits: of[hits],
  totals: of[totals],
  hitsSquared: of[hitsSquared],
  products: of[products],
  totalsSquared: of[totalsSquared],
});
/**
 * The difference over its standard error of the shares of two sides (`studentised`).
 * @type {(own: ShareSums, everything: ShareSums) => number}
 */
const studentised = (own, everything) => {
  const ofAll = varianceOf(everything).variance * everything.totals;
  /** @type {(side: ShareSums) => [number, number]} */
  const shareOf = (side) => {
    const { share, variance } = varianceOf(side);
    return [share, (side.documents * variance + ofAll / side.totals) / (side.documents + 1)];
  };
  const [share, variance] = shareOf(own);
  const [shareOther, varianceOther] = shareOf(lessSums(everything, own));
  return (share - shareOther) / Math.sqrt(variance + varianceOther) || 0;
};
/**
 * The p of a share if each document falls to the first side with the chance of a word (`word_p`); 0 with many hits.
 * @type {(one: CountedRow, two: CountedRow) => number}
 */
const wordP = (one, two) => {
  const own = shareSums(one.hits, one.totals);
  const others = shareSums(two.hits, two.totals);
  const totals = own.totals + others.totals;
  const share = (own.hits + others.hits) / totals;
  const longer = (own.totals * two.hits.length) / (others.totals * one.hits.length);
  let [squares, cubes, withHits] = [0, 0, 0];
  for (const side of [one, two]) {
    for (const [at, hits] of side.hits.entries()) {
      const excess = hits - share * side.totals[at];
      withHits += hits > 0 ? 1 : 0;
      squares += excess ** 2;
      cubes += excess ** 3;
    }
  }
  const chance = own.totals / totals;
  if (withHits * Math.min(chance, 1 - chance) >= ENOUGH * Math.max(longer, 1 / longer)) return 0;
  return excessP(own.hits - share * own.totals, squares, cubes, chance, one.hits.length + two.hits.length) || 0;
};
/**
 * The p of the rows of some measures that two choices have in the same documents, by dealing these (permutation.py).
 * @type {(sides: [Counted, Counted][], pause: () => Promise<void>) => Promise<number[][]>}
 */
const permutationP = async (sides, pause) => {
  const table = dealtTable(sides);
  const { count, shares, isSecond } = table;
  const size = sides[0][0].documents.length;
  const everything = sumUnmarked(table, new Uint8Array(isSecond.length), new Float64Array(count));
  const observed = sumUnmarked(table, isSecond, new Float64Array(count));
  const withHits = new Uint32Array(count);
  for (const each of table.column) withHits[each] += 1;
  const tested = shares.flat().filter(([hits]) => withHits[hits] >= ENOUGH);
  const ofAll = tested.map((share) => sumsOfShare(everything, share, isSecond.length));
  /** @type {(of: Float64Array, at: number) => number} */
  const statistic = (of, at) => studentised(sumsOfShare(of, tested[at], size), ofAll[at]);
  const drawn = tested.map(() => new Float64Array(DRAWS));
  const deal = dealer(size, isSecond.length);
  const of = new Float64Array(count);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    sumUnmarked(table, deal(), of);
    for (let at = 0; at < tested.length; at += 1) drawn[at][draw] = statistic(of, at);
    if (draw % DRAWS_AT_ONCE === DRAWS_AT_ONCE - 1) await pause();
  }
  const p = new Map(tested.map((share, at) => [share, dealtP(statistic(observed, at), drawn[at])]));
  return shares.map((rows, side) =>
    rows.map((share, at) => {
      const dealt = p.get(share) ?? Number.NaN;
      const [one, two] = sides[side];
      return Number.isNaN(dealt) ? dealt : Math.max(dealt, wordP(one.rows[at], two.rows[at]));
    }),
  );
};
