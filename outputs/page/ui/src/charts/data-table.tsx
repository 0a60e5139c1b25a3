import type { DataTableProps } from "./props.ts";

export function DataTable(props: DataTableProps) {
  return <table id={props.id} />;
}
