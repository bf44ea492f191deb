package io.waybill;

import io.waybill.mapping.Mappings;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has changed tables of lookups read while nobody needs them: the first document of a day finds the words of that day. */
final class LookupWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookupWatch.class);
    /** A little more than the least time between two looks at a table. */
    private static final long EVERY_MILLIS = 2_100;

    private final List<Mappings> mappings;
    /** A share that does not answer holds up neither another clock nor the end of the hub. */
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lookups");
        thread.setDaemon(true);
        return thread;
    });

    LookupWatch(List<Mappings> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    void start() {
        var unused = clock.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            mappings.forEach(Mappings::lookAtLookups);
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.warn("lookups were not looked at: {}", e.toString());
        }
    }

    @Override
    public void close() {
        clock.shutdown();
    }
}
