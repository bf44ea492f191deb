package io.waybill.edge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a DingTalk robot that asks for signatures is signed to: HMAC-SHA256 of the time and the secret, under the secret. */
final class RobotSignature {
    private RobotSignature() {}

    /** {@code timestamp=…&sign=…}, good for an hour around {@code millis}. */
    static String query(long millis, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] sign = mac.doFinal((millis + "\n" + secret).getBytes(StandardCharsets.UTF_8));
            String encoded = URLEncoder.encode(Base64.getEncoder().encodeToString(sign), StandardCharsets.UTF_8);
            return "timestamp=" + millis + "&sign=" + encoded;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
