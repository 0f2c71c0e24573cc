// Days counted from 1 January 1970 in the Gregorian calendar, before and after it was made.
import { Ask, Fault } from "./faults.js";

export const MICRO = 1_000_000;
export const DAY = 86_400 * MICRO;
const MOST_YEARS = 999_999_999;
const MOST_DAYS = 999_999_999n;

/** @param {number} a @param {number} b */
const over = (a, b) => Math.floor(a / b);

/** The day's count, whatever the month holds. */
export function dayNumber(year, month, day) {
  const y = month > 2 ? year : year - 1;
  const era = over(y, 400);
  const ofEra = y - era * 400;
  const ofYear = over(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  return era * 146_097 + ofEra * 365 + over(ofEra, 4) - over(ofEra, 100) + ofYear - 719_468;
}

/** Year, month and day of a count. @param {number} n */
export function civil(n) {
  const z = n + 719_468;
  const era = over(z, 146_097);
  const ofEra = z - era * 146_097;
  const years = over(ofEra - over(ofEra, 1460) + over(ofEra, 36_524) - over(ofEra, 146_096), 365);
  const ofYear = ofEra - (365 * years + over(years, 4) - over(years, 100));
  const shifted = over(5 * ofYear + 2, 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = ofYear - over(153 * shifted + 2, 5) + 1;
  return { year: years + era * 400 + (month < 3 ? 1 : 0), month, day };
}

function daysIn(year, month) {
  const next = month < 12 ? dayNumber(year, month + 1, 1) : dayNumber(year + 1, 1, 1);
  return next - dayNumber(year, month, 1);
}

/** A date. */
export class Day {
  /** @param {number} n */
  constructor(n) {
    this.n = n;
    if (Math.abs(civil(n).year) > MOST_YEARS) throw new Fault();
  }
}
Day.prototype.kind = "date";

/** A date and time; `us` are microseconds of the day, `offset` seconds ahead of UTC, null without a zone. */
export class Moment {
  constructor(n, us, offset) {
    Object.assign(this, { n: n + over(us, DAY), us: us - over(us, DAY) * DAY, offset });
    const { year } = civil(this.n);
    if (Math.abs(year) > MOST_YEARS) throw new Fault();
    if (year < 1 || year > 9999) throw new Ask();
  }
}
Moment.prototype.kind = "date and time";

/** A time of day, with `us` and `offset` as a moment has them. */
export class Clock {
  constructor(us, offset) {
    Object.assign(this, { us, offset });
  }
}
Clock.prototype.kind = "time";

/** A days and time duration in microseconds. */
export class Length {
  /** @param {bigint} us */
  constructor(us) {
    this.us = us;
    const days = floored(us, BigInt(DAY));
    if (days > MOST_DAYS || days < -MOST_DAYS) throw new Fault();
  }
}
Length.prototype.kind = "days and time duration";

/** A years and months duration in months. */
export class Months {
  /** @param {bigint} total */
  constructor(total) {
    this.total = total;
  }
}
Months.prototype.kind = "years and months duration";

/** Division downwards. @param {bigint} a @param {bigint} b */
export const floored = (a, b) => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);

/** The day of these parts, null if there is none. */
export function made(year, month, day) {
  if (Math.abs(year) > MOST_YEARS || month < 1 || month > 12) return null;
  return day >= 1 && day <= daysIn(year, month) ? new Day(dayNumber(year, month, day)) : null;
}

/** The day or moment a length later; a day takes whole days only. @param {Day|Moment} day @param {bigint} us */
export function moved(day, us) {
  const days = Number(floored(us, BigInt(DAY)));
  if (day instanceof Day) return new Day(day.n + days);
  return new Moment(day.n + days, day.us + Number(us - BigInt(days) * BigInt(DAY)), day.offset);
}

/** The same day so many months later; the month's last day where that day is missing. */
export function later(day, months) {
  const from = civil(day.n);
  const count = BigInt(from.year) * 12n + BigInt(from.month - 1) + months;
  const year = Number(floored(count, 12n));
  if (Math.abs(year) > MOST_YEARS) throw new Fault();
  const month = Number(count - BigInt(year) * 12n) + 1;
  const n = dayNumber(year, month, Math.min(from.day, daysIn(year, month)));
  return day instanceof Day ? new Day(n) : new Moment(n, day.us, day.offset);
}

/** Microseconds since 1970, in UTC if there is a zone. */
export const instant = ({ n, us, offset }) => BigInt(n) * BigInt(DAY) + BigInt(us - (offset ?? 0) * MICRO);

/** How much later the left is; a day counts as its first moment in UTC beside a moment. */
export function between(left, right) {
  if (left instanceof Day && right instanceof Day) return new Length(BigInt(left.n - right.n) * BigInt(DAY));
  const [one, other] = [left, right].map((each) => (each instanceof Day ? { n: each.n, us: 0, offset: 0 } : each));
  if ((one.offset === null) !== (other.offset === null)) throw new Fault();
  return new Length(instant(one) - instant(other));
}
