/**
 * Fresh copies of a protocol's module, for the audit.
 */
import type { FreshHosts } from '../lineage/learned/system.js';
import { LocalHost } from '../protocol/local.js';
import { watched } from '../testing/watchdog.js';
import { loadProtocols } from './protocols.js';
import type { ProtocolSubject } from './subject.js';

const COPIES = 3;

export async function freshCopies({ spec, protocol }: ProtocolSubject): Promise<FreshHosts> {
  const hosts: LocalHost[] = [];
  for (let i = 0; i < COPIES; i++) {
    const { protocols } = await loadProtocols(spec.roots[0] ?? '');
    const copy = protocols.find(({ name }) => name === protocol.name);
    if (copy) hosts.push(new LocalHost(copy, { watchdog: watched }));
  }
  return { hosts, close: () => undefined };
}
