import { Figure, Picture } from "./figure.tsx";
import type { MapChartProps } from "./props.ts";
import { mapTable } from "./tables.ts";

export function MapChart(props: MapChartProps) {
  return (
    <Figure {...props} className="chart-map" summary={props.summary ?? ""} table={() => mapTable(props)}>
      <Picture id={props.id} heading={props.heading} description={props.description} width={640} height={320}>
        <g />
      </Picture>
    </Figure>
  );
}
