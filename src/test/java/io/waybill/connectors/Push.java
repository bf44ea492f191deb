package io.waybill.connectors;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How shops sign what they push: HMAC-SHA256 of the bytes, in base 64. */
final class Push {
    private Push() {}

    static String signature(String body) throws Exception {
        return signature(ShopsHub.SECRET.getBytes(StandardCharsets.UTF_8), body);
    }

    /** Of {@code id.timestamp.body}, as Standard Webhooks has it. */
    static String standard(String signed) throws Exception {
        return signature(Base64.getDecoder().decode(ShopsHub.STANDARD_SECRET.substring("whsec_".length())), signed);
    }

    private static String signature(byte[] key, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
