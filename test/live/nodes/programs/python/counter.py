"""A counter in seq-kv.

Without an argument a node reads the sum, adds to it and writes it back, again and again until the write is answered: an
addition that comes between is overwritten. With `own-keys` each node counts for itself under a key of its own, by cas.
"""

import sys
import threading

from node import Node

WAIT = 0.3
node = Node()
one_at_a_time = threading.Lock()


def ask(body):
    while True:
        answer = node.request("seq-kv", body, WAIT)
        if answer:
            return answer


def value_of(key):
    return ask({"type": "read", "key": key}).get("value", 0)


def add_to_sum(delta):
    total = value_of("sum")
    ask({"type": "write", "key": "sum", "value": total + delta})


def add_to_own(delta):
    """Nobody else writes the key, so a cas that is repeated finds what it wrote."""
    with one_at_a_time:
        before = value_of(node.id)
        after = before + delta
        while True:
            cas = {"type": "cas", "key": node.id, "from": before, "to": after, "create_if_not_exists": True}
            if ask(cas)["type"] == "cas_ok" or value_of(node.id) == after:
                return


own_keys = "own-keys" in sys.argv


@node.on("add")
def add(message):
    (add_to_own if own_keys else add_to_sum)(message["body"]["delta"])
    node.reply(message, {"type": "add_ok"})


@node.on("read")
def read(message):
    value = sum(value_of(key) for key in node.ids) if own_keys else value_of("sum")
    node.reply(message, {"type": "read_ok", "value": value})


node.run()
