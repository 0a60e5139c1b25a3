/** A native dialog: opened over the page, closed by its button, by Escape, or by a click beside it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { usePage, type DialogName } from "./page.ts";

interface Props {
  name: DialogName;
  heading: string;
  children: ComponentChildren;
}

export function Dialog({ name, heading, children }: Props) {
  const { dialog, say } = usePage();
  const box = useRef<HTMLDialogElement>(null);
  const open = dialog.value === name;
  useEffect(() => {
    const element = box.current;
    if (!element || !open) return;
    if (!element.open) element.showModal();
    return () => element.close();
  }, [open]);
  if (!open) return null;
  const close = (): void => {
    dialog.value = null;
  };
  return (
    <dialog
      ref={box}
      class={`dialog ${name}`}
      aria-labelledby={`${name}-heading`}
      onClose={close}
      onClick={(event) => event.target === box.current && close()}
    >
      <div class="dialog-inside">
        <div class="dialog-head">
          <h2 id={`${name}-heading`}>{heading}</h2>
          <button type="button" class="plain" onClick={close}>
            {say.value("close")}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
