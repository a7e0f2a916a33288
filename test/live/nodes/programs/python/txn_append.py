"""Lists that one node keeps for all: the others hand transactions on to it, again and again until they are answered.

If only the answer was lost, a transaction is done twice. With `once` the keeper remembers what it has done.
"""

import sys

from node import Node

WAIT = 0.3
node = Node()
lists = {}
done = {}
count = 0
remembers = "once" in sys.argv


def do(steps):
    """What a transaction comes to, at the keeper."""
    results = []
    for kind, key, value in steps:
        if kind == "append":
            lists[key] = lists.get(key, []) + [value]
        results.append([kind, key, lists.get(key) if kind == "r" else value])
    return results


@node.on("hand on")
def handed_on(message):
    name = message["body"]["name"]
    with node.lock:
        if not (remembers and name in done):
            done[name] = do(message["body"]["txn"])
        node.reply(message, {"type": "done", "txn": done[name]})


@node.on("txn")
def txn(message):
    global count
    keeper = node.ids[0]
    steps = message["body"]["txn"]
    with node.lock:
        count += 1
        request = {"type": "hand on", "name": f"{node.id} {count}", "txn": steps}
        answer = {"txn": do(steps)} if node.id == keeper else None
    while not answer:
        answer = node.request(keeper, request, WAIT)
    node.reply(message, {"type": "txn_ok", "txn": answer["txn"]})


node.run()
