import type { SparkProps } from "./props.ts";

export function Spark(props: SparkProps) {
  return <svg class="chart-spark" aria-hidden="true" data-length={props.values.length} />;
}
