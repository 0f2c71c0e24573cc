// A date or time that is half filled in, or no date at all, has no value a form would send: it is told, not dropped.

/** @param {HTMLElement} questions */
export function unread(questions) {
  const form = questions.closest("form");
  form?.addEventListener("submit", (event) => {
    const [first] = wrong(questions);
    if (!first) return;
    event.preventDefault();
    for (const control of wrong(questions)) tell(control, questions.dataset.unread);
    first.focus();
  });
  questions.addEventListener("input", ({ target }) => {
    const told = document.getElementById(`${target.id}-unread`);
    if (told && !target.validity.badInput) forget(target, told);
  });
}

const wrong = (questions) => [...questions.querySelectorAll("input")].filter((control) => control.validity.badInput && !control.closest("[hidden]"));

function tell(control, words) {
  const id = `${control.id}-unread`;
  if (document.getElementById(id)) return;
  const told = Object.assign(document.createElement("p"), { id, className: "wrong", textContent: words });
  told.setAttribute("role", "alert");
  control.before(told);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", [id, control.getAttribute("aria-describedby")].filter(Boolean).join(" "));
  control.closest(".field").classList.add("is-wrong");
}

function forget(control, told) {
  const left = control.getAttribute("aria-describedby").split(" ").filter((id) => id !== told.id);
  told.remove();
  control.setAttribute("aria-describedby", left.join(" "));
  control.removeAttribute("aria-invalid");
  control.closest(".field").classList.remove("is-wrong");
}
