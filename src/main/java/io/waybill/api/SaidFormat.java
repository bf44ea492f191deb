package io.waybill.api;

import io.waybill.batch.Feed;
import io.waybill.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In what format a file came that a call hands over, where that overrules what its mapping says. */
final class SaidFormat {
    private SaidFormat() {}

    /** How a source's files are read where a call names this format, or none. */
    interface Feeds {
        Feed of(@Nullable String format);
    }

    /** Its word, as the caller says or as the file's name does; null where the mapping's own counts. */
    static @Nullable String of(Request request, String name, Feeds feeds) {
        return said(request)
                .or(() -> feeds.of(null).reading().savedAs(name).map(Format::word))
                .orElse(null);
    }

    /** As the caller says. */
    static Optional<String> said(Request request) {
        List<String> legal = new ArrayList<>(Format.words());
        legal.remove(Format.ROW.word());
        return request.among("format", legal);
    }
}
