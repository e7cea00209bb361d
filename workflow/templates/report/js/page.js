/* Small helpers: elements of the page, and text from seeds made safe to show. */
/**
 * A new element with text and attributes.
 * @type {<T extends keyof Elements>(tag: T, text?: string, attributes?: Record<string, string>) => Elements[T]}
 */
const make = (tag, text = "", attributes = {}) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
/** @type {(id: string) => HTMLElement | null} */
const byId = (id) => document.getElementById(id);
/**
 * The first element with a selector, which the page must have.
 * @type {(root: ParentNode, selector: string) => HTMLElement}
 */
const elementIn = (root, selector) => {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`This page is incomplete: it has no ${selector}.`);
  return element;
};
/**
 * A box for what may be wider than the screen, which can be reached by the keyboard.
 * @type {(kind: string, name: string) => HTMLElement}
 */
const region = (kind, name) => make("div", "", { class: kind, tabindex: "0", role: "region", "aria-label": name });
/** @type {(text: string, name: string, action: () => void) => HTMLButtonElement} */
const button = (text, name, action) => {
  const element = make("button", text, { type: "button", "aria-label": name });
  element.addEventListener("click", action);
  return element;
};
/**
 * Do something when a reader comes near an element, once.
 * @type {(element: Element, action: () => void) => void}
 */
const whenNear = (element, action) => {
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      action();
    },
    { rootMargin: "600px" },
  );
  near.observe(element);
};

/**
 * The value that a map has at a key; if it lacks the key, the value is made and put there.
 * @template K, V
 * @param {Map<K, V>} map
 * @param {K} key
 * @param {() => V} make_
 */
const valueAt = (map, key, make_) => {
  const value = map.get(key) ?? make_();
  map.set(key, value);
  return value;
};
/**
 * Add to the number that a map has at a key.
 * @template K
 * @param {Map<K, number>} map
 * @param {K} key
 * @param {number} [number]
 */
const addTo = (map, key, number = 1) => map.set(key, (map.get(key) ?? 0) + number);

/* Text of seeds hides nothing: controls and marks that reorder others are shown by their code. */
const HIDDEN_SIGNS = new RegExp(`[${HIDDEN}]`, "gu");
const SPACES = new RegExp(`[${WHITE_SPACE}]+`, "g");
/** @type {(sign: string) => string} */
const codeOf = (sign) => `‹U+${Number(sign.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0")}›`;
/** @type {(text: string) => string} */
const visible = (text) => text.replace(HIDDEN_SIGNS, codeOf);
/** @type {(text: string) => string} */
const inOneLine = (text) => text.replace(SPACES, " ").replace(/^ | $/g, "");
/**
 * Visible text of at most `width` characters in one line; what is cut off ends in an ellipsis.
 * @type {(text: string, width: number) => string}
 */
const shortened = (text, width) => {
  /* No character has more than two units, so these hold all that can be shown. */
  const characters = [...text.slice(0, 8 * width + 2)];
  const line = [...visible(inOneLine(characters.slice(0, 4 * width).join("")))];
  if (line.length <= width && characters.length <= 4 * width) return line.join("");
  return `${line
    .slice(0, width - 1)
    .join("")
    .replace(new RegExp(`[${WHITE_SPACE}]+$`), "")}…`;
};
/** @type {(n: number, noun: string, many?: string) => string} */
const plural = (n, noun, many = `${noun}s`) => `${wholeNumber(n)} ${n === 1 ? noun : many}`;
/** @type {(name: string) => string} */
const frameName = (name) => name.replaceAll("_", " ");
