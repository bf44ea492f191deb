package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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

    /** What a page itself refuses, in a sentence. */
    static Refused of(int status, String told) {
        ObjectNode problem = Visit.json().put("title", told).put("detail", told);
        problem.putArray("errors");
        return new Refused(status, problem);
    }

    /** The same about one field, by the JSON pointer of what stands in it. */
    static Refused of(int status, String told, String pointer) {
        Refused refused = of(status, told);
        ((ObjectNode) refused.problem).put("pointer", pointer);
        return refused;
    }

    int status() {
        return status;
    }

    /** Whether the first of what was wrong is this. */
    boolean isFor(String code) {
        return problem.at("/errors/0/code").asText().equals(code);
    }

    JsonNode problem() {
        return problem;
    }
}
