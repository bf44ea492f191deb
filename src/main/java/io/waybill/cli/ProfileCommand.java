package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code profile SOURCE}: the assessment from live figures: what a source ships, costs and is ready for. */
@Command(name = "profile", mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config = new Config();

    @Parameters(paramLabel = "SOURCE", descriptionKey = "shadow.source")
    String source = "";

    @Option(names = "--last", paramLabel = "N", descriptionKey = "profile.last")
    @Nullable
    Integer last;

    @Option(names = "--json", descriptionKey = "assess.json")
    boolean json;

    ProfileCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path =
                Query.of("/profile").with("source", source).with("last", last).toString();
        return new DeskCall(wiring, terminal, config).make("get", path, this::show);
    }

    private void show(JsonNode answer) {
        if (json) {
            terminal.line(answer.toPrettyString());
            return;
        }
        Messages messages = Messages.in(terminal.language());
        Page page = new AssessPage(terminal.language(), messages.text("profile.no-sheets")).of(source, answer);
        live(page.section(messages.text("profile.live")), answer.path("live"));
        new TextPage(terminal).show(page);
    }

    private void live(Page.Section section, JsonNode live) {
        Messages messages = Messages.in(terminal.language());
        section.say(messages.text(
                "profile.became",
                Facts.of(live, "orders", "labels", "imported", "voided", "tracked", "delivered", "billed")));
        for (JsonNode cost : live.path("costs")) {
            section.say(messages.text(
                    "profile.cost", Facts.of(cost, "carrier", "service", "labels", "expected", "billed", "currency")));
        }
    }
}
