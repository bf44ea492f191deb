package io.waybill.ledger;

import io.waybill.settings.Section;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How soon a person shall have looked at an exception, by its reason: {@code exceptions.due.<reason>}, else {@link Reason#due}. */
public record Dues(Map<Reason, Duration> byReason) {
    public static final Dues DEFAULT = new Dues(Map.of());

    public Dues {
        byReason = Map.copyOf(byReason);
    }

    /**
     * @param section {@code exceptions.due}
     * @throws io.waybill.problem.ProblemException on a reason there is not, and on what is no duration
     */
    public static Dues read(Section section) {
        Map<Reason, Duration> byReason = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            byReason.put(reason, section.duration(reason.code(), reason.due()));
        }
        section.close();
        return new Dues(byReason);
    }

    Duration of(Reason reason) {
        return byReason.getOrDefault(reason, reason.due());
    }
}
