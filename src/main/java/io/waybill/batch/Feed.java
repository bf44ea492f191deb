package io.waybill.batch;

import io.waybill.format.Reading;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one source hands documents over.
 *
 * @param purpose what the documents are: {@code orders}, {@code events}, {@code invoices}
 * @param namespace whose business it is when a whole file cannot be read
 * @param channel the way in: {@code file}, {@code sql}, {@code api}, {@code poll}
 * @param mapping its name, or null when the documents are canonical
 * @param language of receipts
 * @param acknowledge whether the sender's system is told of its documents in the words of their format, where it has any
 * @param acknowledgeTo an existing folder where that is laid beside the archive, or null
 * @param returnTo an existing folder where receipts and quarantine files are laid beside the archive, or null
 */
public record Feed(
        String purpose,
        String source,
        String namespace,
        String channel,
        @Nullable String mapping,
        Reading reading,
        Locale language,
        boolean acknowledge,
        @Nullable Path acknowledgeTo,
        @Nullable Path returnTo) {

    /** It was asked what it says now: that it said the same before, in the same bytes, is no reason to leave it out. */
    boolean isAsked() {
        return channel.equals("poll");
    }

    /** The same for a file of this name, which may be a sheet that was saved as text. */
    public Feed savedAs(String fileName) {
        Reading saved = reading.savedAs(fileName).map(reading::as).orElse(reading);
        return new Feed(
                purpose, source, namespace, channel, mapping, saved, language, acknowledge, acknowledgeTo, returnTo);
    }

    /** One that is not acknowledged. */
    public Feed(
            String purpose,
            String source,
            String namespace,
            String channel,
            @Nullable String mapping,
            Reading reading,
            Locale language) {
        this(purpose, source, namespace, channel, mapping, reading, language, false, null, null);
    }
}
