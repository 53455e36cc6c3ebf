import base64
import binascii
import hashlib
import hmac
import time


def verify_webhook(raw_body, headers, secret, now=None):
    """Whether a webhook comes from the gateway, unchanged and fresh.

    raw_body: the bytes that came, before anything parsed them: request.get_data() in Flask, request.body in Django,
    await request.body() in FastAPI. headers: the framework's, whose get() does not mind the case.
    """
    message_id = headers.get("webhook-id") or ""
    timestamp = headers.get("webhook-timestamp") or ""
    now = time.time() if now is None else now
    # Older than five minutes may be somebody who sends a recorded request again.
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > 300:
        return False

    signed = f"{message_id}.{timestamp}.".encode() + raw_body
    expected = b"v1," + base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest())
    # During a rotation there is one signature of each secret; one that fits is enough.
    given = (headers.get("webhook-signature") or "").encode().split(b" ")
    return any(hmac.compare_digest(one, expected) for one in given)


def verify_body(raw_body, signature, secret):
    """The short way, which knows no age: X-Webhook-Signature is the hex HMAC-SHA256 of the body."""
    expected = hmac.new(secret.encode(), raw_body, hashlib.sha256).hexdigest()
    return hmac.compare_digest((signature or "").encode(), expected.encode())


def key_of(secret):
    """What follows whsec_ is base64; a secret written by hand is used as it stands."""
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return secret.encode()
