package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.UrlPart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code account list|off|on}: stops buying with one carrier account, or with all of them. */
@Command(name = "account", mixinStandardHelpOptions = true)
final class AccountCommand implements Runnable {
    private final Wiring wiring;
    private final Terminal terminal;

    @Spec
    CommandSpec spec;

    AccountCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    /** Exactly one of both. */
    static final class Which {
        @Parameters(paramLabel = "NAME", arity = "0..1", descriptionKey = "account.name")
        @Nullable
        String name;

        @Option(names = "--all", descriptionKey = "account.all")
        boolean all;

        String path(String act) {
            return all ? "/accounts/" + act : "/accounts/" + UrlPart.of(String.valueOf(name)) + "/" + act;
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    int list(@Mixin Config config) {
        return new DeskCall(wiring, terminal, config).make("get", "/accounts", this::show);
    }

    @Command(name = "off", mixinStandardHelpOptions = true)
    int off(
            @Mixin Config config,
            @ArgGroup(multiplicity = "1") Which which,
            @Option(names = "--reason", descriptionKey = "account.reason") @Nullable String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        return new DeskCall(wiring, terminal, config).make("post", which.path("off"), body, this::show);
    }

    @Command(name = "on", mixinStandardHelpOptions = true)
    int on(@Mixin Config config, @ArgGroup(multiplicity = "1") Which which) {
        return new DeskCall(wiring, terminal, config).make("post", which.path("on"), this::show);
    }

    private void show(JsonNode answer) {
        for (JsonNode account : answer.path("items")) {
            JsonNode off = account.path("off");
            String[] values = {
                "name", account.path("name").asText(),
                "carrier", account.path("carrier").asText(),
                "by", off.path("by").asText(),
                "since", off.path("since").asText(),
                "reason", off.path("reason").asText("-")
            };
            terminal.say(account.path("on").asBoolean() ? "account.is-on" : "account.is-off", (Object[]) values);
        }
    }
}
