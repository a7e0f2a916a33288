"""Broadcast with a retry by the node that was told first, and by it alone: a loss and a crash are too much."""

import threading

from node import Node

node = Node()
values = []


def keep(value):
    with node.lock:
        if value not in values:
            values.append(value)


def insist(other, value):
    while not node.request(other, {"type": "tell", "message": value}, 0.2):
        pass


@node.on("topology")
def topology(message):
    node.reply(message, {"type": "topology_ok"})


@node.on("read")
def read(message):
    with node.lock:
        node.reply(message, {"type": "read_ok", "messages": list(values)})


@node.on("tell")
def tell(message):
    keep(message["body"]["message"])
    node.reply(message, {"type": "tell_ok"})


@node.on("broadcast")
def broadcast(message):
    value = message["body"]["message"]
    keep(value)
    node.reply(message, {"type": "broadcast_ok"})
    for other in node.others:
        threading.Thread(target=insist, args=(other, value), daemon=True).start()


node.run()
