/**
 * A node as its program sees it: its name, its disk, and what it tells the outside.
 */
import { clonePlain } from '../data/plain.js';
import { idOf } from '../runtime/recorded.js';
import type { Life } from './life.js';
import type { Disk, SystemNode } from './types.js';

export function makeNode(life: Life, nodes: readonly string[]): SystemNode {
  const { id } = life;
  return Object.freeze({
    id,
    nodes,
    peers: Object.freeze(nodes.filter((other) => other !== id)),
    disk: makeDisk(life),
    log: (fact: unknown) => {
      life.effect('node.log');
      life.logged.push(life.plain(fact, 'the fact'));
    },
    show: (state: () => unknown) => {
      life.effect('node.show');
      if (typeof state !== 'function') life.refuse('bad-protocol', 'node.show takes a function: () => ({ … })');
      life.show = state;
    },
    invoke: (op: unknown) => {
      life.effect('node.invoke');
      const number = life.asked.count + 1;
      life.recorded.push({ kind: 'invoke', number, value: life.plain(op, 'the operation') });
      life.asked = { count: number, open: [...life.asked.open, number] };
      return idOf(id, number);
    },
    complete: (operation: string, result?: unknown) => {
      life.effect('node.complete');
      const { count, open } = life.asked;
      const number = open.find((one) => idOf(id, one) === operation);
      if (number === undefined)
        return life.refuse(
          'bad-protocol',
          `node.complete: "${String(operation)}" is no operation of ${id} that is open`,
        );
      life.recorded.push({ kind: 'complete', number, value: life.plain(result, 'the result') });
      life.asked = { count, open: open.filter((one) => one !== number) };
    },
  });
}

function makeDisk(life: Life): Disk {
  const named = (key: unknown, what: string): string => {
    life.effect(what);
    return typeof key === 'string' ? key : life.refuse('bad-protocol', `${what}: a key is a string`);
  };
  return Object.freeze({
    get: (key: string) => clonePlain(life.disk.get(key)?.copy),
    has: (key: string) => life.disk.has(key),
    keys: () => [...life.disk.keys()],
    set: (key: string, value: unknown) => {
      const name = named(key, 'node.disk.set');
      life.disk.set(name, life.plain(value, 'what is written to the disk'));
    },
    delete: (key: string) => {
      life.disk.delete(named(key, 'node.disk.delete'));
    },
  });
}
