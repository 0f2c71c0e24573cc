// What a rule worked out, as the answer to a question.
import { Clock, Day, Moment, civil } from "./calendar.js";
import { Num, isWhole, order, rescaled, size, ten, written } from "./decimal.js";
import { kind } from "./values.js";
import { temporal } from "./writing.js";

const MOST_AMOUNT = new Num(1n, 20);

const small = ({ c, e }) => order(new Num(size(c), e), MOST_AMOUNT) < 0;
const near = ({ n }) => civil(n).year >= 1 && civil(n).year <= 9999;
const FITS = {
  amount: (value) => value instanceof Num && (isWhole(value) || small(value)),
  number: (value) => value instanceof Num,
  integer: isWhole,
  boolean: (value) => typeof value === "boolean",
  date: (value) => value instanceof Day && near(value),
  time: (value) => value instanceof Clock,
  "date-time": (value) => value instanceof Moment,
  choices: (value) => Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string"),
};
const isText = (value) => typeof value === "string" && value !== "";

/** The value as a question of a kind holds it: amounts to the fen, null what is of another kind. */
export function worked(sort, value) {
  if (!(FITS[sort] ?? isText)(value)) return null;
  return sort === "amount" ? toTheFen(value) : value;
}

function toTheFen(value) {
  const rounded = rescaled(value, 2, "halfUp");
  return isWhole(rounded) ? rounded : new Num(rounded.c * ten(rounded.e + 2), -2);
}

/** The value as JSON holds the answer. */
export function plain(value) {
  if (value instanceof Num) return Number(written(value));
  return kind(value) === "list" ? value.map(plain) : (temporal(value) ?? value);
}
