<?php

require __DIR__ . '/../verify.php';

while (($line = fgets(STDIN)) !== false) {
    [$body, $secret, $now, $hex, $id, $timestamp, $signature] = array_map('base64_decode', explode("\t", rtrim($line, "\n")));
    $given = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signature];
    $whole = verifyWebhook($body, array_filter($given), $secret, (int) $now);
    echo json_encode($whole), ' ', json_encode(verifyBody($body, $hex ?: null, $secret)), "\n";
}
