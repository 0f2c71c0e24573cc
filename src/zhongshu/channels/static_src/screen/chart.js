// What was opened and closed on each of the last days; a bar leads to its rows. The table beside it says the same.
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, GridComponent, LegendComponent, SVGRenderer, TooltipComponent]);

const MEASURES = ["opened", "closed"];

/** A function that draws days into `place`; without a place it draws nothing. */
export function chart(place) {
  if (!place) return () => {};
  const style = getComputedStyle(place);
  const colour = (name) => style.getPropertyValue(name).trim();
  const text = { color: colour("--ink-soft"), fontSize: 12, fontFamily: style.fontFamily };
  const drawn = init(place, null, { renderer: "svg" });
  new ResizeObserver(() => drawn.resize()).observe(place);
  let shown = [];

  const look = {
    animation: false,
    color: MEASURES.map((name) => colour(`--${name}`)),
    textStyle: text,
    grid: { left: 4, right: 4, top: 28, bottom: 0, containLabel: true },
    legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 12, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText" },
    yAxis: { type: "value", minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: colour("--line") } }, axisLabel: text },
  };
  drawn.on("click", ({ seriesIndex, dataIndex }) => location.assign(shown[dataIndex][`${MEASURES[seriesIndex]}_address`]));

  return (days) => {
    shown = days;
    const xAxis = { type: "category", data: days.map(({ day }) => day), axisLabel: text, axisTick: { show: false } };
    const bars = (name) => ({ type: "bar", name: place.dataset[name], barGap: "10%", data: days.map((day) => day[name]) });
    drawn.setOption({ ...look, xAxis, series: MEASURES.map(bars) });
  };
}
