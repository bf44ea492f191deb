package io.waybill;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.waybill.api.Shedding;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns callers away while the hub cannot serve them, and a source that sends more than it may. */
final class Turnstile implements Shedding {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration MUCH_LATER = Duration.ofSeconds(30);

    private final Vitals vitals;
    private final Waiting waiting;
    private final Sources sources;
    private final Map<String, RateLimiter> rates = new TreeMap<>();
    private volatile boolean open;

    Turnstile(Vitals vitals, Waiting waiting, Sources sources) {
        this.vitals = vitals;
        this.waiting = waiting;
        this.sources = sources;
        for (String name : sources.names()) {
            int rate = sources.get(name).rate();
            if (rate > 0) {
                rates.put(
                        name,
                        RateLimiter.of(
                                name,
                                RateLimiterConfig.custom()
                                        .limitForPeriod(rate)
                                        .limitRefreshPeriod(SOON)
                                        .timeoutDuration(Duration.ZERO)
                                        .build()));
            }
        }
    }

    /** From now on calls are served. */
    void open() {
        open = true;
    }

    /** The hub stops: whoever comes now comes back later. */
    void shut() {
        open = false;
    }

    @Override
    public Optional<Away> fromEverything() {
        if (!open) {
            return Optional.of(new Away(503, Problem.of(HubCode.HUB_STOPPING), LATER));
        }
        if (vitals.isOutgrown()) {
            return Optional.of(new Away(503, Problem.of(HubCode.DATABASE_OUTGROWN), MUCH_LATER));
        }
        return vitals.isDatabaseGone()
                ? Optional.of(new Away(503, Problem.of(HubCode.DATABASE_GONE), LATER))
                : Optional.empty();
    }

    @Override
    public Optional<Away> notReady() {
        return fromEverything().or(this::whileDiskIsLow).or(this::whileDatabaseIsFull);
    }

    /** Whoever asks directly is served: only by commits that go through is it found to have room again. */
    private Optional<Away> whileDatabaseIsFull() {
        return vitals.isDatabaseFull()
                ? Optional.of(new Away(503, Problem.of(HubCode.DATABASE_FULL), MUCH_LATER))
                : Optional.empty();
    }

    private Optional<Away> whileDiskIsLow() {
        return vitals.isDiskLow()
                ? Optional.of(new Away(503, Problem.of(HubCode.DISK_LOW), MUCH_LATER))
                : Optional.empty();
    }

    @Override
    public boolean isSeen(String source, Namespaces by) {
        return sources.isSeen(source, by);
    }

    @Override
    public Optional<Away> fromIntake() {
        return whileDiskIsLow().or(this::whileBacklogIsOld);
    }

    private Optional<Away> whileBacklogIsOld() {
        return waiting.isOld()
                ? Optional.of(new Away(
                        503,
                        Problem.of(
                                HubCode.BACKLOG_TOO_OLD,
                                "minutes",
                                waiting.age().toMinutes()),
                        MUCH_LATER))
                : Optional.empty();
    }

    @Override
    public Optional<Away> fromIntake(String source) {
        Optional<Away> any = fromIntake();
        if (any.isPresent()) {
            return any;
        }
        int most = sources.find(source).map(SourceSettings::backlog).orElse(0);
        if (most > 0 && waiting.openOf(source) >= most) {
            return Optional.of(new Away(
                    429, Problem.of(HubCode.SOURCE_BACKLOG_FULL, "source", source, "limit", most), MUCH_LATER));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Away> count(String source) {
        RateLimiter rate = rates.get(source);
        return rate == null || rate.acquirePermission()
                ? Optional.empty()
                : Optional.of(new Away(
                        429,
                        Problem.of(
                                HubCode.SOURCE_TOO_FAST,
                                "source",
                                source,
                                "limit",
                                rate.getRateLimiterConfig().getLimitForPeriod(),
                                "seconds",
                                SOON.toSeconds()),
                        SOON));
    }
}
