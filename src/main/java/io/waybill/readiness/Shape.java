package io.waybill.readiness;

/** How a value is written, without what it says: {@code 24.11.2026 09:30} → {@code 9.9.9 9:9}, {@code SO-1001} → {@code a-9}. */
final class Shape {
    private static final int LONGEST = 24;

    private Shape() {}

    static String of(String value) {
        StringBuilder shape = new StringBuilder();
        char before = 0;
        for (int i = 0; i < value.length() && shape.length() < LONGEST; i++) {
            char c = value.charAt(i);
            char kind = Character.isDigit(c) ? '9' : Character.isLetter(c) ? 'a' : Character.isWhitespace(c) ? ' ' : c;
            if (kind != before) {
                shape.append(kind);
            }
            before = kind == '9' || kind == 'a' || kind == ' ' ? kind : 0;
        }
        return shape.toString();
    }
}
