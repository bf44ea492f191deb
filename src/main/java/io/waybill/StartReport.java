package io.waybill;

import io.waybill.edge.Routes;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person has to know of a hub that has read all it is made of. */
record StartReport(Settings settings, Spine spine, Routes.Loaded routes) {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final String SINGLE_NODE =
            "Single node on the embedded database; for several nodes or more volume use PostgreSQL";

    /** What keeps mappings and route files from running. */
    List<Problem> problems() {
        return Stream.concat(spine.ground.mappings.problems().stream(), routes.problems().stream())
                .toList();
    }

    /** @throws ProblemException with the settings that nobody read */
    void log() {
        problems().forEach(problem -> LOG.error("{}", problem));
        routes.warnings().forEach(warning -> LOG.warn("{}", warning));
        LogFormat.unknown().ifPresent(problem -> LOG.warn("{}", problem));
        Written.missingFolders(settings).forEach(problem -> LOG.error("{}", problem));
        Written.absentFolders(settings).forEach(warning -> LOG.warn("{}", warning));
        settings.warnings().forEach(warning -> LOG.warn("{}", warning));
        new RefusedRoutes(settings).leaveAside(routes);
        List<Problem> unread = new UnreadSettings(settings).problems();
        if (!unread.isEmpty()) {
            throw new ProblemException(unread);
        }
        settings.unreadVariables().forEach(problem -> LOG.warn("{}", problem));
        new SinksCheck(settings).ofNoOne().forEach(warning -> LOG.warn("{}", warning));
        if (spine.ground.ledger.database().isEmbedded()) {
            LOG.info(SINGLE_NODE);
        }
    }
}
