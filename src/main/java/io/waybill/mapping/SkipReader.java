package io.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code cancel}, {@code hold} and {@code skip}: which documents call an order off or let it wait, which are not ours, and why. */
final class SkipReader {
    private static final String SHAPE = "{ when: { from: state, in: [draft] }, reason: not released }";

    private static final String AFTER_LABEL = "afterLabel";

    private final Faults faults;
    private final WhenReader conditions;
    private final List<NeededColumn> needed = new ArrayList<>();

    SkipReader(Faults faults, WhenReader conditions) {
        this.faults = faults;
        this.conditions = conditions;
    }

    /** Columns the file must have: one that is missing would read as an answer. */
    List<NeededColumn> needed() {
        return needed;
    }

    /** @param key {@code cancel}, {@code hold} or {@code skip} */
    List<Skip> read(String key, @Nullable Yaml spec) {
        List<Skip> read = new ArrayList<>();
        for (Yaml item : spec == null ? List.<Yaml>of() : spec.items()) {
            Map<String, Yaml> keys = item.entries(faults);
            boolean skips = key.equals("skip");
            faults.only(
                    keys,
                    skips ? List.of("when", "reason") : List.of("when", "reason", AFTER_LABEL),
                    MappingCode.UNKNOWN_KEY);
            Yaml condition = keys.get("when");
            Yaml reason = keys.get("reason");
            When when = conditions.read(condition);
            if (condition == null || reason == null) {
                faults.bad(item, key, SHAPE);
            } else if (when != null) {
                read.add(new Skip(item.line(), when, reason.text(), stops(key, keys.get(AFTER_LABEL))));
                needed.addAll(NeededColumn.of(item.line(), when.sources()));
            }
        }
        return read;
    }

    private @Nullable Stop stops(String key, @Nullable Yaml afterLabel) {
        return switch (key) {
            case "cancel" -> isIgnored(afterLabel) ? Stop.CANCEL_UNSOLD : Stop.CANCEL;
            case "hold" -> isIgnored(afterLabel) ? Stop.HOLD_UNSOLD : Stop.HOLD;
            default -> null;
        };
    }

    private boolean isIgnored(@Nullable Yaml afterLabel) {
        if (afterLabel == null || afterLabel.text().equals("tell")) {
            return false;
        }
        if (!afterLabel.text().equals("ignore")) {
            faults.bad(afterLabel, AFTER_LABEL, "tell, ignore");
        }
        return true;
    }
}
