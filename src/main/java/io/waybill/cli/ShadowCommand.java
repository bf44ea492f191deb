package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.UrlPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shadow SOURCE}: compares what a source brought that is only looked at with the live channels. Exit code 1 where they differ. */
@Command(name = "shadow", mixinStandardHelpOptions = true)
final class ShadowCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config = new Config();

    @Parameters(paramLabel = "SOURCE", descriptionKey = "shadow.source")
    String source = "";

    @ArgGroup
    @Nullable
    Turn turn;

    @Option(names = "--reason", descriptionKey = "account.reason")
    @Nullable
    String reason;

    @Option(names = "--since", paramLabel = "TIME", descriptionKey = "shadow.since")
    @Nullable
    String since;

    @Option(names = "--csv", paramLabel = "FILE", descriptionKey = "shadow.csv")
    @Nullable
    Path csv;

    /** At most one of both. */
    static final class Turn {
        @Option(names = "--on", descriptionKey = "shadow.on")
        boolean on;

        @Option(names = "--off", descriptionKey = "shadow.off")
        boolean off;
    }

    ShadowCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (turn != null) {
            return turn(turn.on);
        }
        Query query = Query.of("/shadow").with("source", source).with("since", since);
        return csv == null
                ? report(query.toString())
                : save(query.with("format", "csv").toString(), csv);
    }

    private int turn(boolean on) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("shadow", on);
        if (reason != null) {
            body.put("reason", reason);
        }
        return new DeskCall(wiring, terminal, config)
                .make(
                        "put",
                        "/sources/" + UrlPart.of(source) + "/shadow",
                        body,
                        answer -> terminal.say(on ? "shadow.is-on" : "shadow.is-off", "source", source));
    }

    private int save(String path, Path file) {
        if (Files.exists(file)) {
            throw new ProblemException(Problem.of(CommandCode.FILE_PRESENT, "file", file));
        }
        try (Desk desk = wiring.desk(config.settings())) {
            Desk.Reply reply = desk.download(path, file, terminal.language());
            if (!reply.isOk()) {
                return new DeskCall(wiring, terminal, config).refused(reply);
            }
            terminal.say("shadow.saved", "file", file);
            return 0;
        }
    }

    private int report(String path) {
        boolean[] differs = {false};
        int code = new DeskCall(wiring, terminal, config).make("get", path, report -> {
            differs[0] =
                    report.path("agreeing").asLong() < report.path("documents").asLong()
                            || report.at("/onlyLive/count").asLong() > 0;
            show(report);
        });
        return differs[0] ? 1 : code;
    }

    private void show(JsonNode report) {
        terminal.say(
                "shadow.compared",
                "source",
                source,
                "documents",
                report.path("documents").asText(),
                "compared",
                report.path("compared").asText(),
                "agreeing",
                report.path("agreeing").asText());
        for (JsonNode field : report.path("fields")) {
            if (field.path("same").asLong() < field.path("orders").asLong()) {
                field(field);
            }
        }
        for (JsonNode sum : report.at("/cost/sums")) {
            terminal.say("shadow.cost", Facts.of(sum, "orders", "shadow", "live", "difference", "currency"));
        }
        side("shadow.only-shadow", report.path("onlyShadow"));
        side("shadow.only-live", report.path("onlyLive"));
        side("shadow.no-orders", report.path("noOrders"));
        if (!report.path("complete").asBoolean()) {
            terminal.say("shadow.incomplete");
        }
    }

    private void field(JsonNode field) {
        JsonNode example = field.at("/examples/0");
        terminal.say(
                "shadow.field",
                "field",
                field.path("field").asText(),
                "agreement",
                field.path("agreement").asText(),
                "orders",
                field.path("orders").asText(),
                "orderId",
                example.path("orderId").asText(),
                "shadow",
                example.path("shadow").asText("-"),
                "live",
                example.path("live").asText("-"));
    }

    private void side(String key, JsonNode side) {
        if (side.path("count").asLong() > 0) {
            StringBuilder examples = new StringBuilder();
            side.path("examples")
                    .forEach(one -> examples.append(examples.length() == 0 ? "" : ", ")
                            .append(
                                    one.isTextual()
                                            ? one.asText()
                                            : one.path("orderId").asText("-")));
            terminal.say(key, "count", side.path("count").asText(), "examples", examples);
        }
    }
}
