package io.waybill.connectors;

/** A column of the list of systems: what can be shown of a connector. */
public enum Cell {
    ORDERS("orders in"),
    CHANGED("changed before the label"),
    CANCELLED("cancelled before the label"),
    CANCELLED_LATE("cancelled after the label"),
    SENT_ELSEWHERE("sent by somebody else before the label"),
    SKIPPED("not ours, told"),
    WRONG("wrong, told with its place"),
    TRACKING("label and tracking back"),
    MONEY("money back"),
    DUPLICATE("the same again"),
    BAD_SIGNATURE("bad signature"),
    BUSY("429"),
    BROKEN("5xx, away"),
    CREDENTIALS("wrong credentials");

    private final String title;

    Cell(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
