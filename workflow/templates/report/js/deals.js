/* The permutation test of two choices, which deals their documents to both sides exactly as the pipeline does. */
/**
 * A sparse table, by document, of both sides' documents: for the names of all measures in `sides`, the columns of hits
 * and totals, and of their squares and products.
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
  const fewer = own.length <= others.length ? own : others;
  return { starts, column, value, count: columns.length, shares, dealt: fewer.map((number) => place.get(number) ?? 0) };
};
/**
 * The sums of the columns over documents, written to `total`.
 * @type {(table: DealtTable, documents: Iterable<number>, total: Float64Array) => Float64Array}
 */
const sumsOver = ({ starts, column, value }, documents, total) => {
  total.fill(0);
  for (const at of documents) {
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
 * The difference of the shares of two sides divided by its standard error (`studentised` in permutation.py).
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
 * The p of a share if each document fell to the first side with the chance of a word (`word_p`); 0 with many hits.
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
 * The p of the rows of measures that count the same documents, from dealing these (permutation.py).
 * @type {(sides: [Counted, Counted][], pause: () => Promise<void>) => Promise<number[][]>}
 */
const permutationP = async (sides, pause) => {
  const table = dealtTable(sides);
  const { count, shares, dealt } = table;
  const n = table.starts.length - 1;
  const everything = sumsOver(table, Array(n).keys(), new Float64Array(count));
  const observed = sumsOver(table, dealt, new Float64Array(count));
  const withHits = new Uint32Array(count);
  for (const each of table.column) withHits[each] += 1;
  const p = shares.map((rows) => rows.map(() => Number.NaN));
  let open = shares.flatMap((rows, side) =>
    rows.flatMap((share, at) => {
      if (withHits[share[0]] < ENOUGH) return [];
      const ofAll = sumsOfShare(everything, share, n);
      /** @type {(of: Float64Array) => number} */
      const statistic = (of) => studentised(sumsOfShare(of, share, dealt.length), ofAll);
      const [one, two] = sides[side].map((each) => each.rows[at]);
      return { row: p[side], at, statistic, byWord: wordP(one, two), drawn: new Float64Array(DRAWS) };
    }),
  );
  /* A p that is large after the first draws is final. */
  /** @type {(draws: number) => void} */
  const settle = (draws) => {
    for (const { row, at, statistic, byWord, drawn } of open) {
      row[at] = Math.max(byWord, dealtP(statistic(observed), drawn.subarray(0, draws)));
    }
    open = open.filter(({ row, at }) => row[at] < FIRST_DRAWS / DRAWS);
  };
  const deal = dealer(dealt.length, n);
  const of = new Float64Array(count);
  for (let draw = 1; open.length && draw <= DRAWS; draw += 1) {
    sumsOver(table, deal(), of);
    for (const { drawn, statistic } of open) drawn[draw - 1] = statistic(of);
    if (draw === FIRST_DRAWS || draw === DRAWS) settle(draw);
    /* Let the page do other work. */
    if (draw % 500 === 0) await pause();
  }
  return p;
};
