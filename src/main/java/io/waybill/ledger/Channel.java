package io.waybill.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A way orders come in by, as people tell them apart; each may be open to a namespace or not. */
public enum Channel {
    /** Programs: calls, shops that are asked or push over HTTP, and topics of Kafka. */
    API,
    /** Files a person hands over: uploads and {@code ./waybill import}. */
    EXCEL,
    /** The pages' own forms. */
    PORTAL,
    /** Files that lie in a folder. */
    FOLDER,
    SQL;

    /** {@code api}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Channel> read(String word) {
        return Arrays.stream(values())
                .filter(channel -> channel.word().equals(word))
                .findFirst();
    }

    /** {@code api, excel, …}. */
    public static String words() {
        return Arrays.stream(values()).map(Channel::word).collect(Collectors.joining(", "));
    }

    /** By how a document came; empty for what a person corrects in an order that is in. */
    public static Optional<Channel> of(String way) {
        return switch (way) {
            case "edit" -> Optional.empty();
            case "upload" -> Optional.of(EXCEL);
            case "portal" -> Optional.of(PORTAL);
            case "file" -> Optional.of(FOLDER);
            case "sql" -> Optional.of(SQL);
            default -> Optional.of(API);
        };
    }
}
