import { Figure, Picture } from "./figure.tsx";
import type { PyramidProps } from "./props.ts";
import { pyramidTable } from "./tables.ts";

export function Pyramid(props: PyramidProps) {
  return (
    <Figure {...props} className="chart-pyramid" summary={props.summary ?? ""} table={() => pyramidTable(props)}>
      <Picture id={props.id} heading={props.heading} description={props.description} width={640} height={320}>
        <g />
      </Picture>
    </Figure>
  );
}
