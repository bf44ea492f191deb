package io.waybill.edge;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that fetch: folders and tables. While they pause, files stay where they are and rows unmarked. */
public final class Consumers {
    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);

    private final CamelContext context;
    private boolean paused;

    public Consumers(CamelContext context) {
        this.context = context;
    }

    /** Begins no fetch from now on; what was fetched already is finished. */
    public synchronized void pause() {
        if (!paused) {
            paused = true;
            List<ScheduledPollConsumer> all = all();
            all.forEach(ServiceHelper::suspendService);
            LOG.info("{} routes that fetch pause", all.size());
        }
    }

    public synchronized void resume() {
        if (paused) {
            paused = false;
            List<ScheduledPollConsumer> all = all();
            all.forEach(ServiceHelper::resumeService);
            LOG.info("{} routes that fetch go on", all.size());
        }
    }

    private List<ScheduledPollConsumer> all() {
        return context.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(ScheduledPollConsumer.class::isInstance)
                .map(ScheduledPollConsumer.class::cast)
                .toList();
    }
}
