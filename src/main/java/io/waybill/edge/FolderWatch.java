package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine that cannot be looked into is no quiet day: it is looked at again, and told to a person when that goes on. So are
 * files that can be neither taken in nor removed, until a look has met none such.
 */
final class FolderWatch implements PollingConsumerPollStrategy {
    private final Path folder;
    private final Patience patience;
    private final MarkWatch files;
    private final PollingConsumerPollStrategy own;

    /** @param own what the route does at each look anyway */
    FolderWatch(Path folder, Patience patience, MarkWatch files, PollingConsumerPollStrategy own) {
        this.folder = folder;
        this.patience = patience;
        this.files = files;
        this.own = own;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        if (!patience.isOver()) {
            return false;
        }
        String why = trouble();
        if (why != null) {
            patience.failed(Problem.of(EdgeCode.FOLDER_AWAY, "folder", folder, "why", why), Optional.empty(), false);
            return false;
        }
        return own.begin(consumer, endpoint);
    }

    /** Why it cannot be listed; null when it can. */
    private @Nullable String trouble() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            boolean unused = found.iterator().hasNext();
            return null;
        } catch (NoSuchFileException e) {
            return "it does not exist";
        } catch (NotDirectoryException e) {
            return "it is no folder";
        } catch (DirectoryIteratorException e) {
            Throwable cause = e.getCause();
            return Words.of(cause == null ? e : cause);
        } catch (IOException e) {
            return Words.of(e);
        }
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        patience.answered();
        files.looked();
        own.commit(consumer, endpoint, polled);
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) throws Exception {
        return own.rollback(consumer, endpoint, retries, cause);
    }
}
