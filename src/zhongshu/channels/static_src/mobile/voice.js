// Recording a voice note into a file control: two minutes at most, to be heard before it is sent.
import { nameFiles } from "../frame/files.js";
import { say } from "./words.js";

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };
const BITS = 32_000; // a second: speech is clear, two minutes are half a megabyte

function put(input, blob) {
  const type = blob.type.split(";")[0];
  const held = new DataTransfer();
  held.items.add(new File([blob], `voice.${ENDINGS[type] ?? "webm"}`, { type }));
  input.files = held.files;
  nameFiles(input);
}

async function record(most, tick) {
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(sound, { mimeType: KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)), audioBitsPerSecond: BITS });
  const parts = [];
  const began = Date.now();
  const seconds = () => Math.min(most, Math.round((Date.now() - began) / 1000));
  const clock = setInterval(() => (seconds() >= most ? recorder.stop() : tick(seconds())), 500);
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const whole = new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of sound.getTracks()) track.stop();
      resolve({ blob: new Blob(parts, { type: recorder.mimeType }), seconds: seconds() });
    });
  });
  recorder.start();
  return { stop: () => recorder.stop(), whole };
}

/** Puts a button that records beside the file control of `place`. */
export function offerRecording(place) {
  if (!("MediaRecorder" in window) || !navigator.mediaDevices) return;
  const most = Number(place.dataset.most);
  const input = place.querySelector("input[type=file]");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-primary", textContent: say("record") });
  const words = Object.assign(document.createElement("p"), { className: "photo-words" });
  const player = Object.assign(document.createElement("audio"), { controls: true, hidden: true });
  words.setAttribute("role", "status");
  input.closest(".file").before(button, words, player);
  let running;
  button.addEventListener("click", async () => {
    if (running) return running.stop();
    try {
      running = await record(most, (n) => (words.textContent = say("recording", { n, most })));
    } catch {
      words.textContent = say("noMicrophone");
      return undefined;
    }
    [button.textContent, words.textContent] = [say("stopRecord"), say("recording", { n: 0, most })];
    const { blob, seconds } = await running.whole;
    running = undefined;
    put(input, blob);
    [button.textContent, words.textContent] = [say("again"), say("recorded", { n: seconds })];
    URL.revokeObjectURL(player.src);
    [player.src, player.hidden] = [URL.createObjectURL(blob), false];
    return undefined;
  });
}
