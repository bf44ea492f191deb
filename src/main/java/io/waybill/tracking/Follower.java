package io.waybill.tracking;

import io.waybill.carrier.Account;
import io.waybill.carrier.Tracks;
import io.waybill.ledger.Fact;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Stage;
import io.waybill.ledger.TrackingBook.Key;
import io.waybill.ledger.Tx;
import io.waybill.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one account's carrier about what is due, a page after another, and records each page in one commit. */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** How many shipments are claimed, and recorded, together. */
    static final int PAGE = 50;

    /** Whoever dies over a page leaves it to be asked for again after this long. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration SELDOM = Duration.ofDays(1);

    private final Ledger ledger;
    private final Account account;
    private final Tracks carrier;
    private final Pace pace;
    private final Troubles troubles;

    Follower(Ledger ledger, Account account, Tracks carrier, Pace pace, Troubles troubles) {
        this.ledger = ledger;
        this.account = account;
        this.carrier = carrier;
        this.pace = pace;
        this.troubles = troubles;
    }

    /**
     * One page.
     *
     * @param more is told before anything is asked that there may be another
     * @return whether there may be another
     */
    boolean follow(Runnable more) {
        List<Moving> due = claim();
        if (due.size() == PAGE) {
            more.run();
        }
        List<Moving> followed = followed(due);
        if (!followed.isEmpty()) {
            List<String> ids = followed.stream().map(Moving::id).toList();
            Page page = new Page(ledger.read(tx -> tx.numbers().tracking(ids)));
            page.ask(carrier, followed, troubles::failedBefore);
            record(followed, page);
        }
        return due.size() == PAGE;
    }

    /** One at a time, so that two of this account do not wait for each other's rows. */
    private synchronized List<Moving> claim() {
        return ledger.commit(tx -> tx.journeys().claim(account.name(), PAGE, LEASE));
    }

    /**
     * Without those whose namespace has its tracking switched off: they are looked at again in an hour, or once it is on. And without
     * those another carrier sold, until the account has that one again: they are looked at once a day.
     */
    private List<Moving> followed(List<Moving> due) {
        if (due.isEmpty()) {
            return due;
        }
        return ledger.commit(tx -> {
            Set<String> off = tx.rollout().off(Stage.TRACKING);
            Set<String> left = off.isEmpty()
                    ? Set.of()
                    : tx.journeys().among(due.stream().map(Moving::id).toList(), off);
            Map<String, Optional<Duration>> waits = new HashMap<>();
            due.stream()
                    .filter(moving -> !account.isOf(moving.carrier()))
                    .forEach(moving -> waits.put(moving.id(), Optional.of(SELDOM)));
            left.forEach(id -> waits.put(id, Optional.of(PAUSE)));
            tx.journeys().next(waits);
            return due.stream()
                    .filter(moving -> !waits.containsKey(moving.id()))
                    .toList();
        });
    }

    /** Together; one by one where something in the page cannot be recorded. */
    private void record(List<Moving> shipments, Page page) {
        Set<String> ended;
        try {
            ended = ledger.commit(tx -> record(tx, shipments, page));
        } catch (RuntimeException e) {
            if (shipments.size() == 1) {
                LOG.warn(
                        "what was told of {} cannot be recorded, asking again: {}",
                        shipments.get(0).id(),
                        e.toString());
                troubles.unfollowed(
                        shipments.get(0),
                        page.all(shipments.get(0), Words.of(e)),
                        pace.afterPush(shipments.get(0).id()));
                return;
            }
            shipments.forEach(shipment -> record(List.of(shipment), page));
            return;
        }
        for (Moving shipment : shipments) {
            if (page.isUntold(shipment) && !ended.contains(shipment.id())) {
                postpone(shipment, page.untold(shipment));
            } else {
                troubles.followed(shipment);
            }
        }
    }

    /** @return those that need not be asked about any more, though a number of theirs may be untold */
    private Set<String> record(Tx tx, List<Moving> shipments, Page page) {
        List<Moving> told =
                shipments.stream().filter(shipment -> !page.isSilent(shipment)).toList();
        if (told.isEmpty()) {
            return Set.of();
        }
        String[] ids = told.stream().map(Moving::id).toArray(String[]::new);
        Known known = new Known(tx.tracking().known(List.of(ids)), tx.journeys().over(List.of(ids)), tx.now());
        Map<String, Optional<Duration>> waits = new HashMap<>();
        told.stream()
                .sorted(Comparator.comparing(Moving::orderUid))
                .forEach(shipment -> waits.put(shipment.id(), record(tx, shipment, page.toldOf(shipment), known)));
        tx.journeys().next(waits);
        Set<String> ended = told.stream()
                .map(Moving::id)
                .filter(id -> waits.getOrDefault(id, Optional.empty()).isEmpty())
                .collect(Collectors.toSet());
        tx.exceptions()
                .closeBy(
                        Fact.TRACKED,
                        told.stream()
                                .filter(shipment -> !page.isUntold(shipment) || ended.contains(shipment.id()))
                                .map(Moving::id)
                                .toList());
        return ended;
    }

    /**
     * Of the page's shipments, before what was told now.
     *
     * @param over those that have arrived
     */
    private record Known(Set<Key> events, Set<String> over, Instant now) {}

    /** @return when to ask again; empty when the journey is over */
    private Optional<Duration> record(Tx tx, Moving shipment, List<Tracks.Event> events, Known known) {
        List<Tracks.Event> news = Journey.news(shipment, events, known.events(), "poll", known.now());
        if (news.isEmpty()) {
            return known.over().contains(shipment.id()) ? Optional.empty() : quietly(tx, shipment);
        }
        OrderRow order = tx.orders().lock(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        boolean over =
                Journey.tell(tx, order, shipment, news, known.events(), "poll").over();
        String newest = news.get(news.size() - 1).status();
        return over ? Optional.empty() : pace.after(shipment.id(), newest, Duration.ZERO);
    }

    /** It may have moved, or its label been given back, since it was claimed. */
    private Optional<Duration> quietly(Tx tx, Moving shipment) {
        if (pace.isStill(shipment.quiet())) {
            tx.orders().lock(shipment.orderUid(), Namespaces.ALL);
            tx.journeys()
                    .moving(shipment.id())
                    .filter(now -> pace.isStill(now.quiet()))
                    .ifPresent(now -> Troubles.still(tx, now));
        }
        return pace.after(shipment.id(), shipment.status(), shipment.quiet());
    }

    private void postpone(Moving shipment, Page.Untold untold) {
        troubles.unfollowed(
                shipment, untold, pace.after(shipment.id(), null, Duration.ZERO).orElseThrow());
    }
}
