// Reads the page aloud where the browser can: a button that starts and stops.
const place = document.querySelector("[data-read-aloud]");

if (place && "speechSynthesis" in window) {
  const button = place.querySelector("button");
  const start = button.textContent;
  place.hidden = false;

  const rest = () => {
    button.textContent = start;
    button.setAttribute("aria-pressed", "false");
  };
  const speak = () => {
    // Sentence by sentence: some voices fall silent in a long text.
    const said = document.querySelector(place.dataset.readAloud).innerText.split(/[\n。！？.!?]+/).filter((text) => text.trim());
    for (const [index, text] of said.entries()) {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = place.dataset.language;
      words.rate = 0.9;
      if (index === said.length - 1) words.onend = rest;
      speechSynthesis.speak(words);
    }
    button.textContent = place.dataset.stop;
    button.setAttribute("aria-pressed", "true");
  };

  rest();
  button.addEventListener("click", () => {
    const silent = button.getAttribute("aria-pressed") === "false";
    speechSynthesis.cancel();
    if (silent) speak();
    else rest();
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
