/**
 * The workloads, by name. A further one is one file, its name, and one line here.
 */
import { broadcast } from './broadcast.js';
import { gCounter, pnCounter } from './counters.js';
import { echo } from './echo.js';
import { gSet } from './g-set.js';
import { kafka } from './kafka.js';
import { linKv } from './lin-kv.js';
import type { WorkloadName } from './names.js';
import { txnListAppend } from './txn-list-append.js';
import { txnRwRegister } from './txn-rw-register.js';
import { uniqueIds } from './unique-ids.js';
import type { Workload } from './workload.js';

export const WORKLOADS: Readonly<Record<WorkloadName, Workload>> = {
  echo,
  'unique-ids': uniqueIds,
  broadcast,
  'g-set': gSet,
  'g-counter': gCounter,
  'pn-counter': pnCounter,
  'lin-kv': linKv,
  kafka,
  'txn-rw-register': txnRwRegister,
  'txn-list-append': txnListAppend,
};
