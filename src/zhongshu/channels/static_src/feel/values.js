// The values FEEL knows, and how they are compared. A list is an Array, a context a Map.
import { Clock, Day, Length, MICRO, Moment, Months, instant } from "./calendar.js";
import { Num, order, read } from "./decimal.js";
import { readAny } from "./reading.js";

const MOST = 10_000;
const UNORDERED = new Set(["boolean", "list", "context", "range", "function", "null"]);

/** Everything between two ends, or on one side of one: then it has a sign. */
export class Range {
  constructor(low, high, lowClosed, highClosed, sign = "") {
    Object.assign(this, { low, high, lowClosed, highClosed, sign });
  }

  /** Whether a value lies in it; null if it cannot be compared with the ends. */
  holds(value) {
    if (this.sign) return compare(this.sign, value, ["<", "<=", "!="].includes(this.sign) ? this.high : this.low);
    const above = compare(this.lowClosed ? ">=" : ">", value, this.low);
    const below = compare(this.highClosed ? "<=" : "<", value, this.high);
    return above === null || below === null ? null : above && below;
  }
}
Range.prototype.kind = "range";

/** The FEEL type of a value by its name in the standard. */
export function kind(value) {
  if (typeof value === "string" || typeof value === "boolean") return typeof value;
  return Array.isArray(value) ? "list" : value instanceof Map ? "context" : (value?.kind ?? "null");
}

/** How many characters a text has. @param {string} text */
export function length(text) {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) if (text.codePointAt(at) > 0xffff) count--;
  return count;
}

/** The value, or null if it is a text or a list longer than we let it. */
export function bounded(value) {
  if (typeof value === "string") return value.length > MOST && length(value) > MOST ? null : value;
  return Array.isArray(value) && value.length > MOST ? null : value;
}

/** A value from outside: JSON, in which {"#": "0.10"} is a number, {"@": "2026-03-01"} a day, time or duration and
 * {"..": [low, high, "[)", sign]} a range. Strangers are null. */
export function incoming(value) {
  if (typeof value === "number") return Number.isFinite(value) ? read(String(value)) : null;
  if (typeof value === "bigint") return read(value.toString());
  if (Array.isArray(value)) return value.map(incoming);
  if (kind(value) !== "null" || value === null) return value;
  if (typeof value !== "object") return null;
  if ("#" in value) return read(value["#"]);
  if ("@" in value) return readAny(value["@"]);
  if (!(".." in value)) return new Map(Object.entries(value).map(([key, item]) => [key, incoming(item)]));
  const [low, high, [opening, closing], sign] = value[".."];
  return new Range(incoming(low), incoming(high), opening === "[", closing === "]", sign);
}

/** By code points. @param {string} a @param {string} b */
function byCharacter(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    return a.codePointAt(at) - b.codePointAt(at) || a.charCodeAt(at) - b.charCodeAt(at);
  }
  return a.length - b.length;
}

const sign = (difference) => (difference < 0n ? -1 : difference > 0n ? 1 : 0);
const utc = ({ us, offset }) => us - (offset ?? 0) * MICRO;
const zoned = (work) => (a, b) => ((a.offset === null) !== (b.offset === null) ? NaN : work(a, b));
const ORDERS = new Map([
  [Num, order],
  [Day, (a, b) => a.n - b.n],
  [Moment, zoned((a, b) => sign(instant(a) - instant(b)))],
  [Clock, zoned((a, b) => utc(a) - utc(b))],
  [Length, (a, b) => sign(a.us - b.us)],
  [Months, (a, b) => sign(a.total - b.total)],
]);

/** Below 0, 0, above 0; not a number for a time with a zone beside one without. Both are of one ordered kind. */
export const ranked = (a, b) => (typeof a === "string" ? byCharacter(a, b) : ORDERS.get(a.constructor)(a, b));

const free = () => {};

/** Whether two values are the same; null if they are of unlike kinds, unless one of them is null. */
export function equal(left, right, spend = free) {
  if (left === right) return true;
  const [one, other] = [kind(left), kind(right)];
  if (one === "null" || other === "null") return one === other;
  if (one !== other) return null;
  const inside = INSIDE[one];
  if (inside) return inside(left, right, spend);
  return one !== "boolean" && one !== "function" && ranked(left, right) === 0;
}

const same = (left, right, spend) => equal(left, right, spend) === true;
const INSIDE = {
  list(left, right, spend) {
    spend(1 + left.length);
    return left.length === right.length && left.every((item, place) => same(item, right[place], spend));
  },
  context(left, right, spend) {
    spend(1 + left.size);
    if (left.size !== right.size || [...left.keys()].some((key) => !right.has(key))) return false;
    return [...left].every(([key, item]) => same(item, right.get(key), spend));
  },
  range(left, right, spend) {
    const shapes = ["lowClosed", "highClosed", "sign"].every((part) => left[part] === right[part]);
    return shapes && same(left.low, right.low, spend) && same(left.high, right.high, spend);
  },
};

const HOLDS = { "<": (n) => n < 0, "<=": (n) => n <= 0, ">": (n) => n > 0, ">=": (n) => n >= 0 };

/** Whether `left sign right` holds; null if the two cannot be compared. */
export function compare(sign, left, right, spend = free) {
  if (sign === "=" || sign === "!=") {
    const found = equal(left, right, spend);
    return found === null || sign === "=" ? found : !found;
  }
  if (kind(left) !== kind(right) || UNORDERED.has(kind(left))) return null;
  const ranks = ranked(left, right);
  return Number.isNaN(ranks) ? null : HOLDS[sign](ranks);
}
