package io.waybill;

import io.waybill.batch.Feed;
import io.waybill.edge.OrdersPort;
import io.waybill.format.Format;
import io.waybill.format.FormatCode;
import io.waybill.format.Reading;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a source's documents are read: as its mapping says, unless the route names a format; canonical JSON without a mapping. */
record SourceFeeds(Sources sources, Mappings mappings) implements OrdersPort.Feeds {
    /** @throws ProblemException {@code unknown-source}, {@code unknown-mapping}, {@code unknown-format} */
    @Override
    public Feed feed(String source, @Nullable String mapping, @Nullable String format, String channel) {
        SourceSettings settings = sources.get(source);
        String name = mapping == null ? settings.mapping() : mapping;
        Optional<Format> named = Optional.ofNullable(format).map(SourceFeeds::known);
        Reading own =
                name == null ? Reading.of(Format.JSON) : mappings.get(name).reads();
        Reading reading =
                named.filter(other -> other != own.format()).map(own::as).orElse(own);
        return new Feed(
                "orders",
                source,
                settings.namespace(),
                channel,
                name,
                reading,
                settings.language(),
                settings.acknowledge(),
                settings.acknowledgeTo(),
                settings.returnTo());
    }

    private static Format known(String word) {
        return Format.read(word)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        FormatCode.UNKNOWN_FORMAT, "format", word, "known", String.join(", ", Format.words()))));
    }
}
