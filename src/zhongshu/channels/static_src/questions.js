// Shows and hides conditional questions as the earlier ones are answered; the server decides which are asked.
for (const questions of document.querySelectorAll("[data-asked]:not([data-live])")) {
  questions.dataset.live = "";
  const form = questions.closest("form");
  let latest = 0;
  questions.addEventListener("change", async () => {
    const turn = ++latest;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    const answer = await fetch(questions.dataset.asked, { method: "POST", body: typed });
    if (!answer.ok || turn !== latest) return;
    const { asked } = await answer.json();
    for (const question of questions.querySelectorAll("[data-question]")) {
      question.hidden = !asked.includes(question.dataset.question);
    }
  });
}
