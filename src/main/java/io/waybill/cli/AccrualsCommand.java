package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code accruals}: what was owed and not billed by the end of a day, by namespace, account, cost centre and currency. */
@Command(name = "accruals", mixinStandardHelpOptions = true)
final class AccrualsCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("namespace", "account", "costCenter", "currency", "shipments", "expected", "billed", "accrual");

    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @Option(names = "--as-of", paramLabel = "DAY", descriptionKey = "accruals.asOf")
    @Nullable
    String asOf;

    AccrualsCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path = Query.of("/accruals").with("asOf", asOf).toString();
        return new DeskCall(wiring, terminal, config).make("get", path, this::show);
    }

    private void show(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            terminal.say("accruals.none");
            return;
        }
        Messages messages = Messages.in(terminal.language());
        Columns table = new Columns(COLUMNS.stream()
                .map(name -> messages.text("accruals.column." + name))
                .toList());
        answer.path("items")
                .forEach(row -> table.row(
                        COLUMNS.stream().map(name -> row.path(name).asText()).toList()));
        table.lines().forEach(terminal::line);
    }
}
