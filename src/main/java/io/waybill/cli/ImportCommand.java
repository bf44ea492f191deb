package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Format;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import FILE --source S}: hands a file of orders over and waits for what becomes of it. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @Parameters(paramLabel = "FILE", descriptionKey = "import.file")
    Path file;

    @Option(names = "--source", paramLabel = "SOURCE", required = true, descriptionKey = "import.source")
    String source;

    @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "import.format")
    @Nullable
    String format;

    @Option(names = "--again", descriptionKey = "import.again")
    boolean again;

    @Option(names = "--shipments", descriptionKey = "import.shipments")
    boolean shipments;

    @Option(names = "--results", paramLabel = "FILE", descriptionKey = "import.results")
    @Nullable
    Path results;

    @ArgGroup
    How how = new How();

    /** Taken in at once unless said otherwise. */
    static final class How {
        @Option(names = "--dry-run", descriptionKey = "import.dry")
        boolean dryRun;

        @ArgGroup(exclusive = false)
        @Nullable
        Buying buying;
    }

    static final class Buying {
        @Option(names = "--commit", required = true, descriptionKey = "import.commit")
        boolean commit;

        @Option(names = "--rows", paramLabel = "all|good", defaultValue = "good", descriptionKey = "import.rows")
        Rows rows = Rows.good;

        @Option(names = "--max-total", paramLabel = "AMOUNT", descriptionKey = "import.most")
        @Nullable
        String most;
    }

    enum Rows {
        all,
        good
    }

    ImportCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Through.requireFile(file);
        Optional<Format> sheet = Optional.ofNullable(results).map(table -> TableFile.format(table, file));
        try (Desk desk = desk()) {
            ImportScreen screen = new ImportScreen(desk, terminal);
            boolean looks = how.dryRun || how.buying != null;
            Desk.Reply handed = desk.upload(path(looks), file, terminal.language());
            if (!handed.isOk()) {
                return refused(handed);
            }
            JsonNode batch = screen.settled(screen.handed(handed));
            if (looks) {
                screen.found(batch, file.toString(), source, how.buying == null);
            }
            if (how.buying != null && batch.path("state").asText().equals("checked")) {
                Desk.Reply committed = commit(desk, batch, how.buying);
                if (!committed.isOk()) {
                    return refused(committed);
                }
                batch = screen.settled(committed.body());
            }
            boolean bought = batch.path("state").asText().equals("done");
            boolean good = bought ? screen.bought(batch) : screen.told(batch);
            boolean saved = sheet.isEmpty() || save(desk, batch, sheet.get());
            return saved && good ? 0 : 1;
        } catch (Answered.Refused unanswered) {
            return refused(unanswered.reply());
        }
    }

    /** Only a look may be a new hub's first: what is taken in beside the hub's own database would never be bought, or twice. */
    private Desk desk() {
        Settings settings = config.settings();
        return how.dryRun ? new DeskCall(wiring, terminal, config).openOrBegin(settings) : wiring.desk(settings);
    }

    private String path(boolean looks) {
        return Query.of("/batches")
                .with("source", source)
                .with("name", file.getFileName())
                .with("format", format == null ? null : format.toLowerCase(Locale.ROOT))
                .with("dryRun", looks)
                .with("again", again)
                .with("shipments", shipments)
                .toString();
    }

    private Desk.Reply commit(Desk desk, JsonNode batch, Buying buying) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("rows", buying.rows.name());
        if (buying.most != null) {
            wish.put("maxTotal", buying.most);
        }
        return desk.call(
                "post",
                "/batches/" + batch.path("id").asText() + "/commit",
                wish.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                terminal.language());
    }

    /** @return false when it could not be saved */
    private boolean save(Desk desk, JsonNode batch, Format sheet) {
        Path file = Objects.requireNonNull(results);
        Desk.Reply saved = desk.download(
                "/batches/" + batch.path("id").asText() + "/results?format=" + sheet.word(), file, terminal.language());
        if (!saved.isOk()) {
            refused(saved);
            return false;
        }
        terminal.say("import.saved", "file", file);
        return true;
    }

    private int refused(Desk.Reply reply) {
        return new DeskCall(wiring, terminal, config).refused(reply);
    }
}
