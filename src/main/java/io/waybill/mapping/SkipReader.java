package io.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code skip}: which documents are not ours, and why. */
final class SkipReader {
    private static final String SHAPE = "{ when: { from: state, in: [draft] }, reason: not released }";

    private final Faults faults;
    private final WhenReader conditions;

    SkipReader(Faults faults, WhenReader conditions) {
        this.faults = faults;
        this.conditions = conditions;
    }

    List<Skip> read(@Nullable Yaml spec) {
        List<Skip> skips = new ArrayList<>();
        for (Yaml item : spec == null ? List.<Yaml>of() : spec.items()) {
            Map<String, Yaml> keys = item.entries(faults);
            faults.only(keys, List.of("when", "reason"), MappingCode.UNKNOWN_KEY);
            Yaml condition = keys.get("when");
            Yaml reason = keys.get("reason");
            When when = conditions.read(condition);
            if (condition == null || reason == null) {
                faults.bad(item, "skip", SHAPE);
            } else if (when != null) {
                skips.add(new Skip(when, reason.text()));
            }
        }
        return skips;
    }
}
