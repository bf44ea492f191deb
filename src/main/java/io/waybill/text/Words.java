package io.waybill.text;

/** What a failure says of itself. */
public final class Words {
    private Words() {}

    /** Its message, or else its name. */
    public static String of(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
