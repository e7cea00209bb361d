/* Blocks of columns as scripts/report/payload.py makes them; each is unpacked when it is first asked for. */
const varints = (bytes, Kind) => {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] < 128) count += 1;
  const values = new Kind(count);
  for (let at = 0, row = 0; row < count; row += 1) {
    let value = 0, scale = 1, byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    values[row] = value;
  }
  return values;
};
const unsigned = (bytes) => varints(bytes, Uint32Array);
const signed = (bytes) => varints(bytes, Float64Array).map((value) => (value % 2 ? -(value + 1) / 2 : value / 2));
const steps = (bytes) => {
  const values = signed(bytes);
  for (let row = 1; row < values.length; row += 1) values[row] += values[row - 1];
  return values;
};
const utf8 = new TextDecoder();
const texts = (bytes) => JSON.parse(utf8.decode(bytes));
/* The first line, as JSON, and what follows it. */
const headed = (bytes) => {
  const end = bytes.indexOf(10);
  return [JSON.parse(utf8.decode(bytes.subarray(0, end))), bytes.subarray(end + 1)];
};
const together = (bytes) => {
  const [layout, rest] = headed(bytes);
  let at = 0;
  return layout.map(([coding, length]) => CODINGS[coding](rest.subarray(at, at += length)));
};
const MISSING = 99;
const decimal = (bytes) => {
  const [mantissa, exponent] = together(bytes);
  return mantissa.map((value, row) => {
    const power = exponent[row];
    return power === MISSING ? NaN : power < 0 ? value / 10 ** -power : value * 10 ** power;
  });
};
const coded = (bytes) => {
  const [distinct, rows] = together(bytes);
  return Array.from(rows, (number) => distinct[number]);
};
const named = (bytes, { names }) => Array.from(unsigned(bytes), (number) => names[number]);
const worded = (bytes, corpus) => Array.from(steps(bytes), (number) => wordAt(corpus, number));
const CODINGS = { unsigned, signed, steps, texts, decimal, coded, named, worded };

/* Base 85: five signs for four bytes; the last group may have fewer, and counts as filled up with the last sign. */
const DIGITS_85 = new Uint8Array(128);
[...SIGNS_85].forEach((sign, digit) => { DIGITS_85[sign.charCodeAt()] = digit; });
const bytesOf = (text) => {
  const groups = Math.ceil(text.length / 5), view = new DataView(new ArrayBuffer(groups * 4));
  for (let group = 0; group < groups; group += 1) {
    let value = 0;
    for (let at = group * 5; at < group * 5 + 5; at += 1) value = value * 85 + (at < text.length ? DIGITS_85[text.charCodeAt(at)] : 84);
    view.setUint32(group * 4, value);
  }
  return new Uint8Array(view.buffer, 0, Math.floor(text.length * 4 / 5));
};
const inflate = async (bytes) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());

/* What a script element of the page holds, or the file beside the page that the element names. The file is a page of
   its own in a frame without rights, whose one script sends its text here; so no script has to be let in for data. */
const received = new Map();
addEventListener("message", (event) => {
  for (const [frame, done] of received) if (frame.contentWindow === event.source && typeof event.data === "string") done(event.data);
});
const fileText = (file) => new Promise((done, failed) => {
  const frame = make("iframe", "", { src: file, sandbox: "allow-scripts", hidden: "", title: "Data" });
  const end = (action) => (text) => { clearTimeout(timer); received.delete(frame); frame.remove(); action(text); };
  const timer = setTimeout(end(() => failed(new Error(`${file} is not there: keep it in its folder beside the report.`))), 20000);
  received.set(frame, end(done));
  document.body.append(frame);
});
const blocks = new Map();
const readBlock = (id, corpus = {}) => {
  if (!blocks.has(id)) blocks.set(id, (async () => {
    const element = byId(id), text = element.dataset.file ? await fileText(element.dataset.file) : element.textContent;
    const [{ facts, columns }, rest] = headed(await inflate(bytesOf(text.trim())));
    const block = { facts };
    let at = 0;
    for (const [name, coding, length] of columns) block[name] = CODINGS[coding](rest.subarray(at, at += length), corpus);
    return block;
  })());
  return blocks.get(id);
};
const packed = typeof DecompressionStream === "function" && byId("data-corpus") !== null;
