/* The page reader.html, in a frame of a report: it loads scripts from its folder and sends on what they hold. */
/** @type {(name: string, blocks: string[] | null) => void} */
const give = (name, blocks) => parent.postMessage([name, blocks], "*");
const SCRIPT = /^(?:data|documents|words|texts)-[a-z0-9_-]+\.js$/;
addEventListener("message", ({ data, source }) => {
  if (source !== parent || typeof data !== "string" || !SCRIPT.test(data)) return;
  const script = document.createElement("script");
  script.src = data;
  script.addEventListener("load", () => script.remove());
  script.addEventListener("error", () => give(data, null));
  document.head.append(script);
});
give("", null);
