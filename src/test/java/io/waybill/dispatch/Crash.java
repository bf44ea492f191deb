package io.waybill.dispatch;

/** The process is gone: nothing after this line runs. Not an exception, so that no code under test catches it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process was killed", null, false, false);
    }
}
