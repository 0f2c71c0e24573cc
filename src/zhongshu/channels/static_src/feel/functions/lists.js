// Lists made of lists, and sorting.
import { Ask, Fault } from "../faults.js";
import { compare, equal } from "../values.js";
import { builtIn, scopedBuiltIn } from "./declaring.js";

const MOST_ITEMS = 10_000;
const DEEPEST = 64;
const FEW = 64; // items that the server, too, sorts by putting each in its place

builtIn("append", "list: list, item: any*", (values, ...items) => [...values, ...items]);
builtIn("concatenate", "list: list*", (...lists) => lists.flat());
scopedBuiltIn("union", "list: list*", (scope, ...lists) => distinct(scope, lists.flat()));
scopedBuiltIn("distinct values", "list: list", distinct);
builtIn("reverse", "list: list", (values) => [...values].reverse());

function distinct(scope, values) {
  const seen = [];
  for (const item of values) {
    scope.spend(Math.floor(seen.length / 8));
    if (!seen.some((other) => equal(item, other, scope.spend) === true)) seen.push(item);
  }
  return seen;
}

scopedBuiltIn("duplicate values", "list: list", (scope, items) => {
  scope.spend(Math.floor(items.length ** 2 / 8));
  const often = (item) => items.filter((other) => equal(item, other, scope.spend) === true).length > 1;
  return distinct(scope, items).filter(often);
});

scopedBuiltIn("flatten", "list: list", (scope, values) => {
  for (let level = 0; level < DEEPEST; level++) {
    if (!values.some(Array.isArray)) return values;
    const length = values.reduce((sum, item) => sum + (Array.isArray(item) ? item.length : 1), 0);
    scope.spend(length);
    if (length > MOST_ITEMS) return null;
    values = values.flat();
  }
  return null;
});

scopedBuiltIn("sort", "list: list, precedes: function", (scope, values, precedes) => {
  if (values.length >= FEW) throw new Ask(); // an order that contradicts itself shows how the sorting goes
  return placed(values, (left, right) => {
    const answer = precedes.call(scope, [left, right]);
    if (typeof answer !== "boolean") throw new Fault();
    if (!answer) asked(precedes.call(scope, [right, left]));
    return answer;
  });
});

builtIn("sort", "list: list", (values) =>
  [...values].sort((left, right) => {
    const below = compare("<", left, right);
    if (below === null) throw new Fault();
    return below ? -1 : compare(">", left, right) ? 1 : 0;
  }),
);

function asked(answer) {
  if (typeof answer !== "boolean") throw new Fault();
}

/** Each item put before the first it precedes, found by halves, after a first run is taken as it is or turned. */
function placed(values, precedes) {
  const items = [...values];
  const start = firstRun(items, precedes);
  for (let at = start; at < items.length; at++) {
    const [item] = items.splice(at, 1);
    let [low, high] = [0, at];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (precedes(item, items[middle])) high = middle;
      else low = middle + 1;
    }
    items.splice(low, 0, item);
  }
  return items;
}

function firstRun(items, precedes) {
  if (items.length < 2) return items.length;
  const falling = precedes(items[1], items[0]);
  let end = 2;
  while (end < items.length && precedes(items[end], items[end - 1]) === falling) end++;
  if (falling) items.splice(0, end, ...items.slice(0, end).reverse());
  return end;
}
