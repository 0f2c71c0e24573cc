// Items of a list: how many, which, where.
import { truncated, whole } from "../decimal.js";
import { equal } from "../values.js";
import { builtIn, scopedBuiltIn } from "./declaring.js";

builtIn("count", "list: list", (values) => whole(values.length));
scopedBuiltIn("list contains", "list: list, element: any", (scope, values, sought) =>
  values.some((item) => equal(item, sought, scope.spend) === true),
);
scopedBuiltIn("index of", "list: list, match: any", (scope, values, sought) =>
  values.flatMap((item, place) => (equal(item, sought, scope.spend) === true ? [whole(place + 1)] : [])),
);

/** The index for a FEEL place: 1 is the first, -1 the last; null if there is no such item. */
export function position(values, place) {
  const at = Number(truncated(place));
  const index = at > 0 ? at - 1 : values.length + at;
  return at !== 0 && index >= 0 && index < values.length ? index : null;
}

builtIn("sublist", "list: list, start position: number, length: number?", (values, start, ...length) => {
  const first = position(values, start);
  if (first === null || length[0] === null) return null;
  if (!length.length) return values.slice(first);
  const many = Number(truncated(length[0]));
  return many >= 1 && first + many <= values.length ? values.slice(first, first + many) : null;
});

/** The list with some items in place of those from a place on. */
function spliced(values, place, removed, ...items) {
  const index = position(values, place);
  return index === null ? null : [...values.slice(0, index), ...items, ...values.slice(index + removed)];
}

const PUT = "list: list, position: number, newItem: any";
builtIn("insert before", PUT, (values, place, item) => spliced(values, place, 0, item));
builtIn("remove", "list: list, position: number", (values, place) => spliced(values, place, 1));
builtIn("list replace", PUT, (values, place, item) => spliced(values, place, 1, item));
scopedBuiltIn("list replace", "list: list, match: function, newItem: any", (scope, values, match, item) => {
  const answers = values.map((value) => match.call(scope, [value, item]));
  if (!answers.every((answer) => typeof answer === "boolean")) return null;
  return values.map((value, place) => (answers[place] ? item : value));
});
