package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** What a sentence tells of an answer: each of these fields under its own name, and a dash for one that is not there. */
final class Facts {
    private Facts() {}

    static Object[] of(JsonNode answer, String... fields) {
        return Stream.of(fields)
                .flatMap(field -> Stream.of(field, answer.path(field).asText("-")))
                .toArray();
    }
}
