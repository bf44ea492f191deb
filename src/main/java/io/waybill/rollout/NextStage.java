package io.waybill.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.RolloutBook;
import io.waybill.ledger.Stage;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first stage of a namespace that is off, and what it lacks to be switched on. Nothing keeps it from being switched on all the same. */
public final class NextStage {
    private final Ledger ledger;
    private final Accounts accounts;
    private final BiFunction<String, String, List<String>> sinks;

    /** @param sinks the sinks that take a type of event for a namespace, whatever stages are on */
    public NextStage(Ledger ledger, Accounts accounts, BiFunction<String, String, List<String>> sinks) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.sinks = sinks;
    }

    /** {@code {stage, lacks: [{code, text}]}}; {@code stage} is null once all are on. */
    public ObjectNode json(String namespace, Locale language) {
        Optional<Stage> next = of(namespace);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("stage", next.map(Stage::word).orElse(null));
        ArrayNode lacks = json.putArray("lacks");
        next.stream()
                .flatMap(stage -> lacks(namespace, stage).stream())
                .forEach(problem ->
                        lacks.addObject().put("code", problem.code()).put("text", problem.sentence(language)));
        return json;
    }

    private Optional<Stage> of(String namespace) {
        return Arrays.stream(Stage.values())
                .filter(stage -> ledger.read(tx -> tx.rollout().off(stage)).contains(namespace))
                .findFirst();
    }

    private List<Problem> lacks(String namespace, Stage stage) {
        List<Account> open = accounts.all().stream()
                .filter(account -> account.serves(namespace))
                .toList();
        RolloutBook.Seen seen = ledger.read(tx -> tx.rollout().seen(namespace));
        List<Problem> lacks = new ArrayList<>();
        if (open.isEmpty()) {
            lacks.add(Problem.of(RolloutCode.LACKS_ACCOUNT, "namespace", namespace));
        }
        switch (stage) {
            case LABELS -> {
                if (seen.rejections() > 0) {
                    lacks.add(Problem.of(RolloutCode.LACKS_GOOD_ORDERS, "count", seen.rejections()));
                }
                add(lacks, sink(namespace, "order.labelled"));
            }
            case TRACKING -> {
                add(lacks, label(namespace, seen));
                add(
                        lacks,
                        able(
                                open,
                                RolloutCode.LACKS_TRACKING,
                                account -> account.carrier() instanceof Tracks
                                        || (account.carrier() instanceof Webhooks hooks && hooks.isOn())));
                add(lacks, sink(namespace, "tracking.updated"));
            }
            case REFUNDS -> {
                add(lacks, label(namespace, seen));
                add(lacks, able(open, RolloutCode.LACKS_VOIDS, account -> account.carrier() instanceof Voids));
                add(lacks, sink(namespace, "billing.refunded"));
            }
            case BILLING -> {
                add(lacks, label(namespace, seen));
                if (seen.bills() == 0) {
                    add(
                            lacks,
                            able(
                                    open,
                                    RolloutCode.LACKS_BILL,
                                    account ->
                                            account.aftercare().pullsBill() && Bills.arePulledFrom(account.carrier())));
                }
                add(lacks, sink(namespace, "billing.charged"));
            }
        }
        return lacks;
    }

    private static void add(List<Problem> lacks, @Nullable Problem problem) {
        if (problem != null) {
            lacks.add(problem);
        }
    }

    private static @Nullable Problem label(String namespace, RolloutBook.Seen seen) {
        return seen.labels() > 0 ? null : Problem.of(RolloutCode.LACKS_LABEL, "namespace", namespace);
    }

    private @Nullable Problem sink(String namespace, String type) {
        return sinks.apply(namespace, type).isEmpty()
                ? Problem.of(RolloutCode.LACKS_SINK, "namespace", namespace, "event", type)
                : null;
    }

    private static @Nullable Problem able(List<Account> open, RolloutCode code, Predicate<Account> able) {
        String unable = open.stream().filter(able.negate()).map(Account::name).collect(Collectors.joining(", "));
        return unable.isEmpty() ? null : Problem.of(code, "accounts", unable);
    }
}
