/**
 * Programs as a system that experiments are made on.
 *
 * ```ts
 * const system = await NodesSystem.prepare(world, { parallel: 2 });
 * const verdict = await searchLive(system, { baselines: BASELINES });
 * ```
 * First there are five experiments without faults. Families of messages that are not the same in all of them (what they
 * say hangs on a clock, or on chance) are grouped: all messages of a family have one name, and one fault hits them all.
 */
import { LdfiError } from '../../core/invariant.js';
import { atOnce } from '../../experiments/at-once.js';
import type { Experiment, LiveFault, LiveSystem } from '../../experiments/experiment.js';
import { plainKey } from '../../history/text.js';
import { callsOf } from './calls.js';
import { causalPast } from './lineage.js';
import { familyOf, groupId } from './message.js';
import type { Asked, RunRecord, Sent } from './record.js';
import { evidenceOf, runNodes, type World } from './run.js';

/** Experiments without faults, to begin with. */
export const BASELINES = 5;

/** Longest that the first experiment takes, in milliseconds. */
const LONGEST_MS = 30_000;
/** Ticks between the last operation and EFF, and between EFF and EOT, if nothing else is said. */
const AFTER_PLAN = 10;
const RECOVERY = 50;
/** Ticks that an answer may take more than the slowest did, before it is overdue. */
const SLACK = 3;

/** A world of which EFF and EOT may be left open. */
export type NodesQuestion = Omit<World, 'eff' | 'eot' | 'overdue'> & {
  readonly eff: number | undefined;
  readonly eot: number | undefined;
};

export interface NodesExperiment extends Experiment {
  readonly record: RunRecord;
}

export class NodesSystem implements LiveSystem<NodesExperiment> {
  private handedOut = 0;
  /** What there is to keep without faults. */
  private readonly usual: readonly string[];

  private constructor(
    readonly world: World,
    readonly parallel: number,
    /** Families of messages that share one name. */
    readonly grouped: ReadonlySet<string>,
    private readonly baselines: readonly NodesExperiment[],
  ) {
    this.usual = obligations(baselines[0]?.record);
  }

  /**
   * Makes the experiments without faults. The first has all the time it needs; it shows how long that is.
   * @param parallel how many experiments may run at once
   * @param named faults that will be injected: a family that they name is one, whether it differs this time or not
   * @throws LdfiError 'bad-program' if a program does not start or does not speak the protocol; the signal's reason
   */
  static async prepare(
    question: NodesQuestion,
    parallel: number,
    signal?: AbortSignal,
    named: readonly LiveFault[] = [],
  ): Promise<NodesSystem> {
    const endless = Number.MAX_SAFE_INTEGER;
    const unhurried = { ...question, eff: endless, eot: Math.ceil(LONGEST_MS / question.tickMs), overdue: endless };
    const probe = await baseline(unhurried, signal);
    const world = { ...question, ...timesOf(probe, question) };
    const again = await atOnce(parallel, Array<null>(BASELINES - 1).fill(null), () => baseline(world, signal));
    const records = [until(world.eff, probe), ...again];
    const families = new Set(records.flatMap(({ messages }) => messages.map(familyOfSent)));
    const meant = [...families].filter((family) => named.some(({ call }) => call === groupId(family)));
    const grouped = new Set([...unsteady(records), ...meant]);
    const problems = disagreements(world, records);
    const baselines = records.map((record) => ({
      ...experimentOf(world, withGroups(record, grouped), []),
      problems,
    }));
    return new NodesSystem(world, parallel, grouped, baselines);
  }

  /** The experiments without faults are those that were made already, one after the other. */
  async run(faults: readonly LiveFault[], signal?: AbortSignal): Promise<NodesExperiment> {
    const known = faults.length === 0 ? this.baselines[this.handedOut++] : undefined;
    if (known) return known;
    const record = await runNodes(this.world, faults, this.grouped, signal);
    const own = new Set(obligations(record));
    return { ...experimentOf(this.world, record, faults), weakened: !this.usual.every((one) => own.has(one)) };
  }
}

/** One experiment without faults. @throws LdfiError 'bad-program' */
async function baseline(world: World, signal: AbortSignal | undefined): Promise<RunRecord> {
  const record = await runNodes(world, [], new Set(), signal);
  const [words] = record.misconduct;
  if (words === undefined) return record;
  throw new LdfiError('bad-program', `${words}\ncommand: ${world.command.join(' ')}`);
}

/** EFF, EOT and when an answer is overdue, from what an experiment without faults took. */
function timesOf({ history }: RunRecord, { eff, eot }: NodesQuestion): Pick<World, 'eff' | 'eot' | 'overdue'> {
  const planned = history.filter(({ round }) => round === 0);
  const last = Math.max(0, ...planned.map(({ invoked, completed }) => completed ?? invoked));
  const slowest = Math.max(0, ...planned.map(({ invoked, completed }) => (completed ?? invoked) - invoked));
  const until = eff ?? last + AFTER_PLAN;
  return { eff: until, eot: eot ?? until + RECOVERY, overdue: slowest + SLACK };
}

/** A record as if there were no faults from a tick on. */
const until = (eff: number, record: RunRecord): RunRecord => ({
  ...record,
  messages: record.messages.map((message) => (message.sent.tick < eff ? message : { ...message, kinds: [] })),
});

/** What an experiment comes to. */
function experimentOf(world: World, record: RunRecord, faults: readonly LiveFault[]): NodesExperiment {
  const calls = callsOf(record);
  const { broken, restsOn } = judged(world, record, faults);
  const ids = new Set(calls.map(({ id }) => id));
  return {
    faults,
    fired: record.fired,
    calls,
    support: causalPast(answersTo(restsOn), record.messages).filter((id) => ids.has(id)),
    outcome: broken.length > 0 ? { kind: 'bad', why: broken } : { kind: 'good' },
    problems: [],
    record,
  };
}

/** Where a program is at fault nothing else counts. Without faults, whoever is asked has to answer. */
function judged(world: World, record: RunRecord, faults: readonly LiveFault[]) {
  if (record.misconduct.length > 0) return { broken: record.misconduct, restsOn: [] };
  const { broken, restsOn } = world.workload.judge(evidenceOf(world, record));
  return { broken: faults.length === 0 ? [...unanswered(record), ...broken] : broken, restsOn };
}

/** What is promised of answers means nothing if there are none: of each kind of operation, and of each operation. */
function unanswered({ history }: RunRecord): string[] {
  const planned = history.filter(({ round }) => round === 0);
  const refused = [...new Set(planned.map(({ body }) => body.type))]
    .filter((type) => !planned.some(({ body, status }) => body.type === type && status === 'ok'))
    .map((type) => {
      const reply = planned.find(({ body }) => body.type === type)?.reply;
      return reply ? `no ${type} succeeds: error ${reply.code}: ${String(reply.text ?? '')}` : `no ${type} is answered`;
    });
  if (refused.length > 0) return refused;
  const silent = planned.filter(({ status }) => status === 'unknown');
  return silent.map(({ node, body, invoked }) => `${node} does not answer the ${body.type} of tick ${invoked}`);
}

/** What a promise is about: operations that succeeded, and nodes that are up. */
function obligations(record: RunRecord | undefined): string[] {
  const counts = new Map<string, number>();
  const succeeded = (record?.history ?? []).flatMap(({ node, body, round, status }) => {
    const name = `${node} ${body.type}`;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return round === 0 && status === 'ok' ? [`${name} #${number}`] : [];
  });
  return [...succeeded, ...(record?.live ?? [])];
}

const answersTo = (asked: readonly Asked[]): Sent[] => asked.flatMap(({ answer }) => answer ?? []);

const familyOfSent = ({ from, to, body }: Sent): string => familyOf({ src: from, dest: to, body });

/** Families with a message that faults could hit and that is in some of the experiments only. */
function unsteady(records: readonly RunRecord[]): Set<string> {
  const sets = records.map((record) => new Set(callsOf(record).map(({ id }) => id)));
  const isSteady = (id: string): boolean => sets.every((set) => set.has(id));
  return new Set(
    records.flatMap(({ messages }) =>
      messages
        .filter(({ id, kinds, fate }) => kinds.length > 0 && fate === 'delivered' && !isSteady(id))
        .map(familyOfSent),
    ),
  );
}

function withGroups(record: RunRecord, grouped: ReadonlySet<string>): RunRecord {
  const nameOf = (sent: Sent): string => (grouped.has(familyOfSent(sent)) ? groupId(familyOfSent(sent)) : sent.id);
  return { ...record, messages: record.messages.map((sent) => ({ ...sent, id: nameOf(sent) })) };
}

/** What clients were told in some of the experiments without faults and not in others. */
function disagreements(world: World, records: readonly RunRecord[]): string[] {
  const told = records.map((record) => (world.workload.told ?? answersIn)(evidenceOf(world, record)));
  const all = [...new Set(told.flat())];
  return all
    .map((line) => ({ line, count: told.filter((lines) => lines.includes(line)).length }))
    .filter(({ count }) => count < records.length)
    .map(({ line, count }) => `without faults ${line} in ${count} of ${records.length} experiments`);
}

/** How each operation was answered, and what was read at the end, whatever the order of lists. */
function answersIn({ history, round }: ReturnType<typeof evidenceOf>): string[] {
  const counts = new Map<string, number>();
  return history
    .filter((asked) => asked.round === 0 || asked.round === round)
    .map(({ node, body, round: at, status, reply }) => {
      const name = `${node} ${body.type}${at > 0 ? ' at the end' : ''}`;
      const number = (counts.get(name) ?? 0) + 1;
      counts.set(name, number);
      if (at === 0) return `${name} #${number} is answered: ${status}`;
      const { msg_id: _id, in_reply_to: _to, ...said } = reply ?? { type: 'nothing' };
      const values = Object.entries(said).map(([key, value]) => [
        key,
        Array.isArray(value) ? [...value].map(plainKey).sort() : value,
      ]);
      return `${name} #${number} gives ${plainKey(values)}`;
    });
}
