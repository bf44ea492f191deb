package io.waybill.servers;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server of one folder (Apache MINA SSHD), whose user has a password and a key. */
public final class SshServer implements FolderServer {
    private final org.apache.sshd.server.SshServer server = org.apache.sshd.server.SshServer.setUpDefaultServer();
    private final KeyPair hostKey = pair();
    private final KeyPair userKey = pair();
    private final AtomicBoolean cut = new AtomicBoolean();
    private volatile boolean unlisted;
    private volatile boolean unread;

    public SshServer(Path folder) throws IOException {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(session -> List.of(hostKey));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory() {
            @Override
            public Command createSubsystem(ChannelSession channel) {
                SftpSubsystem made = new SftpSubsystem(channel, this) {
                    @Override
                    protected Map<String, Object> doStat(int id, String path, int flags) throws IOException {
                        if (unread && !Files.isDirectory(resolveFile(path))) {
                            throw new AccessDeniedException(path);
                        }
                        return super.doStat(id, path, flags);
                    }
                };
                getRegisteredListeners().forEach(made::addSftpEventListener);
                return made;
            }
        };
        sftp.addSftpEventListener(new SftpEventListener() {
            @Override
            public void opening(ServerSession session, String handle, Handle opened) throws IOException {
                boolean denied = opened instanceof FileHandle file
                        ? unread && file.getOpenOptions().contains(StandardOpenOption.READ)
                        : unlisted && opened instanceof DirectoryHandle;
                if (denied) {
                    throw new AccessDeniedException(opened.getFile().toString());
                }
            }

            @Override
            public void reading(
                    ServerSession session, String handle, FileHandle file, long at, byte[] into, int from, int length) {
                if (at > 0 && cut.getAndSet(false)) {
                    session.close(true);
                }
            }
        });
        server.setSubsystemFactories(List.of(sftp));
        server.start();
    }

    @Override
    public String url() {
        return "sftp://127.0.0.1:" + server.getPort();
    }

    /** As settings say it: the type and the key. */
    public String hostKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    public static String otherHostKey() {
        return PublicKeyEntry.toString(pair().getPublic());
    }

    /** The user's private key in PEM. */
    public String userKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(userKey.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
    }

    /** Whether its folders may be written to and not be listed. */
    public void unlisted(boolean said) {
        unlisted = said;
    }

    /** Whether its files, those that are not there included, may be written and listed and neither be read nor asked after. */
    public void unread(boolean said) {
        unread = said;
    }

    @Override
    public void cutNextRead() {
        cut.set(true);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
