/**
 * The names of the workloads, apart from what they do: the command line lists them without loading that.
 */
export const WORKLOAD_NAMES = [
  'echo',
  'unique-ids',
  'broadcast',
  'g-set',
  'g-counter',
  'pn-counter',
  'lin-kv',
  'kafka',
  'txn-rw-register',
  'txn-list-append',
] as const;

export type WorkloadName = (typeof WORKLOAD_NAMES)[number];
