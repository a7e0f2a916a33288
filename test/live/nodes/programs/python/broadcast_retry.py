"""Broadcast with a retry by the node that was told first, and by it alone: a loss and a crash are too much."""

from node import Node

node = Node()
values = []


def keep(value):
    with node.lock:
        if value not in values:
            values.append(value)


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
    missing = node.others
    while missing:
        missing = [other for other in missing if not node.request(other, {"type": "tell", "message": value}, 0.2)]


node.run()
