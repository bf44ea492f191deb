package io.waybill.edge;

import io.waybill.batch.IncomingFile;
import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this machine that cannot be looked into is no quiet day: it is looked at again, and told to a person when that goes on. So are
 * files that can be neither taken in nor removed, or have a name that this machine cannot ask for, until a look has met none such.
 */
final class FolderWatch implements PollingConsumerPollStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final @Nullable Pattern include;
    private final Patience patience;
    private final MarkWatch files;
    private final PollingConsumerPollStrategy own;

    /**
     * @param include which names are the route's; null for all
     * @param own what the route does at each look anyway
     */
    FolderWatch(
            Path folder,
            @Nullable Pattern include,
            Patience patience,
            MarkWatch files,
            PollingConsumerPollStrategy own) {
        this.folder = folder;
        this.include = include;
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
        unread();
        files.looked();
        own.commit(consumer, endpoint, polled);
    }

    /** A name in another encoding has no characters by which its file could be found again. */
    private void unread() {
        IOException why = new IOException("its name is not in " + System.getProperty("sun.jnu.encoding"));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, this::isUnread)) {
            found.forEach(path -> files.unread(name(path), why));
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("gone since the look began", e);
        }
    }

    private boolean isUnread(Path path) {
        boolean isOurs = !name(path).startsWith(".")
                && (include == null || include.matcher(name(path)).matches());
        return isOurs && !isFoundAgain(path) && IncomingFile.isFile(path);
    }

    private static boolean isFoundAgain(Path path) {
        try {
            return path.toFile().toPath().equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) throws Exception {
        return own.rollback(consumer, endpoint, retries, cause);
    }
}
