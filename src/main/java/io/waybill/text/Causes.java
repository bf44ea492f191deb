package io.waybill.text;

import java.util.Objects;
import java.util.stream.Stream;

/** A failure and what it came from. */
public final class Causes {
    private Causes() {}

    /** The failure first, what it all came from last. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Those of one kind. */
    public static <T> Stream<T> of(Throwable failure, Class<T> kind) {
        return of(failure).filter(kind::isInstance).map(kind::cast);
    }
}
