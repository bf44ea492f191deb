package io.waybill.mapping;

/** What a path or a condition asks has no answer in this document. */
class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final MappingCode code;
    private final String path;
    private final transient Object[] values;

    /** @param path what was asked, as the mapping names it */
    Unanswered(MappingCode code, String path, Object... values) {
        super(path, null, false, false);
        this.code = code;
        this.path = path;
        this.values = values.clone();
    }

    MappingCode code() {
        return code;
    }

    String path() {
        return path;
    }

    /** The values of its code. */
    Object[] values() {
        return values.clone();
    }
}
