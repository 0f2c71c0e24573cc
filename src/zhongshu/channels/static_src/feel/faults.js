// How a working out ends without a value.

/** What cannot be reckoned: the part that asked for it is null. */
export class Fault extends Error {}

/** More work than one expression may do: the whole of it is null. */
export class Exhausted extends Error {}

/** What only the server works out to the last digit: named time zones, rare letter cases, far years. */
export class Ask extends Error {}
