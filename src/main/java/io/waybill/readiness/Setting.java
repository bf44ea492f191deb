package io.waybill.readiness;

import io.waybill.carrier.Chooser;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a source.
 *
 * @param source its name
 * @param mapping the name of its mapping, or null when its documents are canonical
 * @param fills beginnings of the fields that its settings fill in: {@code service}, {@code shipFrom}
 * @param chooser what tells whether a service is known, or null when the accounts cannot be opened
 * @param sinks that are told of labels in its namespace
 * @param neighbours other sources of its namespace
 * @param thresholds from where on something is ready
 */
public record Setting(
        String source,
        String namespace,
        @Nullable String mapping,
        Set<String> fills,
        @Nullable Chooser chooser,
        List<String> sinks,
        List<String> neighbours,
        Thresholds thresholds) {}
