package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a person sees of a batch while it is worked on, and at its end. */
final class ImportScreen {
    private static final long EVERY_MILLIS = 200;
    /** Labels that do not come are not waited for any longer than this without one coming. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private static final int MOST_BAD = 20;
    private static final Map<String, String> AT_WORK =
            Map.of("checking", "import.looking", "taking", "import.taking", "stopping", "import.stopping");

    private final Desk desk;
    private final Terminal terminal;
    private final ProgressBar bar;

    ImportScreen(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
        this.bar = new ProgressBar(terminal, Boolean.getBoolean("waybill.terminal"));
    }

    /** Says which batch the file is. */
    JsonNode handed(Desk.Reply reply) {
        JsonNode batch = reply.body();
        terminal.say(reply.status() == 200 ? "import.known" : "import.handed", Facts.of(batch, "name", "id"));
        return batch;
    }

    /** Waits until nothing is under way any more. */
    JsonNode settled(JsonNode begun) throws InterruptedException {
        JsonNode batch = begun;
        String what = "";
        while (AT_WORK.containsKey(batch.path("state").asText())) {
            what = AT_WORK.getOrDefault(batch.path("state").asText(), what);
            show(what, batch);
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            batch = again(batch);
        }
        if (!what.isEmpty()) {
            show(what, batch);
        }
        bar.end();
        return batch;
    }

    private void show(String what, JsonNode batch) {
        JsonNode progress = batch.path("progress");
        bar.show(
                text(what),
                progress.path("done").asLong(),
                progress.path("documents").asLong());
    }

    /**
     * What a look found.
     *
     * @param only nothing else is wanted
     */
    void found(JsonNode batch, String file, String source, boolean only) {
        JsonNode look = batch.path("dryRun");
        JsonNode results = look.path("results");
        int good = results.path("accepted").asInt() + results.path("replaced").asInt();
        terminal.say(
                "import.found",
                "documents",
                batch.path("progress").path("documents").asInt(),
                "good",
                good,
                "bad",
                look.path("bad").asInt(),
                "known",
                results.path("duplicate").asInt());
        if (good > 0) {
            cost(look);
        }
        if (only && batch.path("state").asText().equals("checked")) {
            terminal.say("import.dry");
            if (good > 0) {
                terminal.say("import.buy", "file", file, "source", source);
            }
        }
    }

    /** Of those that have a price; where none has, there is no sum to be told. */
    private void cost(JsonNode look) {
        List<String> totals = new ArrayList<>();
        look.path("totals")
                .forEach(total -> totals.add(total.path("amount").asText() + " "
                        + total.path("currency").asText()));
        if (!totals.isEmpty()) {
            terminal.say("import.cost", "totals", String.join(" + ", totals));
        }
        terminal.say(
                "import.uncosted",
                "held",
                look.path("held").asInt(),
                "unpriced",
                look.path("unpriced").asInt());
    }

    /**
     * What was taken in, and its labels as far as they come.
     *
     * @return whether no row was bad
     */
    boolean bought(JsonNode taken) throws InterruptedException {
        JsonNode batch = desk.isRunning() ? labelled(taken) : taken;
        JsonNode results = batch.path("results");
        int bad = results.path("rejected").asInt() + results.path("conflict").asInt();
        terminal.say(
                "import.done",
                "accepted",
                results.path("accepted").asInt() + results.path("replaced").asInt(),
                "known",
                results.path("duplicate").asInt(),
                "bad",
                bad,
                "skipped",
                results.path("skipped").asInt());
        terminal.say(
                "import.labels",
                "labelled",
                batch.path("shipments").path("labelled").asInt(),
                "pending",
                pending(batch),
                "held",
                batch.path("shipments").path("held").asInt());
        if (!desk.isRunning()) {
            terminal.say("import.later");
        }
        return told(batch);
    }

    /**
     * Why rows are bad, and what stopped the file.
     *
     * @return whether nothing is wrong
     */
    boolean told(JsonNode batch) throws InterruptedException {
        batch.path("problems")
                .forEach(
                        problem -> terminal.err().println(problem.path("detail").asText()));
        int bad = 0;
        String cursor = "0";
        while (bad < MOST_BAD && cursor != null) {
            JsonNode page = get(batch, "/results?limit=500&cursor=" + cursor);
            for (JsonNode row : page.path("items")) {
                if (List.of("rejected", "conflict").contains(row.path("result").asText()) && ++bad <= MOST_BAD) {
                    terminal.err()
                            .println(Messages.in(terminal.language())
                                    .text("import.row", Facts.of(row, "row", "reason")));
                }
            }
            cursor = page.path("next").textValue();
        }
        return bad == 0
                && !List.of("failed", "stopped").contains(batch.path("state").asText());
    }

    private JsonNode labelled(JsonNode begun) throws InterruptedException {
        JsonNode batch = begun;
        int before = Integer.MAX_VALUE;
        long since = System.nanoTime();
        while (pending(batch) > 0 && System.nanoTime() - since < PATIENCE) {
            if (pending(batch) < before) {
                before = pending(batch);
                since = System.nanoTime();
            }
            int labelled = batch.path("shipments").path("labelled").asInt();
            bar.show(text("import.buying"), labelled, labelled + before);
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            batch = again(batch);
        }
        bar.end();
        return batch;
    }

    private static int pending(JsonNode batch) {
        JsonNode words = batch.path("shipments");
        return words.path("ready").asInt()
                + words.path("buying").asInt()
                + words.path("label_pending").asInt();
    }

    private JsonNode again(JsonNode batch) throws InterruptedException {
        return get(batch, "");
    }

    private JsonNode get(JsonNode batch, String below) throws InterruptedException {
        return Answered.get(desk, "/batches/" + batch.path("id").asText() + below, terminal.language());
    }

    private String text(String key) {
        return Messages.in(terminal.language()).text(key);
    }
}
