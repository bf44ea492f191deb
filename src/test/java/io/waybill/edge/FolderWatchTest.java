package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.batch.BatchCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A watched folder that goes away and comes back, and files in it that stay. */
class FolderWatchTest {
    @TempDir
    Path share;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Marks marks = new Marks();
    private final List<Problem> silences = new CopyOnWriteArrayList<>();
    private final List<Problem> left = new CopyOnWriteArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger missed = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private volatile @Nullable RuntimeException ledger;
    private volatile RuntimeException trouble = new IllegalStateException("the disk is full");

    @AfterEach
    void stop() {
        root.detachAppender(log);
        camel.stop();
    }

    @Test
    void a_folder_that_is_gone_is_told_to_a_person_and_that_it_is_back() throws Exception {
        start(Duration.ZERO);
        await().untilAsserted(() -> assertThat(heard).hasValue(1));

        Files.delete(orders());

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());
        assertThat(silences.get(0).code()).isEqualTo("folder-away");
        assertThat(silences.get(0).sentence(Locale.ENGLISH)).contains(orders().toString(), "it does not exist");

        Files.createDirectory(orders());
        await().untilAsserted(() -> assertThat(heard).hasValue(2));
    }

    @Test
    void a_file_in_the_place_of_the_folder_is_told_too() throws Exception {
        start(Duration.ZERO);
        Files.delete(orders());
        Files.writeString(orders(), "x");

        await().untilAsserted(() -> assertThat(silences)
                .anySatisfy(why -> assertThat(why.sentence(Locale.ENGLISH)).contains("it is no folder")));
    }

    @Test
    void one_that_is_away_for_a_moment_is_no_persons_business() throws Exception {
        start(Duration.ofMinutes(15));
        await().untilAsserted(() -> assertThat(heard).hasValue(1));
        Files.delete(orders());
        Files.createDirectory(orders());
        trouble = new IllegalStateException("for a moment");
        Files.writeString(orders().resolve("orders.csv"), "x");
        await().untilAsserted(() -> assertThat(settled).hasPositiveValue());

        assertThat(silences).isEmpty();
        assertThat(left).isEmpty();
    }

    @Test
    void while_the_ledger_is_away_a_look_is_tried_again_and_leaves_no_stack_trace() throws Exception {
        log.list = new CopyOnWriteArrayList<>(); // the route goes on telling while it is read
        log.start();
        root.addAppender(log);
        SQLException gone = new SQLException("terminating connection due to administrator command", "57P01");
        ledger = new TransactionException("Failed to commit transaction", gone);
        start(Duration.ofMinutes(15));
        await().untilAsserted(() -> assertThat(missed).hasValueGreaterThan(2));

        ledger = null;
        await().untilAsserted(() -> assertThat(heard).hasValue(1));
        assertThat(log.list)
                .filteredOn(line -> line.getFormattedMessage().contains(orders().toString()))
                .noneMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void a_file_that_cannot_be_removed_is_told_at_once_and_that_it_is_gone() throws Exception {
        trouble = new ProblemException(
                Problem.of(BatchCode.FILE_NOT_REMOVED, "name", "orders.csv", "why", "Read-only file system"));
        start(Duration.ofMinutes(15));
        Files.writeString(orders().resolve("orders.csv"), "x");

        await().untilAsserted(() -> assertThat(left).hasSize(1));
        assertThat(left.get(0).code()).isEqualTo("file-not-removed");

        int before = settled.get();
        Files.delete(orders().resolve("orders.csv"));
        await().untilAsserted(() -> assertThat(settled.get()).isGreaterThan(before));
    }

    @Test
    void a_file_that_cannot_be_taken_in_is_told_when_that_goes_on() throws Exception {
        start(Duration.ZERO);
        Files.writeString(orders().resolve("orders.csv"), "x");

        await().untilAsserted(() -> assertThat(left).isNotEmpty());
        assertThat(left.get(0).code()).isEqualTo("file-stays");
        assertThat(left.get(0).sentence(Locale.ENGLISH)).contains("orders.csv", "the disk is full");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_that_is_never_read_as_its_name_is_in_another_encoding_is_told_when_that_goes_on() throws Exception {
        start(Duration.ZERO);
        assumeThat(orders().resolve("M\u00fcller.csv").toFile().toPath()).hasFileName("M\u00fcller.csv");
        String latin1 = "printf x > \"$(printf 'M\\374ller.csv')\"";
        assertThat(new ProcessBuilder("sh", "-c", latin1)
                        .directory(orders().toFile())
                        .start()
                        .waitFor())
                .isZero();

        await().untilAsserted(() -> assertThat(left).isNotEmpty());
        assertThat(left.get(0).code()).isEqualTo("file-stays");
        assertThat(left.get(0).sentence(Locale.ENGLISH)).contains("ller.csv", "its name is not in UTF-8");
    }

    private Path orders() {
        return share.resolve("orders");
    }

    private void start(Duration patience) throws Exception {
        Files.createDirectories(orders());
        camel.getRegistry().bind(StillFile.NAME, new StillFile());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + orders() + "?delay=20&initialDelay=10&noop=true&idempotent=false"
                                + "&readLockMinAge=20&exclusiveReadLockStrategy=#" + StillFile.NAME)
                        .routeId("source.acme")
                        .process(exchange -> {
                            marks.handed(exchange, "acme", "orders.csv");
                            throw trouble;
                        });
            }
        });
        camel.start();
        new Consumers(camel, each -> true, new Told(), marks, patience);
    }

    private final class Told extends NoPositions {
        @Override
        public void silent(String source, Problem why) {
            assertThat(source).isEqualTo("acme");
            silences.add(why);
        }

        @Override
        public void heard(String source) {
            RuntimeException away = ledger;
            if (away != null) {
                missed.incrementAndGet();
                throw away;
            }
            heard.incrementAndGet();
        }

        @Override
        public void unmarked(String source, Problem why) {
            left.add(why);
        }

        @Override
        public void marked(String source) {
            settled.incrementAndGet();
        }
    }
}
