package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is asked again and again while a command waits: a hub that is busy for a moment does not end it, a refusal does. */
final class Answered {
    private static final long EVERY_MILLIS = 200;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Answered() {}

    /** The last answer, which was no answer to what was asked. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Desk.Reply reply;

        Refused(Desk.Reply reply) {
            super("HTTP " + reply.status());
            this.reply = reply;
        }

        Desk.Reply reply() {
            return reply;
        }
    }

    /** @throws Refused also when it is still busy after half a minute */
    static JsonNode get(Desk desk, String path, Locale language) throws InterruptedException {
        long since = System.nanoTime();
        Desk.Reply reply = desk.call("get", path, new byte[0], language);
        while (isBusy(reply) && System.nanoTime() - since < PATIENCE) {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            reply = desk.call("get", path, new byte[0], language);
        }
        if (!reply.isOk()) {
            throw new Refused(reply);
        }
        return reply.body();
    }

    private static boolean isBusy(Desk.Reply reply) {
        return reply.status() == 503 || reply.status() == 429;
    }
}
