package io.waybill.delivery;

import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying a sink.
 *
 * @param why it was not taken, in one line; null when it was
 */
public record Trial(Event event, @Nullable String why, Duration took) {
    /** The type of an event that is about nothing. */
    public static final String TYPE = "hub.test";

    /** An event that says nothing but that it is a test. */
    static Claim event(Tx tx, SinkSettings sink, Namespaces scope) {
        if (!sink.posted()) {
            throw new ProblemException(Problem.of(DeliveryCode.SINK_NOTHING_YET, "sink", sink.name()));
        }
        String namespace = sink.namespaces().stream()
                .filter(scope::has)
                .sorted()
                .findFirst()
                .orElseThrow();
        return tx.events().test(sink.name(), TYPE, namespace, sink.name());
    }

    static Trial of(Sink sink, Event event) {
        long begun = System.nanoTime();
        String why = null;
        try {
            sink.deliver(event);
        } catch (Exception | StackOverflowError e) {
            why = Outcomes.words(e);
        }
        return new Trial(event, why, Duration.ofNanos(System.nanoTime() - begun));
    }
}
