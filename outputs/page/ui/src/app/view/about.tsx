/** About the model: what it is for and not for, its data, its record, its method, accessibility and licence. */

import type { Key } from "../texts/index.ts";
import { withDecimals } from "../words/numbers.ts";
import { Dialog } from "./dialog.tsx";
import { usePage } from "./page.ts";

const HASH_LETTERS = 12;
const ERROR_DECIMALS = 2;
const STATEMENT: readonly Key[] = ["access 1", "access 2", "access 3", "access 4", "access 5", "access 6"];

export function About() {
  const { dialog, say } = usePage();
  return (
    <Dialog name="about" heading={say.value("about title")}>
      {dialog.value === "about" ? <Inside /> : null}
    </Dialog>
  );
}

function Inside() {
  const { say, meta, language } = usePage();
  const words = say.value;
  const tongue = language.value;
  return (
    <>
      <h3>{words("about for")}</h3>
      <List lines={meta.meantFor[tongue]} />
      <h3>{words("about not for")}</h3>
      <List lines={meta.notMeantFor[tongue]} />
      <h3>{words("about words")}</h3>
      <p>{words("about words text")}</p>
      <h3 id="about-track">{words("about track")}</h3>
      <p>{meta.trackText[tongue]}</p>
      <Track />
      <h3 id="about-data">{words("about data")}</h3>
      <Vintages />
      <h3>{words("about method")}</h3>
      <p>{words("about method text")}</p>
      <p>
        <a href="run.json" target="_blank" rel="noopener">
          {words("about method link")}
        </a>
      </p>
      <h3>{words("about run")}</h3>
      <p>
        {words("about run text", {
          start: meta.start,
          until: meta.until,
          model: meta.model.slice(0, HASH_LETTERS),
          version: meta.version,
          written: meta.written,
          fit: meta.fit,
        })}
      </p>
      <h3>{words("about access")}</h3>
      <details>
        <summary>{words("access intro")}</summary>
        {STATEMENT.map((key) => (
          <p key={key}>{words(key)}</p>
        ))}
      </details>
      <h3>{words("about licence")}</h3>
      <p>{words("about licence text", { source: meta.map.source })}</p>
    </>
  );
}

function List({ lines }: { lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  );
}

function Track() {
  const { say, meta, language } = usePage();
  const words = say.value;
  const show = (value: number): string => withDecimals(value, ERROR_DECIMALS, language.value);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby="about-track">
      <table class="numbers">
        <thead>
          <tr>
            {(["track horizon", "track norrsim", "track exponential", "track nochange", "track covered"] as const).map(
              (key) => (
                <th scope="col" key={key}>
                  {words(key)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {meta.track.map((row) => (
            <tr key={row.horizon}>
              <th scope="row">{row.horizon}</th>
              <td>{show(row.norrsim)}</td>
              <td>{show(row.exponential)}</td>
              <td>{show(row.noChange)}</td>
              <td>{Math.round(row.covered)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Vintages() {
  const { say, meta, language } = usePage();
  const words = say.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby="about-data">
      <table>
        <thead>
          <tr>
            <th scope="col">{words("about data what")}</th>
            <th scope="col">{words("about data years")}</th>
            <th scope="col">{words("about data source")}</th>
          </tr>
        </thead>
        <tbody>
          {meta.vintages.map((row, at) => (
            <tr key={at}>
              <th scope="row">{row.what[language.value]}</th>
              <td>{row.years}</td>
              <td>{row.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
