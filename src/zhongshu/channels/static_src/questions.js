// Shows and hides conditional questions as the earlier ones are answered; the server decides which are asked.
for (const questions of document.querySelectorAll("[data-asked]:not([data-live])")) {
  questions.dataset.live = "";
  const form = questions.closest("form");
  let latest = 0;
  questions.addEventListener("change", async () => {
    const turn = ++latest;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    const answer = await fetch(questions.dataset.asked, { method: "POST", body: typed }).catch(() => null);
    if (turn !== latest || (answer && !answer.ok)) return;
    const asked = answer && (await answer.json()).asked; // without network nobody decides: all are shown, as without scripts
    for (const question of questions.querySelectorAll("[data-question]")) {
      question.hidden = Boolean(asked) && !asked.includes(question.dataset.question);
    }
  });
}
