package io.waybill.carrier.sandbox;

import org.jspecify.annotations.Nullable;

/** The server says no: an HTTP status, a code, its words and the request field it is about. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;
    final String code;
    final @Nullable String field;

    private Refusal(int status, String code, String words, @Nullable String field) {
        super(words, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    static Refusal of(int status, String code, String words) {
        return new Refusal(status, code, words, null);
    }

    /** 422, about one field written {@code parcels[0].weight}. */
    static Refusal field(String code, String words, String field) {
        return new Refusal(422, code, words, field);
    }
}
