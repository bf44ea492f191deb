package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Problems as RFC 9457: {@code {type, title, status, detail, errors: [{pointer, code, detail, expected, hint}]}}. The
 * type and the detail are those of the first; errors lists them all. What a mapping
 * found also says from where: {@code source}, a path in the document, and {@code line}, the mapping's file and line; of
 * what is no JSON, {@code line} is that of the body.
 */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final int LONGEST_POINTER = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> TITLED =
            Set.of(400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 422, 429, 431, 500, 501, 502, 503);

    private ProblemJson() {}

    /** The document, as a resource answers it. */
    public static Answer answer(List<Problem> problems, int status, Locale language) {
        return new Answer(
                status, MEDIA_TYPE, tree(problems, status, language).toString().getBytes(UTF_8), Map.of());
    }

    public static ObjectNode tree(List<Problem> problems, int status, Locale language) {
        Problem first = problems.get(0);
        ObjectNode root = JSON.createObjectNode()
                .put("type", "/docs#" + first.code())
                .put("title", title(status, language))
                .put("status", status)
                .put("detail", first.detail(language));
        ArrayNode errors = root.putArray("errors");
        problems.forEach(problem -> errors.add(error(problem, language)));
        return root;
    }

    /** One problem, as it stands in a list of errors. */
    static ObjectNode error(Problem problem, Locale language) {
        ObjectNode error = JSON.createObjectNode();
        String pointer = problem.pointer();
        put(error, "pointer", pointer == null ? null : Shortened.openly(LONGEST_POINTER, pointer));
        if (problem.values().containsKey("line")
                || (pointer != null && problem.values().containsKey("mapping"))) {
            put(error, "source", problem.values().get("source"));
        }
        if (problem.values().containsKey("line")) {
            put(error, "line", line(problem.values()));
        }
        put(error, "row", problem.values().get("row"));
        error.put("code", problem.code()).put("detail", problem.detail(language));
        put(error, "expected", problem.expected(language));
        put(error, "hint", problem.hint(language));
        return error;
    }

    /** Of a file, else of the body that was sent. */
    private static String line(Map<String, String> values) {
        String file = values.get("file");
        return (file == null || file.isEmpty() ? "" : file + ":") + values.get("line");
    }

    /** Answers a request that no resource will see, in the language it asks for; a person on a page. */
    static void send(RoutingContext context, int status, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        Locale language = Languages.of(context.request().getHeader("Accept-Language"));
        boolean page = Browsers.read(context);
        response.setStatusCode(status)
                .putHeader("Content-Type", page ? ProblemPage.MEDIA_TYPE : MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(
                        page
                                ? ProblemPage.of(problem, title(status, language), language)
                                : tree(List.of(problem), status, language).toString()));
    }

    private static String title(int status, Locale language) {
        return Messages.in(language).text("status." + (TITLED.contains(status) ? status : status / 100 * 100));
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
