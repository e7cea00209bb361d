/* A small timeline in the bar: documents per month, year or day, and two sliders that choose a range of dates. */
const TIMELINE = { width: 600, height: 36 };
/** For each side, a function that sets its sliders from its dates. @type {Map<HTMLElement, () => void>} */
const timelines = new Map();
/** @type {(period: string) => string} */
const firstDay = (period) => `${period}-01-01`.slice(0, 10);
/** @type {(period: string) => string} */
const lastDay = (period) => {
  const [year, month = 12, day] = period.split("-").map(Number);
  return day
    ? period
    : `${firstDay(period).slice(0, 4)}-${new Date(Date.UTC(year, month, 0)).toISOString().slice(5, 10)}`;
};
/**
 * Add a timeline to a side of the bar, if the corpus has more than one period.
 * @type {(fields: HTMLElement, corpus: Shared) => void}
 */
const addTimeline = (fields, corpus) => {
  const periods = periodsOf(corpus);
  const last = periods.length - 1;
  if (last < 1) return;
  const dated = new Map();
  for (const date of corpus.date) addTo(dated, date.slice(0, periods[0].length));
  const counts = periods.map((period) => dated.get(period) ?? 0);
  const most = Math.max(...counts);
  const [width, high] = [TIMELINE.width / periods.length, TIMELINE.height];
  const svg = svgElement("svg", { viewBox: `0 0 ${TIMELINE.width} ${high}`, preserveAspectRatio: "none" });
  svg.setAttribute("aria-hidden", "true");
  const bars = counts.map((count, at) => {
    const height = (count / most) * high;
    return svgElement("rect", { x: at * width, y: high - height, width: width * 0.9, height });
  });
  svg.append(...bars);
  const unit = { 4: "year", 7: "month" }[periods[0].length] ?? "day";
  const box = make("fieldset", "", { class: "timeline" });
  box.append(make("legend", `Documents a ${unit}, at most ${wholeNumber(most)}`), svg);
  const [from, to] = ["from", "to"].map((name, end) => {
    const date = /** @type {HTMLInputElement} */ (elementIn(fields, `[name=${name}]`));
    const range = make("input", "", { type: "range", min: "0", max: String(last), "aria-label": name });
    const [label, shown] = [make("label", `${name} `), make("output")];
    label.append(shown, range);
    box.append(label);
    return { date, range, shown, end: end * last, dayOf: end ? lastDay : firstDay };
  });
  const show = () => {
    for (const { range, shown } of [from, to]) {
      shown.textContent = periods[Number(range.value)];
      range.setAttribute("aria-valuetext", periods[Number(range.value)]);
    }
    for (const [at, bar] of bars.entries())
      bar.classList.toggle("out", at < Number(from.range.value) || at > Number(to.range.value));
  };
  const place = () => {
    const [first, end] = [from.date.value, to.date.value];
    const begun = first ? periods.findIndex((period) => lastDay(period) >= first) : 0;
    const ended = end ? periods.findLastIndex((period) => firstDay(period) <= end) : last;
    from.range.value = String(begun < 0 ? last : begun);
    to.range.value = String(Math.max(0, ended));
    show();
  };
  for (const [own, other] of [
    [from, to],
    [to, from],
  ]) {
    own.date.addEventListener("input", place);
    own.range.addEventListener("input", () => {
      /* An end that is moved past the other takes it along. */
      if (Number(from.range.value) > Number(to.range.value)) other.range.value = own.range.value;
      for (const { date, range, end, dayOf } of [from, to])
        date.value = Number(range.value) === end ? "" : dayOf(periods[Number(range.value)]);
      show();
    });
  }
  elementIn(fields, "[name=from]").parentElement?.before(box);
  timelines.set(fields, place);
  place();
};
