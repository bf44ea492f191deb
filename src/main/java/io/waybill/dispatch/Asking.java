package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks accounts for their prices, each on its own few threads, all at once and only until a deadline: a carrier that
 * hangs holds up nobody else's price.
 */
final class Asking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int WAITING = 50;

    private final Accounts accounts;
    private final Duration within;
    private final Map<String, ExecutorService> workers = new LinkedHashMap<>();

    Asking(Accounts accounts, Duration within) {
        this.accounts = accounts;
        this.within = within;
        for (Account account : accounts.all()) {
            workers.put(account.name(), workers(account));
        }
    }

    /** The prices of one question that are on their way; {@link #take} waits for them. */
    final class Answers {
        private final long deadline = System.nanoTime() + within.toNanos();
        private final Map<Account, Future<List<Rate>>> asked = new LinkedHashMap<>();

        /** Every price that came in time; an account that did not answer is there once, excluded. */
        List<Offer> take() {
            return asked.entrySet().stream()
                    .flatMap(answer -> rates(answer.getKey(), answer.getValue(), deadline).stream()
                            .map(rate -> new Offer(answer.getKey(), rate)))
                    .toList();
        }
    }

    Answers ask(List<Account> accounts, Shipment shipment) {
        Answers answers = new Answers();
        for (Account account : accounts) {
            Future<List<Rate>> answer = account.rates()
                    .map(rates -> submit(account, rates, shipment))
                    .orElseGet(() -> CompletableFuture.completedFuture(excluded(DispatchCode.GIVES_NO_PRICES)));
            answers.asked.put(account, answer);
        }
        return answers;
    }

    private Future<List<Rate>> submit(Account account, Rates rates, Shipment shipment) {
        if (accounts.isOpen(account.name())) {
            return CompletableFuture.completedFuture(excluded(DispatchCode.ACCOUNT_AWAY));
        }
        FutureTask<List<Rate>> question = new FutureTask<>(() -> rates(account, rates, shipment));
        try {
            Objects.requireNonNull(workers.get(account.name())).execute(question);
        } catch (RejectedExecutionException e) {
            question.cancel(false);
        }
        return question;
    }

    /** As it would be bought: a rate sheet counts parcels itself, and means what it says where it says nothing. */
    private static List<Rate> rates(Account account, Rates rates, Shipment shipment) {
        if (account.sheet() != null) {
            return rates.rates(shipment);
        }
        Rates priced = one -> EachOnce.of(rates.rates(one).stream()
                .map(Rate::ofSomething)
                .map(Rate::ofAName)
                .toList());
        return Splitting.isNeeded(account, shipment)
                ? SummedRates.of(Cutting.shipments(shipment, account.carrier().parcelsPerPurchase(shipment)).stream()
                        .map(priced::rates)
                        .toList())
                : priced.rates(shipment);
    }

    private static List<Rate> rates(Account account, Future<List<Rate>> answer, long deadline) {
        try {
            List<Rate> rates = answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return rates.isEmpty() ? excluded(DispatchCode.NO_PRICE_CAME) : rates;
        } catch (TimeoutException | CancellationException e) {
            answer.cancel(true);
            LOG.warn("{} was asked for a price and did not answer in time", account.name());
            return excluded(DispatchCode.NO_PRICE_IN_TIME);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException no) {
                return List.of(Rate.excluded("*", no.problem(account.name())));
            }
            LOG.error("the adapter of {} broke on a price", account.name(), e.getCause());
            return excluded(DispatchCode.PRICE_BROKE);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return excluded(DispatchCode.NO_PRICE_IN_TIME);
        }
    }

    /** Of every service: which ones there are is not known. */
    private static List<Rate> excluded(DispatchCode why) {
        return List.of(Rate.excluded("*", Problem.of(why)));
    }

    private static ExecutorService workers(Account account) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                account.workers(), account.workers(), 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "rate-" + account.name());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Nothing is bought here: what is still asked is dropped. */
    @Override
    public void close() {
        workers.values().forEach(ExecutorService::shutdownNow);
    }
}
