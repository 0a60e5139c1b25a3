/** What the sentence was made from: every limit, its reason, and where the scenario stands. */

import { placesInWords } from "../words/change.ts";
import { percent } from "../words/numbers.ts";
import type { Reading } from "../words/limits.ts";
import { usePage } from "./page.ts";

export function Limits() {
  const { readings, say, doc } = usePage();
  const words = say.value;
  if (!readings.value.length) return null;
  return (
    <details class="limits">
      <summary>{words("limits title", { year: doc.value.horizon })}</summary>
      <p>{words("limits intro")}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={words("limits title", { year: doc.value.horizon })}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{words("limit what")}</th>
              <th scope="col">{words("limit now")}</th>
              <th scope="col">{words("limit base")}</th>
              <th scope="col">{words("limit at")}</th>
              <th scope="col">{words("limit state")}</th>
            </tr>
          </thead>
          <tbody>
            {readings.value.map((reading) => (
              <Row key={reading.limit.name} reading={reading} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Row({ reading }: { reading: Reading }) {
  const { say, language, meta } = usePage();
  const words = say.value;
  const { limit, passed, where } = reading;
  const places = where.map((place) => meta.places[place].code);
  const show = (value: number): string => `${percent(value, language.value)} %`;
  const at = percent(limit.at, language.value);
  return (
    <tr class={passed ? "is-passed" : ""}>
      <th scope="row">
        {words(`limit ${limit.name}`)}
        <span class="why">
          {words(`limit ${limit.name} why`)}{" "}
          {places.length ? words("limit passed in", { places: placesInWords(places, meta.places, words) }) : ""}
        </span>
      </th>
      <td>{show(reading.value)}</td>
      <td>{show(reading.base)}</td>
      <td>{words(limit.bad === "more" ? "at most" : "at least", { value: at })}</td>
      <td>{words(passed ? "limit passed" : "limit fine")}</td>
    </tr>
  );
}
