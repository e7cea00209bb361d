/* The toolbox: a panel beside the page in which a reader can hide, rename, colour and move groups. */
/** Most groups with a row: those with most documents; groups whose display was changed have one in any case. */
const MOST_TOOLS = 60;
/**
 * Show groups in this way, keep it in the address, and show the choice again with their names.
 * @type {(shown: GroupsShown) => void}
 */
const setGroups = (shown) => {
  asked.view = { ...asked.view, groups_shown: cleanGroups(shown) };
  history.replaceState(null, "", viewHash(asked.view));
  ask(asked.view);
};
/** The current display of groups, by which `showGroups` avoids doing the same twice. */
let shownGroups = "";
/** Show the groups everywhere as the view says. */
const showGroups = () => {
  const now = JSON.stringify([groupNames.length, groupsShown()]);
  if (now === shownGroups) return;
  shownGroups = now;
  const hidden = groupNames.filter(isHidden).length;
  const note = elementIn(document, "#ask .groups-note");
  note.hidden = !hidden;
  elementIn(note, "span").textContent = `${plural(hidden, "group")} hidden, but still in all totals`;
  showCompared();
  showBoxes();
  showInFigures();
  for (const view of tableViews) {
    if (!view.sheet?.columns.some(({ group }) => group)) continue;
    view.texts = undefined;
    selectRows(view);
  }
  const [panel] = asElement(byId("toolbox"));
  if (panel && !panel.contains(document.activeElement)) fillTools(panel);
};
/** @type {(panel: HTMLElement) => HTMLElement[]} */
const itemsIn = (panel) => [...panel.querySelectorAll("li")];
/**
 * The settings that a reader has made in the panel.
 * @type {(panel: HTMLElement) => GroupsShown}
 */
const groupsIn = (panel) => {
  const rows = itemsIn(panel).map((item) => ({
    group: item.dataset.of ?? "",
    box: /** @type {HTMLInputElement} */ (elementIn(item, "[type=checkbox]")),
    name: /** @type {HTMLInputElement} */ (elementIn(item, "[type=text]")),
    colour: /** @type {HTMLSelectElement} */ (elementIn(item, "select")),
  }));
  return {
    hidden: rows.filter(({ box }) => !box.checked).map(({ group }) => group),
    names: Object.fromEntries(rows.map(({ group, name }) => [group, name.value])),
    colours: Object.fromEntries(rows.map(({ group, colour }) => [group, colour.value])),
    order: panel.dataset.moved ? rows.map(({ group }) => group) : [],
  };
};
/**
 * Move a group up or down, and keep the focus on the button.
 * @type {(panel: HTMLElement, item: HTMLElement, places: number) => void}
 */
const moveGroup = (panel, item, places) => {
  const items = itemsIn(panel);
  const at = items.indexOf(item) + places;
  if (at < 0 || at === items.length) return;
  const pressed = /** @type {HTMLElement} */ (document.activeElement);
  items[at][places < 0 ? "before" : "after"](item);
  pressed.focus();
  panel.dataset.moved = "yes";
  elementIn(panel, ".copied").textContent = `Now ${wholeNumber(at + 1)} of ${wholeNumber(items.length)}.`;
  setGroups(groupsIn(panel));
};
/**
 * The row of a group: controls for visibility, name, colour and place.
 * @type {(panel: HTMLElement, group: string) => HTMLElement}
 */
const toolItem = (panel, group) => {
  const { names, colours } = groupsShown();
  const called = shortened(group, 60);
  const item = make("li");
  item.dataset.of = group;
  const box = make("input", "", { type: "checkbox" });
  box.checked = !isHidden(group);
  const label = make("label");
  label.append(box, ` ${called}`);
  const attributes = { type: "text", maxlength: String(LONGEST_NAME), placeholder: "another name" };
  const name = make("input", "", { ...attributes, "aria-label": `Name of ${called}` });
  name.value = ofGroup(names, group);
  const colour = make("select", "", { "aria-label": `Colour of ${called}` });
  colour.append(...["", ...Object.keys(COLOURS)].map((value) => make("option", value || "no colour", { value })));
  colour.value = ofGroup(colours, group);
  const up = button("↑", `Move up: ${called}`, () => moveGroup(panel, item, -1));
  const down = button("↓", `Move down: ${called}`, () => moveGroup(panel, item, 1));
  item.append(label, name, colour, up, down);
  return item;
};
/** @type {(panel: HTMLElement) => void} */
const fillTools = (panel) => {
  const { hidden = [], names = {}, colours = {}, order = [] } = groupsShown();
  const own = new Set([...hidden, ...Object.keys(names), ...Object.keys(colours), ...order]);
  const groups = groupNames.filter((group, at) => at < MOST_TOOLS || own.has(group)).sort(byRank);
  panel.dataset.moved = order.length ? "yes" : "";
  elementIn(panel, "ul").replaceChildren(...groups.map((group) => toolItem(panel, group)));
};
/** @type {() => HTMLElement} */
const toolPanel = () => {
  const attributes = { class: "list", id: "toolbox", "aria-labelledby": "toolbox-h", tabindex: "-1" };
  const panel = make("section", "", attributes);
  const about =
    "This changes only the display: every group stays in all totals and in every corrected p. " +
    "It is kept in the address of the page and in the view.";
  const tools = make("div", "", { class: "tools" });
  const status = make("span", "", { class: "copied", role: "status" });
  tools.append(
    button("Reset", "Reset: show all groups as they are", () => {
      setGroups({});
      fillTools(panel);
    }),
    button("Copy link", "Copy link to the page with these groups", () => copyText(viewAddress(), status)),
    button("Save view", "Save view with these groups", () => saveText("view.yaml", viewFile(asked.view), "text/yaml")),
    status,
  );
  panel.append(make("h2", "Groups", { id: "toolbox-h" }), make("p", about), make("ul"), tools);
  let waiting = 0;
  panel.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => setGroups(groupsIn(panel)), ASK_PAUSE);
  });
  return panel;
};
/**
 * Add the toolbox to a page with groups.
 * @type {(corpus: Shared) => void}
 */
const furnishToolbox = (corpus) => {
  groupNames.push(...byCount((corpus.groups.get("group") ?? []).filter(Boolean)).map(([group]) => group));
  if (groupNames.length < 2) return;
  const panel = toolPanel();
  const open = elementIn(document, "#ask .open-groups");
  /** @type {(isOpen: boolean) => void} */
  const show = (isOpen) => {
    panel.classList.toggle("open", isOpen);
    open.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? panel : open).focus({ preventScroll: true });
  };
  const close = button("Close", "Close the groups", () => show(false));
  close.classList.add("close");
  elementIn(panel, "h2").after(close);
  elementIn(document, ".lists").append(panel);
  open.hidden = false;
  open.addEventListener("click", () => {
    fillTools(panel);
    show(!panel.classList.contains("open"));
  });
  elementIn(document, "#ask .show-all").addEventListener("click", () => {
    open.focus();
    setGroups({ ...groupsShown(), hidden: [] });
  });
  showGroups();
};
