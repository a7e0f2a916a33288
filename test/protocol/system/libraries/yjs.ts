/**
 * A CRDT library from npm, unchanged: documents that send each other updates as bytes. Ids of clients come by chance.
 *
 * Promise: all have the same text in the end. Sent once, an update may be lost for ever; sent again, all heals.
 */
import { defineSystem } from 'ldfi';
import * as Y from 'yjs';

const documents = (name: string, again: boolean) =>
  defineSystem({
    name,
    nodes: ['a', 'b', 'c'],
    types: {} as { state: string; message: Uint8Array },
    start: (node, net) => {
      const doc = new Y.Doc();
      const text = doc.getText('text');
      net.on(({ data }) => Y.applyUpdate(doc, data, 'net'));
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'net') net.broadcast(new Uint8Array(update));
      });
      setTimeout(() => text.insert(0, node.id), 5);
      if (again) setInterval(() => net.broadcast(new Uint8Array(Y.encodeStateAsUpdate(doc))), 20);
      node.show(() => text.toString());
    },
    check: (world) => {
      const texts = new Set(world.nodes.map((node) => world.state(node)));
      if ([...texts][0]?.length !== 3) return { violated: 'a letter is missing' };
      return texts.size === 1 ? 'holds' : { violated: [...texts] };
    },
  });

export const once = documents('yjs-once', false);
export const again = documents('yjs-again', true);
