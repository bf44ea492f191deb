package io.waybill;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A call that is to be asked wrongly.
 *
 * @param path as it is asked rightly, without its query
 * @param query likewise; empty when it has none
 * @param body likewise
 */
record TwistedCall(ContractAnswers contract, EveryCall.Call call, String path, String query, String body) {
    static TwistedCall of(ContractAnswers contract, EveryCall.Call call, String path, String body) {
        int mark = path.indexOf('?');
        return mark < 0
                ? new TwistedCall(contract, call, path, "", body)
                : new TwistedCall(contract, call, path.substring(0, mark), path.substring(mark + 1), body);
    }

    /** Whether it takes no parameters but those that it tells of. */
    boolean isStrict() {
        return !call.told().path("x-scope").asText().isEmpty();
    }

    /** Of one call what is wrong is the answer. */
    boolean isJudged() {
        return !call.path().endsWith("/addresses/check");
    }

    Twist right() {
        return asked("as it is told", query, false, "");
    }

    /** With another query. */
    Twist asked(String what, String query, boolean isWrong, String names) {
        return at(what, path, query, isWrong, names);
    }

    /** At another path. */
    Twist at(String what, String path) {
        return at(what, path, query, false, "");
    }

    private Twist at(String what, String path, String query, boolean isWrong, String names) {
        return new Twist(what, address(path, query), body, isWrong, names);
    }

    Twist with(List<String> header) {
        String what = header.get(0) + ": " + Twist.cut(header.get(1));
        return new Twist(what, address(path, query), body.getBytes(StandardCharsets.UTF_8), header, false, "");
    }

    /** With another body. */
    Twist with(String what, String body, boolean isWrong, String names) {
        return new Twist(what, address(path, query), body, isWrong, names);
    }

    /** With another body, which need not be text. */
    Twist with(String what, byte[] body) {
        return new Twist(what, address(path, query), body, List.of(), false, "");
    }

    private static String address(String path, String query) {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
