package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyVerbTest {
    private static final byte[] KEY = "0123456789abcdef01234567".getBytes(UTF_8);
    private static final byte[] NEXT = "76543210fedcba9876543210".getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Settings SETTINGS = Settings.of(
            "source.shop.secret=env:SHOP\nsource.shop.secret.next=env:SHOP_NEXT\nsource.plain.secret=env:PLAIN\n"
                    + "source.plain.secret.next=env:PLAIN_NEXT",
            Map.of(
                    "SHOP",
                    "whsec_" + Base64.getEncoder().encodeToString(KEY),
                    "SHOP_NEXT",
                    "whsec_" + Base64.getEncoder().encodeToString(NEXT),
                    "PLAIN",
                    "plain secret",
                    "PLAIN_NEXT",
                    "next plain secret"));

    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean tooFast = new AtomicBoolean();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private ProducerTemplate producer;

    @BeforeEach
    void start() throws Exception {
        VerifyVerb.Inbox inbox = new VerifyVerb.Inbox() {
            @Override
            public boolean isKnown(String hook, String id) {
                return known.containsKey(hook + "/" + id);
            }

            @Override
            public void count(String hook) {
                counted.incrementAndGet();
                if (tooFast.get()) {
                    throw new IllegalStateException(hook + " sends too fast");
                }
            }

            @Override
            public void remember(String hook, String id, String bodySha256) {
                known.put(hook + "/" + id, bodySha256);
            }
        };
        camel.addComponent("waybill-verify", new VerifyVerb(SETTINGS, inbox, Clock.fixed(NOW, ZoneOffset.UTC)));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:standard").to("waybill-verify:shop").process(VerifyVerbTest.this::take);
                from("direct:plain")
                        .to(
                                "waybill-verify:plain?style=base64&header=X-WC-Webhook-Signature&id=X-WC-Webhook-Delivery-ID")
                        .process(VerifyVerbTest.this::take);
            }
        });
        camel.start();
        producer = camel.createProducerTemplate();
    }

    private void take(Exchange exchange) {
        if (broken.get()) {
            throw new IllegalStateException("the spine is away");
        }
        taken.incrementAndGet();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void a_signed_webhook_goes_on_once() throws Exception {
        Map<String, Object> headers = standard("msg_1", "{}");
        producer.sendBodyAndHeaders("direct:standard", "{}", headers);
        producer.sendBodyAndHeaders("direct:standard", "{}", headers);

        assertThat(taken).hasValue(1);
        assertThat(known).containsOnlyKeys("shop/msg_1");
    }

    @Test
    void one_that_failed_may_come_again() throws Exception {
        Map<String, Object> headers = standard("msg_2", "{}");
        broken.set(true);
        assertThatThrownBy(() -> producer.sendBodyAndHeaders("direct:standard", "{}", headers))
                .hasRootCauseMessage("the spine is away");
        broken.set(false);
        producer.sendBodyAndHeaders("direct:standard", "{}", headers);

        assertThat(taken).hasValue(1);
    }

    @Test
    void one_that_comes_too_fast_goes_no_further_and_may_come_again() throws Exception {
        Map<String, Object> headers = standard("msg_4", "{}");
        tooFast.set(true);
        assertThatThrownBy(() -> producer.sendBodyAndHeaders("direct:standard", "{}", headers))
                .hasRootCauseMessage("shop sends too fast");
        assertThat(taken).hasValue(0);
        tooFast.set(false);
        producer.sendBodyAndHeaders("direct:standard", "{}", headers);

        assertThat(taken).hasValue(1);
    }

    @Test
    void what_is_known_is_a_success_and_not_counted() throws Exception {
        Map<String, Object> headers = standard("msg_5", "{}");
        producer.sendBodyAndHeaders("direct:standard", "{}", headers);
        tooFast.set(true);
        producer.sendBodyAndHeaders("direct:standard", "{}", headers);

        assertThat(taken).hasValue(1);
        assertThat(counted).hasValue(1);
    }

    @Test
    void what_was_not_signed_goes_nowhere() throws Exception {
        Map<String, Object> headers = standard("msg_3", "{}");
        assertThatThrownBy(() -> producer.sendBodyAndHeaders("direct:standard", "{ }", headers))
                .hasRootCauseInstanceOf(ProblemException.class)
                .rootCause()
                .hasMessageContaining("signature does not fit");
        assertThatThrownBy(() -> producer.sendBody("direct:standard", "{}"))
                .rootCause()
                .hasMessageContaining("webhook-signature is missing");
        assertThat(taken).hasValue(0);
        assertThat(counted).hasValue(0);
        assertThat(known).isEmpty();
    }

    @Test
    void a_plain_signature_is_checked_over_the_raw_bytes() throws Exception {
        byte[] body = {'{', (byte) 0xE9, '}'};
        Map<String, Object> headers = Map.of(
                "X-WC-Webhook-Signature",
                Base64.getEncoder().encodeToString(hmac("plain secret".getBytes(UTF_8), body)),
                "X-WC-Webhook-Delivery-ID",
                "d-1");
        producer.sendBodyAndHeaders("direct:plain", body, headers);

        assertThat(taken).hasValue(1);
        assertThat(known).containsOnlyKeys("plain/d-1");
    }

    @Test
    void a_sender_that_moved_to_the_next_secret_is_let_on_and_so_is_one_that_did_not_yet() throws Exception {
        producer.sendBodyAndHeaders("direct:standard", "{}", standard("msg_6", "{}"));
        producer.sendBodyAndHeaders("direct:standard", "{}", standard(NEXT, "msg_7", "{}"));
        for (String secret : List.of("plain secret", "next plain secret")) {
            byte[] signature = hmac(secret.getBytes(UTF_8), "{}".getBytes(UTF_8));
            Map<String, Object> headers = Map.of(
                    "X-WC-Webhook-Signature",
                    Base64.getEncoder().encodeToString(signature),
                    "X-WC-Webhook-Delivery-ID",
                    secret);
            producer.sendBodyAndHeaders("direct:plain", "{}", headers);
        }

        assertThat(taken).hasValue(4);
        Map<String, Object> foreign = standard("no key of the source".getBytes(UTF_8), "msg_8", "{}");
        assertThatThrownBy(() -> producer.sendBodyAndHeaders("direct:standard", "{}", foreign))
                .rootCause()
                .hasMessageContaining("signature does not fit");
    }

    private static Map<String, Object> standard(String id, String body) throws Exception {
        return standard(KEY, id, body);
    }

    private static Map<String, Object> standard(byte[] key, String id, String body) throws Exception {
        String timestamp = String.valueOf(NOW.getEpochSecond());
        byte[] signed = (id + "." + timestamp + "." + body).getBytes(UTF_8);
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(hmac(key, signed)));
    }

    private static byte[] hmac(byte[] key, byte[] bytes) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes);
    }
}
