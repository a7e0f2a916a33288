/**
 * What `ldfi fix` found, as JSON.
 */
import { printableJson } from '../report/result.js';
import type { Culprit, Diagnosed } from './diagnosis.js';
import type { FixOutcome, Mending } from './outcome.js';

/** Grows by one when a reader of the old form could misread the new one. */
const SCHEMA_VERSION = 1;

export function fixToJson(version: string, { spec, checks, search, mendings }: FixOutcome): string {
  const partial = search?.partial;
  const data = {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'ldfi', version },
    spec,
    checks: checks.map(checkData),
    fixes: mendings.map(mendingData),
    ...(partial && {
      nearest: {
        title: partial.proposal.title,
        why: partial.proposal.why(),
        removes: partial.removed,
        of: partial.known,
        breaksStill: { check: search.checks[partial.broken.check], faults: partial.broken.scenario },
      },
    }),
    ...(search && { tried: search.tried, searched: search.searched }),
    ...(search?.stopped && { stopped: search.stopped }),
  };
  return `${printableJson(JSON.stringify(data, undefined, 2))}\n`;
}

function checkData({ check: { name, bounds }, verdict, diagnosis }: Diagnosed) {
  const { scenario, story, needed, hasty } = diagnosis ?? {};
  return {
    name,
    bounds,
    verdict: verdict.kind,
    ...(scenario && { faults: scenario }),
    ...(story !== undefined && { story }),
    ...(needed && { needed: culpritData(needed) }),
    ...(hasty && { hasty: culpritData(hasty) }),
  };
}

const culpritData = ({ source: { file, line, text }, what, lacked }: Culprit) => ({
  file,
  line,
  rule: text,
  what,
  ...(lacked.length > 0 && { lacked }),
});

const mendingData = ({ proposal, proof, patch }: Mending) => ({
  kinds: proposal.kinds,
  title: proposal.title,
  why: proposal.why(),
  patch,
  proved: proof.proved,
  cost: proof.cost,
  ...(proof.beyond && { beyond: proof.beyond }),
});
