package io.waybill.edge;

import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * {@code from: waybill-poll:SOURCE?system=…&path=…}: asks a system for what changed since the last time and hands every page on as
 * one JSON array. The {@link PollPlan} says how; where the source stands is in the ledger, and moves when a page is taken in.
 */
final class PollComponent extends DefaultComponent {
    private final Settings settings;
    private final Function<String, HttpSystem> systems;
    private final MappingVerb.Mapper mapper;
    private final Positions positions;
    private final InstantSource clock;
    private final Set<String> wanted;

    /** @param wanted sources that are to be asked at once */
    PollComponent(
            Settings settings,
            Function<String, HttpSystem> systems,
            MappingVerb.Mapper mapper,
            Verbs.Doors doors,
            Set<String> wanted) {
        this.settings = settings;
        this.systems = systems;
        this.mapper = mapper;
        this.positions = doors.positions();
        this.clock = doors.clock();
        this.wanted = wanted;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String source, Map<String, Object> options) {
        String system = getAndRemoveParameter(options, "system", String.class, source);
        Duration every = PollPlan.span(getAndRemoveParameter(options, "every", String.class, "60000"));
        PollPlan plan =
                PollPlan.read(source, (key, fallback) -> getAndRemoveParameter(options, key, String.class, fallback));
        Instant from = from(source);
        Supplier<Instant> first = from == null ? Instant::now : () -> from;
        Poll poll = new Poll(plan, systems.apply(system), mapper, positions, first, clock);
        Due due = new Due(every, () -> wanted.remove(source));
        return new PollEndpoint(uri, this, poll, due, new Patience(source, positions, every));
    }

    private @Nullable Instant from(String source) {
        Section section = settings.section("source." + source);
        String said = section.get("from", "");
        try {
            return said.isEmpty() ? null : Instant.parse(said);
        } catch (DateTimeException e) {
            throw section.bad("from", said, "a moment, such as 2026-11-01T00:00:00Z");
        }
    }

    /** Only to be read from. */
    private static final class PollEndpoint extends ScheduledPollEndpoint {
        private final Poll poll;
        private final Due due;
        private final Patience patience;

        PollEndpoint(String uri, PollComponent component, Poll poll, Due due, Patience patience) {
            super(uri, component);
            this.poll = poll;
            this.due = due;
            this.patience = patience;
            setDelay(due.tick().toMillis());
            setInitialDelay(100);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("waybill-poll is where a route starts");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            PollConsumer consumer = new PollConsumer(this, processor, poll, due, patience);
            configureConsumer(consumer);
            return consumer;
        }
    }
}
