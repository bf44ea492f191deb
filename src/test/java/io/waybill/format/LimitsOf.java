package io.waybill.format;

/** What a file may cost by default, but for the one thing that is held to less. */
final class LimitsOf {
    private static final Limits DEFAULT = Limits.DEFAULT;

    private LimitsOf() {}

    static Limits bytes(long most) {
        return new Limits(
                most, DEFAULT.rows(), DEFAULT.columns(), DEFAULT.cellChars(), DEFAULT.groupRows(), DEFAULT.depth());
    }

    static Limits rows(long most) {
        return new Limits(
                DEFAULT.bytes(), most, DEFAULT.columns(), DEFAULT.cellChars(), DEFAULT.groupRows(), DEFAULT.depth());
    }

    static Limits columns(int most) {
        return new Limits(
                DEFAULT.bytes(), DEFAULT.rows(), most, DEFAULT.cellChars(), DEFAULT.groupRows(), DEFAULT.depth());
    }

    static Limits groupRows(int most) {
        return new Limits(
                DEFAULT.bytes(), DEFAULT.rows(), DEFAULT.columns(), DEFAULT.cellChars(), most, DEFAULT.depth());
    }
}
