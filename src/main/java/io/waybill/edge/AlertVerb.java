package io.waybill.edge;

import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * {@code waybill-alert:SINK}: posts an exception to the people at {@code sink.<name>.url}, in the {@link AlertShape} of their
 * messenger. The address of a robot is itself a secret, so it never stands in a route, an endpoint or a failure.
 */
final class AlertVerb extends Verb {
    private static final int LONGEST_ANSWER = 4096;
    private static final List<String> TYPES = List.of("exception.opened", "exception.closed");

    private final Settings settings;
    private final SinkSecrets secrets;
    private final SinkHttp http;
    private final Clock clock;
    private @Nullable CloseableHttpClient client;

    AlertVerb(Settings settings, SinkSecrets secrets, SinkHttp http, Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.http = http;
        this.clock = clock;
        hub();
    }

    /** @param url whole, with the robot's key in it */
    private record Receiver(String sink, String url, Optional<String> secret, AlertShape shape, Locale language) {}

    @Override
    Processor step(String name, Map<String, Object> options) {
        Section sink = settings.section("sink." + name);
        sink.list("events").stream()
                .filter(type -> !TYPES.contains(type))
                .findFirst()
                .ifPresent(type -> {
                    throw sink.bad("events", type, String.join(", ", TYPES));
                });
        if (sink.list("events").isEmpty()) {
            sink.required("events");
        }
        AlertShape shape = AlertShape.read(sink);
        Optional<String> secret = secrets.text(name);
        if (secret.isPresent() && shape != AlertShape.DINGTALK) {
            throw sink.bad("secret", "…", "none: only shape=dingtalk signs");
        }
        if (sink.optional("secret.next").isPresent()) {
            throw sink.bad("secret.next", "…", "none: a robot knows one secret at a time");
        }
        Receiver receiver = new Receiver(name, sink.required("url"), secret, shape, language(sink));
        return exchange -> send(exchange, receiver);
    }

    private void send(Exchange exchange, Receiver receiver) throws IOException {
        Alert alert = new Alert(
                Json.mapper().readTree(exchange.getMessage().getBody(String.class)), receiver.language(), hub());
        byte[] body = receiver.shape().body(alert).toString().getBytes(StandardCharsets.UTF_8);
        HttpPost post = new HttpPost(address(receiver));
        post.setHeader("webhook-id", EventProperties.id(exchange));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        refusal(receiver, post).ifPresent(why -> {
            throw new ProblemException(Problem.of(EdgeCode.ALERT_NOT_TAKEN, "sink", receiver.sink(), "why", why));
        });
    }

    private Optional<String> refusal(Receiver receiver, HttpPost post) {
        try {
            return client().execute(post, answer -> receiver.shape().refusal(answer.getCode(), text(answer)));
        } catch (IOException e) {
            return Optional.of(Words.of(e));
        }
    }

    private String address(Receiver receiver) {
        String url = receiver.url();
        return receiver.secret()
                .map(secret -> url + (url.contains("?") ? "&" : "?") + RobotSignature.query(clock.millis(), secret))
                .orElse(url);
    }

    private static String text(ClassicHttpResponse answer) throws IOException, ParseException {
        return answer.getEntity() == null
                ? ""
                : EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8, LONGEST_ANSWER);
    }

    private static Locale language(Section sink) {
        String word = sink.get("language", "en");
        if (!word.equals("en") && !word.equals("zh")) {
            throw sink.bad("language", word, "en, zh");
        }
        return Locale.forLanguageTag(word);
    }

    /** {@code hub.url}: where people find this hub. */
    private String hub() {
        Section section = settings.section("hub");
        String url = section.get("url", "");
        if (!url.isEmpty() && !url.matches("https?://[^\\s]+")) {
            throw section.bad("url", url, "https://hub.example.com");
        }
        return url.replaceAll("/+$", "");
    }

    private synchronized CloseableHttpClient client() {
        if (client == null) {
            HttpClientBuilder builder = HttpClientBuilder.create();
            http.configureHttpClient(builder);
            client = builder.build();
        }
        return client;
    }

    @Override
    protected synchronized void doStop() throws Exception {
        if (client != null) {
            client.close();
            client = null;
        }
        super.doStop();
    }
}
