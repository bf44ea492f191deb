package io.waybill;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** What drivers and libraries say by the JDK's own logging: lines of the log, in its form and as veiled, and not of their own. */
final class LibraryLines {
    private LibraryLines() {}

    /** From now on; again does nothing. */
    static synchronized void join() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }
}
