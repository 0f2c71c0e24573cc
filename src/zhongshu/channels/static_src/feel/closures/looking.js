// Values as they stand: names, paths, lists, contexts and ranges.
import { TABLE } from "../functions/index.js";
import { property } from "../properties.js";
import { Range, bounded, compare } from "../values.js";
import { BUILDERS, build } from "./building.js";

BUILDERS.name = (name) => (scope) => {
  const value = scope.value(name);
  return value === undefined ? (TABLE.get(name) ?? null) : value;
};

BUILDERS["."] = (base, ...keys) => {
  const start = build(base);
  return (scope) => keys.reduce((value, key) => member(value, key, scope), start(scope));
};

/** What a value has by that name: an entry, a property, or of a list what each item has. */
export function member(value, key, scope) {
  if (value instanceof Map) return value.get(key) ?? null;
  if (!Array.isArray(value)) return property(value, key);
  scope.spend(value.length);
  return bounded(value.map((item) => member(item, key, scope)));
}

BUILDERS.list = (...nodes) => {
  const items = nodes.map(build);
  return (scope) => items.map((item) => item(scope));
};

BUILDERS["{}"] = (...nodes) => {
  const entries = nodes.map(([key, value]) => [key, build(value)]);
  return (scope) => {
    const [outer, made] = [scope.bound, new Map()];
    for (const [key, value] of entries) {
      made.set(key, value(scope));
      scope.spend(1 + ((outer.size + made.size) >> 3));
      scope.bound = new Map([...outer, ...made]);
    }
    scope.bound = outer;
    return made;
  };
};

BUILDERS.range = (low, high, lowClosed, highClosed, sign) => {
  const [least, most] = [build(low), build(high)];
  return (scope) => {
    const made = new Range(least(scope), most(scope), lowClosed, highClosed, sign);
    if (sign || made.low === null || made.high === null) return made;
    return compare("<=", made.low, made.high) === null ? null : made;
  };
};
