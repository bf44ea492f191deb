package io.waybill.carrier.declared;

import io.waybill.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing a described carrier can be asked.
 *
 * @param body {@code json | form | xml | none}
 * @param request writes the body; null when there is none
 * @param reply reads the answer; null when that it was done is all it says
 * @param most of tracking, how many numbers one call takes
 */
record Operation(
        Verb verb,
        int line,
        String method,
        Template path,
        Map<String, Template> query,
        Map<String, Template> headers,
        String body,
        @Nullable Mapping request,
        @Nullable Mapping reply,
        ReplySpec reads,
        int most) {

    /** Whether its address or a header names the page it is asked for; its body may, too. */
    boolean isPaged() {
        return names(List.of("page"));
    }

    /** Whether one of these words stands in its path, its query or a header. */
    boolean names(List<String> words) {
        return Stream.of(Stream.of(path), query.values().stream(), headers.values().stream())
                .flatMap(all -> all)
                .anyMatch(template -> template.words().stream().anyMatch(words::contains));
    }
}
