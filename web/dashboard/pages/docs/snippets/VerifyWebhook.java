import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class VerifyWebhook {
    /**
     * Whether a webhook comes from the gateway, unchanged and fresh.
     *
     * @param rawBody request.getInputStream().readAllBytes(), before anything parsed it
     * @param header request::getHeader of the servlet request, or the like; null for a header that is not there
     * @param now Instant.now()
     */
    public static boolean verifyWebhook(byte[] rawBody, UnaryOperator<String> header, String secret, Instant now) {
        String id = header.apply("webhook-id");
        String timestamp = header.apply("webhook-timestamp");
        String signatures = header.apply("webhook-signature");
        // Older than five minutes may be somebody who sends a recorded request again.
        if (signatures == null || !isFresh(timestamp, now)) return false;

        byte[] signature = sign(keyOf(secret), (id + "." + timestamp + ".").getBytes(UTF_8), rawBody);
        String expected = "v1," + Base64.getEncoder().encodeToString(signature);
        // During a rotation there is one signature of each secret; one that fits is enough.
        for (String given : signatures.split(" ")) {
            if (isEqual(given, expected)) return true;
        }
        return false;
    }

    /** The short way, which knows no age: X-Webhook-Signature is the hex HMAC-SHA256 of the body. */
    public static boolean verifyBody(byte[] rawBody, String signature, String secret) {
        String expected = HexFormat.of().formatHex(sign(secret.getBytes(UTF_8), rawBody));
        return signature != null && isEqual(signature, expected);
    }

    private static boolean isFresh(String timestamp, Instant now) {
        if (timestamp == null || !timestamp.matches("[0-9]{1,12}")) return false;
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sent, now).abs().compareTo(Duration.ofMinutes(5)) <= 0;
    }

    private static byte[] sign(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) mac.update(part);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What follows whsec_ is base64; a secret written by hand is used as it stands. */
    private static byte[] keyOf(String secret) {
        try {
            return Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        } catch (IllegalArgumentException notBase64) {
            return secret.getBytes(UTF_8);
        }
    }

    private static boolean isEqual(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
    }
}
