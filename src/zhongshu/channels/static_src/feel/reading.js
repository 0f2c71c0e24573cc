// Dates, times and durations as FEEL writes them; null for what is not one.
import { Clock, DAY, Day, Length, MICRO, Moment, Months, made } from "./calendar.js";
import { Num, multiply, truncated, whole } from "./decimal.js";
import { Ask, Fault } from "./faults.js";

const DATE = "(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})";
const ZONE = "(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z][A-Za-z0-9_+/-]{0,60})?";
const TIME = `([0-9]{2}):([0-9]{2}):([0-9]{2})(\\.[0-9]{1,20})?${ZONE}`;
const [IS_DATE, IS_TIME, IS_MOMENT] = [DATE, TIME, `${DATE}T${TIME}`].map((each) => new RegExp(`^${each}$`));
const IS_MONTHS = /^(-?)P(?=[0-9])(?:([0-9]{1,10})Y)?(?:([0-9]{1,10})M)?$/;
const CLOCKWORK = "(?:([0-9]{1,12})H)?(?:([0-9]{1,14})M)?(?:([0-9]{1,15})(?:\\.([0-9]{0,20}))?S)?";
const IS_LENGTH = new RegExp(`^(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?(?:T(?=[0-9])${CLOCKWORK})?$`);
const FURTHEST = 14 * 3600;
const EXACT = 28; // digits the server multiplies fractions of a second with

/** @param {() => any} work */
function orNull(work) {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

/** The day a text names; of a date and time its day. @param {string} text */
export function readDay(text) {
  const found = IS_DATE.exec(text);
  if (found) return made(Number(found[1]), Number(found[2]), Number(found[3]));
  const moment = readMoment(text);
  return moment && new Day(moment.n);
}

/** @param {string} text */
export function readTime(text) {
  const found = IS_TIME.exec(text);
  return found && clock(...found.slice(1));
}

function clock(hour, minute, second, fraction, zone) {
  const offset = zone ? orNull(() => readZone(zone)) : null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || (zone && offset === null)) return null;
  const us = Number((fraction ?? "").slice(1, 7).padEnd(6, "0"));
  return new Clock(((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * MICRO + us, offset);
}

/** Seconds ahead of UTC; a zone by name is known to the server alone. @param {string} text */
export function readZone(text) {
  if (text === "Z") return 0;
  if (text.startsWith("@")) throw new Ask();
  const [hours, minutes, seconds = 0] = text.slice(1).split(":").map(Number);
  const offset = (hours * 60 + minutes) * 60 + seconds;
  if (minutes > 59 || seconds > 59 || offset > FURTHEST) throw new Fault();
  return text[0] === "-" ? 0 - offset : offset;
}

/** @param {string} text */
export function readMoment(text) {
  const found = IS_MOMENT.exec(text);
  if (!found) return null;
  const midnight = found[4] === "24";
  if (midnight && `${found[5]}:${found[6]}` !== "00:00") return null;
  const day = made(...found.slice(1, 4).map(Number));
  const time = clock(midnight ? "00" : found[4], ...found.slice(5));
  return day && time && orNull(() => new Moment(day.n, time.us + (midnight ? DAY : 0), time.offset));
}

/** @param {string} text */
export function readDuration(text) {
  const months = IS_MONTHS.exec(text);
  if (months) return new Months(signed(months[1], 12n * BigInt(months[2] ?? 0) + BigInt(months[3] ?? 0)));
  const found = IS_LENGTH.exec(text);
  if (!found) return null;
  const [sign, days, hours, minutes, seconds = "0", fraction = ""] = found.slice(1);
  const clockwork = ((BigInt(days ?? 0) * 24n + BigInt(hours ?? 0)) * 60n + BigInt(minutes ?? 0)) * 60n;
  const exact = multiply(new Num(BigInt(seconds + fraction), -fraction.length), whole(MICRO), EXACT);
  return orNull(() => new Length(signed(sign, clockwork * BigInt(MICRO) + truncated(exact))));
}

const signed = (sign, total) => (sign ? -total : total);

/** What an @"…" literal names. @param {string} text */
export function readAny(text) {
  return (IS_DATE.test(text) ? readDay(text) : readMoment(text)) ?? readTime(text) ?? readDuration(text);
}
