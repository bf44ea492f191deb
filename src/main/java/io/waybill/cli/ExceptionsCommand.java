package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.UrlPart;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exceptions [list|show|assign|retry|causes]}: what needs a person. Alone, or with options alone, it lists. */
@Command(name = "exceptions", mixinStandardHelpOptions = true, preprocessor = ExceptionsCommand.ListUnlessSaid.class)
final class ExceptionsCommand {
    private static final Set<String> HELP = Set.of("--help", "-h", "--version", "-V");

    private final Wiring wiring;
    private final Terminal terminal;

    ExceptionsCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    /** So that no option but {@code --lang} stands before a verb, where it would be passed over. */
    static final class ListUnlessSaid implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> words, CommandSpec command, @Nullable ArgSpec argument, Map<String, Object> info) {
            int next = words.size() - 1 - language(words);
            if (next < 0 || (words.get(next).startsWith("-") && !HELP.contains(words.get(next)))) {
                words.push("list");
            }
            return false;
        }

        /** How many words say it, the next ones; a stack's last word comes first. */
        private static int language(Stack<String> words) {
            String first = words.isEmpty() ? "" : words.peek();
            return first.equals("--lang") ? 2 : first.startsWith("--lang=") ? 1 : 0;
        }
    }

    /** Which of them. */
    static final class Filter {
        @Option(names = "--reason", descriptionKey = "exceptions.reason")
        @Nullable
        String reason;

        @Option(names = "--source", descriptionKey = "exceptions.source")
        @Nullable
        String source;

        @Option(names = "--assignee", descriptionKey = "exceptions.assignee")
        @Nullable
        String assignee;

        @Option(names = "--overdue", descriptionKey = "exceptions.overdue")
        boolean overdue;

        @Option(names = "--closed", descriptionKey = "exceptions.closed")
        boolean closed;

        @Option(names = "--since", descriptionKey = "exceptions.opened-since")
        @Nullable
        String since;

        @Option(names = "--until", descriptionKey = "exceptions.opened-until")
        @Nullable
        String until;

        @Option(names = "--cursor", descriptionKey = "exceptions.cursor")
        @Nullable
        String cursor;

        @Option(names = "--limit", descriptionKey = "exceptions.limit")
        @Nullable
        Integer limit;

        String path() {
            return Query.of("/exceptions")
                    .with("reason", reason)
                    .with("source", source)
                    .with("assignee", assignee)
                    .with("overdue", overdue)
                    .with("state", closed ? "closed" : null)
                    .with("since", since)
                    .with("until", until)
                    .with("cursor", cursor)
                    .with("limit", limit)
                    .toString();
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    int list(
            @Mixin Config config,
            @Mixin Filter filter,
            @Option(names = "--json", descriptionKey = "exceptions.json") boolean json) {
        ExceptionsScreen screen = new ExceptionsScreen(terminal);
        return ask("get", filter.path(), config, json, answer -> screen.list(answer, filter.closed));
    }

    @Command(name = "show", mixinStandardHelpOptions = true)
    int show(
            @Mixin Config config,
            @Parameters(paramLabel = "ID", descriptionKey = "exceptions.id") String id,
            @Option(names = "--json", descriptionKey = "exceptions.json") boolean json) {
        ExceptionsScreen screen = new ExceptionsScreen(terminal);
        return ask("get", "/exceptions/" + UrlPart.of(id), config, json, screen::one);
    }

    @Command(name = "assign", mixinStandardHelpOptions = true)
    int assign(
            @Mixin Config config,
            @Parameters(paramLabel = "ID", descriptionKey = "exceptions.id") String id,
            @Option(names = "--to", required = true, descriptionKey = "exceptions.to") String to) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("assignee", to.equals("none") ? null : to);
        return new DeskCall(wiring, terminal, config)
                .make("post", "/exceptions/" + UrlPart.of(id) + "/assign", body, done -> {
                    String assignee = done.path("assignee").asText();
                    terminal.say(
                            done.path("assignee").isNull() ? "exceptions.given-back" : "exceptions.assigned",
                            "id",
                            id,
                            "assignee",
                            assignee);
                });
    }

    @Command(name = "retry", mixinStandardHelpOptions = true)
    int retry(@Mixin Config config, @Parameters(paramLabel = "ID", descriptionKey = "exceptions.id") String id) {
        return new DeskCall(wiring, terminal, config)
                .make(
                        "post",
                        "/exceptions/" + UrlPart.of(id) + "/retry",
                        done -> terminal.say("exceptions.retried", "id", id));
    }

    @Command(name = "causes", mixinStandardHelpOptions = true)
    int causes(
            @Mixin Config config,
            @Option(names = "--since", descriptionKey = "exceptions.since") @Nullable String since,
            @Option(names = "--by", descriptionKey = "exceptions.by", defaultValue = "source,field") String by,
            @Option(names = "--json", descriptionKey = "exceptions.json") boolean json) {
        ExceptionsScreen screen = new ExceptionsScreen(terminal);
        String path = Query.of("/exceptions/causes")
                .with("since", since)
                .with("by", by)
                .toString();
        return ask("get", path, config, json, screen::causes);
    }

    private int ask(String verb, String path, Config config, boolean json, Consumer<JsonNode> show) {
        Consumer<JsonNode> asText = answer -> terminal.line(answer.toPrettyString());
        return new DeskCall(wiring, terminal, config).make(verb, path, json ? asText : show);
    }
}
