// Functions of truth.
import { equal, kind } from "../values.js";
import { builtIn, scopedBuiltIn } from "./declaring.js";

/** `or` of the values where true is decisive, `and` where false is; null if one is neither. */
function joined(values, decisive) {
  if (values.includes(decisive)) return decisive;
  return values.every((value) => value === !decisive) ? !decisive : null;
}

builtIn("not", "negand: any", (value) => (typeof value === "boolean" ? !value : null));
builtIn("all", "list: list", (values) => joined(values, false));
builtIn("all", "list: any*", (...values) => joined(values, false));
builtIn("any", "list: list", (values) => joined(values, true));
builtIn("any", "list: any*", (...values) => joined(values, true));

const zoneOf = (value) => (["time", "date and time"].includes(kind(value)) ? value.offset : null);

scopedBuiltIn("is", "value1: any, value2: any", (scope, left, right) => {
  if (kind(left) !== kind(right) || zoneOf(left) !== zoneOf(right)) return false;
  return equal(left, right, scope.spend) === true;
});
