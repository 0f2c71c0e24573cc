// The built-in functions a page works out by itself.
import "./contexts.js";
import "./conversion.js";
import "./dates.js";
import "./items.js";
import "./lists.js";
import "./logic.js";
import "./numbers.js";
import "./ranges.js";
import "./statistics.js";
import "./texts.js";

export { BuiltIn, TABLE } from "./declaring.js";
