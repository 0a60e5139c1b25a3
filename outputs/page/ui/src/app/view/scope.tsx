/** Where levers act: in the whole region, or in the municipalities that are ticked. */

import { useSignal } from "@preact/signals";
import { placesOf } from "../../shared/areas.ts";
import { placesInWords } from "../words/change.ts";
import { usePage } from "./page.ts";

export function ScopePick() {
  const { say, view, store, meta, members, isRegion } = usePage();
  const picking = useSignal(view.value.scope !== null);
  const words = say.value;
  const { scope } = view.value;
  const set = (codes: readonly string[] | null): void => store.send({ do: "view", view: { scope: codes } });
  const pick = (): void => {
    picking.value = true;
    if (scope === null && !isRegion.value) set(members.value.map((at) => meta.places[at].code));
  };
  const all = (): void => {
    picking.value = false;
    set(null);
  };
  const some = picking.value || scope !== null;
  return (
    <fieldset class="scope">
      <legend>{words("scope")}</legend>
      <label>
        <input type="radio" name="scope" checked={!some} onChange={all} /> {words("scope region")}
      </label>
      <label>
        <input type="radio" name="scope" checked={some} onChange={pick} /> {words("scope chosen")}
      </label>
      {some ? (
        <>
          <p class="hint">{scope === null ? words("scope empty") : placesInWords(scope, meta.places, words)}</p>
          <details>
            <summary>{words("scope pick")}</summary>
            <Ticks />
          </details>
        </>
      ) : null}
    </fieldset>
  );
}

function Ticks() {
  const { view, store, meta, language, say } = usePage();
  const chosen = view.value.scope ?? [];
  const toggle = (code: string, on: boolean): void => {
    const codes = meta.places.map((place) => place.code).filter((each) => (each === code ? on : chosen.includes(each)));
    store.send({ do: "view", view: { scope: codes.length ? codes : null } });
  };
  const counties = [...new Set(meta.places.map((place) => place.county))];
  return (
    <>
      {counties.map((county) => {
        const places = placesOf(`county:${county}`, meta.places).map((at) => meta.places[at]);
        const sorted = [...places].sort((one, other) => one.name.localeCompare(other.name, language.value));
        return (
          <fieldset class="ticks" key={county}>
            <legend>{say.value("county", { name: places[0].countyName })}</legend>
            {sorted.map((place) => (
              <label key={place.code}>
                <input
                  type="checkbox"
                  checked={chosen.includes(place.code)}
                  onChange={(event) => toggle(place.code, event.currentTarget.checked)}
                />{" "}
                {place.name}
              </label>
            ))}
          </fieldset>
        );
      })}
    </>
  );
}
