/** Live charts of the latest minutes. A sentence says the same for those who do not see the chart. */
import { html } from "../lib/html.js";
import { samples } from "../lib/live.js";

const HEIGHT = 160;
/** The least time that a chart shows, in seconds. */
const SHORTEST = 60;
const charts = new WeakMap();

/**
 * A chart of some series. Each has a label, a color token and a function from a traffic sample to a number.
 * The function read selects the traffic of a sample.
 */
export function chart(title, unit, series, read = (sample) => sample.traffic) {
  const points = samples.filter(read);
  const last = points.length > 0 ? read(points.at(-1)) : null;
  const summary = last
    ? series.map(({ label, value }) => `${label} ${value(last) ?? "–"} ${unit}`).join(", ")
    : "waiting for data";
  return html`
    <figure class="chart">
      <figcaption><strong>${title}</strong> <span class="summary">${summary}</span></figcaption>
      <chart-area role="img" aria-label="${title} of the latest minutes: ${summary}"
        .data=${{ series, points: points.map((sample) => [Date.parse(sample.at) / 1000, read(sample)]) }}></chart-area>
    </figure>
  `;
}

/** Draws its data property with uPlot, as wide as its place. */
class ChartArea extends HTMLElement {
  set data(data) {
    this.latest = data;
    this.draw();
  }

  connectedCallback() {
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    charts.get(this)?.destroy();
    charts.delete(this);
  }

  draw() {
    const width = this.clientWidth;
    if (!this.isConnected || width === 0) {
      return;
    }
    const { series, points } = this.latest;
    const data = [points.map(([time]) => time), ...series.map(({ value }) => points.map(([, at]) => value(at) ?? null))];
    const known = charts.get(this);
    if (known) {
      known.setData(data);
      if (known.width !== width) {
        known.setSize({ width, height: HEIGHT });
      }
    } else {
      charts.set(this, new uPlot(options(series, width, getComputedStyle(this)), data, this));
    }
  }
}

function options(series, width, style) {
  const color = (token) => style.getPropertyValue(token).trim();
  const axis = { stroke: color("--muted"), grid: { stroke: color("--line") }, ticks: { stroke: color("--line") } };
  return {
    width, height: HEIGHT, legend: { show: false }, cursor: { show: false },
    axes: [{ ...axis }, { ...axis, size: 56 }],
    scales: { x: { range: (_, from, to) => [Math.min(from, to - SHORTEST), to] }, y: { range: (_, low, high) => [0, Math.max(high ?? 0, 1) * 1.1] } },
    series: [{}, ...series.map(({ label, token, dash }) => ({ label, stroke: color(token), width: 2, dash }))],
  };
}

customElements.define("chart-area", ChartArea);

/** Requests, errors and refusals per second. */
export function trafficChart(read) {
  return chart("Traffic", "per second", [
    { label: "requests", token: "--accent", value: (traffic) => traffic.requests },
    { label: "errors", token: "--bad", dash: [6, 3], value: (traffic) => traffic.errors },
    { label: "limited", token: "--warn", dash: [2, 3], value: (traffic) => traffic.limited },
  ], read);
}

/** Latencies of the median and of one request in a hundred. */
export function latencyChart(read) {
  return chart("Latency", "ms", [
    { label: "p50", token: "--accent", value: (traffic) => traffic.p50 },
    { label: "p99", token: "--bad", dash: [6, 3], value: (traffic) => traffic.p99 },
  ], read);
}
