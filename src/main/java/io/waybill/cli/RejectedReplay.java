package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Messages;
import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every rejected document once more through the mapping that serves today, a line each. One that has become an order
 * meanwhile is known by its number, so this can be run as often as one likes.
 */
record RejectedReplay(Wiring wiring, Terminal terminal, Config config) {

    /**
     * @return 0 when every one of them is an order now, else 1
     * @throws io.waybill.problem.ProblemException {@code unknown-source} when nothing is kept of it and no setting names it
     */
    int run(@Nullable String source) {
        try (Desk desk = wiring.desk(config.settings())) {
            List<JsonNode> open = new ArrayList<>();
            Desk.Reply refused = collect(desk, source, open);
            if (refused != null) {
                return new DeskCall(wiring, terminal, config).refused(refused);
            }
            if (open.isEmpty() && source != null) {
                Through.sources(config.settings()).get(source);
            }
            int accepted = 0;
            Set<String> left = new TreeSet<>();
            for (int i = 0; i < open.size(); i++) {
                JsonNode exception = open.get(i);
                if (again(desk, exception, i + 1, open.size())) {
                    accepted++;
                } else {
                    left.addAll(mappings(exception));
                }
            }
            terminal.say("replay.done", "accepted", accepted, "all", open.size());
            if (accepted < open.size()) {
                tellOlder(desk, left);
            }
            return accepted == open.size() ? 0 : 1;
        }
    }

    /** What was mended in a file that does not serve yet has mended nothing of these. */
    private void tellOlder(Desk desk, Set<String> left) {
        Mappings written = wiring.mappings(config.settings());
        left.forEach(name -> terminal.tell(written.problems(name)));
        JsonNode serving = desk.call("get", "/mappings", new byte[0], terminal.language())
                .body()
                .path("items");
        for (JsonNode each : serving) {
            String name = each.path("name").asText();
            if (left.contains(name)
                    && written.names().contains(name)
                    && !written.get(name).sha256().equals(each.path("sha256").asText())) {
                terminal.say(
                        desk.isRunning() ? "replay.older" : "replay.unraised",
                        "mapping",
                        name,
                        "version",
                        each.path("version").asInt());
            }
        }
    }

    /** Through which the document goes: its source's, and the one whose lines refused it. */
    private List<String> mappings(JsonNode exception) {
        List<String> names = new ArrayList<>();
        config.settings()
                .value("source." + exception.path("source").asText() + ".mapping")
                .ifPresent(names::add);
        exception.path("problems").forEach(problem -> {
            String line = problem.path("line").asText();
            if (line.contains("/mapping.yaml")) {
                names.add(line.substring(0, line.indexOf("/mapping.yaml")));
            }
        });
        return names;
    }

    /** All of them before the first is tried: trying changes the list. Answers the refusal, if it was one. */
    private Desk.@Nullable Reply collect(Desk desk, @Nullable String source, List<JsonNode> open) {
        String path = Query.of("/exceptions")
                .with("reason", "order-rejected")
                .with("limit", 200)
                .with("source", source)
                .toString();
        String cursor = "";
        while (true) {
            Desk.Reply page = desk.call("get", path + cursor, new byte[0], terminal.language());
            if (!page.isOk()) {
                return page;
            }
            page.body().path("items").forEach(open::add);
            if (!page.body().hasNonNull("next")) {
                return null;
            }
            cursor = "&cursor=" + UrlPart.of(page.body().path("next").asText());
        }
    }

    private boolean again(Desk desk, JsonNode exception, int done, int all) {
        String path = "/exceptions/" + UrlPart.of(exception.path("id").asText()) + "/retry";
        Desk.Reply reply = desk.call("post", path, new byte[0], terminal.language());
        boolean accepted = reply.isOk() && reply.body().path("state").asText().equals("closed");
        String order = exception.path("orderId").asText("");
        String subject = order.isEmpty() || order.equals("null")
                ? exception.path("subject").asText()
                : order;
        Messages messages = Messages.in(terminal.language());
        String outcome =
                accepted ? messages.text("replay.accepted") : messages.text("replay.rejected", "why", why(reply));
        terminal.line(messages.text("replay.progress", "done", done, "all", all, "order", subject) + ": " + outcome);
        return accepted;
    }

    private String why(Desk.Reply reply) {
        JsonNode problems = reply.body().path(reply.isOk() ? "problems" : "errors");
        return new DeskCall(wiring, terminal, config).sentence(problems.path(0));
    }
}
