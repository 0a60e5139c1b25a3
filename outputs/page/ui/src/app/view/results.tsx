/** The results: the question's chart first, then who fills the jobs, homes, money, people, map, table and reasons. */

import { AgesFigure, IndicatorFigure, JobsFigure, NewFigure, PairFigure } from "./figures.tsx";
import { MapFigure } from "./map.tsx";
import { usePage } from "./page.ts";
import { Table } from "./table.tsx";
import { WhenSeen } from "./seen.tsx";
import { Why } from "./why.tsx";
import { YearPick } from "./year.tsx";

export function Results() {
  const words = usePage().say.value;
  return (
    <section class="results" id="results" tabIndex={-1} aria-labelledby="results-heading">
      <h2 id="results-heading" class="aloud">
        {words("results")}
      </h2>
      <WhenSeen name="population">{() => <NewFigure />}</WhenSeen>
      <Why />
      <div class="grid">
        <WhenSeen name="filled_jobs">{() => <JobsFigure />}</WhenSeen>
        <WhenSeen name="present_population">
          {() => <PairFigure name="present" first="population" second="present_population" />}
        </WhenSeen>
        <WhenSeen name="homes">{() => <PairFigure name="homes" first="homes_wanted" second="homes" />}</WhenSeen>
        {SINGLE.map((key) => (
          <WhenSeen key={key} name={key}>
            {() => <IndicatorFigure name={key} />}
          </WhenSeen>
        ))}
      </div>
      <YearPick />
      <div class="grid">
        <WhenSeen name="ages">{() => <AgesFigure />}</WhenSeen>
        <WhenSeen name="map">{() => <MapFigure />}</WhenSeen>
      </div>
      <WhenSeen name="chosen">{() => <IndicatorFigure name={null} />}</WhenSeen>
      <WhenSeen name="table">{() => <Table />}</WhenSeen>
    </section>
  );
}

/** Indicators with a chart of their own. */
const SINGLE: readonly string[] = ["house_price", "tax_base", "tax_forgone", "service_level", "net_migration"];
