/** A labelled list to choose from. */

import { useId } from "preact/hooks";

export interface Option {
  value: string;
  label: string;
}

interface Props {
  label: string;
  value: string;
  options: readonly Option[];
  groups?: readonly { label: string; options: readonly Option[] }[];
  onPick: (value: string) => void;
  className?: string;
}

export function Select({ label, value, options, groups, onPick, className }: Props) {
  const id = useId();
  const shown = ({ value: own, label: words }: Option) => (
    <option key={own} value={own} selected={own === value}>
      {words}
    </option>
  );
  return (
    <div class={`pick ${className ?? ""}`}>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(shown)}
        {groups?.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map(shown)}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
