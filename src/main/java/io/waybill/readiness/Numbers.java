package io.waybill.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Content;

/** The order numbers of some documents: whether each names one order, and whether they look like numbers that last. */
final class Numbers {
    private static final int MOST_SHAPES = 12;

    private final int longest;
    private final Hashes seen = new Hashes();
    private final Tally shapes = new Tally(MOST_SHAPES);
    private long given;
    private long repeated;
    private long contradicted;
    private long tooLong;
    private long likeRows;
    private long notRemembered;

    Numbers(int longest) {
        this.longest = longest;
    }

    /**
     * @param file what the document came in; in another the number comes again as a correction
     * @param ordinal the document's place in its file, from 1
     */
    void add(String number, JsonNode content, String file, int ordinal) {
        given++;
        shapes.add(Shape.of(number));
        switch (seen.add(file + "/" + number, Content.meaning(content))) {
            case SAME -> repeated++;
            case DIFFERENT -> contradicted++;
            case NOT_REMEMBERED -> notRemembered++;
            case NEW -> {}
        }
        tooLong += number.length() > longest ? 1 : 0;
        likeRows += number.equals(String.valueOf(ordinal)) || number.equals(String.valueOf(ordinal + 1)) ? 1 : 0;
    }

    long given() {
        return given;
    }

    /** How often a number came again in one file with the same content. */
    long repeated() {
        return repeated;
    }

    /** How often a number came again in one file with other content. */
    long contradicted() {
        return contradicted;
    }

    long tooLong() {
        return tooLong;
    }

    /** Beyond what is remembered: nothing is known of these being unique. */
    long notRemembered() {
        return notRemembered;
    }

    Tally shapes() {
        return shapes;
    }

    /** Counted by the file, not by the shop: the next file begins with 1 again. */
    boolean areRows() {
        return given > 2 && likeRows == given;
    }
}
