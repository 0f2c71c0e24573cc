// Today hour by hour beside what is usual on such a day; an hour leads to its rows. The table beside it says the same.
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { rem } from "./rem.js";

use([LineChart, GridComponent, LegendComponent, SVGRenderer, TooltipComponent]);

const MEASURES = ["opened", "closed"];

/** A function that draws the hours of a day into `place`; without a place it draws nothing. */
export function chart(place) {
  if (!place) return () => {};
  const style = getComputedStyle(place);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const drawn = init(place, null, { renderer: "svg" });
  let shown = [];

  function look() {
    const text = { color: colour("ink-soft"), fontSize: rem(13), fontFamily: style.fontFamily };
    return {
      animation: false,
      textStyle: text,
      grid: { left: rem(4), right: rem(8), top: rem(30), bottom: 0, containLabel: true },
      legend: { top: 0, right: 0, itemWidth: rem(22), itemHeight: rem(10), itemGap: rem(12), textStyle: text },
      tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontSize: rem(13) } },
      xAxis: { type: "category", data: shown.map(({ hour }) => hour), boundaryGap: false, axisLabel: { ...text, interval: 5 }, axisTick: { show: false } },
      yAxis: { type: "value", minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: colour("line") } }, axisLabel: text },
      series: MEASURES.flatMap((name) => [today(name), usual(name)]),
    };
  }
  const today = (name) => line(place.dataset[name], name, name, { width: rem(2.5) });
  const usual = (name) => line(place.dataset.usual, `${name}_usual`, name, { width: rem(1.5), type: "dashed", opacity: 0.7 });
  const line = (said, key, name, lineStyle) => ({ type: "line", name: said, data: shown.map((hour) => hour[key]), color: colour(name), symbol: "circle", symbolSize: rem(5), showSymbol: key === name, lineStyle });

  drawn.on("click", ({ seriesIndex, dataIndex }) => location.assign(shown[dataIndex][`${MEASURES[seriesIndex >> 1]}_address`]));
  const draw = () => drawn.setOption(look(), { lazyUpdate: true });
  new ResizeObserver(() => (drawn.resize(), draw())).observe(place);

  return (hours) => {
    shown = hours;
    draw();
  };
}
