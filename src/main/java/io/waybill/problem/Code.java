package io.waybill.problem;

import java.util.Locale;

/**
 * One kind of problem. Implemented by an enum in each package that finds problems; every constant has a text in
 * {@code messages_en.properties} and {@code messages_zh.properties} under {@link #code()}, which a test checks.
 */
public interface Code {
    String name();

    /** The stable, public spelling: {@code order-content-differs}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
