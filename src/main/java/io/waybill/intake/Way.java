package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Content;
import org.jspecify.annotations.Nullable;

/**
 * How a document came.
 *
 * @param from who handed it over, for the story
 */
record Way(String source, String channel, @Nullable String mapping, Origin origin, String from) {
    Submission submission(Translated translated) {
        return submission(
                translated.canonical(),
                translated.mapping(),
                translated.version(),
                translated.skipped(),
                origin.mapped(translated.sourced()));
    }

    /** A document as it came, because its mapping makes nothing of it. */
    Submission unmapped(JsonNode document) {
        return submission(document, mapping, null, null, origin);
    }

    private Submission submission(
            JsonNode canonical,
            @Nullable String by,
            @Nullable Integer version,
            @Nullable String callsOff,
            Origin came) {
        return new Submission(
                source,
                channel,
                canonical,
                null,
                Content.hash(canonical),
                came,
                by,
                version,
                false,
                false,
                from,
                by == null ? null : came.document(),
                callsOff);
    }
}
