/* The permutation test of two choices: their documents are dealt to both sides as the pipeline deals them. */
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
  const withHits = new Uint32Array(count);
  for (const each of table.column) withHits[each] += 1;
  let at = 0;
  return pairs.map((rows) =>
    rows.map((pair) => {
      at += 1;
      return withHits[pair[0]] < ENOUGH ? Number.NaN : dealtP(score(observed, pair), drawn[at - 1]);
    }),
  );
};
