<?php

/**
 * Whether a webhook comes from the gateway, unchanged and fresh.
 * $rawBody: file_get_contents('php://input'), before anything parsed it.
 * $headers: with lower-case names, as of array_change_key_case(getallheaders()).
 */
function verifyWebhook(string $rawBody, array $headers, string $secret, ?int $now = null): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    // Older than five minutes may be somebody who sends a recorded request again.
    if (!ctype_digit($timestamp) || abs(($now ?? time()) - (int) $timestamp) > 300) {
        return false;
    }

    $signed = "$id.$timestamp.$rawBody";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, keyOf($secret), true));
    // During a rotation there is one signature of each secret; one that fits is enough.
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

/** The short way, which knows no age: X-Webhook-Signature is the hex HMAC-SHA256 of the body. */
function verifyBody(string $rawBody, ?string $signature, string $secret): bool
{
    return hash_equals(hash_hmac('sha256', $rawBody, $secret), $signature ?? '');
}

/** What follows whsec_ is base64; a secret written by hand is used as it stands. */
function keyOf(string $secret): string
{
    $decoded = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    return $decoded === false ? $secret : $decoded;
}
