import { Figure, Picture } from "./figure.tsx";
import type { LineChartProps } from "./props.ts";
import { lineTable } from "./tables.ts";

export function LineChart(props: LineChartProps) {
  return (
    <Figure {...props} className="chart-line" summary={props.summary ?? ""} table={() => lineTable(props)}>
      <Picture id={props.id} heading={props.heading} description={props.description} width={640} height={320}>
        <g />
      </Picture>
    </Figure>
  );
}
