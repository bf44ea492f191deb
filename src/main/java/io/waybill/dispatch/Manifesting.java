package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Label;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ManifestBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Address;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The daily close. What is handed over together is on disk before the carrier is asked, so that a kill in between leaves a
 * manifest that is asked about again, and no shipment in two.
 */
public final class Manifesting {
    private static final int MOST = 5_000;

    /** Of one with an order that was forgotten meanwhile: what the carrier said may name the recipient. */
    private static final String UNREAD = "the carrier's answer could not be read";

    private final Ledger ledger;
    private final Accounts accounts;

    public Manifesting(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /**
     * Closes what an account has sold and nobody has scanned yet: a manifest for each address it leaves from, and for as many
     * shipments as the carrier takes in one.
     *
     * @param day on which they are handed over; orders for a later day wait
     * @return the ids of the manifests
     * @throws ProblemException {@code account-not-found}, {@code manifest-not-offered}, {@code nothing-to-manifest}
     */
    public List<String> close(String account, LocalDate day, Namespaces scope, String actor) {
        Account closing = closing(account, scope);
        Manifests carrier = (Manifests) closing.carrier();
        List<String> made = new ArrayList<>();
        for (Map.Entry<Address, List<String>> place :
                waiting(closing, carrier, day, scope).entrySet()) {
            List<String> ids = place.getValue();
            for (int from = 0; from < ids.size(); from += carrier.mostInOne()) {
                List<String> together = ids.subList(from, Math.min(ids.size(), from + carrier.mostInOne()));
                Optional<String> manifest = ledger.commit(tx -> opened(tx, account, day, actor, together));
                manifest.ifPresent(id -> {
                    ask(carrier, id, together, place.getKey(), day);
                    made.add(id);
                });
            }
        }
        if (made.isEmpty()) {
            throw new ProblemException(Problem.of(DispatchCode.NOTHING_TO_MANIFEST, "account", account));
        }
        return made;
    }

    private Optional<String> opened(Tx tx, String account, LocalDate day, String actor, List<String> together) {
        Optional<String> manifest = tx.manifests().open(account, day, actor, together);
        manifest.ifPresent(id -> audited(tx, actor, "manifest.asked", id, account));
        return manifest;
    }

    private void audited(Tx tx, String actor, String act, String manifest, String account) {
        Set<String> served = accounts.find(account).map(Account::namespaces).orElse(Set.of());
        tx.audit().record(actor, act, manifest, Namespaces.of(served).only(), account);
    }

    /**
     * Asks once more for one whose answer could not be read.
     *
     * @throws ProblemException {@code manifest-over} for any other
     */
    public void again(ManifestBook.Row row, Namespaces scope, String actor) {
        if (row.state() != ManifestBook.State.OPEN) {
            throw new ProblemException(Problem.of(DispatchCode.MANIFEST_OVER, "id", row.id()));
        }
        List<String> ids = ledger.read(tx -> tx.manifests().shipments(row.id()));
        if (ids.isEmpty()) { // refused since the row was read
            throw new ProblemException(Problem.of(DispatchCode.MANIFEST_OVER, "id", row.id()));
        }
        Account account = closing(row.account(), scope);
        Optional<String> elsewhere = ids.stream()
                .flatMap(id -> Shipments.elsewhere(account, row(id)).stream())
                .findFirst();
        ledger.commitAll(tx -> audited(tx, actor, "manifest.asked-again", row.id(), row.account()));
        if (elsewhere.isPresent()) {
            ledger.commitAll(tx -> tx.manifests().unread(row.id(), elsewhere.get()));
        } else {
            ask((Manifests) account.carrier(), row.id(), ids, sender(ids.get(0)), row.shipDay());
        }
    }

    private Account closing(String name, Namespaces scope) {
        Optional<Account> account = accounts.find(name)
                .filter(found -> found.namespaces().isEmpty()
                        || found.namespaces().stream().anyMatch(scope::has));
        if (account.isEmpty()) {
            throw new ProblemException(Problem.of(DispatchCode.MANIFEST_ACCOUNT_UNKNOWN, "account", name));
        }
        if (account.get().carrier() instanceof Manifests) {
            return account.get();
        }
        throw new ProblemException(Problem.of(
                DispatchCode.MANIFEST_NOT_OFFERED,
                "account",
                name,
                "carrier",
                account.get().carrierId()));
    }

    private Map<Address, List<String>> waiting(Account account, Manifests carrier, LocalDate day, Namespaces scope) {
        Map<Address, List<String>> places = new LinkedHashMap<>();
        for (String id : ledger.read(tx -> tx.manifests().waiting(account.name(), account.carrierId(), scope, MOST))) {
            ShipmentRow row = row(id);
            Order order = order(row);
            if (!isLater(order.options(), day) && carrier.takes(String.valueOf(row.service()))) {
                Address from = Objects.requireNonNull(order.shipFrom(), "no sender");
                boolean together = carrier.closesAll() && !places.isEmpty();
                places.computeIfAbsent(together ? places.keySet().iterator().next() : from, place -> new ArrayList<>())
                        .add(id);
            }
        }
        return places;
    }

    private static boolean isLater(Order.@Nullable Options options, LocalDate day) {
        return options != null
                && options.shipDate() != null
                && options.shipDate().isAfter(day);
    }

    private Address sender(String shipment) {
        return Objects.requireNonNull(order(row(shipment)).shipFrom(), "no sender");
    }

    private ShipmentRow row(String shipment) {
        return ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
    }

    private Order order(ShipmentRow row) {
        return Shipments.order(ledger.read(tx -> tx.orders().find(row.orderUid(), Namespaces.ALL))
                .orElseThrow());
    }

    private void ask(Manifests carrier, String manifest, List<String> ids, Address from, LocalDate day) {
        Map<String, String> byNumber = new LinkedHashMap<>();
        List<String> orders = new ArrayList<>();
        ids.stream().map(this::row).forEach(row -> {
            byNumber.put(String.valueOf(row.carrierShipment()), row.id());
            orders.add(row.orderUid());
        });
        Closed closed =
                close(carrier, byNumber.keySet().stream().map(ShipmentId::new).toList(), from, day);
        ledger.commitAll(tx -> {
            boolean isForgotten = isForgotten(tx, orders);
            if (closed instanceof Closed.Done done) {
                List<String> left = done.left().stream()
                        .map(one -> byNumber.get(one.shipment().value()))
                        .filter(Objects::nonNull)
                        .toList();
                List<String> taken = byNumber.values().stream()
                        .filter(id -> !left.contains(id))
                        .toList();
                List<ManifestBook.Paper> papers = isForgotten ? List.of() : papers(done.papers());
                String words = isForgotten ? null : words(done.left());
                tx.manifests().closed(manifest, done.number(), papers, taken, left, words);
            } else if (closed instanceof Closed.Refused no) {
                tx.manifests().refused(manifest, isForgotten ? null : no.words());
            } else {
                tx.manifests().unread(manifest, isForgotten ? UNREAD : ((Closed.Unknown) closed).why());
            }
        });
    }

    /** Whether one of them was forgotten, be it while the carrier was asked: papers and words may name the recipient. No other is before all is kept. */
    private static boolean isForgotten(Tx tx, List<String> orders) {
        tx.orders().lock(orders).get();
        return tx.erasure().isAnyErased(orders);
    }

    private static Closed close(Manifests carrier, List<ShipmentId> shipments, Address from, LocalDate day) {
        try {
            return carrier.close(shipments, from, day);
        } catch (RuntimeException broke) {
            return new Closed.Unknown("the adapter broke: " + Words.of(broke));
        }
    }

    /** What the carrier said of those it left out, and which by its numbers; null where it took all. */
    private static @Nullable String words(List<Manifests.Left> left) {
        Map<String, List<String>> numbers = new LinkedHashMap<>();
        left.forEach(one -> numbers.computeIfAbsent(one.words(), first -> new ArrayList<>())
                .add(one.shipment().value()));
        return numbers.isEmpty()
                ? null
                : numbers.entrySet().stream()
                        .map(said -> said.getKey() + " (" + String.join(", ", said.getValue()) + ")")
                        .collect(Collectors.joining("; "));
    }

    private static List<ManifestBook.Paper> papers(List<Label.Document> documents) {
        return documents.stream()
                .map(one -> new ManifestBook.Paper(one.format(), one.bytes()))
                .toList();
    }
}
