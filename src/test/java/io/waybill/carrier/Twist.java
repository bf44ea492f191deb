package io.waybill.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An answer as carriers send it and their documents do not have it.
 *
 * @param call what it answers
 * @param at a JSON pointer into the answer, or empty for the whole of it
 * @param said what is sent
 */
record Twist(Kind kind, String call, String at, String how, Said said) {
    private static final String PAGE = "<html><head><title>Oops</title></head><body>Welcome</body></html>";

    /** From this status on the hub asks again, unless that would be too late. */
    private static final int ASKED_AGAIN = 429;

    private static final String TOO_LATE = "86400";

    private static final int[] STATUSES = {200, 201, 202, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503};

    enum Kind {
        /** It says the same in another form. */
        FORM,
        /** One place of it is otherwise, or not there. */
        PLACE,
        /** Nobody can read it. */
        NONSENSE,
        /** The same words under another status. */
        STATUS
    }

    /** Each place in every way, the whole in other forms, and what cannot be read, each under every status. */
    static List<Twist> of(String call, Said said) {
        List<Twist> all = new ArrayList<>();
        Forms.of(said).forEach((how, other) -> all.add(new Twist(Kind.FORM, call, "", how, other)));
        if (said.isJson()) {
            places(call, said, said.json(), "", all);
        }
        for (int status : STATUSES) {
            Said as =
                    status < ASKED_AGAIN ? said.with(status) : said.with(status).with("Retry-After", TOO_LATE);
            all.add(new Twist(Kind.STATUS, call, "", "as " + status, as));
            Map<String, Said> unreadable = status < ASKED_AGAIN ? nonsense(as) : Map.of("a page", as.with(PAGE));
            unreadable.forEach(
                    (how, other) -> all.add(new Twist(Kind.NONSENSE, call, "", how + " as " + status, other)));
        }
        return all;
    }

    private static Map<String, Said> nonsense(Said said) {
        Map<String, Said> all = new LinkedHashMap<>();
        all.put("a page", said.with(PAGE).with("Content-Type", "text/html"));
        all.put("empty", said.with(""));
        all.put("cut", said.with(Arrays.copyOf(said.body(), said.body().length / 2)));
        all.put("an empty object", said.with("{}"));
        all.put("an empty list", said.with("[]"));
        all.put("null", said.with("null"));
        return all;
    }

    boolean isSuccess() {
        return said.status() >= 200 && said.status() < 300 && said.status() != 204;
    }

    /** Another value of its kind, which may say something else. */
    boolean isAnotherWord() {
        return Set.of("the other truth", "zero").contains(how);
    }

    /** Of an element of the innermost list of so many, or of something in it. */
    boolean isWithinOneOf(int elements) {
        return elementOf(elements).isPresent();
    }

    /** Of such an element as a whole. */
    boolean isOfOneOf(int elements) {
        return elementOf(elements).filter(at::equals).isPresent();
    }

    private Optional<String> elementOf(int elements) {
        if (!said.isJson()) {
            return Optional.empty();
        }
        JsonNode whole = said.json();
        for (int end = at.length(); end > 0; end = at.lastIndexOf('/', end - 1)) {
            String element = at.substring(0, end);
            int last = element.lastIndexOf('/');
            boolean left = how.equals("left out") && element.equals(at);
            if (element.substring(last + 1).matches("\\d+")
                    && whole.at(element.substring(0, last)).size() == (left ? elements - 1 : elements)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static void places(String call, Said said, JsonNode node, String at, List<Twist> all) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            place(call, said, node.get(i), at, String.valueOf(i), all);
        }
        node.fields().forEachRemaining(field -> place(call, said, field.getValue(), at, field.getKey(), all));
    }

    private static void place(String call, Said said, JsonNode value, String parent, String name, List<Twist> all) {
        String at = parent + "/" + name.replace("~", "~0").replace("/", "~1");
        Ways.of(value)
                .forEach((how, other) -> all.add(new Twist(Kind.PLACE, call, at, how, said.with(whole -> {
                    Ways.put(whole.at(parent), name, other);
                    return whole;
                }))));
        places(call, said, value, at, all);
    }

    @Override
    public String toString() {
        return (at.isEmpty() ? "the answer" : at) + " " + how;
    }
}
