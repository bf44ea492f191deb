package io.waybill;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Chooser;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Choosing;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.problem.ProblemException;
import io.waybill.readiness.Setting;
import io.waybill.readiness.Thresholds;
import io.waybill.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands around the sources, for their readiness. */
record Surroundings(Sources sources, @Nullable Chooser chooser, Sinks sinks, Thresholds thresholds) {
    private static final String LABELLED = "order.labelled";

    static Surroundings read(Settings settings) {
        return new Surroundings(
                new Sources(settings),
                chooser(settings),
                Sinks.read(settings),
                Thresholds.read(settings.section("readiness")));
    }

    private static @Nullable Chooser chooser(Settings settings) {
        try {
            return Choosing.read(settings.section(""), new Accounts(settings.section("account"), new Carriers()));
        } catch (ProblemException e) {
            return null; // readiness says that services were not checked, ./waybill check says why
        }
    }

    /** @throws ProblemException {@code unknown-source} */
    Setting of(String name) {
        SourceSettings source = sources.get(name);
        List<String> neighbours = sources.names().stream()
                .filter(other -> !other.equals(name))
                .filter(other -> sources.get(other).namespace().equals(source.namespace()))
                .sorted()
                .toList();
        return new Setting(
                name,
                source.namespace(),
                source.mapping(),
                source.fills(),
                chooser,
                sinks.sinks(source.namespace(), LABELLED),
                neighbours,
                thresholds);
    }
}
