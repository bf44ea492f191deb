package io.waybill.carrier.declared;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a described carrier can be asked: the shape of the answer, and the words a path may be filled with. */
enum Verb {
    CREATE("purchase/1", Needs.REPLY, "ref", "purchaseKey", "orderNumber"),
    CONFIRM("purchase/1", Needs.REPLY, "ref", "purchaseKey", "orderNumber", "draft"),
    LABEL("label/1", Needs.REPLY, "id", "format", "size", "dpi"),
    FIND("purchase/1", Needs.REPLY, "ref", "purchaseKey", "orderNumber"),
    CANCEL("void/1", Needs.NOTHING, "id", "ref", "purchaseKey", "orderNumber"),
    TRACK("events/1", Needs.REPLY, "trackingNumber", "trackingNumbers"),
    RATES("rates/1", Needs.REPLY),
    BALANCE("balance/1", Needs.REPLY),
    CHANNELS("channels/1", Needs.REPLY),
    FEES("fees/1", Needs.REPLY, "id", "ref", "purchaseKey", "orderNumber"),
    BILLED("bill/1", Needs.REPLY, "day", "page");

    private enum Needs {
        REPLY,
        NOTHING
    }

    private static final Set<String> DETAILS = Set.of("format", "size", "dpi", "page");
    private static final Set<String> READS = Set.of("GET", "POST");
    private static final Set<String> CHANGES = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

    private final String shape;
    private final Needs needs;
    private final List<String> places;

    Verb(String shape, Needs needs, String... places) {
        this.shape = shape;
        this.needs = needs;
        this.places = List.of(places);
    }

    /** As the description spells it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its reply's mapping writes. */
    String shape() {
        return shape;
    }

    boolean needsReply() {
        return needs == Needs.REPLY;
    }

    /** What may stand in braces in its path, query and headers. */
    List<String> places() {
        return places;
    }

    /** Of these, the words that say what it is about: one of them must stand in what is sent. */
    List<String> subject() {
        return places.stream().filter(word -> !DETAILS.contains(word)).toList();
    }

    /** Whether it changes something: its body is sent by whatever method. */
    boolean isChange() {
        return this == CREATE || this == CONFIRM || this == CANCEL;
    }

    /** The methods it may be called by. */
    Set<String> methods() {
        return this == CREATE || this == CANCEL ? CHANGES : this == CONFIRM ? Set.of("POST") : READS;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }

    /** Every shape there is; what is pushed is one too. */
    static Set<String> shapes() {
        return Stream.concat(Arrays.stream(values()).map(Verb::shape), Stream.of("push/1"))
                .collect(Collectors.toSet());
    }
}
