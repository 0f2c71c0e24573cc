// Functions: built-in, defined in an expression, or handed over as values.
import { Ask } from "../faults.js";
import { BuiltIn, TABLE } from "../functions/index.js";
import { coerced } from "../types.js";
import { kind } from "../values.js";
import { BUILDERS, build } from "./building.js";

const DEEPEST = 12; // calls within calls; past that the server's own stack decides

/** A function written in FEEL, with what was known where it was written. */
class Defined {
  constructor(parameters, types, body, bound, weight) {
    Object.assign(this, { parameters, types, body, bound, weight, shape: ["function", types, "Any"] });
  }

  /** The body's value with the arguments by their names; null if one is not of its type. */
  call(scope, values) {
    if (values.length !== this.parameters.length) return null;
    const fitted = values.map((value, place) => coerced(this.types[place], value, scope.spend));
    if (fitted.some((value, place) => value === null && values[place] !== null)) return null;
    scope.spend(this.weight + (this.bound.size >> 3));
    if (scope.depth >= DEEPEST) throw new Ask();
    const outer = scope.bound;
    scope.bound = new Map([...this.bound, ...this.parameters.map((name, place) => [name, fitted[place]])]);
    scope.depth += 1;
    try {
      return this.body(scope);
    } finally {
      scope.depth -= 1;
      scope.bound = outer;
    }
  }
}
Defined.prototype.kind = "function";

BUILDERS.function = (parameters, inner, weight) => {
  const body = build(inner);
  const [names, types] = [0, 1].map((part) => parameters.map((each) => each[part]));
  return (scope) => new Defined(names, types, body, scope.bound, 10 + weight);
};

BUILDERS.invoke = (node, given, names) => {
  const [callee, values] = [build(node), given.map(build)];
  return (scope) => {
    const found = callee(scope);
    return invoked(found, values.map((value) => value(scope)), names, scope);
  };
};

/** What a function answers for arguments in order, or by name; null if it is no function. */
function invoked(callee, values, names, scope) {
  if (kind(callee) !== "function") return null;
  if (!names.length || callee instanceof BuiltIn) return callee.call(scope, values, names);
  const same = names.length === callee.parameters.length && callee.parameters.every((name) => names.includes(name));
  return same ? callee.call(scope, callee.parameters.map((name) => values[names.indexOf(name)])) : null;
}

BUILDERS.call = (name, given, names) => {
  const [callee, values] = [TABLE.get(name), given.map(build)];
  if (!callee) throw new Ask();
  if (name === "not" && values.length === 1) return opposite(callee, values[0]);
  return (scope) => callee.call(scope, values.map((value) => value(scope)), names);
};

/** `not`, which counts as work only where it has nothing to turn. */
function opposite(callee, operand) {
  return (scope) => {
    const value = operand(scope);
    return typeof value === "boolean" ? !value : callee.call(scope, [value]);
  };
}

BUILDERS["is defined"] = (node) => {
  const [sort, ...parts] = Array.isArray(node) ? node : [];
  if (sort === "name") return (scope) => scope.holds(parts[0]);
  const value = build(sort === "." && parts.length > 2 ? node.slice(0, -1) : sort === "." ? parts[0] : node);
  if (sort !== ".") return (scope) => value(scope) !== null;
  return (scope) => {
    const owner = value(scope);
    return owner instanceof Map && owner.has(parts.at(-1));
  };
};
