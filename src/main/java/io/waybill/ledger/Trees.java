package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.problem.Problem;
import java.util.List;

/** The JSON that the ledger itself writes and reads. */
final class Trees {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Trees() {}

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds unreadable content", e);
        }
    }

    static String write(List<Problem> problems) {
        return JSON.valueToTree(problems).toString();
    }
}
