// One kind of value to another.
import { Clock, Day, Length, MICRO, Moment, Months, civil, made } from "../calendar.js";
import { isWhole, multiply, read, subtract, truncated, whole } from "../decimal.js";
import { Ask, Fault } from "../faults.js";
import { readDay, readDuration, readMoment, readTime, readZone } from "../reading.js";
import { text } from "../writing.js";
import { builtIn } from "./declaring.js";

const NUMBER = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?$/;
const PLAIN_ZONE = /^(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)$/;
const EXACT = 28;

const plain = (written) => (NUMBER.test(written) ? read(written) : null);

builtIn("string", "from: any", text);
builtIn("number", "from: number", (value) => value);
builtIn("number", "from: string", plain);
builtIn("number", "from: string, grouping separator: string?, decimal separator: string?", (written, ...signs) => {
  const [grouping, point] = [signs[0] ?? null, signs[1] ?? null];
  if (![" ", ",", ".", null].includes(grouping) || ![".", ",", null].includes(point)) return null;
  if (grouping && grouping === point) return null;
  const joined = grouping ? written.replaceAll(grouping, "") : written;
  return plain(point ? joined.replaceAll(point, ".") : joined);
});

builtIn("date", "from: string", readDay);
builtIn("date", "from: date|date and time", (value) => new Day(value.n));
builtIn("date", "year: number, month: number, day: number", (...parts) =>
  parts.every(isWhole) ? made(...parts.map(({ c }) => Number(c))) : null,
);

builtIn("time", "from: string", readTime);
builtIn("time", "from: time|date|date and time", (value) =>
  value instanceof Day ? new Clock(0, 0) : new Clock(value.us, value.offset),
);
builtIn("time", "hour: number, minute: number, second: number, offset: days and time duration?", (...parts) => {
  const [hour, minute, second, offset = null] = parts;
  if (!isWhole(hour) || !isWhole(minute)) return null;
  const seconds = whole(truncated(second));
  const us = Number(truncated(multiply(subtract(second, seconds, EXACT), whole(MICRO), EXACT)));
  const inside = [[hour, 23n], [minute, 59n], [seconds, 59n]].every(([{ c }, most]) => c >= 0n && c <= most);
  if (!inside || us < 0 || us >= MICRO) return null;
  const clock = (Number(hour.c) * 60 + Number(minute.c)) * 60 + Number(seconds.c);
  return new Clock(clock * MICRO + us, offset && zoneOf(offset));
});

/** Whole seconds ahead of UTC, towards 0. @param {Length} offset */
function zoneOf({ us }) {
  const seconds = Number((us < 0n ? -us : us) / BigInt(MICRO));
  if (seconds > 14 * 3600) throw new Fault();
  return us < 0n ? 0 - seconds : seconds;
}

const midnight = (day) => day && new Moment(day.n, 0, null);
builtIn("date and time", "from: string", (written) => readMoment(written) ?? midnight(readDay(written)));
const moment = (day, { us, offset }) => new Moment(day.n, us, offset);
builtIn("date and time", "date: date|date and time, time: time", moment);
builtIn("date and time", "date: date and time, timezone: string", ({ n, us, offset }, zone) => {
  if (offset === null) return null;
  if (!PLAIN_ZONE.test(zone)) throw new Ask();
  const there = readZone(zone);
  return new Moment(n, us + (there - offset) * MICRO, there);
});

builtIn("duration", "from: string", readDuration);
builtIn("duration", "from: days and time duration|years and months duration", (value) => value);

const DAYS = "from: date|date and time, to: date|date and time";
builtIn("years and months duration", DAYS, (start, end) => {
  const [from, to] = [civil(start.n), civil(end.n)];
  let months = 12 * (to.year - from.year) + to.month - from.month;
  if (months > 0 && to.day < from.day) months -= 1;
  else if (months < 0 && to.day > from.day) months += 1;
  return new Months(BigInt(months));
});
