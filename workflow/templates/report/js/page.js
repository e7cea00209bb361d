/* Small helpers: elements, CSV files, numbers as scripts/report/markup.py writes them. */
const make = (tag, text = "", attributes = {}) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const byId = (id) => document.getElementById(id);
const button = (text, name, action) => {
  const element = make("button", text, { type: "button", "aria-label": name });
  element.addEventListener("click", action);
  return element;
};

/* Text that a spreadsheet would run as a formula gets an apostrophe before it, as in the project's CSV files. */
const csvCell = (text, numeric) => {
  const safe = !numeric && FORMULA_SIGNS.includes(text.replace(/^'+/, "").charAt(0) || " ") ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const saveCsv = (name, lines) => {
  const url = URL.createObjectURL(new Blob(lines.map((line) => line.join(",") + "\n"), { type: "text/csv;charset=utf-8" }));
  make("a", "", { href: url, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};

/* Text of seeds hides nothing: controls and marks that reorder others are shown by their code. */
const HIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]/gu;
const visible = (text) => text.replace(HIDDEN, (sign) => `‹U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);
const shortened = (text, width) => {
  const line = visible(text.slice(0, 4 * width).trim().replace(/\s+/g, " "));
  return line.length > width || text.length > 4 * width ? line.slice(0, width - 1).trimEnd() + "…" : line;
};

/* Decimals are rounded half to even, as Python does. */
const fixed = (value, decimals) => {
  const scaled = Math.abs(value) * 10 ** decimals;
  if (scaled % 1 !== 0.5) return value.toFixed(decimals);
  const even = Math.floor(scaled) + (Math.floor(scaled) % 2);
  return (Math.sign(value) * even / 10 ** decimals).toFixed(decimals);
};
const thousands = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const wholeNumber = (value) => thousands(fixed(value, 0)).replace(/^-/, "−");
const decimalNumber = (value) => {
  if (Math.abs(value) >= 100) return wholeNumber(value);
  if (Math.abs(value) >= 0.005 || value === 0) return fixed(value, 2).replace(/^-/, "−");
  const [digit, exponent] = value.toExponential(0).split("e");
  return (Math.abs(value) < 1e-4 ? `${digit}e-${exponent.slice(1).padStart(2, "0")}` : fixed(value, -exponent)).replace(/^-/, "−");
};
const NONE = "not estimable";
const percentDecimals = (value) => (0 < Math.abs(value) && Math.abs(value) < 0.0995 ? 1 : 0);
const percent = (value, decimals = percentDecimals(value)) =>
  isNaN(value) ? NONE : fixed(100 * value, decimals).replace(/^-/, "−") + "%";
const probability = (value) => (value < 0.001 ? "< 0.001" : fixed(value, 3));
const interval = (lo, hi, share) => {
  if (isNaN(lo) || isNaN(hi)) return NONE;
  if (!share) return `${decimalNumber(lo)} to ${decimalNumber(hi)}`;
  const decimals = hi - lo < 0.05 ? 1 : Math.max(percentDecimals(lo), percentDecimals(hi));
  return `${percent(lo, decimals)} to ${percent(hi, decimals)}`;
};
/* A difference of shares is in percentage points, which are not percentages. */
const points = (value) => percent(value).replace("%", " pp");
const pointsInterval = (lo, hi) => interval(lo, hi, true).replace("%", "").replace("%", " pp");
const plural = (n, noun, many = noun + "s") => `${wholeNumber(n)} ${n === 1 ? noun : many}`;
