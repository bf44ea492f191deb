package io.waybill.delivery;

import java.time.Duration;

/** A receiver did not take an event, and said for how long it will take none. */
public final class NotBefore extends Exception {
    private static final long serialVersionUID = 1;

    private final Duration wait;

    public NotBefore(Duration wait, Exception refused) {
        super(refused.getMessage(), refused);
        this.wait = wait;
    }

    Duration waiting() {
        return wait;
    }
}
