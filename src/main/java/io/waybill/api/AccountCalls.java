package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Channels;
import io.waybill.carrier.Connection;
import io.waybill.dispatch.Dispatch;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.StopBook;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /accounts}: which carriers this caller can ship with, what each can do, and stopping one or all of them. */
final class AccountCalls {
    private static final int LONGEST_REASON = 500;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Dispatch dispatch;

    AccountCalls(Ledger ledger, Accounts accounts, Dispatch dispatch) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.dispatch = dispatch;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/accounts", Scope.READ, this::list),
                Resource.get("/accounts/{name}/channels", Scope.READ, this::channels),
                Resource.act("/accounts/{name}/test", Scope.ADMIN, this::test),
                Resource.post("/accounts/{name}/off", Scope.ADMIN, request -> off(request, own(request))),
                Resource.act("/accounts/{name}/on", Scope.ADMIN, request -> on(request, own(request))),
                Resource.post("/accounts/off", Scope.ADMIN, this::allOff),
                Resource.act("/accounts/on", Scope.ADMIN, this::allOn));
    }

    private Answer list(Request request) {
        Namespaces scope = request.caller().namespaces();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        AccountView view = AccountView.read(ledger, accounts, scope);
        accounts.all().stream()
                .filter(account -> isSeen(account, scope))
                .forEach(account -> items.add(view.of(account).put("yours", isOwn(account, scope))));
        return Answer.ok(answer.putNull("next"));
    }

    /** What the account may buy, by the carrier's codes and our words; nothing where the carrier does not say. */
    private Answer channels(Request request) {
        Account account = seen(request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        if (account.carrier() instanceof Channels carrier) {
            for (Channels.Channel channel : asked(account, carrier)) {
                items.addObject()
                        .put("code", channel.code())
                        .put("name", channel.name())
                        .put("service", channel.service());
            }
        }
        return Answer.ok(answer.putNull("next"));
    }

    /** Asks the carrier something free, now; whatever comes of it is the answer and no problem of the call. */
    private Answer test(Request request) {
        String name = own(request);
        Connection seen = Connection.of(accounts.find(name).orElseThrow());
        String came = seen.isWell() ? "answered" : seen.why();
        ledger.commitAll(tx -> audited(tx, request.caller().name(), "account.tested", name, came));
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("account", name)
                .put("asked", seen.asked())
                .put("answered", seen.isWell())
                .put("why", seen.why())
                .put("milliseconds", seen.took().toMillis());
        Money left = seen.left();
        if (left != null) {
            view.putObject("left")
                    .put("amount", Amounts.plain(left.amount()))
                    .put("currency", left.currency().getCurrencyCode());
        }
        return Answer.ok(view);
    }

    private static List<Channels.Channel> asked(Account account, Channels carrier) {
        try {
            return carrier.channels();
        } catch (IllegalStateException silent) {
            throw new ProblemException(
                    Problem.of(ApiCode.CARRIER_SILENT, "account", account.name(), "why", silent.getMessage()), silent);
        }
    }

    private Answer allOff(Request request) {
        request.caller().requireAllNamespaces();
        return off(request, StopBook.ALL);
    }

    private Answer allOn(Request request) {
        request.caller().requireAllNamespaces();
        return on(request, StopBook.ALL);
    }

    /** {@code {reason}}: it buys nothing from now on; purchases already sent are still settled. */
    private Answer off(Request request, String account) {
        String reason = reason(request);
        String actor = request.caller().name();
        ledger.commitAll(tx -> {
            tx.stops().stop(account, reason, actor);
            audited(tx, actor, "account.off", account, reason);
        });
        return list(request);
    }

    private Answer on(Request request, String account) {
        String actor = request.caller().name();
        ledger.commitAll(tx -> {
            if (!account.equals(StopBook.ALL)) {
                tx.stops().all().stream()
                        .filter(stop -> stop.account().equals(StopBook.ALL))
                        .findFirst()
                        .ifPresent(stop -> refuse(account, stop));
            }
            if (tx.stops().start(account)) {
                audited(tx, actor, "account.on", account, null);
            }
        });
        dispatch.wake();
        return list(request);
    }

    private void audited(Tx tx, String actor, String act, String account, @Nullable String detail) {
        Set<String> served = accounts.find(account).map(Account::namespaces).orElse(Set.of());
        tx.audit().record(actor, act, account, Namespaces.of(served).only(), detail);
    }

    private static void refuse(String account, StopBook.Row stop) {
        throw new ProblemException(Problem.of(
                ApiCode.EVERYTHING_STOPPED,
                "account",
                account,
                "by",
                stop.stoppedBy(),
                "since",
                stop.stoppedAt().toString(),
                "reason",
                stop.reason() == null ? "-" : stop.reason()));
    }

    /** Who sees some of the namespaces an account serves decides nothing for the others. */
    private String own(Request request) {
        Account account = seen(request);
        if (!isOwn(account, request.caller().namespaces())) {
            request.caller().requireAllNamespaces();
        }
        return account.name();
    }

    private Account seen(Request request) {
        Namespaces scope = request.caller().namespaces();
        String name = request.parameter("name");
        return accounts.find(name).filter(account -> isSeen(account, scope)).orElseThrow(() -> {
            String known = accounts.all().stream()
                    .filter(account -> isSeen(account, scope))
                    .map(Account::name)
                    .collect(Collectors.joining(", "));
            return new ProblemException(Problem.of(ApiCode.ACCOUNT_NOT_FOUND, "account", name, "known", known));
        });
    }

    private static @Nullable String reason(Request request) {
        String reason = Fields.text(Fields.among(Said.ifAny(request.body()), "reason"), "reason");
        return reason.isBlank() ? null : Shortened.to(LONGEST_REASON, reason);
    }

    static boolean isSeen(Account account, Namespaces scope) {
        return account.namespaces().isEmpty() || account.namespaces().stream().anyMatch(scope::has);
    }

    private static boolean isOwn(Account account, Namespaces scope) {
        Set<String> served = account.namespaces();
        return scope.all() || (!served.isEmpty() && served.stream().allMatch(scope::has));
    }
}
