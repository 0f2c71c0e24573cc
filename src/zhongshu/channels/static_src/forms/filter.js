// Finds an option among many by what it is called; those that are ticked stay in sight.

/** @param {HTMLElement} questions */
export function filter(questions) {
  questions.addEventListener("input", ({ target }) => {
    if (target.dataset?.filter === undefined) return;
    const words = target.value.trim().toLowerCase();
    for (const choice of target.closest(".field").querySelectorAll(".choice")) {
      const { checked } = choice.querySelector("input");
      choice.hidden = !checked && !choice.textContent.toLowerCase().includes(words);
    }
  });
}
