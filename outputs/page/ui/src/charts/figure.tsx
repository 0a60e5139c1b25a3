/** What every chart stands in: heading, picture with name and description, summary, and its numbers as a table. */

import type { ComponentChildren, RefObject } from "preact";
import { useState } from "preact/hooks";
import type { FigureProps, TableData } from "./props.ts";
import { chartTexts } from "./texts.ts";
import { inRem } from "./room.ts";
import { NumbersTable } from "./numbers-table.tsx";

interface Inner {
  /** Legend and read-out, above the picture. */
  head?: ComponentChildren;
  /** Contents of the svg. */
  children?: ComponentChildren;
  /** Controls under the picture. */
  controls?: ComponentChildren;
  summary: string;
  /** Made when it is shown or downloaded, not before. */
  table: () => TableData;
  /** Unit of the values, under the heading. */
  unit?: string;
  className: string;
  plot?: RefObject<HTMLDivElement | null>;
}

export type FigureAllProps = FigureProps & Inner;

export function Figure(props: FigureAllProps) {
  const Heading = `h${props.level ?? 3}` as "h3";
  return (
    <figure class={`chart ${props.className}`} aria-labelledby={`${props.id}-heading`}>
      <figcaption class="chart-caption">
        <Heading class="chart-heading" id={`${props.id}-heading`}>
          {props.heading}
        </Heading>
        {props.unit ? <p class="chart-unit">{props.unit}</p> : null}
      </figcaption>
      {props.head}
      <div class="chart-plot" ref={props.plot}>
        {props.children}
      </div>
      {props.controls}
      {props.summary ? <p class="chart-summary">{props.summary}</p> : null}
      {props.note ? <p class="chart-note">{props.note}</p> : null}
      <FigureTable id={props.id} language={props.language} texts={props.texts} table={props.table} onTable={props.onTable} />
    </figure>
  );
}

type TableProps = Pick<FigureAllProps, "id" | "language" | "texts" | "table" | "onTable">;

function FigureTable({ id, language, texts, table, onTable }: TableProps) {
  const [open, setOpen] = useState(false);
  const words = chartTexts(language, texts);
  return (
    <div class="chart-data">
      <div class="chart-tools">
        <button
          type="button"
          class="chart-button"
          aria-expanded={open}
          aria-controls={`${id}-table`}
          aria-describedby={`${id}-heading`}
          onClick={() => setOpen(!open)}
        >
          {open ? words.hideTable : words.showTable}
        </button>
        {onTable ? (
          <button type="button" class="chart-button" aria-describedby={`${id}-heading`} onClick={() => onTable(table())}>
            {words.download}
          </button>
        ) : null}
      </div>
      <div id={`${id}-table`}>{open ? <NumbersTable id={id} language={language} table={table()} /> : null}</div>
    </div>
  );
}

interface PictureProps {
  id: string;
  heading: string;
  description: string;
  width: number;
  height: number;
  children: ComponentChildren;
    onPointerMove?: (event: PointerEvent) => void;
  onPointerLeave?: (event: PointerEvent) => void;
  onPointerDown?: (event: PointerEvent) => void;
  onClick?: (event: MouseEvent) => void;
}

/** The svg, named and described. */
export function Picture(props: PictureProps) {
  const { id, width, height } = props;
  return (
    <svg
      class="chart-svg"
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: inRem(width) }}
      onPointerMove={props.onPointerMove}
      onPointerLeave={props.onPointerLeave}
      onPointerDown={props.onPointerDown}
      onClick={props.onClick}
    >
      <title id={`${id}-title`}>{props.heading}</title>
      <desc id={`${id}-description`}>{props.description}</desc>
      {props.children}
    </svg>
  );
}
