package io.waybill.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The duties a node has by the locks of its session; one that another has is not asked for at every turn. Not for several threads at once. */
final class Duties {
    private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

    private final String node;
    private final Duration pause;
    private final Set<String> held = new HashSet<>();
    private final Map<String, Long> refused = new HashMap<>();

    /** @param pause before a duty is asked for again that another had */
    Duties(String node, Duration pause) {
        this.node = node;
        this.pause = pause;
    }

    /** Whether the duty is the session's now. */
    boolean take(NodeSession session, String duty) throws SQLException {
        return held.contains(duty) || (!isRefused(duty) && took(session, duty));
    }

    private boolean isRefused(String duty) {
        Long asked = refused.get(duty);
        return asked != null && System.nanoTime() - asked <= pause.toNanos();
    }

    private boolean took(NodeSession session, String duty) throws SQLException {
        if (!session.tryLock(lock(duty))) {
            refused.put(duty, System.nanoTime());
            return false;
        }
        held.add(duty);
        refused.remove(duty);
        LOG.debug("Node {} takes {}", node, duty);
        return true;
    }

    void giveBack(NodeSession session) throws SQLException {
        for (String duty : held) {
            session.unlock(lock(duty));
        }
        held.clear();
    }

    /** The session is over, and every lock with it. */
    void lost() {
        held.clear();
        refused.clear();
    }

    private static String lock(String duty) {
        return "duty " + duty;
    }
}
