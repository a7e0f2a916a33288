"""What the nodes in Python share: messages on standard input and output, answers, requests to others."""

import json
import sys
import threading


class Node:
    def __init__(self):
        self.id = ""
        self.ids = []
        self.handlers = {"init": self._init}
        self.lock = threading.RLock()
        self._next = 0
        self._waiting = {}

    def on(self, kind):
        def register(handler):
            self.handlers[kind] = handler
            return handler

        return register

    @property
    def others(self):
        return [node for node in self.ids if node != self.id]

    def send(self, dest, body):
        with self.lock:
            sys.stdout.write(json.dumps({"src": self.id, "dest": dest, "body": body}) + "\n")
            sys.stdout.flush()

    def reply(self, message, body):
        self.send(message["src"], {**body, "in_reply_to": message["body"].get("msg_id")})

    def request(self, dest, body, seconds):
        """The body of the answer, or None if there is none in time."""
        answered = threading.Event()
        with self.lock:
            self._next += 1
            number = self._next
            self._waiting[number] = [answered, None]
        self.send(dest, {**body, "msg_id": number})
        answered.wait(seconds)
        with self.lock:
            return self._waiting.pop(number)[1]

    def run(self):
        """Each message in a thread of its own."""
        for line in sys.stdin:
            message = json.loads(line)
            with self.lock:
                waiting = self._waiting.get(message["body"].get("in_reply_to"))
                if waiting:
                    waiting[1] = message["body"]
                    waiting[0].set()
                    continue
            handler = self.handlers.get(message["body"]["type"])
            if handler:
                threading.Thread(target=handler, args=(message,), daemon=True).start()

    def _init(self, message):
        self.id = message["body"]["node_id"]
        self.ids = message["body"]["node_ids"]
        self.reply(message, {"type": "init_ok"})
