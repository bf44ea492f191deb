package io.waybill.portal;

import io.waybill.access.Caller;
import io.waybill.api.InProcess;
import io.waybill.api.Metering;
import io.waybill.api.ProblemJson;
import io.waybill.api.Shedding;
import io.waybill.api.Shedding.Away;
import io.waybill.intake.Sources;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who brings orders by a page is turned away as a call would be, while the hub takes none in. What else pages do goes on. */
interface IntakeDoor {
    /** Turns nobody away. */
    IntakeDoor OPEN = (path, caller, language) -> {};

    /**
     * Lets a call through that adds something.
     *
     * @param path under the base, with its query
     * @throws Refused where it brings orders and none is taken in now
     */
    void pass(String path, Caller caller, Locale language);

    /** The one of REST; a source that a caller may not see is not asked about. */
    static IntakeDoor of(Shedding shedding, Metering metering) {
        Set<String> intakes = Set.of("/orders", "/batches");
        return (path, caller, language) -> {
            URI uri = URI.create(path);
            if (!intakes.contains(uri.getPath())) {
                return;
            }
            String source = InProcess.query(uri).getOrDefault("source", "");
            Optional<Away> turned = shedding.fromIntake(
                    shedding.isSeen(source, caller.namespaces())
                            ? source
                            : caller.source().orElse(Sources.LOCAL));
            if (turned.isPresent()) {
                Away away = turned.get();
                metering.shed(away.problem().code());
                throw refused(away, language);
            }
        };
    }

    static Refused refused(Away away, Locale language) {
        return new Refused(away.status(), ProblemJson.tree(List.of(away.problem()), away.status(), language));
    }
}
