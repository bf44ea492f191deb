package io.waybill.portal;

import java.util.Locale;

/** What stands in a field of a form for a number and is none. */
final class NotANumber extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String pointer;
    private final String value;

    /** @param pointer where its field stands in an order */
    NotANumber(String pointer, String value) {
        super(pointer);
        this.pointer = pointer;
        this.value = value;
    }

    /** Told by the field's label. */
    Refused refused(Locale language) {
        Texts texts = Texts.in(language);
        return Refused.of(
                400,
                texts.text("problem.not-a-number", "field", new Told(texts).label(pointer), "value", value),
                pointer);
    }
}
