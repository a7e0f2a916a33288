/**
 * Certificates: how long one takes to be made and to be checked, how many cases it has, and how large it is.
 */
import { certifyProgram } from '../../src/certify/dedalus.js';
import { atOnce, whenDone } from '../../src/core/work.js';
import type { Bounds } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { boundsText, certificateToJson, leavesOf } from '../../src/verify/certificate.js';
import { flawIn, type Tree, type Verifier } from '../../src/verify/tree.js';
import { Worlds } from '../../src/verify/worlds.js';
import { MODULES, programAt, programs, protocolsAt } from '../verify/specs.js';
import { median } from './numbers.js';
import { ms, table } from './table.js';

/** Times in milliseconds: of the first time in this process, and the median of those after it. */
interface CertificateTimes {
  readonly name: string;
  readonly leaves: number;
  readonly bytes: number;
  readonly make: readonly [first: number, usual: number];
  readonly check: readonly [first: number, usual: number];
  /** Milliseconds and bytes that must not be exceeded. */
  readonly required?: { readonly ms: number; readonly bytes: number };
}

const FIGURES = [
  { path: 'specs/broadcast/ack.ded', bounds: { eot: 8, eff: 6, crashes: 1 }, required: { ms: 500, bytes: 1_024 } },
  { path: 'specs/consensus/paxos.ded', bounds: { eot: 8, eff: 3, crashes: 1 }, required: { ms: 2_000, bytes: 2_048 } },
  { path: 'specs/broadcast/relay-forever.ded', bounds: { eot: 20, eff: 18, crashes: 1 }, required: undefined },
];
const TIMES = 5;

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  return [await work(), performance.now() - start];
}

async function measured(
  name: string,
  bounds: Bounds,
  verifier: () => Verifier,
  certify: () => Promise<Tree>,
  repeat: number,
): Promise<CertificateTimes> {
  const makes: number[] = [];
  const checks: number[] = [];
  let tree: Tree = 0;
  for (let i = 0; i <= repeat; i++) {
    const [made, make] = await timed(certify);
    const [flaw, check] = await timed(() => whenDone(flawIn(verifier(), made)));
    if (flaw) throw new Error(`the certificate of ${name} is refused`);
    tree = made;
    makes.push(make);
    checks.push(check);
  }
  const both = ([first = 0, ...rest]: number[]) => [first, rest.length > 0 ? median(rest) : first] as const;
  const text = certificateToJson({ spec: 'x'.repeat(64), checks: [{ name, bounds: boundsText(bounds), tree }] });
  return { name, leaves: leavesOf(tree), bytes: text.length, make: both(makes), check: both(checks) };
}

async function figureOf({ path, bounds, required }: (typeof FIGURES)[number]): Promise<CertificateTimes> {
  const program = programAt(path);
  const nodes = [...new Set(program.facts.map(({ row }) => String(row[0])))].sort();
  const all: Bounds = { ...bounds, nodes };
  const certify = async (): Promise<Tree> =>
    atOnce(certifyProgram(new DedalusSystem(program, all), new Worlds(program, all), 20_000));
  const name = `${path} ${bounds.eot}/${bounds.eff}/${bounds.crashes}`;
  return {
    ...(await measured(name, all, () => new Worlds(program, all), certify, TIMES)),
    ...(required && { required }),
  };
}

/** The figures, and every spec that holds once. */
export async function measureCertificates(quick: boolean, progress: (text: string) => void) {
  const figures: CertificateTimes[] = [];
  for (const figure of FIGURES) figures.push(await figureOf(figure));
  const specs = [...programs()];
  for (const path of MODULES) specs.push(...(await protocolsAt(path)));
  const all: CertificateTimes[] = [];
  for (const { name, bounds, verifier, certify } of quick ? [] : specs) {
    progress(name);
    all.push(await measured(name, bounds, verifier, () => whenDone(certify()), 0));
  }
  progress('');
  return { figures, all };
}

export function certificatesTable({ figures, all }: Awaited<ReturnType<typeof measureCertificates>>): string {
  const head = ['certificate', 'cases', 'bytes', 'make, first', 'later', 'check, first', 'later', 'at most', 'reached'];
  const rows = figures.map(({ name, leaves, bytes, make, check, required }) => [
    ...[name, leaves, bytes, ...[...make, ...check].map(ms)],
    required ? `${required.ms} ms, ${required.bytes} bytes` : '',
    required ? (Math.max(...make, ...check) <= required.ms && bytes <= required.bytes ? 'yes' : 'NO') : '',
  ]);
  const slowest = [...all].sort((a, b) => b.make[0] - a.make[0]).slice(0, 8);
  const others = slowest.map(({ name, leaves, bytes, make, check }) => [
    name,
    leaves,
    bytes,
    ms(make[0]),
    ms(check[0]),
  ]);
  const sum = (of: (one: CertificateTimes) => number): string => ms(all.reduce((total, one) => total + of(one), 0));
  const total = `All ${all.length} checks that hold: made in ${sum(({ make }) => make[0])} ms, checked in ${sum(({ check }) => check[0])} ms.`;
  const rest = all.length > 0 ? `\n\n${total}\n\n${table(['slowest', 'cases', 'bytes', 'make', 'check'], others)}` : '';
  return `${table(head, rows)}${rest}`;
}
