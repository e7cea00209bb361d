/* Display of groups, as set by the reader: hidden or not, name, colour and order. Numbers never change. */
/** The groups of the corpus, those with most documents first; empty until they are read. @type {string[]} */
const groupNames = [];
/** @type {() => GroupsShown} */
const groupsShown = () => asked.view.groups_shown ?? {};
/** @type {(values: Record<string, string> | undefined, name: string) => string} */
const ofGroup = (values, name) => (values && Object.hasOwn(values, name) ? values[name] : "");
/** @type {(group: string) => string} */
const groupName = (group) => ofGroup(groupsShown().names, group) || group;
/** @type {(group: string) => string} */
const groupColour = (group) => ofGroup(COLOURS, ofGroup(groupsShown().colours, group));
/** @type {(group: string) => boolean} */
const isHidden = (group) => Boolean(groupsShown().hidden?.includes(group));
/**
 * The rank of a group in the reader's order; groups that were not moved are last, and values that are not groups, such
 * as “all”, are first.
 * @type {(group: string) => number}
 */
const groupRank = (group) => {
  const { order = [] } = groupsShown();
  const at = order.indexOf(group);
  return at < 0 && groupNames.includes(group) ? order.length : at;
};
/** @type {(a: string, b: string) => number} */
const byRank = (a, b) => groupRank(a) - groupRank(b);
/** @type {(value: unknown) => string[]} */
const textsIn = (value) =>
  Array.isArray(value) ? [...new Set(value.filter((each) => typeof each === "string" && each))] : [];
/**
 * The display of groups from unchecked values: only values of the right type, and only colours that exist.
 * @type {(given: unknown) => GroupsShown | undefined}
 */
const cleanGroups = (given) => {
  const { hidden, names, colours, order } = /** @type {Record<string, unknown>} */ (given ?? {});
  /** @type {(values: unknown, fits: (text: string) => boolean) => Record<string, string>} */
  const pairs = (values, fits) =>
    Object.fromEntries(
      Object.entries(values && typeof values === "object" ? values : {})
        .map(([group, each]) => [group, typeof each === "string" ? each.trim() : ""])
        .filter(([, text]) => text && fits(text)),
    );
  const shown = {
    hidden: textsIn(hidden),
    names: pairs(names, (text) => [...text].length <= LONGEST_NAME),
    colours: pairs(colours, (text) => Object.hasOwn(COLOURS, text)),
    order: textsIn(order),
  };
  const own = Object.entries(shown).filter(([, each]) => Object.keys(each).length);
  return own.length ? Object.fromEntries(own) : undefined;
};
/** Names of columns that hold groups. */
const GROUP_COLUMNS = ["group", "other", "target", "reference"];
/**
 * The groups in a column of a table, if it has any; its name tells this, or another column of the table does.
 * @type {(block: Block, name: string) => { group?: (row: number) => string }}
 */
const groupIn = (block, name) => {
  const of = block.covariate ?? block.by;
  if (!of) return GROUP_COLUMNS.includes(name) ? { group: (row) => block[name][row] } : {};
  return ["term", "reference", "value"].includes(name)
    ? { group: (row) => (of[row] === "group" ? block[name][row] : "") }
    : {};
};
/**
 * The rows of a table without those of hidden groups, and in the reader's order where the table is ordered by group.
 * @type {(sheet: Sheet, rows: number[]) => number[]}
 */
const ofGroups = ({ columns }, rows) => {
  const all = columns.flatMap(({ group }) => group ?? []);
  const left = rows.filter((row) => !all.some((group) => isHidden(group(row))));
  const [group] = all;
  if (!group || !groupsShown().order) return left;
  const before = columns.slice(
    0,
    columns.findIndex((column) => column.group),
  );
  /** @type {(row: number) => string} */
  const keyOf = (row) => JSON.stringify(before.map((column) => (column.numeric ? "" : column.value(row))));
  const keys = left.map(keyOf);
  const starts = [...keys.keys()].filter((at) => keys[at] !== keys[at - 1]);
  return starts.flatMap((start, at) => {
    const run = left.slice(start, starts[at + 1]);
    const changes = run.filter((row, place) => place > 0 && group(row) !== group(run[place - 1]));
    const isByGroup = changes.length < new Set(run.map(group)).size;
    return isByGroup ? run.sort((a, b) => byRank(group(a), group(b))) : run;
  });
};
/**
 * The sign of a group that has a colour; signs of different colours differ in shape too.
 * @type {(group?: string) => SVGElement[]}
 */
const groupSign = (group = "") => {
  const at = Object.values(COLOURS).indexOf(groupColour(group));
  if (at < 0) return [];
  const about = { class: "sign", viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" };
  const sign = svgElement("svg", { ...about, stroke: "currentColor" });
  sign.append(curveMarker(at, 5, 5));
  return [sign];
};
/**
 * The colours of the sides of a view: that of a side's only group, or else the first free one.
 * @type {(sides: AskedSide[]) => string[]}
 */
const sideColours = (sides) => {
  const own = sides
    .map(({ choice: { groups = [] }, isOthers }) => (groups.length === 1 && !isOthers ? groupColour(groups[0]) : ""))
    .map((colour, at, every) => (every.indexOf(colour) === at ? colour : ""));
  const free = Object.values(COLOURS).filter((colour) => !own.includes(colour));
  return own.map((colour) => colour || String(free.shift()));
};

/** The original rows of the comparison of groups. @type {[HTMLTableRowElement, string, Element][]} */
const comparedRows = [];
/** Show the comparison of groups; a reader's own order leaves as many rows unfolded as before. */
const showCompared = () => {
  const bodies = [...document.querySelectorAll("#groups tbody")];
  if (!comparedRows.length) {
    for (const row of document.querySelectorAll("#groups tbody tr")) {
      const [, , [group]] = JSON.parse(elementIn(row, "[data-rows]").dataset.rows ?? "");
      comparedRows.push([
        /** @type {HTMLTableRowElement} */ (row),
        group,
        bodies.filter((body) => body.contains(row))[0],
      ]);
    }
  }
  const isMoved = Boolean(groupsShown().order);
  let room = comparedRows.filter(([, , body]) => body === bodies[0]).length;
  for (const [row, group, body] of isMoved ? [...comparedRows].sort(([, a], [, b]) => byRank(a, b)) : comparedRows) {
    row.hidden = isHidden(group);
    row.cells[0].replaceChildren(...groupSign(group), shortened(groupName(group), CELL_LENGTH));
    const bar = /** @type {SVGElement} */ (row.querySelector(".bar .light"));
    bar.style.fill = groupColour(group);
    (isMoved ? bodies[room > 0 ? 0 : bodies.length - 1] : body).append(row);
    if (!row.hidden) room -= 1;
  }
};
/** Show the groups in the bar; a hidden one stays visible if it is chosen. */
const showBoxes = () => {
  for (const boxes of document.querySelectorAll("#ask [data-condition=groups]")) {
    const labels = [...boxes.querySelectorAll("label")].map((label) => ({
      label,
      box: /** @type {HTMLInputElement} */ (elementIn(label, "input")),
    }));
    labels.sort((a, b) => byRank(a.box.value, b.box.value) || collator.compare(a.box.value, b.box.value));
    for (const { label, box } of labels) {
      label.hidden = isHidden(box.value) && !box.checked;
      label.replaceChildren(box, " ", ...groupSign(box.value), shortened(groupName(box.value), 60));
      boxes.append(label);
    }
  }
};
/**
 * The original text of a text element in a figure.
 * @type {(text: SVGElement) => string}
 */
const drawnAs = (text) => {
  text.dataset.drawn ??= text.textContent ?? "";
  return text.dataset.drawn;
};
/** @type {(text: SVGElement, before: string, group: string, after: string) => void} */
const renameText = (text, before, group, after) => {
  const at = Object.values(COLOURS).indexOf(groupColour(group));
  const sign = at < 0 ? [] : [svgElement("tspan", { fill: groupColour(group) }, `${"●■▲"[at % 3]} `)];
  const name = ofGroup(groupsShown().names, group);
  const shown = name ? `${before}${shortened(name, 20)}${after}` : drawnAs(text);
  (text.querySelector("a") ?? text).replaceChildren(...sign, shown);
};
/**
 * Show a panel of a figure as its group is shown: hidden, or with its name, and its colour if all data have one colour.
 * @type {(panel: SVGElement, isOneColour: boolean) => string[]}
 */
const showPanel = (panel, isOneColour) => {
  const group = groupNames.find((name) => shortened(name, GROUP_LABEL) === panel.dataset.group);
  if (group === undefined) return [];
  panel.setAttribute("display", isHidden(group) ? "none" : "inline");
  for (const text of /** @type {NodeListOf<SVGElement>} */ (panel.querySelectorAll("text"))) {
    const [, count] = /( \([\d,]+\))$/.exec(drawnAs(text)) ?? [];
    if (count) renameText(text, "", group, count);
  }
  for (const mark of /** @type {NodeListOf<SVGElement>} */ (panel.querySelectorAll("[stroke], [fill]"))) {
    for (const side of /** @type {const} */ (["stroke", "fill"])) {
      const isData = [COLOURS.blue, COLOURS.sky].includes(mark.getAttribute(side) ?? "");
      if (isData && isOneColour) mark.style[side] = groupColour(group);
    }
  }
  return [group];
};
/** Show the figures that compare groups, and say what in them remains as the run drew it. */
const showInFigures = () => {
  for (const figure of document.querySelectorAll("figure")) {
    const panels = /** @type {NodeListOf<SVGElement>} */ (figure.querySelectorAll("[data-group]"));
    const groups = [...panels].flatMap((panel) => showPanel(panel, figure.id !== "figure-frame_trends"));
    for (const text of /** @type {NodeListOf<SVGElement>} */ (figure.querySelectorAll("text"))) {
      const [, before, name] = /^(key for |per 10,000 words in )(.+)$/s.exec(drawnAs(text)) ?? [];
      const group = groupNames.find((each) => name && shortened(each, GROUP_IN_TEXT) === name);
      if (group !== undefined) renameText(text, before, group, "");
      if (group !== undefined) groups.push(group);
    }
    figure.querySelector(".as-run")?.remove();
    if (!groups.some(isHidden) && !(panels.length && groups.length && groupsShown().order)) continue;
    const told = panels.length
      ? "As the run drew it: hidden groups leave their places empty, and the order is that of the run."
      : "As the run drew it, with a group that is hidden elsewhere.";
    elementIn(figure, "figcaption").after(make("p", told, { class: "note as-run" }));
  }
};
