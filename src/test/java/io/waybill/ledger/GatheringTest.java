package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final int CALLERS = 80;
    private static final String BAD = "bad";
    private static final String STRANGE = "strange";

    private final Ledger ledger = Ledger.open(Stores.memory(), (namespace, type) -> List.of());
    private final ConcurrentLinkedQueue<List<String>> commits = new ConcurrentLinkedQueue<>();
    private final CountDownLatch disk = new CountDownLatch(1);
    private final Gathering<String, String> gathering = new Gathering<>(ledger, this::keep);

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void works_that_come_while_others_are_committed_go_to_disk_together() throws Exception {
        List<Optional<String>> answers = all(
                IntStream.range(0, CALLERS).mapToObj(number -> "work " + number).toList());

        assertThat(answers)
                .containsExactlyElementsOf(IntStream.range(0, CALLERS)
                        .mapToObj(number -> Optional.of("kept work " + number))
                        .toList());
        assertThat(commits)
                .as("who came first, then all that had come, at most 64 together")
                .hasSizeLessThanOrEqualTo(4)
                .allSatisfy(works -> assertThat(works).hasSizeLessThanOrEqualTo(64));
        assertThat(kept("work 0", "work 17", "work 79")).isEqualTo(3);
    }

    @Test
    void a_commit_that_takes_long_holds_up_no_other() throws Exception {
        Thread slow = new Thread(() -> gathering.commit("behind a lock"));
        slow.start();
        await().until(() -> !commits.isEmpty());

        assertThat(gathering.commit(STRANGE)).isEmpty();

        assertThat(commits).containsExactly(List.of("behind a lock"), List.of(STRANGE));
        assertThat(slow.isAlive()).isTrue();
        disk.countDown();
        slow.join();
    }

    @Test
    void one_that_fails_hands_all_of_its_commit_back_and_leaves_nothing_of_them() throws Exception {
        List<Optional<String>> answers = all(List.of("first", "second", BAD, "third", "fourth"));

        assertThat(answers.get(2)).isEmpty();
        assertThat(kept("first", "second", BAD, "third", "fourth"))
                .as("kept is what was answered with a result, and nothing else")
                .isEqualTo(answers.stream().filter(Optional::isPresent).count());
    }

    @Test
    void one_that_must_go_alone_is_handed_back_by_itself() throws Exception {
        assertThat(all(List.of("first", "second", STRANGE, "third")))
                .containsExactly(
                        Optional.of("kept first"),
                        Optional.of("kept second"),
                        Optional.empty(),
                        Optional.of("kept third"));
    }

    @Test
    void one_that_waits_for_nobody_is_committed_by_itself() {
        assertThat(gathering.commitNow(STRANGE)).isEmpty();
        disk.countDown();
        assertThat(gathering.commitNow("now")).contains("kept now");
        assertThat(commits).containsExactly(List.of(STRANGE), List.of("now"));
    }

    /** All at once: the first commit waits until everybody else has come. */
    private List<Optional<String>> all(List<String> works) throws Exception {
        List<Thread> threads = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(works.size(), task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
        List<Future<Optional<String>>> answers = new ArrayList<>();
        for (String work : works) {
            answers.add(callers.submit(() -> gathering.commit(work)));
        }
        callers.shutdown();
        await().until(() -> IntStream.range(0, works.size())
                .allMatch(i -> answers.get(i).isDone() || threads.get(i).getState() == Thread.State.WAITING));
        disk.countDown();
        List<Optional<String>> results = new ArrayList<>();
        for (Future<Optional<String>> answer : answers) {
            results.add(answer.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    private List<Optional<String>> keep(Tx tx, List<String> works) {
        commits.add(works);
        awaitDisk(works);
        works.stream()
                .filter(work -> !work.equals(STRANGE))
                .forEach(work -> tx.inbox().put("test", work, new InboxBook.Entry("sha", null, "KEPT", null)));
        if (works.contains(BAD)) {
            throw new IllegalStateException("a row that the database does not take");
        }
        return works.stream()
                .map(work -> Optional.of("kept " + work).filter(kept -> !work.equals(STRANGE)))
                .toList();
    }

    private void awaitDisk(List<String> works) {
        try {
            if (!works.contains(STRANGE)) {
                disk.await();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long kept(String... works) {
        return ledger.<Long>read(tx -> List.of(works).stream()
                .filter(work -> tx.inbox().find("test", work).isPresent())
                .count());
    }
}
