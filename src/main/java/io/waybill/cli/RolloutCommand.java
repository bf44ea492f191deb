package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.UrlPart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rollout show|channel|back|stage}: which channels take a namespace's orders, and which stages are on. */
@Command(name = "rollout", mixinStandardHelpOptions = true)
final class RolloutCommand implements Runnable {
    private final Wiring wiring;
    private final Terminal terminal;

    @Spec
    CommandSpec spec;

    RolloutCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    enum Turn {
        on,
        off
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    @Command(name = "show", mixinStandardHelpOptions = true)
    int show(
            @Mixin Config config,
            @Parameters(paramLabel = "NAMESPACE", arity = "0..1", descriptionKey = "rollout.namespace") @Nullable
                    String namespace) {
        return namespace == null
                ? call(config, "get", "/rollout", JsonNodeFactory.instance.objectNode())
                : call(config, "get", path(namespace, ""), JsonNodeFactory.instance.objectNode());
    }

    @Command(name = "channel", mixinStandardHelpOptions = true)
    int channel(
            @Mixin Config config,
            @Parameters(paramLabel = "NAMESPACE", descriptionKey = "rollout.namespace") String namespace,
            @Parameters(paramLabel = "CHANNEL", descriptionKey = "rollout.channel") String channel,
            @Option(names = "--from", paramLabel = "TIME", descriptionKey = "rollout.from") @Nullable String from,
            @Option(names = "--until", paramLabel = "TIME", descriptionKey = "rollout.until") @Nullable String until,
            @Option(names = "--read-only", descriptionKey = "rollout.read-only") boolean readOnly,
            @Option(names = "--reason", descriptionKey = "account.reason") @Nullable String reason) {
        ObjectNode body = reasoned(reason);
        body.putObject("channels")
                .putObject(channel)
                .put("from", from)
                .put("until", until)
                .put("readOnly", readOnly);
        return call(config, "put", path(namespace, "/channels"), body);
    }

    @Command(name = "cut-over", mixinStandardHelpOptions = true)
    int cutOver(
            @Mixin Config config,
            @Parameters(paramLabel = "NAMESPACE", descriptionKey = "rollout.namespace") String namespace,
            @Option(names = "--close", paramLabel = "CHANNEL", required = true, descriptionKey = "rollout.close")
                    String close,
            @Option(names = "--open", paramLabel = "CHANNEL", required = true, descriptionKey = "rollout.open")
                    String open,
            @Option(names = "--at", paramLabel = "TIME", required = true, descriptionKey = "rollout.at") String at,
            @Option(names = "--reason", descriptionKey = "account.reason") @Nullable String reason) {
        ObjectNode body = reasoned(reason);
        ObjectNode channels = body.putObject("channels");
        channels.putObject(close).put("until", at);
        channels.putObject(open).put("from", at);
        return call(config, "put", path(namespace, "/channels"), body);
    }

    @Command(name = "back", mixinStandardHelpOptions = true)
    int back(
            @Mixin Config config,
            @Parameters(paramLabel = "NAMESPACE", descriptionKey = "rollout.namespace") String namespace,
            @Option(names = "--reason", descriptionKey = "account.reason") @Nullable String reason) {
        return call(config, "post", path(namespace, "/channels/rollback"), reasoned(reason));
    }

    @Command(name = "stage", mixinStandardHelpOptions = true)
    int stage(
            @Mixin Config config,
            @Parameters(paramLabel = "NAMESPACE", descriptionKey = "rollout.namespace") String namespace,
            @Parameters(paramLabel = "STAGE", descriptionKey = "rollout.stage") String stage,
            @Parameters(paramLabel = "on|off", descriptionKey = "rollout.turn") Turn turn,
            @Option(names = "--reason", descriptionKey = "account.reason") @Nullable String reason) {
        ObjectNode body = reasoned(reason);
        body.putObject("stages").put(stage, turn == Turn.on);
        return call(config, "put", path(namespace, "/stages"), body);
    }

    private static String path(String namespace, String rest) {
        return "/rollout/" + UrlPart.of(namespace) + rest;
    }

    private static ObjectNode reasoned(@Nullable String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return reason == null ? body : body.put("reason", reason);
    }

    private int call(Config config, String verb, String path, ObjectNode body) {
        return new DeskCall(wiring, terminal, config).make(verb, path, body, this::tell);
    }

    private void tell(JsonNode answer) {
        if (answer.has("items")) {
            answer.path("items").forEach(this::tellOne);
        } else {
            tellOne(answer);
        }
    }

    private void tellOne(JsonNode one) {
        terminal.line(one.path("namespace").asText());
        one.path("channels").forEach(this::tellChannel);
        one.path("stages").forEach(this::tellStage);
        String next = one.at("/next/stage").asText();
        one.at("/next/lacks").forEach(lack -> tellLack(next, lack));
        one.path("sources").forEach(this::tellShadow);
    }

    private void tellChannel(JsonNode channel) {
        terminal.say(
                "rollout.channel." + channel.path("state").asText(), Facts.of(channel, "channel", "from", "until"));
        if (channel.has("refused")) {
            terminal.say(
                    "rollout.refused",
                    "channel",
                    channel.path("channel").asText(),
                    "orders",
                    channel.at("/refused/orders").asText(),
                    "last",
                    channel.at("/refused/last").asText());
        }
    }

    private void tellStage(JsonNode stage) {
        terminal.say(
                stage.path("on").asBoolean() ? "rollout.stage.on" : "rollout.stage.off",
                "stage",
                stage.path("stage").asText(),
                "held",
                stage.path("held").asText("0"));
    }

    private void tellLack(String stage, JsonNode lack) {
        terminal.say("rollout.lacks", "stage", stage, "text", lack.path("text").asText());
    }

    private void tellShadow(JsonNode source) {
        if (source.path("shadow").asBoolean()) {
            terminal.say("rollout.shadow", Facts.of(source, "source", "documents"));
        }
    }
}
