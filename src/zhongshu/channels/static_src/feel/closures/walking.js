// Lists gone through: filters, loops and quantifiers. Each item is counted as work.
import { Day } from "../calendar.js";
import { Num, adjusted, isWhole, whole } from "../decimal.js";
import { position } from "../functions/items.js";
import { Range, compare } from "../values.js";
import { BUILDERS, build } from "./building.js";
import { settled } from "./choosing.js";

const MOST_ITEMS = 10_000;

BUILDERS.filter = (list, condition, weight) => {
  const [base, test] = [build(list), build(condition)];
  return (scope) => sifted(base(scope), test, weight, scope);
};

/** The items of a list for which the test is true, or the one whose place it names; null is no list. */
function sifted(values, test, weight, scope) {
  if (values === null) return test(scope) === true ? [] : null;
  const [items, kept] = [Array.isArray(values) ? values : [values], []];
  scope.spend(1 + items.length * (1 + Math.floor(weight / 4) + (scope.bound.size >> 3)));
  for (const item of items) {
    const own = item instanceof Map ? item : [];
    scope.spend((own.size ?? 0) >> 3);
    const answer = scope.among([["item", item], ...own], () => test(scope));
    if (answer instanceof Num) return at(items, answer);
    if (answer === true) kept.push(item);
  }
  return items.length || !(test(scope) instanceof Num) ? kept : null;
}

function at(items, place) {
  const index = isWhole(place) || adjusted(place) > 33 ? position(items, place) : null;
  return index === null ? null : items[index];
}

/** What a loop goes through: the items of a list, the whole numbers or days of a range; a value is its own list. */
function column(values) {
  if (!(values instanceof Range)) return values === null || Array.isArray(values) ? values : [values];
  return compare("<=", values.low, values.high) === true ? stretch(values.low, values.high, values) : null;
}

function stretch(low, high, ends) {
  if (low instanceof Day && high instanceof Day) {
    return (stepped(0n, BigInt(high.n - low.n), ends) ?? []).map((step) => new Day(low.n + Number(step)));
  }
  const [first, last] = [low, high].map((end) => (typeof end === "boolean" ? whole(Number(end)) : end));
  return isWhole(first) && isWhole(last) ? (stepped(first.c, last.c, ends)?.map(whole) ?? null) : null;
}

function stepped(low, high, { lowClosed, highClosed }) {
  const distance = high - low;
  const count = Number(distance < 0n ? -distance : distance);
  if (count > MOST_ITEMS) return null;
  const steps = Array.from({ length: count + 1 }, (_, step) => low + BigInt(distance < 0n ? -step : step));
  return steps.slice(lowClosed ? 0 : 1, highClosed ? undefined : Math.max(steps.length - 1, 0));
}

/** Binds the names to each combination of their values in turn, the last changing quickest; yields whether there is
 * something to go through. The names are bound while it waits. */
function* rounds(bindings, weight, scope, depth = 0) {
  if (depth === bindings.length) {
    scope.spend(weight);
    yield true;
    return;
  }
  const [name, values] = bindings[depth];
  const [found, outer] = [column(values(scope)), scope.bound];
  if (found === null) {
    yield false;
    return;
  }
  scope.spend(found.length * (1 + (outer.size >> 3)));
  for (const item of found) {
    scope.bound = new Map(outer).set(name, item);
    yield* rounds(bindings, weight, scope, depth + 1);
  }
  scope.bound = outer;
}

BUILDERS.steps = (...nodes) => {
  const [first, last] = nodes.map(build);
  return (scope) => stretch(first(scope), last(scope), { lowClosed: true, highClosed: true });
};

const bound = (nodes) => nodes.map(([name, values]) => [name, build(values)]);

BUILDERS.for = (nodes, inner, weight) => {
  const [bindings, body] = [bound(nodes), build(inner)];
  return (scope) => {
    const partial = [];
    return scope.among([["partial", partial]], () => {
      for (const there of rounds(bindings, weight, scope)) {
        if (!there || partial.length >= MOST_ITEMS) return null;
        partial.push(body(scope));
      }
      return partial;
    });
  };
};

for (const word of ["some", "every"]) {
  BUILDERS[word] = (nodes, inner, weight) => {
    const [bindings, body] = [bound(nodes), build(inner)];
    const answer = (scope) => (there) => (there ? body(scope) : null);
    return (scope) =>
      scope.among([], () => settled(rounds(bindings, weight, scope), answer(scope), word === "some"));
  };
}
