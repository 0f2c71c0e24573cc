// Days on the wall in seconds: entries by the channel they come by, answers by the events they are told with, and somebody
// who plays with the slider now and then.
(() => {
  const told = (id) => JSON.parse(document.getElementById(id).textContent);
  const board = told("board");
  const trends = told("trends");
  const stream = new BroadcastChannel(`zhongshu:feed:${document.body.dataset.account}`);
  const slider = document.getElementById("slider");
  const say = (name, detail) => document.dispatchEvent(new CustomEvent(`zhongshu:${name}`, { detail }));
  const frame = () => new Promise(requestAnimationFrame);
  const row = { number: "", title: "路面塌陷", place: "某街道", body: "某单位", phase: "待受理", opened: "08:00:00", late: "超时 1 天" };
  let turn = 0;

  function rows(many) {
    return Array.from({ length: many }, (_, place) => ({ ...row, address: `/desk/cases/T${turn - place}/` }));
  }

  function points() {
    const [west, south, east, north] = JSON.parse(document.querySelector("[data-wall-map]").dataset.bounds);
    return Array.from({ length: 60 }, (_, i) => {
      const share = ((i * 37 + turn * 11) % 60) / 60;
      return [west + share * (east - west), south + (((i * 53) % 60) / 60) * (north - south), ["", "soon", "late"][(i + turn) % 3], `T${turn}-${i}`];
    });
  }

  function happen() {
    turn += 1;
    const at = new Date().toISOString();
    const late = { ...board.alarms.late, count: turn % 9, text: String(turn % 9) };
    const phases = board.figures.phases.map((phase, place) => ({ ...phase, count: turn * (place + 1) }));
    stream.postMessage({ word: "entry", detail: { id: `days-${turn}`, number: `T${turn}` }, at: Date.now() });
    say("board", { ...board, moment: at, at: at.slice(11, 19), newest: rows(8), alarms: { ...board.alarms, tone: "late", late, rows: rows(8) }, figures: { ...board.figures, moment: at, phases } });
    say("trends", { trends: { ...trends, moment: at, day: trends.day.map((hour, place) => ({ ...hour, opened: (turn * place) % 23 })) } });
    say("points", { at: at.slice(11, 19), moment: at, said: "现在", count: "60", late: turn % 7, soon: 0, calm: 60, address: "/screen/", points: points() });
  }

  window.days = async (count) => {
    for (let done = 1; done <= count; done += 1) {
      happen();
      if (done % 50) continue;
      slider.value = (done / 50) % 24;
      slider.dispatchEvent(new Event("input"));
      await frame();
    }
    document.querySelector("[data-time] [name=back]").click();
    for (const steady of [rows(8), rows(8)]) say("board", { ...board, newest: steady, alarms: { ...board.alarms, tone: "late", rows: steady } });
    say("trends", { trends });
    say("points", { at: "", moment: "", said: "现在", count: "0", late: 0, soon: 0, calm: 0, address: "/screen/", points: [] });
    await frame();
  };
})();
