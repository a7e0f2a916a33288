/**
 * The workloads, by name. A further one is one file and one line here.
 */
import { broadcast } from './broadcast.js';
import { gCounter, pnCounter } from './counters.js';
import { echo } from './echo.js';
import { gSet } from './g-set.js';
import { kafka } from './kafka.js';
import { linKv } from './lin-kv.js';
import { txnListAppend } from './txn-list-append.js';
import { txnRwRegister } from './txn-rw-register.js';
import { uniqueIds } from './unique-ids.js';
import type { Workload } from './workload.js';

export const WORKLOADS: readonly Workload[] = [
  ...[echo, uniqueIds, broadcast, gSet, gCounter, pnCounter, linKv, kafka, txnRwRegister, txnListAppend],
];

export const workloadNames: readonly string[] = WORKLOADS.map(({ name }) => name);
