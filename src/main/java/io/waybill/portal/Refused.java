package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;

/** A call answered with a problem; it is for the visitor to read. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient JsonNode problem;

    /** @param problem RFC 9457 */
    Refused(int status, JsonNode problem) {
        super(problem.path("detail").asText());
        this.status = status;
        this.problem = problem;
    }

    int status() {
        return status;
    }

    JsonNode problem() {
        return problem;
    }
}
