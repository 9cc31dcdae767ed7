"""Asks the web server in this container for its health page, the way the proxy would; exit code 0 is healthy."""

import http.client
import os
import sys

host = os.environ["ALLOWED_HOSTS"].split(",")[0]
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != 200)
