// What a value without entries has by name.
import { DAY, Length, MICRO, civil } from "./calendar.js";
import { whole } from "./decimal.js";
import { kind } from "./values.js";

const SECOND = BigInt(MICRO);
const size = (n) => (n < 0n ? -n : n);
const counted = (us, unit, within) => whole(((us < 0n ? -1n : 1n) * (within ? size(us) % within : size(us))) / unit);

const day = {
  year: ({ n }) => whole(civil(n).year),
  month: ({ n }) => whole(civil(n).month),
  day: ({ n }) => whole(civil(n).day),
  weekday: ({ n }) => whole(((((n + 3) % 7) + 7) % 7) + 1),
};
const clock = {
  hour: ({ us }) => whole(Math.floor(us / (3600 * MICRO))),
  minute: ({ us }) => whole(Math.floor(us / (60 * MICRO)) % 60),
  second: ({ us }) => whole(Math.floor(us / MICRO) % 60),
  "time offset": ({ offset }) => (offset === null ? null : new Length(BigInt(offset) * SECOND)),
  timezone: () => null,
};
const PROPERTIES = {
  date: day,
  time: clock,
  "date and time": { ...day, ...clock },
  "days and time duration": {
    days: ({ us }) => counted(us, BigInt(DAY)),
    hours: ({ us }) => counted(us, 3600n * SECOND, BigInt(DAY)),
    minutes: ({ us }) => counted(us, 60n * SECOND, 3600n * SECOND),
    seconds: ({ us }) => counted(us, SECOND, 60n * SECOND),
  },
  "years and months duration": {
    years: ({ total }) => whole(total / 12n),
    months: ({ total }) => whole(total % 12n),
  },
  range: {
    start: (range) => range.low,
    end: (range) => range.high,
    "start included": (range) => range.lowClosed,
    "end included": (range) => range.highClosed,
  },
};

/** The property of a date, time, duration or range; null if it has none by that name. */
export function property(value, name) {
  const own = PROPERTIES[kind(value)];
  return own && Object.hasOwn(own, name) ? own[name](value) : null;
}
