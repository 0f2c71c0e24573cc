// Functions of days, and of the time an expression is told it is.
import { civil, dayNumber } from "../calendar.js";
import { whole } from "../decimal.js";
import { readDay, readMoment } from "../reading.js";
import { builtIn, scopedBuiltIn } from "./declaring.js";

const DAY = "date: date|date and time";
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** 0 for Monday. */
const weekday = (n) => (((n + 3) % 7) + 7) % 7;
const ofYear = (n) => n - dayNumber(civil(n).year, 1, 1) + 1;

builtIn("day of year", DAY, ({ n }) => whole(ofYear(n)));
builtIn("day of week", DAY, ({ n }) => WEEKDAYS[weekday(n)]);
builtIn("month of year", DAY, ({ n }) => MONTHS[civil(n).month - 1]);
builtIn("week of year", DAY, ({ n }) => whole(Math.ceil(ofYear(n - weekday(n) + 3) / 7))); // the week of its Thursday

scopedBuiltIn("now", "", ({ at }) => at && readMoment(at));
scopedBuiltIn("today", "", ({ at }) => at && readDay(at.slice(0, 10)));
