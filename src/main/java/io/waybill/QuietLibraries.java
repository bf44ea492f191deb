package io.waybill;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.waybill.text.OnceAnHour;
import java.util.function.LongSupplier;

/**
 * Lets what Kafka's client says of a broker it does not reach into the log once an hour, whichever consumer says it, and not at each
 * attempt; that a cluster is away its source tells in a sentence. Whoever asks for the lines below a warning has each.
 */
public final class QuietLibraries extends Filter<ILoggingEvent> {
    private static final String NETWORK = "org.apache.kafka.clients.NetworkClient";

    /** Who says it, and which of its questions it is: new each time. */
    private static final String NEW_EACH_TIME = "^\\[[^]]*] |correlation id \\d+";

    private final OnceAnHour lines;

    public QuietLibraries() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    QuietLibraries(LongSupplier clock) {
        lines = new OnceAnHour(clock);
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean isTrouble =
                event.getLoggerName().equals(NETWORK) && event.getLevel().isGreaterOrEqual(Level.WARN);
        return isTrouble && !lines.isNews(said(event)) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static String said(ILoggingEvent event) {
        IThrowableProxy why = event.getThrowableProxy();
        return String.valueOf(event.getFormattedMessage()).replaceAll(NEW_EACH_TIME, "")
                + (why == null ? "" : why.getClassName() + ": " + why.getMessage());
    }
}
