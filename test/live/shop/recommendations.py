"""Recommendations for the shop: a service in another language, which passes the same three headers on.

Prints its port. Ends when its standard input does, so that it never outlives the test that started it.
"""
import json
import os
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSED_ON = ("traceparent", "tracestate", "baggage")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        item = self.path.rsplit("/", 1)[-1]
        url = f"{os.environ['CATALOG_URL']}/items/{item}-like"
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=1.5) as answer:
                found, status = [json.load(answer)["item"]], 200
        except OSError:
            found, status = [], 200
        body = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
