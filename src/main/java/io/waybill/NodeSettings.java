package io.waybill;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.NodeBook;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import io.waybill.settings.Section;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * This node among those of one database.
 *
 * @param given {@code waybill.node}
 * @param silence {@code nodes.silence}: after so long without a word a node counts as gone
 */
record NodeSettings(Optional<String> given, Duration silence) {
    private static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    /** PostgreSQL keeps it in milliseconds, in four bytes. */
    private static final Duration LONGEST = Duration.ofDays(24);

    static NodeSettings read(Section waybill, Section nodes) {
        Optional<String> given = waybill.optional("node");
        given.filter(name -> !name.matches(FORM)).ifPresent(name -> {
            throw waybill.bad("node", name, "letters, digits, dot, dash and underscore, at most 60");
        });
        Duration silence = nodes.duration("silence", SILENCE, SHORTEST);
        if (silence.compareTo(LONGEST) > 0) {
            throw nodes.bad("silence", nodes.required("silence"), LONGEST.toDays() + "d or less");
        }
        nodes.close();
        return new NodeSettings(given, silence);
    }

    /** The same after a restart: as given, else as the data folder says, else the first of node-1, node-2, … that nobody has. */
    String name(DataFolder data, Ledger ledger) {
        return given.orElseGet(() -> kept(data, ledger));
    }

    private static String kept(DataFolder data, Ledger ledger) {
        if (ledger.database().isEmbedded()) {
            return "node-1";
        }
        Path file = data.node();
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.isEmpty()) {
                return kept;
            }
            String name = ledger.commit(tx -> free(tx.nodes()));
            OwnerOnly.file(file);
            Files.writeString(file, name + "\n");
            return name;
        } catch (IOException e) {
            throw new ProblemException(Problem.of(HubCode.DATA_FOLDER_UNUSABLE, "path", file, "why", Words.of(e)), e);
        }
    }

    private static String free(NodeBook nodes) {
        Set<String> known = nodes.all().stream().map(NodeBook.Row::id).collect(Collectors.toSet());
        String name = IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> "node-" + number)
                .filter(free -> !known.contains(free))
                .findFirst()
                .orElseThrow();
        nodes.name(name);
        return name;
    }
}
