/** Charts of the page. Styles: charts.css. */

export { LineChart } from "./line-chart.tsx";
export { StackChart } from "./stack-chart.tsx";
export { Pyramid } from "./pyramid.tsx";
export { MapChart } from "./map-chart.tsx";
export { WhyChart } from "./why-chart.tsx";
export { DataTable } from "./data-table.tsx";
export { Spark } from "./spark.tsx";
export { Figure, Picture } from "./figure.tsx";
export { NumbersTable } from "./numbers-table.tsx";
export { numbersOf, rounded } from "./format.ts";
export { chartTexts, fill } from "./texts.ts";
export type * from "./props.ts";
export type { ChartTexts } from "./texts.ts";
