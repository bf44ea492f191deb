package io.waybill.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page begins that one id or number does not name: several values as one word, which is safe in an address and leads on in
 * its own list alone.
 *
 * @param list whose pages it parts, as no other is called
 * @param parts what each value looks like
 */
record Cursor(String list, List<String> parts) {
    /** Of a text. */
    static final String ANY = "[^\\x00\\x1F]*";

    static final String NUMBER = "\\d{1,9}";

    private static final String END = "\u001F";

    Cursor(String list, String... parts) {
        this(list, List.of(parts));
    }

    Cursor {
        parts = List.copyOf(parts);
    }

    String of(Object... values) {
        return of(List.of(values));
    }

    String of(List<?> values) {
        StringBuilder text = new StringBuilder(list);
        values.forEach(value -> text.append(END).append(value));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What {@code ?cursor=} says, if it says one.
     *
     * @throws io.waybill.problem.ProblemException {@code bad-parameter} for what no page of this list ended with
     */
    Optional<String> in(Request request) {
        Optional<String> cursor = request.query("cursor");
        cursor.ifPresent(this::values);
        return cursor;
    }

    /** @throws io.waybill.problem.ProblemException {@code bad-parameter} */
    List<String> values(String cursor) {
        List<String> said = List.of(text(cursor).split(END, -1));
        List<String> values = said.subList(1, said.size());
        boolean fits = said.get(0).equals(list) && values.size() == parts.size();
        for (int n = 0; fits && n < parts.size(); n++) {
            fits = values.get(n).matches(parts.get(n));
        }
        if (!fits) {
            throw Request.badCursor(cursor);
        }
        return values;
    }

    private static String text(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
