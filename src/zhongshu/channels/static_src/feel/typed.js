// A value as the server's JSON says it: the way back from `incoming`.
import { Num, written } from "./decimal.js";
import { Range } from "./values.js";
import { temporal } from "./writing.js";

/** The value as JSON; what it cannot hold says its kind: {"#": "0.10"} or {"#": "1E40"}, {"@": "2026-03-01"},
 * {"..": [low, high, "[)", sign]}. Of a function it says that it is one. */
export function typed(value) {
  if (value instanceof Num) return plainNumber(value);
  if (Array.isArray(value)) return value.map(typed);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, typed(item)]));
  if (value instanceof Range) {
    const ends = (value.lowClosed ? "[" : "(") + (value.highClosed ? "]" : ")");
    return { "..": [typed(value.low), typed(value.high), ends, value.sign] };
  }
  const text = temporal(value);
  return text !== undefined ? { "@": text } : value?.kind === "function" ? { function: true } : value;
}

function plainNumber(value) {
  const near = Number(value.c);
  if (value.e > 0) return { "#": `${value.c}E${value.e}` };
  return value.e === 0 && Number.isSafeInteger(near) ? near : { "#": written(value) };
}
