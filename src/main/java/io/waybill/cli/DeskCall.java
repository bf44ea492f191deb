package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.problem.Messages;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One call by a command: the answer is shown, a refusal told. */
record DeskCall(Wiring wiring, Terminal terminal, Config config) {
    /** What an option may be, and the hub does not have; as an id of nothing, which is 404. */
    private static final Set<String> NOT_THERE = Set.of("unknown-assignee", "unknown-source", "unknown-account");

    int make(String verb, String path, JsonNode body, Consumer<JsonNode> show) {
        return make(() -> wiring.desk(config.settings()), verb, path, body, show);
    }

    /** The same, where a database may be begun by it. */
    int makeOrBegin(String verb, String path, JsonNode body, Consumer<JsonNode> show) {
        return make(() -> openOrBegin(config.settings()), verb, path, body, show);
    }

    /** Of a hub that may be new; where its database is begun is told. */
    Desk openOrBegin(Settings settings) {
        Optional<Path> begun = wiring.newDatabase(settings);
        Desk desk = wiring.deskOrNew(settings);
        begun.ifPresent(folder -> terminal.note("database.begun", "folder", folder));
        return desk;
    }

    private int make(Supplier<Desk> open, String verb, String path, JsonNode body, Consumer<JsonNode> show) {
        try (Desk desk = open.get()) {
            byte[] bytes = body.isEmpty() ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
            Desk.Reply reply = desk.call(verb, path, bytes, terminal.language());
            if (reply.isOk()) {
                show.accept(reply.body());
                return 0;
            }
            return refused(reply, body);
        }
    }

    /** Tells why a call without a body, or with a file as its body, was refused, and how the command ends by it. */
    int refused(Desk.Reply reply) {
        return refused(reply, JsonNodeFactory.instance.objectNode());
    }

    /** The same of one whose body was made of options. */
    private int refused(Desk.Reply reply, JsonNode body) {
        tell(reply);
        return isWrongUse(reply, body) ? 2 : 1;
    }

    /**
     * Whether an option can never be what was said: of parameters, and of a body, which were made of options. An order that is refused
     * stands in the refusal, and is a problem that was found.
     */
    private static boolean isWrongUse(Desk.Reply reply, JsonNode body) {
        String code = reply.body().at("/errors/0/code").asText();
        return reply.status() == 400
                || (reply.status() == 422
                        && !body.isEmpty()
                        && !reply.body().has("order")
                        && !NOT_THERE.contains(code));
    }

    /** Why a call was refused. */
    void tell(Desk.Reply reply) {
        tell(reply.body().path("errors"));
    }

    /** Each in a line. */
    void tell(JsonNode problems) {
        problems.forEach(problem -> terminal.err().println(sentence(problem)));
    }

    /** Where, what, expected, what to do. */
    String sentence(JsonNode error) {
        Messages messages = Messages.in(terminal.language());
        String said = place(error, messages) + error.path("detail").asText();
        if (error.hasNonNull("expected")) {
            said += " "
                    + messages.text(
                            "sentence.expected",
                            "expected",
                            error.path("expected").asText());
        }
        return error.hasNonNull("hint")
                ? messages.text(
                        "sentence.hint",
                        "said",
                        said,
                        "hint",
                        error.path("hint").asText())
                : said;
    }

    /** As a problem told here says it; of what stands in no file nothing. */
    private static String place(JsonNode error, Messages messages) {
        String where = Stream.of(
                        error.path("line").asText(""), at(error, "row", messages), at(error, "source", messages))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        String pointer = error.path("pointer").asText("");
        return where.isEmpty() ? "" : where + ": " + (pointer.isEmpty() ? "" : pointer + " ");
    }

    private static String at(JsonNode error, String name, Messages messages) {
        return error.hasNonNull(name)
                ? messages.text("sentence." + name, name, error.path(name).asText())
                : "";
    }

    int make(String verb, String path, Consumer<JsonNode> show) {
        return make(verb, path, JsonNodeFactory.instance.objectNode(), show);
    }
}
