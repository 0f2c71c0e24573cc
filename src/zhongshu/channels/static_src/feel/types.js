// What `instance of` and parameters ask of a value: a type is a name, ["list", type], ["range", type],
// ["context", [[key, type], …]] or ["function", [type, …], type].
import { Range, kind } from "./values.js";

const sameType = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Whether a value that is not null belongs to the type. */
export function holds(type, value, spend) {
  if (typeof type === "string") return type === "Any" || kind(value) === type;
  const [sort, inner, result] = type;
  if (sort === "list") {
    if (kind(value) !== "list") return false;
    spend(1 + value.length);
    return value.every((each) => each === null || holds(inner, each, spend));
  }
  if (sort === "range") {
    const ends = value instanceof Range ? [value.low, value.high] : [];
    return value instanceof Range && ends.every((end) => end === null || holds(inner, end, () => {}));
  }
  if (sort === "function") return Array.isArray(value?.shape) && within(value.shape, ["function", inner, result]);
  spend(1 + inner.length);
  const fits = (entry, found) => found === null || holds(entry, found, spend);
  return value instanceof Map && inner.every(([name, entry]) => value.has(name) && fits(entry, value.get(name)));
}

/** Whether every value of one type is one of the other. */
function within(type, other) {
  if (type === "Null" || other === "Any" || sameType(type, other)) return true;
  if (typeof type === "string" || typeof other === "string" || type[0] !== other[0]) return false;
  if (type[0] === "list" || type[0] === "range") return within(type[1], other[1]);
  if (type[0] === "context") {
    const own = new Map(type[1]);
    return other[1].every(([name, entry]) => own.has(name) && within(own.get(name), entry));
  }
  const [own, theirs] = [type[1], other[1]];
  const wider = own.length === theirs.length && theirs.every((each, place) => within(each, own[place]));
  return wider && within(type[2], other[2]);
}

/** The value as the type wants it: itself, the one item of a list, a list of itself, or null. */
export function coerced(type, value, spend) {
  if (value === null || holds(type, value, spend)) return value;
  if (kind(value) === "list") return value.length === 1 && holds(type, value[0], spend) ? value[0] : null;
  return type[0] === "list" && holds(type, [value], spend) ? [value] : null;
}
