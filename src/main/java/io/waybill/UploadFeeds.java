package io.waybill;

import io.waybill.batch.Feed;
import io.waybill.batch.Uploads;
import io.waybill.ledger.Namespaces;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How files are read that are handed over by a call, and for which sources. */
record UploadFeeds(SourceFeeds feeds) implements Uploads.Feeds {
    @Override
    public Feed feed(String source, @Nullable String format) {
        return feeds.feed(source, null, format, "upload");
    }

    @Override
    public List<String> sources(Namespaces scope) {
        return feeds.sources().names().stream()
                .filter(name -> scope.has(feeds.sources().get(name).namespace()))
                .filter(this::isRead)
                .sorted()
                .toList();
    }

    /** Not where its mapping does not compile and no earlier version serves. */
    private boolean isRead(String source) {
        String mapping = feeds.sources().get(source).mapping();
        return mapping == null || feeds.mappings().names().contains(mapping);
    }
}
