// How a built-in says what it takes, and how its arguments are brought to that.
import { Fault } from "../faults.js";
import { bounded, kind, length } from "../values.js";

const MANY = 10_000;
const UNFIT = Symbol("unfit");

/** @type {Map<string, BuiltIn>} */
export const TABLE = new Map();

/** Makes a function callable by this name, one signature a line; a scoped one gets the scope first.
 * `written` is like `string: string, start position: number, length: number?`: kinds are joined by `|`, `?` marks
 * what may be left out, `*` what may be repeated. */
export function builtIn(name, written, answer, scoped = false) {
  const parameters = written.split(",").filter((part) => part.trim()).map(parameter);
  if (!TABLE.has(name)) TABLE.set(name, new BuiltIn());
  TABLE.get(name).signatures.push({ parameters, answer, scoped });
}

export const scopedBuiltIn = (name, written, answer) => builtIn(name, written, answer, true);

function parameter(written) {
  const [name, kinds] = written.split(":").map((part) => part.trim());
  const plain = kinds.replace(/[*?]$/, "").split("|").map((each) => each.trim());
  return { name, kinds: new Set(plain), optional: kinds.endsWith("?"), many: kinds.endsWith("*") };
}

/** The value as the parameter takes it: the one item of a list for the item, an item for the list of it. */
function fit({ kinds, optional }, value) {
  const found = kind(value);
  if (kinds.has(found) || kinds.has("any") || (value === null && optional)) return value;
  if (found === "list" && value.length === 1 && kinds.has(kind(value[0]))) return value[0];
  return kinds.has("list") && value !== null ? [value] : UNFIT;
}

function fitted({ parameters }, values) {
  const last = parameters.length - 1;
  const fewest = parameters.filter((each) => !each.optional).length;
  const most = parameters[last]?.many ? MANY : parameters.length;
  if (values.length < fewest || values.length > most) return null;
  const fits = values.map((value, place) => fit(parameters[Math.min(place, last)], value));
  return fits.includes(UNFIT) ? null : fits;
}

/** The arguments in the order of the parameters; null if their names do not belong. */
function ordered({ parameters }, names, values) {
  const places = parameters.map((each) => names.indexOf(each.name));
  const strange = names.some((name) => parameters.every((each) => each.name !== name));
  const missing = ({ optional, kinds }, place) => places[place] < 0 && !optional && !kinds.has("any");
  if (strange || parameters.some(missing)) return null;
  const found = places.map((place) => (place < 0 ? null : values[place]));
  while (found.length && places[found.length - 1] < 0 && parameters[found.length - 1].optional) found.pop();
  return found;
}

const weighed = (value) => (Array.isArray(value) ? value.length : value instanceof Map ? value.size : 0);

/** A function every expression knows. */
export class BuiltIn {
  shape = null;
  signatures = [];

  /** The answer of the first signature the arguments fit; null if they fit none. */
  call(scope, values, names = []) {
    scope.spend(1 + values.reduce((work, value) => work + weighed(value), 0));
    for (const signature of this.signatures) {
      const own = names.length ? ordered(signature, names, values) : values;
      const fits = own && fitted(signature, own);
      if (fits) return answered(signature, fits, scope);
    }
    return null;
  }
}
BuiltIn.prototype.kind = "function";

function answered({ answer, scoped }, values, scope) {
  let found = null;
  try {
    found = bounded((scoped ? answer(scope, ...values) : answer(...values)) ?? null);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
  }
  if (typeof found === "string") scope.spend(length(found) >> 6);
  return found;
}
