import { Figure, Picture } from "./figure.tsx";
import type { StackChartProps } from "./props.ts";
import { stackTable } from "./tables.ts";

export function StackChart(props: StackChartProps) {
  return (
    <Figure {...props} className="chart-stack" summary={props.summary ?? ""} table={() => stackTable(props)}>
      <Picture id={props.id} heading={props.heading} description={props.description} width={640} height={320}>
        <g />
      </Picture>
    </Figure>
  );
}
