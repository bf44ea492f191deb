package io.waybill.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Choice;
import io.waybill.format.Document;
import io.waybill.mapping.Explained;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a source's documents one after another and tells how ready they are: every canonical field and where it comes
 * from, what changed since the first file, numbers, addresses, services, billing. Takes nothing in, remembers no document.
 */
public final class Readiness {
    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_SERVICES = 200;

    private final Setting setting;
    private final Orders orders;
    private final @Nullable Mapping mapping;
    final FieldCount fields;
    final Columns first = new Columns();
    final Columns earlier = new Columns();
    final Columns now = new Columns();
    final Numbers numbers;
    final Countries countries = new Countries();
    final Tally services = new Tally(MOST_SERVICES);
    final Tally unknownServices = new Tally(MOST_SERVICES);
    final Tally problemCodes = new Tally(MOST_SERVICES);
    final List<Problem> problems = new ArrayList<>();
    final List<Problem> ofTheFile = new ArrayList<>();
    long documents;
    long skipped;
    long valid;
    long weighed;
    long billed;

    /** When a document came, beside the others. */
    public enum When {
        /** In the first file: what later ones are compared with. */
        FIRST,
        EARLIER,
        /** In the last week, or in the file that is looked at. */
        NOW
    }

    /** @param mapping what the documents take; null when they are canonical */
    public Readiness(Setting setting, Orders orders, @Nullable Mapping mapping) {
        this.setting = setting;
        this.orders = orders;
        this.mapping = mapping;
        this.fields = new FieldCount(Fields.of(orders.schema("order/1")), setting.fills());
        this.numbers = new Numbers(setting.thresholds().longestNumber());
    }

    /** What is wrong with a file as a whole: columns its header lacks, or the place where it can be read no further. */
    public void addProblems(List<Problem> found) {
        ofTheFile.addAll(found);
    }

    /** The columns of a file. */
    public void addHeader(List<String> columns, When when) {
        if (when == When.FIRST) {
            first.header(columns);
        }
        (when == When.NOW ? now : earlier).header(columns);
    }

    /** The same as {@link #add}, only to compare later ones with. */
    public void addOnlyColumns(Document document, When when) {
        if (when == When.FIRST) {
            first.add(document.tree());
        }
        (when == When.NOW ? now : earlier).add(document.tree());
    }

    /**
     * What a document was found to be.
     *
     * @param number of its order as far as it can be told; empty where it cannot
     * @param order null where it has problems
     */
    public record Looked(String number, @Nullable Order order) {}

    /** Looks at one document of the only file; answers with what it is, or with nothing when it is none of ours. */
    public Optional<Looked> add(Document document, When when) {
        return add(document, when, null);
    }

    /**
     * The same.
     *
     * @param kept which of those that were kept it is; null for one of the only file. Only in one file two orders of one number
     *     contradict each other
     */
    public Optional<Looked> add(Document document, When when, @Nullable Kept kept) {
        addOnlyColumns(document, when);
        Result result = result(document);
        if (result instanceof Result.Skipped) {
            skipped++;
            return Optional.empty();
        }
        documents++;
        String number = "";
        if (mapping != null && document.problems().isEmpty()) {
            List<Explained> trace = mapping.explain(document);
            fields.add(trace);
            number = FieldCount.written("/orderId", trace).orElse("");
        } else if (result instanceof Result.Mapped mapped) {
            fields.add(mapped.tree());
            number = mapped.tree().path("orderId").asText("");
        }
        count(number, document, kept == null ? "" : kept.file());
        if (result instanceof Result.Failed failed) {
            failed(document, kept, failed.problems());
            return Optional.of(new Looked(number, null));
        }
        return Optional.of(new Looked(number, canonical(document, kept, ((Result.Mapped) result).tree())));
    }

    private void count(String number, Document document, String file) {
        if (!number.isBlank()) {
            numbers.add(number, document.tree(), file, document.ordinal());
        }
    }

    private Result result(Document document) {
        if (!document.problems().isEmpty()) {
            return new Result.Failed(document.problems());
        }
        return mapping == null ? new Result.Mapped(document.tree(), List.of()) : mapping.apply(document);
    }

    private void failed(Document document, @Nullable Kept kept, List<Problem> found) {
        for (Problem problem : found) {
            problemCodes.add(problem.code());
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(kept == null ? inRow(problem, document.firstRow()) : kept.name(problem));
            }
        }
    }

    private static Problem inRow(Problem problem, long row) {
        return problem.values().containsKey("row") ? problem : problem.with("row", row);
    }

    private @Nullable Order canonical(Document document, @Nullable Kept kept, JsonNode tree) {
        billed += isBilled(tree) ? 1 : 0;
        try {
            Order order = orders.read(tree);
            address(tree, List.of());
            valid++;
            weighed += isWeighed(order) ? 1 : 0;
            service(order);
            return order;
        } catch (ProblemException e) {
            address(tree, e.problems());
            failed(document, kept, e.problems());
            return null;
        }
    }

    private void address(JsonNode tree, List<Problem> found) {
        countries.add(
                tree.path("shipTo").path("country").asText(""),
                found.stream().filter(Readiness::isOfAddress).toList());
    }

    private static boolean isOfAddress(Problem problem) {
        return String.valueOf(problem.pointer()).startsWith("/shipTo");
    }

    private static boolean isWeighed(Order order) {
        return !order.parcels().isEmpty() && order.parcels().stream().allMatch(parcel -> parcel.weight() != null);
    }

    private static boolean isBilled(JsonNode tree) {
        return Fields.says(tree, "billing.costCenter")
                || Fields.says(tree, "billing.department")
                || Fields.says(tree, "billing.references");
    }

    private void service(Order order) {
        String service = order.service() == null ? "-" : order.service();
        services.add(service);
        boolean filled = order.service() == null && setting.fills().contains("service");
        if (setting.chooser() != null
                && !filled
                && setting.chooser().choose(order, setting.namespace()) instanceof Choice.Nobody) {
            unknownServices.add(service);
        }
    }

    /** What was found until now. */
    public Report report() {
        return Report.of(setting, this);
    }
}
