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
  /** Goes back to its value once something has been picked: a list of things to bring in. */
  returns?: boolean;
  className?: string;
}

export function Select({ label, value, options, groups, onPick, className, returns }: Props) {
  const id = useId();
  const pick = (list: HTMLSelectElement): void => {
    const picked = list.value;
    if (returns) list.value = value;
    onPick(picked);
  };
  const shown = ({ value: own, label: words }: Option) => (
    <option key={own} value={own} selected={own === value}>
      {words}
    </option>
  );
  return (
    <div class={`pick ${className ?? ""}`}>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => pick(event.currentTarget)}>
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
