/**
 * What the page replays from the report's data is what the handlers do: messages and their fates, final states,
 * outcomes.
 */
import { describe, expect, it } from 'vitest';
import { snapshot } from '../../../../src/protocol/data/plain.js';
import { runToSvg } from '../../../../src/report/formats/svg.js';
import { LearnedProvenance } from '../../../../src/report/provenance/learned/provenance.js';
import { readableMessage } from '../../../../src/report/provenance/learned/readable.js';
import { runView } from '../../../../src/report/provenance/run-view.js';
import { NAMES, reportedOf, scenariosOf } from './protocols.js';

describe('runs replayed from what was learned', () => {
  it.each(NAMES)('%s: are those of the handlers', async (name) => {
    for (const reported of await reportedOf(name)) {
      const { of, makeSystem } = reported;
      const system = makeSystem();
      for (const scenario of scenariosOf(reported)) {
        const run = system.plain(scenario);
        const { walk } = of.case(scenario).run;
        expect(walk.outcome).toEqual(run.outcome);
        expect(walk.finals.map((final) => snapshot({ ...final }).text)).toEqual(
          run.finals.map((final) => snapshot({ ...final }).text),
        );
        const view = runView(of.case(scenario));
        const shown = view.messages.flatMap(({ fate, from, to, sent, label }) =>
          fate === 'ghost' ? [] : [[from, to, sent, label, fate === 'lost'].join(' ')],
        );
        const sent = run.messages.map(({ from, to, sent: at, message, lost }) =>
          [from, to, at, readableMessage(message.copy), lost && at < run.eot].join(' '),
        );
        expect(shown.sort()).toEqual(sent.sort());
        expect(view.outcome).toEqual(run.outcome);
      }
    }
  });

  it('can be drawn as SVG', async () => {
    const [reported] = await reportedOf('two-phase-commit');
    const [scenario] = reported?.found ?? [];
    if (!reported || !scenario) throw new Error('no counterexample');
    const picture = runToSvg(runView(reported.of.case(scenario)));
    for (const text of ['c crashes', 'waits for ever', 'engaged = true', 'prepare']) expect(picture).toContain(text);
  });

  it('say where what was learned ends', async () => {
    const [reported] = await reportedOf('broadcast-retry');
    if (!reported) throw new Error('no check');
    const empty = reported.of.known.table.data();
    const { bounds } = reported.check;
    const ignorant = new LearnedProvenance({ table: { ...empty, transitions: [] }, tree: undefined }, bounds, [], 'x');
    const view = runView(ignorant.case([]));
    expect(view.outcome).toMatchObject({ kind: 'unknown', gap: { tick: 2 } });
  });
});
