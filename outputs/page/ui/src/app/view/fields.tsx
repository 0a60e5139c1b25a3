/** A range and a number field for one value; the number is taken when it is finished, and refused with one message. */

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { entered, typed } from "../words/numbers.ts";
import { usePage } from "./page.ts";

interface Field {
  low: number;
  high: number;
  step: number;
  onMove: (value: number) => void;
  /** A gesture is over. */
  onRest: () => void;
}

interface RangeProps extends Field {
  id?: string;
  value: number;
  label?: string;
  describedBy?: string;
  /** The value as it is read out. */
  words: string;
}

/** A drag ends when the pointer lets go; keys go on until the field is left, so that both are one step of undo. */
export function RangeField({ id, low, high, step, value, onMove, onRest, label, describedBy, words }: RangeProps) {
  const dragged = useRef(false);
  return (
    <input
      type="range"
      id={id}
      min={low}
      max={high}
      step={step}
      value={value}
      aria-label={label}
      aria-describedby={describedBy}
      aria-valuetext={words}
      onInput={(event) => onMove(onGrid(event.currentTarget.valueAsNumber, step))}
      onPointerDown={() => (dragged.current = true)}
      onKeyDown={() => (dragged.current = false)}
      onChange={() => dragged.current && onRest()}
      onBlur={onRest}
    />
  );
}

/** Decimals beyond a step are the browser's rounding. */
const GRID_DIGITS = 10;

function onGrid(value: number, step: number): number {
  const decimals = Math.min(GRID_DIGITS, (String(step).split(".")[1] ?? "").length);
  return Number(value.toFixed(Math.max(decimals, 2)));
}

interface NumberProps extends Field {
  value: number | null;
  label: string;
  unit?: string;
  /** The label is shown above the field. */
  visible?: boolean;
  whole?: boolean;
  /** What an emptied field means, where it means something. */
  onEmpty?: () => void;
}

export function NumberField(props: NumberProps) {
  const { low, high, value, label, unit, visible, whole } = props;
  const field = useRef<HTMLInputElement>(null);
  const { fault, take, forget } = useTaking(props, field);
  const id = useId();
  useLayoutEffect(() => write(field.current, value), [value]);
  return (
    <span class={`number ${visible ? "is-labelled" : ""}`}>
      <label for={id} class={visible ? "" : "aloud"}>
        {label}
      </label>
      <span class="number-box">
        <input
          ref={field}
          id={id}
          type="number"
          min={low}
          max={high}
          step={whole ? 1 : "any"}
          aria-invalid={fault ? "true" : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
          onChange={take}
          onInput={forget}
          onKeyDown={(event) => event.key === "Enter" && take()}
        />
        {unit ? <span class="unit">{unit}</span> : null}
      </span>
      {fault ? (
        <span class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </span>
      ) : null}
    </span>
  );
}

/** The field itself holds what is being written; it is set only when the value is another, or what was written is refused. */
function write(field: HTMLInputElement | null, value: number | null): void {
  if (!field) return;
  field.value = value === null ? "" : String(value);
  field.dataset.taken = field.value;
}

/** Takes what has been written once it is finished; what cannot be used is told, and the field goes back. */
function useTaking(props: NumberProps, field: { current: HTMLInputElement | null }) {
  const { low, high, value, whole, onMove, onRest, onEmpty } = props;
  const { say, language } = usePage();
  const [fault, setFault] = useState("");
  const ends = { low: entered(low, language.value), high: entered(high, language.value) };
  const accept = (then: () => void): void => {
    setFault("");
    then();
    onRest();
  };
  const refuse = (message: string): void => {
    setFault(message);
    write(field.current, value);
  };
  const take = (): void => {
    const input = field.current;
    if (!input) return;
    if (input.value.trim() === "" && onEmpty && !input.validity.badInput) return accept(onEmpty);
    const number = typed(input.value);
    if (number === null || (whole && !Number.isInteger(number))) return refuse(say.value("no number", ends));
    if (number < low || number > high)
      return refuse(say.value("out of range", { value: entered(number, language.value), ...ends }));
    accept(() => number === value || onMove(number));
  };
  return { fault, take, forget: () => fault && setFault("") };
}
