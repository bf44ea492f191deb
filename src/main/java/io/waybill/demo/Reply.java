package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What an HTTP call was answered. */
record Reply(int status, HttpHeaders headers, byte[] body) {

    JsonNode json() throws IOException {
        return Json.mapper().readTree(body);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** A refusal in the caller's language: every problem's sentence, or the detail when it stands alone. */
    String words() throws IOException {
        JsonNode problem = json();
        String each = StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> (error.path("pointer").asText() + " "
                                + error.path("detail").asText())
                        .strip())
                .collect(Collectors.joining("; "));
        return each.isEmpty() ? problem.path("detail").asText() : each;
    }
}
