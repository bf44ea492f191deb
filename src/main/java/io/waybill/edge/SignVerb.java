package io.waybill.edge;

import io.waybill.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * {@code waybill-sign:SINK}: signs the body by Standard Webhooks. Sets {@code webhook-id}, {@code webhook-timestamp} and
 * {@code webhook-signature: v1,<base64 HMAC-SHA256 of "id.timestamp.body">}, and fixes the body's bytes to those signed. While a
 * secret is being replaced there are two signatures, by the old one and by the next, with a blank between them. While traces are
 * kept {@code traceparent} says where the delivery stands in the order's.
 */
final class SignVerb extends Verb {
    private final SinkSecrets secrets;
    private final Clock clock;

    SignVerb(SinkSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    Processor step(String sink, Map<String, Object> options) {
        List<byte[]> keys = secrets.of(sink);
        return exchange -> sign(exchange, keys);
    }

    private void sign(Exchange exchange, List<byte[]> keys) throws GeneralSecurityException {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(String.class).getBytes(StandardCharsets.UTF_8);
        String id = EventProperties.id(exchange);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        message.setBody(body);
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", timestamp);
        StringJoiner signatures = new StringJoiner(" ");
        for (byte[] key : keys) {
            signatures.add("v1," + signature(key, id + "." + timestamp + ".", body));
        }
        message.setHeader("webhook-signature", signatures.toString());
        Traces.parent().ifPresent(parent -> message.setHeader("traceparent", parent));
    }

    private static String signature(byte[] key, String head, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(head.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
