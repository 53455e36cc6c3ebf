import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Drive {
    public static void main(String[] args) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] fields = line.split("\t", -1);
            byte[] body = Base64.getDecoder().decode(fields[0]);
            String secret = text(fields[1]);
            Map<String, String> headers = new HashMap<>();
            var names = List.of("webhook-id", "webhook-timestamp", "webhook-signature");
            for (String name : names) headers.put(name, text(fields[4 + names.indexOf(name)]));
            Instant now = Instant.ofEpochSecond(Long.parseLong(text(fields[2])));
            boolean isWhole = VerifyWebhook.verifyWebhook(body, headers::get, secret, now);
            System.out.println(isWhole + " " + VerifyWebhook.verifyBody(body, text(fields[3]), secret));
        }
    }

    private static String text(String field) {
        return field.isEmpty() ? null : new String(Base64.getDecoder().decode(field), UTF_8);
    }
}
