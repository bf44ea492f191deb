package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.UrlPart;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys create|list|revoke}. */
@Command(name = "keys", mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {
    private final Wiring wiring;
    private final Terminal terminal;

    /** A system or a person. */
    static final class Whose {
        @Option(names = "--name", paramLabel = "NAME", descriptionKey = "keys.name")
        @Nullable
        String name;

        @Option(names = "--person", paramLabel = "NAME", descriptionKey = "keys.person")
        @Nullable
        String person;
    }

    @Spec
    CommandSpec spec;

    KeysCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    @Command(name = "create", mixinStandardHelpOptions = true)
    int create(
            @Mixin Config config,
            @ArgGroup(multiplicity = "1") Whose whose,
            @Option(names = "--role", paramLabel = "ROLE", descriptionKey = "keys.role") @Nullable String role,
            @Option(names = "--scopes", split = ",", paramLabel = "SCOPE", descriptionKey = "keys.scopes") @Nullable
                    List<String> scopes,
            @Option(names = "--source", paramLabel = "SOURCE", descriptionKey = "keys.source") @Nullable String source,
            @Option(names = "--namespaces", split = ",", paramLabel = "NAMESPACE", descriptionKey = "keys.namespaces")
                    @Nullable
                    List<String> namespaces,
            @Option(names = "--valid-for", paramLabel = "90d", descriptionKey = "keys.valid") @Nullable
                    String validFor) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (whose.person != null) {
            body.put("name", whose.person).put("role", "support");
        } else {
            body.put("name", whose.name);
        }
        // Also what does not go together: a key that can more than was asked for is worse than none.
        put(body, "role", role);
        put(body, "source", source);
        put(body, "validFor", validFor);
        add(body, "scopes", scopes);
        add(body, "namespaces", namespaces);
        DeskCall call = new DeskCall(wiring, terminal, config);
        return call.makeOrBegin("post", "/admin/keys", body, made -> {
            terminal.say("keys.created", Facts.of(made, "id", "secret"));
            call.tell(made.path("warnings"));
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    int list(@Mixin Config config) {
        return new DeskCall(wiring, terminal, config)
                .make(
                        "get",
                        "/admin/keys",
                        answer -> answer.path("items")
                                .forEach(key -> terminal.line(String.join(
                                        "  ",
                                        key.path("id").asText(),
                                        key.path("name").asText(),
                                        joined(key.path("scopes")),
                                        key.path("namespaces").isNull() ? "*" : joined(key.path("namespaces")),
                                        state(key)))));
    }

    private static String joined(JsonNode words) {
        return StreamSupport.stream(words.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    private static String state(JsonNode key) {
        if (key.hasNonNull("revokedAt")) {
            return "revoked " + key.path("revokedAt").asText();
        }
        return key.hasNonNull("expiresAt") ? "expires " + key.path("expiresAt").asText() : "-";
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true)
    int revoke(@Mixin Config config, @Parameters(paramLabel = "ID", descriptionKey = "keys.id") String id) {
        return new DeskCall(wiring, terminal, config)
                .make(
                        "post",
                        "/admin/keys/" + UrlPart.of(id) + "/revoke",
                        done -> terminal.say("keys.revoked", "id", id));
    }

    private static void put(ObjectNode body, String name, @Nullable String word) {
        if (word != null) {
            body.put(name, word);
        }
    }

    private static void add(ObjectNode body, String name, @Nullable List<String> words) {
        if (words != null) {
            words.forEach(body.withArray(name)::add);
        }
    }
}
