// Functions of numbers.
import { Length, Months } from "../calendar.js";
import { Num, PRECISION, adjusted, add, isWhole, number, remainder, rescaled, truncated, whole } from "../decimal.js";
import { exp, log, root } from "../powers.js";
import { builtIn } from "./declaring.js";

const [LEAST_SCALE, MOST_SCALE] = [-6111n, 6176n];

/** The number with so many digits after the point; null for a scale no number has. */
function rounded(value, scale, way) {
  const places = truncated(scale);
  return places < LEAST_SCALE || places > MOST_SCALE ? null : rescaled(value, Number(places), way);
}

const WAYS = { up: "round up", down: "round down", halfUp: "round half up", halfDown: "round half down", even: "decimal" };
for (const [way, name] of Object.entries(WAYS)) {
  builtIn(name, "n: number, scale: number", (n, scale) => rounded(n, scale, way));
}
for (const way of ["floor", "ceiling"]) {
  builtIn(way, "n: number, scale: number?", (n, ...scale) =>
    scale[0] === null ? null : rounded(n, scale[0] ?? whole(0), way),
  );
}

const size = (n) => (n < 0n ? -n : n);
builtIn("abs", "n: number|days and time duration|years and months duration", (value) => {
  if (value instanceof Months) return new Months(size(value.total));
  return value instanceof Length ? new Length(size(value.us)) : new Num(size(value.c), value.e);
});

builtIn("modulo", "dividend: number, divisor: number", (dividend, divisor) => {
  if (divisor.c === 0n) return null;
  if (isWhole(dividend) && isWhole(divisor)) return whole(((dividend.c % divisor.c) + divisor.c) % divisor.c);
  const left = remainder(dividend, divisor);
  return made(left.c === 0n || left.c < 0n === divisor.c < 0n ? left : add(left, divisor));
});

const made = ({ c, e }) => number(c, e);
builtIn("sqrt", "number: number", (value) => made(root(value)));
builtIn("log", "number: number", (value) => made(log(value)));
builtIn("exp", "number: number", (value) => made(exp(value)));

/** Whether a whole number is even, null for one that is not whole. */
function even(value) {
  return isWhole(value) ? value.c % 2n === 0n : adjusted(value) >= PRECISION ? true : null;
}
builtIn("even", "number: number", even);
builtIn("odd", "number: number", (value) => (even(value) === null ? null : !even(value)));
