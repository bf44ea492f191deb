package io.waybill;

import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/**
 * The sandbox carrier that a hub starts beside itself, where its settings say so.
 *
 * @param port where it listens
 */
record OwnSandbox(boolean start, int port, SandboxPace pace) {
    static OwnSandbox read(Section section) {
        return new OwnSandbox(
                section.flag("start", false),
                section.number("port", SandboxServer.DEFAULT_PORT, 0, 65_535),
                SandboxPace.DEFAULT.withTrackingStep(
                        section.duration("trackingStep", SandboxPace.DEFAULT.trackingStep())));
    }

    /**
     * Until it is closed.
     *
     * @throws ProblemException {@code hub-is-running} where one runs on the same folder, {@code hub-is-starting} where one is about
     *     to or has not stopped yet, {@code data-folder-unusable}, else {@code sandbox-cannot-start}
     */
    Optional<AutoCloseable> open(DataFolder data, HubLock lock) {
        if (!start) {
            return Optional.empty();
        }
        try {
            return Optional.of(SandboxServer.start(data.sandboxBook(), port, pace));
        } catch (IOException e) {
            requireNoHub(data, lock);
            throw e instanceof FileSystemException itsBook
                    ? data.unusable(itsBook)
                    : new ProblemException(
                            Problem.of(
                                    HubCode.SANDBOX_CANNOT_START, "port", port, "why", String.valueOf(e.getMessage())),
                            e);
        }
    }

    /** What another hub on this folder holds is the port, too. */
    private static void requireNoHub(DataFolder data, HubLock lock) {
        HubToken.read(data.token()).flatMap(RunningDesk::at).ifPresent(desk -> {
            desk.close();
            throw new ProblemException(
                    Problem.of(HubCode.HUB_IS_RUNNING, "folder", data.path().toAbsolutePath()));
        });
        if (lock.isAnothers()) {
            throw new ProblemException(
                    Problem.of(HubCode.HUB_IS_STARTING, "folder", data.path().toAbsolutePath()));
        }
    }
}
