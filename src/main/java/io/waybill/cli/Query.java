package io.waybill.cli;

import io.waybill.text.UrlPart;
import org.jspecify.annotations.Nullable;

/** A path with what of its query was said. */
final class Query {
    private final StringBuilder text;
    private char before = '?';

    private Query(String path) {
        text = new StringBuilder(path);
    }

    static Query of(String path) {
        return new Query(path);
    }

    /** Left out where it is null. */
    Query with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(before).append(name).append('=').append(UrlPart.of(value.toString()));
            before = '&';
        }
        return this;
    }

    /** Left out where it is off. */
    Query with(String name, boolean on) {
        return with(name, on ? "true" : null);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
