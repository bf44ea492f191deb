package io.waybill.carrier.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fault a recipient's name asks for: {@code SANDBOX:LATE=2 Jane Roe}. */
record Magic(Kind kind, Optional<Duration> after) {
    enum Kind {
        NONE,
        REFUSE,
        LOSE_ANSWER,
        SELL_503,
        LATE,
        LABEL_LATER,
        SLOW,
        DROP,
        CUT,
        HANG,
        TRACK_FAIL;

        String word() {
            return name().replace('_', '-');
        }
    }

    private static final Pattern PREFIX = Pattern.compile("SANDBOX:([A-Za-z0-9-]+)(?:=(\\d{1,4}))?(?:\\s.*)?");

    /** @throws Refusal for a word that is no fault */
    static Magic in(String recipient) {
        Matcher prefix = PREFIX.matcher(recipient.strip());
        if (!prefix.matches()) {
            return new Magic(Kind.NONE, Optional.empty());
        }
        String word = prefix.group(1).toUpperCase(Locale.ROOT);
        Kind kind = Arrays.stream(Kind.values())
                .filter(known -> known != Kind.NONE && known.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "unknown_magic", "no fault SANDBOX:" + word + "; known: " + known(), "shipTo.name"));
        return new Magic(kind, Optional.ofNullable(prefix.group(2)).map(s -> Duration.ofSeconds(Long.parseLong(s))));
    }

    boolean is(Kind asked) {
        return kind == asked;
    }

    Duration orAfter(Duration usual) {
        return after.orElse(usual);
    }

    /** How many bytes of the answer leave before it is cut. */
    int bytes() {
        return (int) after.orElse(Duration.ofSeconds(20)).toSeconds();
    }

    private static String known() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.NONE)
                .map(Kind::word)
                .collect(Collectors.joining(", "));
    }
}
