package io.waybill.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
    @AfterEach
    void as_it_was() {
        System.clearProperty(WorkerThreads.SETTING);
    }

    @Test
    void a_worker_has_its_name_and_is_virtual_where_synchronized_lets_go_of_its_carrier() throws Exception {
        Thread worker = ranBy(WorkerThreads.named("buy-one"));

        assertThat(worker.getName()).isEqualTo("buy-one");
        assertThat(isVirtual(worker)).isEqualTo(Runtime.version().feature() >= 24);
        assertThat(WorkerThreads.areVirtual()).isEqualTo(isVirtual(worker));
    }

    @Test
    void whoever_wants_the_system_s_threads_has_them_on_every_java() throws Exception {
        System.setProperty(WorkerThreads.SETTING, "false");

        Thread worker = ranBy(WorkerThreads.named("buy-one"));

        assertThat(isVirtual(worker)).isFalse();
        assertThat(worker.getName()).isEqualTo("buy-one");
    }

    private static Thread ranBy(ThreadFactory factory) throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        factory.newThread(() -> ran.complete(Thread.currentThread())).start();
        return ran.get(10, TimeUnit.SECONDS);
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
