// Brings what was typed to the form people read most easily, when they leave the field. The server takes either.
const narrow = (text) => text.normalize("NFKC");
const upper = (text) => narrow(text).replace(/[\s-]/g, "").toUpperCase();

const MASKS = {
  amount(text) {
    const plain = narrow(text).replace(/[\s,¥元]/g, "");
    if (!/^[+-]?\d{1,13}(\.\d*)?$/.test(plain)) return text;
    const [whole, rest] = plain.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : `.${rest}`);
  },
  phone(text) {
    const plain = narrow(text).replace(/\s/g, "");
    return /^1\d{10}$/.test(plain) ? plain.replace(/(\d{3})(\d{4})(\d{4})/, "$1 $2 $3") : text;
  },
  "id-number": upper,
  uscc: upper,
};

/** @param {HTMLElement} questions */
export function masks(questions) {
  questions.addEventListener("focusout", ({ target }) => {
    const mask = MASKS[target.dataset?.mask];
    if (mask && target.value) target.value = mask(target.value);
  });
}
