package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.Words;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TableOutput;
import io.waybill.problem.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reconcile FILE}: takes a carrier's invoice in and shows on one screen how it differs from what was expected, and why. */
@Command(name = "reconcile", mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @Parameters(paramLabel = "FILE", descriptionKey = "reconcile.file")
    Path file;

    @ArgGroup(multiplicity = "1")
    Layout layout = new Layout();

    @Option(names = "--account", required = true, paramLabel = "ACCOUNT", descriptionKey = "reconcile.account")
    String account = "";

    @Option(names = "--currency", paramLabel = "USD", descriptionKey = "reconcile.currency")
    @Nullable
    String currency;

    @Option(names = "--details", paramLabel = "FILE", descriptionKey = "reconcile.details")
    @Nullable
    Path details;

    /** How the file is read. */
    static final class Layout {
        @Option(names = "--carrier", paramLabel = "CARRIER", descriptionKey = "reconcile.carrier")
        @Nullable
        String carrier;

        @Option(names = "--mapping", paramLabel = "MAPPING", descriptionKey = "reconcile.mapping")
        @Nullable
        String mapping;
    }

    ReconcileCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Format format = details == null ? Format.CSV : TableFile.format(details, file);
        byte[] packed = packed();
        try (Desk desk = wiring.desk(config.settings())) {
            Desk.Reply reply = desk.call("post", path(), packed, terminal.language());
            if (!reply.isOk()) {
                return new DeskCall(wiring, terminal, config).refused(reply);
            }
            reply.body().path("items").forEach(this::show);
            if (details != null) {
                write(desk, reply.body().path("items"), details, format);
                terminal.say("reconcile.details", "file", details);
            }
            return 0;
        } catch (Answered.Refused unanswered) {
            return new DeskCall(wiring, terminal, config).refused(unanswered.reply());
        }
    }

    private String path() {
        return Query.of("/invoices")
                .with("account", account)
                .with("carrier", layout.carrier)
                .with("mapping", layout.mapping)
                .with("name", file.getFileName())
                .with("currency", currency)
                .toString();
    }

    /** Packed, for such files are large and say the same over and over. */
    private byte[] packed() throws IOException {
        Through.requireReadable(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file);
                OutputStream packed = new GZIPOutputStream(bytes)) {
            in.transferTo(packed);
        }
        return bytes.toByteArray();
    }

    private void show(JsonNode invoice) {
        Messages messages = Messages.in(terminal.language());
        terminal.say(
                "reconcile.head",
                "number",
                invoice.path("number").asText(),
                "carrier",
                invoice.path("carrier").asText(),
                "account",
                invoice.path("account").asText(),
                "state",
                invoice.path("state").asText(),
                "again",
                invoice.path("again").asBoolean() ? messages.text("reconcile.again") : "");
        terminal.say("reconcile.sums", Facts.of(invoice, "lines", "total", "currency", "expected", "variance"));
        terminal.say("reconcile.matched", Facts.of(invoice, "matchedPercent", "matched", "lines"));
        rules(invoice.path("rules"), messages);
        terminal.say("reconcile.unexplained", Facts.of(invoice, "unexplained", "currency"));
        if (invoice.has("passedOver")) {
            terminal.say("reconcile.passed-over", Facts.of(invoice.path("passedOver"), "count", "rows"));
        }
        invoice.path("notChecked").forEach(what -> terminal.say("reconcile.not-checked", "what", what.asText()));
    }

    private void rules(JsonNode rules, Messages messages) {
        if (rules.isEmpty()) {
            return;
        }
        Columns table = new Columns(Stream.of("rule", "count", "amount", "claim", "todo")
                .map(name -> messages.text("reconcile.column." + name))
                .toList());
        rules.forEach(rule -> table.row(List.of(
                rule.path("rule").asText(),
                rule.path("findings").asText(),
                rule.path("amount").asText(),
                rule.path("claim").asText(),
                rule.path("toDo").asText())));
        table.lines().forEach(terminal::line);
    }

    private void write(Desk desk, JsonNode invoices, Path to, Format format) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(to);
                TableOutput table = Formats.table(out, Reading.of(format), Words.OF_A_LINE)) {
            table.amounts();
            for (JsonNode invoice : invoices) {
                String next = "1";
                while (next != null) {
                    JsonNode page = Answered.get(
                            desk,
                            "/invoices/" + invoice.path("id").asText() + "/lines?cursor=" + next,
                            terminal.language());
                    page.path("items").forEach(table::row);
                    next = page.hasNonNull("next") ? page.path("next").asText() : null;
                }
            }
        }
    }
}
