// The sentences of the page, in its language, and how they are filled.
const sentences = JSON.parse(document.getElementById("mobile-words").textContent);

/** The sentence of this name with its {gaps} filled. */
export function say(name, gaps = {}) {
  return sentences[name].replace(/\{(\w+)\}/g, (whole, gap) => gaps[gap] ?? whole);
}

/** A length in metres in words: tens of metres, then tenths of kilometres. */
export function length(metres) {
  const tens = Math.max(10, Math.round(metres / 10) * 10);
  return tens < 1000 ? say("metres", { n: tens }) : say("kilometres", { n: (metres / 1000).toFixed(1) });
}
