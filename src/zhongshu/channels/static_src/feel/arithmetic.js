// What + - * / ** do, by the kinds of the two sides; null where they mean nothing.
import { Clock, DAY, Length, MICRO, Months, between, later, moved } from "./calendar.js";
import { Num, add, adjusted, divide, multiply, number, subtract, truncated, whole } from "./decimal.js";
import { Fault } from "./faults.js";
import { power } from "./powers.js";
import { bounded, kind } from "./values.js";

const NUMBERS = { "+": add, "-": subtract, "*": multiply, "/": divide, "**": power };

/** `left sign right`; null for unlike kinds, division by zero and results out of bounds. */
export function calculate(sign, left, right) {
  try {
    if (left instanceof Num && right instanceof Num) {
      const { c, e } = NUMBERS[sign](left, right);
      return number(c, e);
    }
    return bounded(OTHERS[`${kind(left)} ${sign} ${kind(right)}`]?.(left, right) ?? null);
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

/** The value with its sign turned; null unless it is a number or a duration. */
export const negate = (value) => calculate("*", value, whole(-1));

const days = (us) => new Length(us);
const stretch = (length, factor) => days(truncated(multiply(new Num(length.us), factor)));
const shrink = (length, divisor) => days(truncated(divide(new Num(length.us), divisor)));

function months(value) {
  if (adjusted(value) > 12) throw new Fault();
  return new Months(truncated(value));
}

function ratio(left, right) {
  const { c, e } = divide(new Num(left), new Num(right));
  return number(c, e);
}

/** The time so much later, round the clock. */
function turned({ us, offset }, length) {
  const day = BigInt(DAY);
  return new Clock(Number((((BigInt(us) + length) % day) + day) % day), offset);
}

function apart(left, right) {
  if ((left.offset === null) !== (right.offset === null)) throw new Fault();
  const [one, other] = [left, right].map(({ us, offset }) => us - (offset ?? 0) * MICRO);
  return days(BigInt(one - other));
}

const D = "days and time duration";
const M = "years and months duration";
const OTHERS = {
  "string + string": (a, b) => a + b,
  [`${D} + ${D}`]: (a, b) => days(a.us + b.us),
  [`${D} - ${D}`]: (a, b) => days(a.us - b.us),
  [`${D} * number`]: stretch,
  [`number * ${D}`]: (a, b) => stretch(b, a),
  [`${D} / number`]: shrink,
  [`${D} / ${D}`]: (a, b) => ratio(a.us, b.us),
  [`${M} + ${M}`]: (a, b) => new Months(a.total + b.total),
  [`${M} - ${M}`]: (a, b) => new Months(a.total - b.total),
  [`${M} * number`]: (a, b) => months(multiply(new Num(a.total), b)),
  [`number * ${M}`]: (a, b) => months(multiply(new Num(b.total), a)),
  [`${M} / number`]: (a, b) => months(divide(new Num(a.total), b)),
  [`${M} / ${M}`]: (a, b) => ratio(a.total, b.total),
  "time - time": apart,
  [`time + ${D}`]: (a, b) => turned(a, b.us),
  [`${D} + time`]: (a, b) => turned(b, a.us),
  [`time - ${D}`]: (a, b) => turned(a, -b.us),
};
for (const day of ["date", "date and time"]) {
  Object.assign(OTHERS, {
    [`${day} - date`]: between,
    [`${day} - date and time`]: between,
    [`${day} + ${D}`]: (a, b) => moved(a, b.us),
    [`${D} + ${day}`]: (a, b) => moved(b, a.us),
    [`${day} - ${D}`]: (a, b) => moved(a, -b.us),
    [`${day} + ${M}`]: (a, b) => later(a, b.total),
    [`${M} + ${day}`]: (a, b) => later(b, a.total),
    [`${day} - ${M}`]: (a, b) => later(a, -b.total),
  });
}
