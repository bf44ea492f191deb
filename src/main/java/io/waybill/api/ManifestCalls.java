package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.dispatch.DispatchCode;
import io.waybill.dispatch.Manifesting;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ManifestBook;
import io.waybill.ledger.Namespaces;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /manifests}: handing a day's parcels over, and the papers of it. */
final class ManifestCalls {
    private static final int PAGE = 200;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Manifesting manifesting;

    ManifestCalls(Ledger ledger, Accounts accounts, Manifesting manifesting) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.manifesting = manifesting;
    }

    List<Resource> resources() {
        return List.of(
                Resource.post("/manifests", Scope.LABELS_BUY, this::close),
                Resource.get("/manifests", Scope.READ, this::list).taking("account", "cursor"),
                Resource.get("/manifests/{id}", Scope.READ, request -> Answer.ok(view(find(request)))),
                Resource.get("/manifests/{id}/paper", Scope.READ, this::paper).taking("page"),
                Resource.act("/manifests/{id}/retry", Scope.LABELS_BUY, this::retry));
    }

    /** {@code {account, day}}; the day is today's where the hub runs when none is given. */
    private Answer close(Request request) {
        JsonNode wish = Fields.among(Said.ifAny(request.body()), "account", "day");
        String account = Fields.text(wish, "account");
        if (account.isBlank()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "account").at("/account"));
        }
        List<String> made = manifesting.close(
                account,
                day(Fields.text(wish, "day")),
                request.caller().namespaces(),
                request.caller().name());
        return items(
                made.stream()
                        .map(id -> ledger.read(tx ->
                                        tx.manifests().find(id, request.caller().namespaces()))
                                .orElseThrow())
                        .toList(),
                null);
    }

    private LocalDate day(String text) {
        if (text.isEmpty()) {
            return ledger.read(tx -> tx.now()).atZone(ZoneId.systemDefault()).toLocalDate();
        }
        try {
            return Days.day(text);
        } catch (DateTimeException e) {
            throw Request.badParameter("day", text, "2026-11-25");
        }
    }

    /** Of an account that is gone from the settings, too: what it handed over stays. */
    private Answer list(Request request) {
        String account = request.required("account", "legal.account");
        Namespaces scope = request.caller().namespaces();
        String before = request.cursor("man").orElse(null);
        Optional<Account> found = accounts.find(account);
        List<ManifestBook.Row> rows = found.isPresent() && !AccountCalls.isSeen(found.get(), scope)
                ? List.of()
                : ledger.read(tx -> tx.manifests().of(account, scope, served(account), before, PAGE + 1));
        if (rows.isEmpty()
                && found.filter(seen -> AccountCalls.isSeen(seen, scope)).isEmpty()) {
            throw new ProblemException(Problem.of(DispatchCode.MANIFEST_ACCOUNT_UNKNOWN, "account", account));
        }
        Paged<ManifestBook.Row> page = Paged.of(rows, PAGE);
        return items(page.rows(), page.next(ManifestBook.Row::id));
    }

    private Answer retry(Request request) {
        Namespaces scope = request.caller().namespaces();
        ManifestBook.Row open = find(request);
        manifesting.again(open, scope, request.caller().name());
        return Answer.ok(view(
                ledger.read(tx -> tx.manifests().find(open.id(), scope)).orElseThrow()));
    }

    /** {@code ?page=2} for the second where the carrier sent several. */
    private Answer paper(Request request) {
        ManifestBook.Row row = find(request);
        String page = request.query("page").orElse("1");
        if (!page.matches("[1-9]\\d{0,3}")) {
            throw Request.badParameter("page", page, "1, 2, 3 …");
        }
        ManifestBook.Paper paper = ledger.read(tx -> tx.manifests().paper(row.id(), Integer.parseInt(page)))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ApiCode.NO_SUCH_PAPER, "id", row.id(), "papers", row.papers())));
        return Answer.bytes(ShipmentCalls.mediaType(paper.format()), paper.bytes())
                .with("Cache-Control", "no-store");
    }

    private ManifestBook.Row find(Request request) {
        String id = request.parameter("id");
        Namespaces scope = request.caller().namespaces();
        return ledger.read(tx -> tx.manifests().find(id, scope))
                .filter(row -> row.shipments() > 0 || scope.covers(served(row.account())))
                .orElseThrow(() -> new ProblemException(Problem.of(ApiCode.MANIFEST_NOT_FOUND, "id", id)));
    }

    /** The namespaces of an account; all where it has none of its own, or is gone. */
    private Namespaces served(String account) {
        return accounts.find(account)
                .map(Account::namespaces)
                .filter(names -> !names.isEmpty())
                .map(Namespaces::of)
                .orElse(Namespaces.ALL);
    }

    private static Answer items(List<ManifestBook.Row> rows, @Nullable String next) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        rows.forEach(row -> items.add(view(row)));
        return Answer.ok(answer.put("next", next));
    }

    private static ObjectNode view(ManifestBook.Row row) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("account", row.account())
                .put("day", row.shipDay().toString())
                .put("status", row.state().name().toLowerCase(Locale.ROOT))
                .put("number", row.numberValue())
                .put("words", row.words())
                .put("shipments", row.shipments())
                .put("by", row.createdBy())
                .put("createdAt", row.createdAt().toString());
        for (int page = 1; page <= row.papers(); page++) {
            view.withArray("papers").add("/v1/manifests/" + row.id() + "/paper?page=" + page);
        }
        return view;
    }
}
