import { Figure, Picture } from "./figure.tsx";
import type { WhyChartProps } from "./props.ts";
import { whyTable } from "./tables.ts";

export function WhyChart(props: WhyChartProps) {
  return (
    <Figure {...props} className="chart-why" summary={props.summary ?? ""} table={() => whyTable(props)}>
      <Picture id={props.id} heading={props.heading} description={props.description} width={640} height={320}>
        <g />
      </Picture>
    </Figure>
  );
}
