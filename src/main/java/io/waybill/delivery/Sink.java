package io.waybill.delivery;

/** One receiver of events. */
@FunctionalInterface
public interface Sink {
    /**
     * Hands one event over. A normal return is the only "sent"; the same event may come again, under the same id.
     *
     * @throws Exception when the receiver did not take it, or may not have
     */
    void deliver(Event event) throws Exception;
}
