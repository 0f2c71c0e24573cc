// Functions of texts; patterns are for the server.
import { truncated, whole } from "../decimal.js";
import { Ask } from "../faults.js";
import { length } from "../values.js";
import { builtIn } from "./declaring.js";

const MOST_CHARACTERS = 10_000;
const TWO = "string: string, match: string";
// ASCII, Chinese and full-width characters have the same letter case in every edition of Unicode.
const SURE_CASE = /^[\0-\x7f\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*$/;

function cased(text, turn) {
  if (!SURE_CASE.test(text)) throw new Ask();
  return turn(text);
}

builtIn("contains", TWO, (text, part) => text.includes(part));
builtIn("starts with", TWO, (text, part) => text.startsWith(part));
builtIn("ends with", TWO, (text, part) => text.endsWith(part));
builtIn("string length", "string: string", (text) => whole(length(text)));
builtIn("upper case", "string: string", (text) => cased(text, (each) => each.toUpperCase()));
builtIn("lower case", "string: string", (text) => cased(text, (each) => each.toLowerCase()));

builtIn("substring", "string: string, start position: number, length: number?", (text, start, ...many) => {
  const characters = [...text];
  const place = Number(truncated(start));
  if (place === 0 || Math.abs(place) > characters.length) return null;
  if (many.some((each) => each === null || each.c <= 0n || truncated(each) < 1n)) return null;
  const first = place > 0 ? place - 1 : characters.length + place;
  return characters.slice(first, many.length ? first + Number(truncated(many[0])) : undefined).join("");
});

builtIn("substring before", TWO, (text, part) => text.slice(0, Math.max(part ? text.indexOf(part) : 0, 0)));
builtIn("substring after", TWO, (text, part) =>
  text.includes(part) ? text.slice(text.indexOf(part) + part.length) : "",
);

builtIn("string join", "list: list, delimiter: string?, prefix: string?, suffix: string?", (values, ...around) => {
  const [delimiter, prefix, suffix] = [0, 1, 2].map((place) => around[place] ?? "");
  const texts = values.filter((value) => value !== null);
  if (!texts.every((each) => typeof each === "string")) return null;
  const total = texts.reduce((sum, each) => sum + length(each), 0) + length(delimiter) * texts.length;
  return total > MOST_CHARACTERS ? null : prefix + texts.join(delimiter) + suffix;
});
