// Numbers as the server has them: decimals of 34 digits, half to even (IEEE 754 decimal128).
import { Fault } from "./faults.js";

export const PRECISION = 34;
const MOST = 6144;
const LEAST = -6143;

/** coefficient × 10^exponent. A whole number of 34 digits at most has the exponent 0, a larger one more, a fraction
 * less. */
export class Num {
  /** @param {bigint} c @param {number} e */
  constructor(c, e = 0) {
    this.c = c;
    this.e = e;
  }
}
Num.prototype.kind = "number";

/** @param {bigint} c */
export const size = (c) => (c < 0n ? -c : c);
/** How many digits a coefficient has. @param {bigint} c */
export const digits = (c) => size(c).toString().length;
/** @param {number} n */
export const ten = (n) => 10n ** BigInt(n);
/** The power of ten of the first digit. @param {Num} a */
export const adjusted = (a) => digits(a.c) + a.e - 1;
/** @param {number|bigint} n */
export const whole = (n) => new Num(BigInt(n));
/** Whether it is a whole number of 34 digits at most. */
export const isWhole = (a) => a instanceof Num && a.e === 0;

/** The coefficient without its last digits. @param {bigint} c @param {number} drop @param {string} way */
function shortened(c, drop, way) {
  const unit = ten(drop);
  const kept = c / unit;
  const rest = size(c % unit) * 2n;
  const away = {
    even: rest > unit || (rest === unit && kept % 2n !== 0n),
    up: rest > 0n,
    down: false,
    halfUp: rest >= unit,
    halfDown: rest > unit,
    floor: rest > 0n && c < 0n,
    ceiling: rest > 0n && c > 0n,
  }[way];
  return away ? kept + (c < 0n ? -1n : 1n) : kept;
}

/** A number of so many digits; throws Fault if it is too large. @param {bigint} c @param {number} e */
export function fit(c, e, precision = PRECISION) {
  const drop = Math.max(digits(c) - precision, LEAST - precision + 1 - e);
  if (drop > 0) {
    c = drop > digits(c) + 1 ? 0n : shortened(c, drop, "even");
    e += drop;
    if (digits(c) > precision) return fit(c, e, precision);
  }
  if (c !== 0n && digits(c) + e - 1 > MOST) throw new Fault();
  return new Num(c, e);
}

/** The number FEEL knows: rounded to 34 digits, whole if it is. @param {bigint} c @param {number} e */
export function number(c, e) {
  const a = fit(c, e);
  if (a.c === 0n) return new Num(0n);
  if (a.e > 0) return adjusted(a) < PRECISION ? new Num(a.c * ten(a.e)) : a;
  if (a.e === 0 || -a.e > digits(a.c)) return a;
  const unit = ten(-a.e);
  return a.c % unit === 0n ? new Num(a.c / unit) : a;
}

const WRITTEN = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;

/** The number a text writes, null if it is too large. @param {string} text */
export function read(text) {
  const [, sign, before, after = "", power = "0"] = WRITTEN.exec(text);
  const c = BigInt(before + after);
  try {
    return number(sign === "-" ? -c : c, Number(power) - after.length);
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

/** All digits, no exponent. @param {Num} a */
export function written(a) {
  const plain = size(a.c).toString() + "0".repeat(Math.max(a.e, 0));
  const places = Math.max(-a.e, 0);
  const padded = plain.padStart(places + 1, "0");
  const text = places ? `${padded.slice(0, -places)}.${padded.slice(-places)}` : padded;
  return a.c < 0n ? `-${text}` : text;
}

/** Below 0 if a is less than b, above 0 if it is more. @param {Num} a @param {Num} b */
export function order(a, b) {
  if (a.e === b.e) return a.c < b.c ? -1 : a.c > b.c ? 1 : 0;
  const e = Math.min(a.e, b.e);
  const [one, other] = [a.c * ten(a.e - e), b.c * ten(b.e - e)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Each answers a number of `precision` digits, not yet made whole, or throws Fault. */
export function add(a, b, precision = PRECISION) {
  const e = Math.min(a.e, b.e);
  return fit(a.c * ten(a.e - e) + b.c * ten(b.e - e), e, precision);
}
export const subtract = (a, b, precision = PRECISION) => add(a, new Num(-b.c, b.e), precision);
export const multiply = (a, b, precision = PRECISION) => fit(a.c * b.c, a.e + b.e, precision);

export function divide(a, b, precision = PRECISION) {
  if (b.c === 0n) throw new Fault();
  if (a.c === 0n) return new Num(0n);
  const shift = digits(b.c) - digits(a.c) + precision + 1;
  const [over, under] = shift < 0 ? [a.c, b.c * ten(-shift)] : [a.c * ten(shift), b.c];
  const sticky = over % under !== 0n;
  let [c, e] = [size(over / under), a.e - b.e - shift];
  if (sticky) c += c % 5n === 0n ? 1n : 0n;
  else ({ c, e } = stripped(c, e, a.e - b.e));
  return fit(a.c < 0n === b.c < 0n ? c : -c, e, precision);
}

/** Without zeros at the end, as far as the exponent that is wished. */
export function stripped(c, e, ideal) {
  while (e < ideal && c % 10n === 0n) [c, e] = [c / 10n, e + 1];
  return { c, e };
}

/** What is left of a division towards 0; throws Fault if the quotient has more than 34 digits. */
export function remainder(a, b) {
  if (a.c === 0n) return a;
  if (adjusted(a) - adjusted(b) > PRECISION) throw new Fault();
  const e = Math.min(a.e, b.e);
  if (adjusted(a) < adjusted(b)) return fit(a.c * ten(a.e - e), e);
  const [over, under] = [a.c * ten(a.e - e), b.c * ten(b.e - e)];
  if (digits(over / under) > PRECISION) throw new Fault();
  return fit(over % under, e);
}

/** With so many digits after the point, rounded one way. @param {Num} a @param {number} places */
export function rescaled(a, places, way) {
  if (a.e >= -places) return number(a.c, a.e);
  return number(shortened(a.c, -places - a.e, way), -places);
}

/** The whole part, towards 0. @param {Num} a @returns {bigint} */
export const truncated = (a) => (a.e >= 0 ? a.c * ten(a.e) : -a.e > digits(a.c) ? 0n : a.c / ten(-a.e));
