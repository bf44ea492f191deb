package io.waybill.text;

/** A failure whose message quotes what a system answered, which may name people: a line of a log leaves that out. */
public interface Quoting {
    /** What the message says, without what is quoted. */
    String withoutQuote();
}
