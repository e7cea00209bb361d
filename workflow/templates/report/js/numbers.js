/* Numbers formatted as in scripts/report/markup.py and figures/style.py; tests check that both give the same. */
/**
 * True if a non-negative number is exactly halfway between two numbers with so many decimals.
 * @type {(size: number, decimals: number) => boolean}
 */
const isHalfway = (size, decimals) => /^50*$/.test(size.toFixed(40).split(".")[1]?.slice(decimals) ?? "");
/**
 * A number with so many decimals, rounded as Python does: from its binary value, and halves to the even digit. NaN and
 * the infinities, which a side without words has, become "not estimable".
 * @type {(value: number, decimals: number) => string}
 */
const fixed = (value, decimals) => {
  if (!Number.isFinite(value)) return NOT_ESTIMABLE;
  const size = Math.abs(value);
  if (size >= 1e21) return decimals ? `${BigInt(value)}.${"0".repeat(decimals)}` : String(BigInt(value));
  if (!isHalfway(size, decimals)) return value.toFixed(decimals);
  const below = Math.floor(size * 10 ** decimals);
  const digits = ((below + (below % 2)) / 10 ** decimals).toFixed(decimals);
  return value < 0 ? `-${digits}` : digits;
};
/** @type {(digits: string) => string} */
const withMinus = (digits) => digits.replace(/^-/, /[1-9]/.test(digits) ? "−" : "");
/** @type {(value: number) => string} */
const wholeNumber = (value) => withMinus(fixed(value, 0).replace(/\B(?=(\d{3})+(?!\d))/g, ","));
/**
 * 0, or a number that is too small for two decimals, with one significant digit.
 * @type {(value: number) => string}
 */
const smallNumber = (value) => {
  const [digit, exponent] = value.toExponential(0).split("e-");
  return Number(exponent) > 4 ? `${digit}e-${exponent.padStart(2, "0")}` : value.toFixed(Number(exponent));
};
/** @type {(value: number) => string} */
const decimalNumber = (value) => {
  if (!(Math.abs(value) < NO_DECIMALS)) return wholeNumber(value);
  return withMinus(Math.abs(value) >= TWO_DECIMALS ? fixed(value, 2) : smallNumber(value));
};
/** @type {(value: number) => number} */
const percentDecimals = (value) =>
  [WHOLE_PERCENT, TENTHS_OF_PERCENT].filter((least) => 0 < Math.abs(value) && Math.abs(value) < least).length;
/** @type {(value: number, decimals?: number) => string} */
const percent = (value, decimals = percentDecimals(value)) =>
  Number.isFinite(value) ? `${withMinus(fixed(100 * value, decimals))}%` : NOT_ESTIMABLE;
/** @type {(value: number) => string} */
const probability = (value) => (value < LEAST_PROBABILITY ? `< ${LEAST_PROBABILITY}` : fixed(value, 3));
/**
 * An interval of numbers that are no shares.
 * @type {(lo: number, hi: number) => string}
 */
const numberInterval = (lo, hi) => {
  if (!Number.isFinite(hi - lo)) return NOT_ESTIMABLE;
  const isLarge = Math.max(Math.abs(lo), Math.abs(hi)) >= NO_DECIMALS;
  return [lo, hi].map((end) => (isLarge && Math.abs(end) >= 1 ? wholeNumber : decimalNumber)(end)).join(" to ");
};
/**
 * An interval of a share.
 * @type {(lo: number, hi: number) => string}
 */
const interval = (lo, hi) => {
  if (!Number.isFinite(hi - lo)) return NOT_ESTIMABLE;
  const most = percentDecimals(Math.max(Math.abs(lo), Math.abs(hi)));
  const decimals = Math.max(Number(hi - lo < NARROW), most, Math.min(1, percentDecimals(lo)));
  return `${percent(lo, decimals)} to ${percent(hi, decimals)}`;
};
/**
 * A difference of shares in percentage points.
 * @type {(value: number) => string}
 */
const points = (value) => percent(value).replace("%", " pp");
/** @type {(lo: number, hi: number) => string} */
const pointsInterval = (lo, hi) => interval(lo, hi).replace("%", "").replace("%", " pp");
