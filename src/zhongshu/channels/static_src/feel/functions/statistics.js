// Figures of a list of numbers; each takes a list, or its items one by one.
import { calculate } from "../arithmetic.js";
import { number, order, whole } from "../decimal.js";
import { root } from "../powers.js";
import { compare, kind } from "../values.js";
import { builtIn } from "./declaring.js";

const SUMMED = ["number", "days and time duration", "years and months duration"];

function figure(name, answer, of = "") {
  const answered = (items) => (of && items.some((item) => kind(item) !== of) ? null : answer(items));
  builtIn(name, "list: list", answered);
  builtIn(name, "c: any*", (...values) => (values.length > 1 ? answered(values) : null));
}

function total(items) {
  if (!items.length || items.some((item) => !SUMMED.includes(kind(item)))) return null;
  return items.reduce((left, right) => calculate("+", left, right));
}

const mean = (items) => (items.length ? calculate("/", total(items), whole(items.length)) : null);

figure("sum", total);
figure("mean", mean);
figure("product", (items) => (items.length ? items.reduce((a, b) => calculate("*", a, b)) : null), "number");

figure("median", (items) => {
  const [sorted, middle] = [[...items].sort(order), Math.floor(items.length / 2)];
  if (!items.length || items.length % 2) return sorted[middle] ?? null;
  return calculate("/", calculate("+", sorted[middle - 1], sorted[middle]), whole(2));
}, "number");

figure("stddev", (items) => {
  if (items.length < 2) return null;
  const middle = mean(items);
  const squares = items.map((item) => calculate("**", calculate("-", item, middle), whole(2)));
  const spread = calculate("/", total(squares), whole(items.length - 1));
  if (spread === null) return null;
  const { c, e } = root(spread);
  return number(c, e);
}, "number");

figure("mode", (items) => {
  const groups = [];
  for (const item of [...items].sort(order)) {
    const last = groups.at(-1);
    if (last && order(last.item, item) === 0) last.times += 1;
    else groups.push({ item, times: 1 });
  }
  const most = Math.max(0, ...groups.map((group) => group.times));
  return groups.filter((group) => group.times === most).map((group) => group.item);
}, "number");

function extreme(sign) {
  return (items) => {
    let best = items[0] ?? null;
    for (const item of items) {
      const closer = compare(sign, item, best);
      if (closer === null) return null;
      if (closer) best = item;
    }
    return best;
  };
}

figure("min", extreme("<"));
figure("max", extreme(">"));
