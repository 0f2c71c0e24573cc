// The size of the wall's letters: what is drawn by numbers (maps, charts) grows with them.

/** A length of so many sixteenths of the root's letters, in pixels. */
export const rem = (sixteenths) => (sixteenths * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16;
