package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is asked of every call before a resource sees it. */
final class WellFormed {
    private static final String FORM = "multipart/";

    private final Request request;

    WellFormed(Request request) {
        this.request = request;
    }

    /**
     * No store keeps U+0000, so nothing can be found by it.
     *
     * @throws ProblemException {@code request-unreadable}
     */
    void requireReadable() {
        if (hasZero(request.parameters()) || hasZero(request.query())) {
            throw new ProblemException(Problem.of(ApiCode.REQUEST_UNREADABLE));
        }
    }

    private static boolean hasZero(Map<String, String> named) {
        for (String value : named.values()) {
            if (value.indexOf('\0') >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of two values of a parameter nobody knows which was meant.
     *
     * @throws ProblemException {@code repeated-parameter}
     */
    void requireOnce() {
        Map<String, List<String>> twice = request.twice();
        if (!twice.isEmpty()) {
            throw new ProblemException(twice.entrySet().stream()
                    .map(one -> Problem.of(
                            ApiCode.REPEATED_PARAMETER,
                            "name",
                            Request.shown(one.getKey()),
                            "values",
                            Request.shown("\"" + String.join("\", \"", one.getValue()) + "\"")))
                    .toList());
        }
    }

    /** @throws ProblemException {@code unknown-parameter}, for each of the query that is not among these */
    void requireAmong(List<String> names) {
        Map<String, String> query = request.query();
        if (query.isEmpty()) {
            return;
        }
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(names);
        List<Problem> unknown = query.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> Problem.of(
                        ApiCode.UNKNOWN_PARAMETER, "name", Request.shown(name), "legal", String.join(", ", names)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(unknown);
        }
    }

    /**
     * A form has its file between lines of its own, which would be read as the file's.
     *
     * @throws ProblemException {@code form-not-taken}
     */
    void requireNoForm() {
        boolean hasBody = request.upload() != null || request.body().length > 0;
        String type = request.header("Content-Type").orElse("").strip();
        if (hasBody && type.regionMatches(true, 0, FORM, 0, FORM.length())) {
            throw new ProblemException(Problem.of(ApiCode.FORM_NOT_TAKEN));
        }
    }

    /**
     * Of a call that would pass over whatever stands in its body.
     *
     * @throws ProblemException {@code body-not-taken}
     */
    void requireNoBody() {
        String said = said();
        if (!said.isEmpty()) {
            throw new ProblemException(Problem.of(ApiCode.BODY_NOT_TAKEN, "said", Request.shown(said)));
        }
    }

    /** The fields of the body; itself where it is no JSON object. */
    private String said() {
        try {
            Set<String> fields = new TreeSet<>();
            Said.ifAny(request.body()).fieldNames().forEachRemaining(fields::add);
            return String.join(", ", fields);
        } catch (ProblemException noObject) {
            return "\"" + new String(request.body(), UTF_8) + "\"";
        }
    }
}
