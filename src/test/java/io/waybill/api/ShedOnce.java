package io.waybill.api;

/** What is served once a call was turned away; a hub that never did says nothing of it. */
public final class ShedOnce {
    private ShedOnce() {}

    public static String metrics() {
        Metering metering = new Metering();
        metering.shed("disk-low");
        return metering.text();
    }
}
