/* Small helpers for elements of the page, and for showing text from seeds safely. */
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
 * The first element that matches a selector; throws if there is none.
 * @type {(root: ParentNode, selector: string) => HTMLElement}
 */
const elementIn = (root, selector) => {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`This page is incomplete: it has no ${selector}.`);
  return element;
};
/**
 * A box for content that may be wider than the screen; it can be focused to scroll by keyboard.
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
 * Do something once, when a reader first comes near an element.
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
 * The value of a map at a key, made and stored if the map lacks the key.
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
 * Add to the number of a map at a key.
 * @template K
 * @param {Map<K, number>} map
 * @param {K} key
 * @param {number} [number]
 */
const addTo = (map, key, number = 1) => map.set(key, (map.get(key) ?? 0) + number);

/* No text from seeds stays hidden: control characters and marks that reorder text are shown as their codes. */
const HIDDEN_SIGNS = new RegExp(`[${HIDDEN}]`, "gu");
const SPACES = new RegExp(`[${WHITE_SPACE}]+`, "g");
/** @type {(sign: string) => string} */
const codeOf = (sign) => `‹U+${Number(sign.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0")}›`;
/** @type {(text: string) => string} */
const visible = (text) => text.replace(HIDDEN_SIGNS, codeOf);
/** @type {(text: string) => string} */
const inOneLine = (text) => text.replace(SPACES, " ").replace(/^ | $/g, "");
/**
 * Text in one line of at most `width` characters, with hidden characters visible; a cut text ends in an ellipsis.
 * @type {(text: string, width: number) => string}
 */
const shortened = (text, width) => {
  /* No character has more than two UTF-16 units, so this part has all characters that can be shown. */
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
