import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
from verify import verify_body, verify_webhook  # noqa: E402

for line in sys.stdin:
    body, *texts = [base64.b64decode(field) for field in line.rstrip("\n").split("\t")]
    secret, now, signature, *standard = [text.decode() or None for text in texts]
    headers = dict(zip(["webhook-id", "webhook-timestamp", "webhook-signature"], standard))
    whole = verify_webhook(body, headers, secret, int(now))
    print(str(whole).lower(), str(verify_body(body, signature, secret)).lower())
