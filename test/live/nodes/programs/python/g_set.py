"""A set: a node tells the others of what is new, again and again until they have it.

What is new is in one list, which ends with the first acknowledgement: who has not heard of it by then never will. With
`each` there is a list for each of the others.
"""

import sys
import threading

from node import Node

WAIT = 0.3
node = Node()
elements = set()
news = {}
for_each = "each" in sys.argv


def insist(other, element):
    """The list of everybody is that of the first node."""
    owner = other if for_each else node.ids[0]
    while element in news.get(owner, ()):
        if node.request(other, {"type": "news", "element": element}, WAIT):
            with node.lock:
                news[owner].discard(element)


@node.on("add")
def add(message):
    element = message["body"]["element"]
    with node.lock:
        elements.add(element)
        for owner in node.ids:
            news.setdefault(owner, set()).add(element)
    node.reply(message, {"type": "add_ok"})
    for other in node.others:
        threading.Thread(target=insist, args=(other, element), daemon=True).start()


@node.on("news")
def learn(message):
    with node.lock:
        elements.add(message["body"]["element"])
    node.reply(message, {"type": "news_ok"})


@node.on("read")
def read(message):
    with node.lock:
        node.reply(message, {"type": "read_ok", "value": sorted(elements)})


node.run()
