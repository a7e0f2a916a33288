/**
 * Whoever runs what a module exports, in this very thread.
 */
import { type Call, describeCall } from './runtime/call.js';
import type { ProtocolHost } from './runtime/host.js';
import { LocalHost } from './runtime/local-host.js';
import { isSystem } from './system/define.js';
import { SystemHost } from './system/host.js';
import type { AnySystem } from './system/types.js';
import type { AnyProtocol } from './types.js';

/** What can be searched. */
export type Runnable = AnyProtocol | AnySystem;

/**
 * @param watchdog runs work that may not come to an end
 * @param announce told of every call before it is made, in words, and of the check (undefined)
 */
export function hostOf(
  runnable: Runnable,
  options: {
    readonly watchdog?: <T>(work: () => T, current: () => string | undefined) => T;
    readonly announce?: (call: string | undefined) => void;
  } = {},
): ProtocolHost {
  const { watchdog, announce } = options;
  const told = <C>(inWords: (call: C) => string) => ({
    ...(watchdog && { watchdog }),
    ...(announce && { announce: (call: C | undefined) => announce(call === undefined ? undefined : inWords(call)) }),
  });
  if (isSystem(runnable))
    return new SystemHost(
      runnable,
      told((call: string) => call),
    );
  return new LocalHost(
    runnable,
    told((call: Call) => describeCall(call)),
  );
}
