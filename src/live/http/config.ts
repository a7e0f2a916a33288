/**
 * The configuration of `ldfi live`: which services there are, what is asked of them, and what is promised.
 *
 * ```yaml
 * services:
 *   stock: { url: http://127.0.0.1:3001, port: 4001 }
 * entry: { url: http://127.0.0.1:3000/orders, method: POST, json: { item: 1 } }
 * expect: answer.status == 200
 * ```
 * Everything that is wrong with it is said at once, each with its line.
 */
import { isMap, LineCounter, type Node, parseDocument } from 'yaml';
import * as z from 'zod';
import { LIBRARIES } from '../preload/question.js';
import { KINDS, USUAL_KINDS } from './faults.js';
import { PRECISIONS } from './identity.js';
import { expressionOf } from './promise.js';
import { plainAddress } from './query-desk.js';

const ms = (usual: number) => z.int().min(1).max(3_600_000).default(usual);
const port = z.int().min(1).max(65_535);
const address = z
  .url({ protocol: /^https?$/, error: 'it must be an address like http://127.0.0.1:3000' })
  .describe('an address, http or https');
const database = (name: string, protocol: RegExp) =>
  z.url({ protocol, error: `it must be an address like ${name}://127.0.0.1/…` });
const words = z.array(z.string().min(1)).min(1).describe('a command, word by word; there is no shell');
const kind = z.enum(KINDS);

const serviceSchema = z.strictObject({
  url: address.describe('where the service is'),
  protocol: z.enum(['http', 'grpc']).default('http').describe('what it talks; gRPC needs HTTP/2 all the way'),
  port: port.describe('where its proxy listens, on this machine'),
  env: z
    .array(z.string().regex(/^[A-Za-z_]\w*$/))
    .optional()
    .describe('variables by which others know its address; default <NAME>_URL'),
  required: z.boolean().default(false).describe('calls to it never fail'),
  unsafe: z
    .boolean()
    .default(false)
    .describe('POST and PATCH may be sent to it in experiments, though it is not on this machine'),
});

const databaseSchema = z.strictObject({
  library: z.enum(LIBRARIES).describe('the library by which services use it, under `ldfi/preload`'),
  address: z
    .string()
    .regex(/^(?:\S+:\d{1,5}|\/\S+)$/, 'it must be an address like 127.0.0.1:5432, or the path of a socket')
    .describe('where it is, as the services have it'),
  required: z.boolean().default(false).describe('queries of it never fail'),
});

const entrySchema = z
  .strictObject({
    url: address,
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'a method is written in capitals')
      .default('GET'),
    headers: z.record(z.string(), z.string()).default({}),
    json: z.json().optional().describe('a body, sent as JSON'),
    body: z.string().optional().describe('a body, sent as it is'),
    timeoutMs: ms(10_000),
  })
  .refine(({ json, body }) => json === undefined || body === undefined, 'give either json or body');

const resetSchema = z.union([
  z.literal('none'),
  z.strictObject({ command: words, timeoutMs: ms(30_000) }),
  z.strictObject({ http: address, method: z.string().default('POST'), timeoutMs: ms(30_000) }),
  z.strictObject({ redisFlush: database('redis', /^redis$/), timeoutMs: ms(10_000) }),
  z.strictObject({
    pgTemplate: database('postgres', /^postgres(ql)?$/).refine((url) => /^\/[^/]+$/.test(new URL(url).pathname), {
      error: 'it must name a database: postgres://127.0.0.1/shop',
    }),
    template: z.string().min(1).max(63).describe('the database that is copied'),
    timeoutMs: ms(30_000),
  }),
  z.strictObject({ restart: words, timeoutMs: ms(60_000) }),
]);

const promise = z.string().min(1);
const name = z.string().regex(/^[A-Za-z][\w.-]*$/, 'a name of letters, digits, dots and dashes');

export const configSchema = z.strictObject({
  services: z.record(name, serviceSchema).default({}).describe('services that others call through a proxy'),
  databases: z
    .record(name, databaseSchema)
    .default({})
    .describe('databases whose queries are calls, in Node services that run under `ldfi/preload`'),
  toxiproxy: z
    .strictObject({ url: address.describe('of its API'), proxies: z.array(z.string().regex(/^[\w.-]+$/)).min(1) })
    .optional()
    .describe('proxies of a Toxiproxy that may be taken down, for what is neither a service nor a database'),
  deskPort: port.default(14_000).describe('where such services ask about their queries'),
  entry: entrySchema.describe('the request that is made in every experiment'),
  expect: promise.optional().describe('must be true of the answer, in spite of all faults (CEL)'),
  never: promise.optional().describe('must never be true of the answer and the calls (CEL)'),
  promise: z
    .string()
    .regex(/\.[cm]?[jt]s$/, 'it must be a module, .ts or .js')
    .optional()
    .describe('a module whose default export says what is broken, given { answer, calls }'),
  kinds: z
    .array(kind)
    .min(1)
    .default([...USUAL_KINDS])
    .describe('the kinds of faults'),
  faults: z
    .strictObject({ status: z.int().min(400).max(599).default(503), delayMs: ms(1_000), hangMs: ms(60_000) })
    .prefault({}),
  maxFaults: z.int().min(1).max(8).default(3).describe('most faults at once'),
  maxRuns: z.int().min(1).max(1_000_000).default(1_000).describe('most experiments'),
  exclusive: z.boolean().default(false).describe('one experiment at a time; calls without headers are given to it'),
  parallel: z.int().min(1).max(64).default(1).describe('experiments at once, for services without state'),
  lingerMs: z.int().min(0).max(60_000).default(0).describe('how long it must be quiet after the answer'),
  settleMs: ms(2_000).describe('how long calls may go on after that'),
  reset: resetSchema.default('none').describe('how the state is brought back before each experiment'),
  health: address.optional().describe('answers 2xx as long as the system works at all'),
  recoveryMs: ms(10_000).describe('how long it may take to be healthy again'),
  hosts: z.array(z.string()).default([]).describe('hosts other than this machine that may be called'),
  listen: z.string().default('127.0.0.1').describe('the address that proxies listen at'),
  identity: z
    .record(z.string(), z.enum(PRECISIONS as [string, ...string[]]))
    .default({})
    .describe('by route: what tells its calls apart'),
});

export type LiveConfig = z.infer<typeof configSchema>;

export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  /** Where in it: `services.stock.port`. */
  readonly at: string;
  readonly message: string;
}

/** Names of this machine. */
export const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Where something is in a file, from 1. */
type Position = Pick<ConfigProblem, 'line' | 'column'>;

export interface ParsedConfig {
  readonly config: LiveConfig;
  /** Where a setting is; where it all begins, if it is not there. */
  positionOf(setting: keyof LiveConfig): Position;
}

/** Reads a configuration, or says all that is wrong with it. */
export function parseLiveConfig(text: string): ParsedConfig | { problems: readonly ConfigProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    return {
      problems: document.errors.map((error) => ({
        ...place(error.pos[0]),
        at: '',
        message: error.message.split('\n')[0] ?? '',
      })),
    };
  const problem = (path: readonly PropertyKey[], message: string): ConfigProblem => ({
    ...place(offsetOf(document.contents, path)),
    at: path.join('.'),
    message,
  });
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    return { problems: [problem([], 'aliases are used too often')] };
  }
  const parsed = configSchema.safeParse(data);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => inWords(issue, problem)) };
  const wrong = meaningProblems(parsed.data).map(({ path, message }) => problem(path, message));
  if (wrong.length > 0) return { problems: wrong };
  return { config: parsed.data, positionOf: (setting) => place(offsetOf(document.contents, [setting])) };
}

type Issue = z.core.$ZodIssue;

function inWords(
  issue: Issue,
  problem: (path: readonly PropertyKey[], message: string) => ConfigProblem,
): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem([...issue.path, key], `there is no setting "${key}" here`));
  return [problem(issue.path, issue.message)];
}

/** Where the innermost part of a path is that is there. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => String((item.key as { value?: unknown } | null)?.value) === String(key));
    if (!pair) break;
    offset = (pair.key as Node).range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

/** What the schema cannot tell. */
function meaningProblems(config: LiveConfig): { path: PropertyKey[]; message: string }[] {
  const problems: { path: PropertyKey[]; message: string }[] = [];
  const allowed = (path: PropertyKey[], url: string | undefined): void => {
    if (url === undefined) return;
    const { hostname } = new URL(url);
    if (!LOOPBACK.test(hostname) && !config.hosts.includes(hostname))
      problems.push({ path, message: `${hostname} is not this machine: allow it under hosts, if it may be called` });
  };
  const ports = new Map<number, string>();
  for (const [name, { url, port }] of Object.entries(config.services)) {
    allowed(['services', name, 'url'], url);
    const other = ports.get(port);
    if (other !== undefined)
      problems.push({ path: ['services', name, 'port'], message: `${port} is the port of the proxy of ${other}, too` });
    ports.set(port, name);
    const at = new URL(url);
    if (LOOPBACK.test(at.hostname) && Number(at.port) === port)
      problems.push({ path: ['services', name, 'port'], message: 'the service itself is at this port' });
  }
  problems.push(...databaseProblems(config, ports));
  allowed(['toxiproxy', 'url'], config.toxiproxy?.url);
  if (config.toxiproxy && !config.exclusive)
    problems.push({ path: ['toxiproxy'], message: 'everybody is hit by it, so it needs exclusive: true' });
  for (const name of config.toxiproxy?.proxies ?? [])
    if (name in config.services || name in config.databases)
      problems.push({ path: ['toxiproxy', 'proxies'], message: `${name} is the name of something else, too` });
  if (ports.size === 0 && !config.toxiproxy && Object.keys(config.databases).length === 0)
    problems.push({ path: ['services'], message: 'name at least one service or database' });
  allowed(['entry', 'url'], config.entry.url);
  allowed(['health'], config.health);
  if (typeof config.reset === 'object' && 'http' in config.reset) allowed(['reset', 'http'], config.reset.http);
  if (typeof config.reset === 'object' && 'redisFlush' in config.reset)
    allowed(['reset', 'redisFlush'], config.reset.redisFlush);
  if (typeof config.reset === 'object' && 'pgTemplate' in config.reset) {
    allowed(['reset', 'pgTemplate'], config.reset.pgTemplate);
    const name = decodeURIComponent(new URL(config.reset.pgTemplate).pathname.slice(1));
    if ([config.reset.template, 'postgres', 'template0', 'template1'].includes(name))
      problems.push({
        path: ['reset', 'pgTemplate'],
        message: `${name} would be dropped: name the one that services use`,
      });
  }
  if (typeof config.reset === 'object' && 'restart' in config.reset && config.health === undefined)
    problems.push({ path: ['reset'], message: 'a restart needs health, an address that answers when it is done' });
  if (config.expect === undefined && config.never === undefined && config.promise === undefined)
    problems.push({ path: [], message: 'say what is promised: expect, never or promise' });
  for (const name of ['expect', 'never'] as const) {
    const expression = config[name] === undefined ? undefined : expressionOf(config[name]);
    if (expression && 'problem' in expression) problems.push({ path: [name], message: expression.problem });
  }
  return problems;
}

/** @param ports of proxies, by which service has them */
function databaseProblems({ databases, services, deskPort }: LiveConfig, ports: ReadonlyMap<number, string>) {
  const problems: { path: PropertyKey[]; message: string }[] = [];
  const addresses = new Map<string, string>();
  for (const [name, { library, address }] of Object.entries(databases)) {
    if (name in services) problems.push({ path: ['databases', name], message: 'a service has this name, too' });
    const where = `${library} ${plainAddress(address)}`;
    const other = addresses.get(where);
    if (other !== undefined)
      problems.push({ path: ['databases', name, 'address'], message: `${other} is the same database` });
    addresses.set(where, name);
  }
  const other = addresses.size > 0 ? ports.get(deskPort) : undefined;
  if (other !== undefined)
    problems.push({ path: ['deskPort'], message: `${deskPort} is the port of the proxy of ${other}, too` });
  return problems;
}
