package io.waybill.edge;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of files that cannot be reached is left in peace for a while; one that shows another key or a wrong certificate, or refuses us or the
 * folder, is told at once.
 */
final class ServerWatch extends RemoteFilePollingConsumerPollStrategy implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    /** Of SFTP: no such file or folder, and no right. */
    private static final Set<Integer> REFUSALS =
            Set.of(ChannelSftp.SSH_FX_NO_SUCH_FILE, ChannelSftp.SSH_FX_PERMISSION_DENIED);

    /** Of FTP, and those above: a file or a folder, not who asks. */
    private static final int FTP_REFUSES = 550;

    private final String system;
    private final Patience patience;
    private final LeftFiles left;
    private final Predicate<GenericFile<?>> isGone;

    /**
     * @param left hears of each file that could not be taken in or removed
     * @param isGone asks the server whether it has a file no more
     */
    ServerWatch(String system, Patience patience, LeftFiles left, Predicate<GenericFile<?>> isGone) {
        this.isGone = isGone;
        this.system = system;
        this.patience = patience;
        this.left = left;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return patience.isOver();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        patience.answered();
        left.looked();
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) throws Exception {
        if (!Consumers.missesLedger(cause)) {
            Problem why = told(system, cause);
            patience.failed(why, Optional.empty(), !why.code().equals("system-away"));
        }
        return super.rollback(consumer, endpoint, retries, cause);
    }

    @Override
    public void handleException(Throwable failure) {
        handleException("", null, failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        handleException(message, null, failure);
    }

    /** Of a file, that is; what a look as a whole came to is told above. */
    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable failure) {
        if (exchange != null) {
            GenericFile<?> file = exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
            ServerCopies.discard(file);
            if (file != null && ObjectHelper.getException(IOException.class, failure) == null && isGone.test(file)) {
                LOG.info("system {}: {} is gone since it was listed", system, file.getFileNameOnly());
            } else {
                Problem why = told(system, failure);
                LOG.warn("{}; the file is read again", why);
                left.left(why, false);
            }
        }
        LOG.debug("system {}: {}", system, message, failure);
    }

    /** What a failure of Camel's means to a person. */
    static Problem told(String system, Throwable failure) {
        ProblemException known = ObjectHelper.getException(ProblemException.class, failure);
        if (known != null) {
            return known.problems().get(0);
        }
        Throwable last = failure;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        String words = words(last);
        String refused = refused(failure);
        if (refused != null) {
            return Problem.of(EdgeCode.SERVER_REFUSES, "system", system, "why", refused);
        }
        String name = last.getClass().getSimpleName() + " " + words.toLowerCase(Locale.ROOT);
        EdgeCode code = name.contains("HostKey")
                ? EdgeCode.SYSTEM_STRANGER
                : name.matches(".*(auth fail|auth cancel|code: 530|invalid privatekey).*")
                        ? EdgeCode.SYSTEM_LOCKED
                        : isUnproven(failure, words) ? EdgeCode.SYSTEM_UNPROVEN : EdgeCode.SYSTEM_AWAY;
        return Problem.of(code, "system", system, "why", words);
    }

    private static String words(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /** What a server that let us in does not have, or does not let us do, and its words; null where it is something else. */
    private static @Nullable String refused(Throwable failure) {
        GenericFileOperationFailedException asked =
                ObjectHelper.getException(GenericFileOperationFailedException.class, failure);
        SftpException answer = ObjectHelper.getException(SftpException.class, failure);
        if (asked != null && answer != null && REFUSALS.contains(answer.id)) {
            return words(asked) + ": " + words(answer);
        }
        return asked != null && asked.getCode() >= FTP_REFUSES ? words(asked) : null;
    }

    /** A certificate that does not do, or a server that answers the wish for TLS with no. */
    private static boolean isUnproven(Throwable failure, String words) {
        boolean shownWrong = ObjectHelper.getException(CertificateException.class, failure) != null
                || ObjectHelper.getException(SSLPeerUnverifiedException.class, failure) != null;
        boolean notSpoken =
                ObjectHelper.getException(SSLException.class, failure) != null && words.matches("[45]\\d\\d .*");
        return shownWrong || notSpoken;
    }
}
