package io.waybill.dispatch;

import io.waybill.carrier.Ref;

/** A label that a carrier of a walk sold. */
final class LifeSale {
    final String id;
    final Ref ref;
    /** Where to, and in which boxes. */
    final String content;

    final long shown;
    final long printed;
    boolean voided;
    /** Its label was sent, heard or not. */
    boolean given;
    /** It is in a manifest. */
    boolean closed;

    LifeSale(String id, Ref ref, String content, long shown, long printed) {
        this.id = id;
        this.ref = ref;
        this.content = content;
        this.shown = shown;
        this.printed = printed;
    }

    String street() {
        return content.substring(0, content.indexOf(" in "));
    }

    String[] boxes() {
        return content.substring(content.indexOf(" in ") + 4).split("\\+", -1);
    }
}
