package io.waybill.worker;

import java.util.concurrent.ThreadFactory;

/**
 * Threads for work that mostly waits: for a carrier, a database, a commit that many share. From Java 24 on they are virtual, and one that
 * waits costs no switch of the system's; before, {@code synchronized} would hold what carries them, so they are the system's own.
 */
public final class WorkerThreads {
    /** A system property: {@code false} for threads of the system everywhere. */
    public static final String SETTING = "waybill.virtualThreads";

    private static final int SINCE = 24;

    /** A system property of Java's, read when the first virtual thread is made. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private static final int LEAST_CARRIERS = 8;

    private WorkerThreads() {}

    /** @return makes threads of this name, which do not keep a process alive where they are virtual */
    public static ThreadFactory named(String name) {
        return areVirtual() ? virtual(name) : work -> new Thread(work, name);
    }

    /** Whether {@link #named} makes virtual ones. */
    public static boolean areVirtual() {
        return Runtime.version().feature() >= SINCE && !"false".equals(System.getProperty(SETTING));
    }

    /** By name, since what is compiled for Java 17 does not know them. */
    private static ThreadFactory virtual(String name) {
        carryMoreThanCompute();
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object named = type.getMethod("name", String.class).invoke(builder, name);
            return (ThreadFactory) type.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A virtual thread that computes is not interrupted for others: with one carrier to a processor two long pages would hold up every
     * purchase. Several to a processor take turns, as the system's threads do.
     */
    private static void carryMoreThanCompute() {
        if (System.getProperty(CARRIERS) == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            System.setProperty(CARRIERS, Integer.toString(Math.max(LEAST_CARRIERS, 4 * processors)));
        }
    }
}
