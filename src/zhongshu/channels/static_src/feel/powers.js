// Roots, logarithms and powers to the last digit: reckoned with 130 digits, then rounded as the server rounds.
import { Num, PRECISION, adjusted, digits, divide, fit, multiply, order } from "./decimal.js";
import { size, stripped, ten, truncated, whole } from "./decimal.js";
import { Fault } from "./faults.js";

const SCALE = 130;
const ONE = ten(SCALE);
const FAR = 7_000; // past every number there is
const FURTHEST = 40; // whatever is not 1 is past every number when it is raised to one of so many digits
const SPARE = 23; // digits the server's decimals add when they raise to a fraction

/** The whole root of a coefficient, rounded down. @param {bigint} c */
function rootOf(c) {
  if (c < 2n) return c;
  let guess = ten(Math.ceil(digits(c) / 2));
  for (;;) {
    const next = (guess + c / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** The square root. @param {Num} a */
export function root(a) {
  if (a.c < 0n) throw new Fault();
  if (a.c === 0n) return new Num(0n);
  const ideal = Math.floor(a.e / 2);
  const shift = Math.max(PRECISION + 1 - Math.floor(digits(a.c) / 2), 0);
  const scaled = a.c * ten(2 * shift + (a.e - 2 * ideal));
  let [c, e] = [rootOf(scaled), ideal - shift];
  if (c * c !== scaled) c += c % 5n === 0n ? 1n : 0n;
  else ({ c, e } = stripped(c, e, ideal));
  return fit(c, e);
}

/** ln of a fixed-point number not far from 1. */
function nearLog(x) {
  const z = ((x - ONE) * ONE) / (x + ONE);
  const square = (z * z) / ONE;
  let [sum, term] = [0n, z];
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n;
    term = (term * square) / ONE;
  }
  return 2n * sum;
}

function rooted(x, times) {
  for (let n = 0; n < times; n++) x = rootOf(x * ONE);
  return x;
}

let tenth;
const logOfTen = () => (tenth ??= nearLog(rooted(10n * ONE, 6)) << 6n);

/** ln of a positive number in fixed point. @param {Num} a */
function fixedLog(a) {
  const power = adjusted(a);
  const first = (size(a.c) * ONE) / ten(digits(a.c) - 1);
  const near = power === -1 ? first / 10n : first; // so that what is close to 1 keeps its digits
  return (nearLog(rooted(near, 6)) << 6n) + BigInt(power === -1 ? 0 : power) * logOfTen();
}

/** The natural logarithm of a positive number. @param {Num} a */
export function log(a, precision = PRECISION) {
  if (a.c <= 0n) throw new Fault();
  return order(a, whole(1)) === 0 ? new Num(0n) : fit(fixedLog(a), -SCALE, precision);
}

/** e raised to the number. @param {Num} a */
export function exp(a, precision = PRECISION) {
  if (a.c === 0n) return whole(1);
  if (adjusted(a) > 5) return extreme(a.c > 0n);
  const x = truncated(new Num(a.c, a.e + SCALE));
  const tens = x / logOfTen();
  const rest = (x - tens * logOfTen()) >> 8n;
  let [sum, term] = [ONE, ONE];
  for (let n = 1n; term !== 0n; n++) {
    term = (term * rest) / ONE / n;
    sum += term;
  }
  for (let n = 0; n < 8; n++) sum = (sum * sum) / ONE;
  return fit(sum, Number(tens) - SCALE, precision);
}

/** a raised to b. @param {Num} a @param {Num} b */
export function power(a, b) {
  if (a.c === 0n) {
    if (b.c <= 0n) throw new Fault();
    return new Num(0n);
  }
  if (b.c === 0n) return whole(1);
  if (b.e >= 0) return wholePower(a, b);
  if (a.c < 0n) throw new Fault();
  if (order(a, whole(1)) === 0) return whole(1);
  const precision = Math.max(digits(a.c), PRECISION) + SPARE;
  const raised = exp(multiply(log(a, precision), b, precision), precision);
  return fit(raised.c * ten(PRECISION), raised.e - PRECISION);
}

/** Squares and multiplies from the first bit of the exponent on, with a few digits to spare. */
function wholePower(a, b) {
  if (size(a.c) === 1n && a.e === 0) return b.e === 0 && b.c % 2n ? a : whole(1);
  if (adjusted(b) > FURTHEST) return extreme(order(new Num(size(a.c), a.e), whole(1)) > 0 === b.c > 0n);
  const count = size(truncated(b));
  const precision = PRECISION + digits(b.c) + b.e + 2 + (b.c < 0n ? 1 : 0);
  const base = b.c < 0n ? divide(whole(1), a, precision) : a;
  let [c, e] = [base.c, base.e];
  for (const bit of count.toString(2).slice(1)) {
    ({ c, e } = shortest(c * c, 2 * e, precision));
    if (bit === "1") ({ c, e } = shortest(c * base.c, e + base.e, precision));
    const first = digits(c) + e;
    if (Math.abs(first) > FAR) return extreme(first > 0);
  }
  return fit(c, e);
}

function shortest(c, e, precision) {
  if (digits(c) <= precision) return { c, e };
  const near = fit(c, 0, precision);
  return { c: near.c, e: e + near.e };
}

function extreme(large) {
  if (large) throw new Fault();
  return new Num(0n);
}
