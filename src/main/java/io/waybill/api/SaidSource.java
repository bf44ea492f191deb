package io.waybill.api;

import io.waybill.batch.ByColumns;
import io.waybill.batch.Uploads;

/** Which source a file is for that a call hands over, and in what format it came. */
record SaidSource(Speaker speaker, Uploads.Feeds feeds, ByColumns byColumns) {

    /**
     * As the caller says; {@code *} leaves it to the columns.
     *
     * @throws io.waybill.problem.ProblemException {@code not-your-source}, {@code unknown-source}, {@code columns-of-no-source},
     *     {@code columns-of-several}, {@code results-sheet}
     */
    ByColumns.Chosen of(Request request, String name) {
        return speaker.sourceOfFile(request)
                .map(source ->
                        new ByColumns.Chosen(source, SaidFormat.of(request, name, said -> feeds.feed(source, said))))
                .orElseGet(() -> byColumns.choose(
                        request::content,
                        name,
                        SaidFormat.said(request).orElse(null),
                        request.caller().namespaces()));
    }
}
