package io.waybill;

/** The main class. */
public final class Hub {
    private Hub() {}

    public static void main(String[] args) {}
}
