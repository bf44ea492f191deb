package io.waybill.edge;

import io.waybill.delivery.Event;
import io.waybill.delivery.NotBefore;
import io.waybill.delivery.Sink;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.RetryAfter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The port {@code direct:sink.<name>}: hands the event's JSON to the route that starts there, with its id, type,
 * namespace and subject as exchange properties. An exchange that failed anywhere, even if a route swallowed the failure, is not sent.
 */
public final class SinkPort implements Sink {
    private static final Set<Integer> BUSY = Set.of(429, 503);

    private final ProducerTemplate producer;
    private final String name;

    /** @param producer shared by all ports of a context */
    public SinkPort(ProducerTemplate producer, String name) {
        this.producer = producer;
        this.name = name;
    }

    /**
     * @throws ProblemException {@code sink-without-route}, at once, when no running route starts at this port
     * @throws NotBefore when a receiver answered 429 or 503 with {@code Retry-After}, or a system said when it may be called again
     */
    @Override
    public void deliver(Event event) throws Exception {
        Exchange done = producer.send("direct:sink." + name + "?block=false&failIfNoConsumers=true", exchange -> {
            exchange.setProperty(EventProperties.ID, event.id());
            exchange.setProperty(EventProperties.TYPE, event.type());
            exchange.setProperty(EventProperties.NAMESPACE, event.namespace());
            exchange.setProperty(EventProperties.SUBJECT, event.subject());
            exchange.setProperty(EventProperties.TOLD, event.json());
            exchange.getMessage().setBody(event.json());
        });
        Exception failure = failureOf(done);
        if (failure instanceof DirectConsumerNotAvailableException) {
            throw new ProblemException(Problem.of(EdgeCode.SINK_WITHOUT_ROUTE, "sink", name), failure);
        }
        if (failure instanceof HttpOperationFailedException refused) {
            throw wait(refused)
                    .<Exception>map(wait -> new NotBefore(wait, refused))
                    .orElse(refused);
        }
        if (failure instanceof SystemException busy && busy.retryAfter().isPresent()) {
            throw new NotBefore(RetryAfter.atMost(busy.retryAfter().get()), busy);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Optional<Duration> wait(HttpOperationFailedException refused) {
        Map<String, String> headers = refused.getResponseHeaders();
        if (headers == null || !BUSY.contains(refused.getStatusCode())) {
            return Optional.empty();
        }
        return headers.entrySet().stream()
                .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()))
                .findFirst()
                .flatMap(header -> RetryAfter.of(header.getValue()));
    }

    private static @Nullable Exception failureOf(Exchange done) {
        Exception thrown = done.getException();
        return thrown != null ? thrown : done.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
