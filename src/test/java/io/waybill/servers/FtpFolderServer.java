package io.waybill.servers;

import io.waybill.api.SelfSigned;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.FileSystemFactory;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server of one folder (Apache FtpServer), with or without TLS. */
public final class FtpFolderServer implements FolderServer {
    private final FtpServer server;
    private final String url;
    private final AtomicBoolean cut = new AtomicBoolean();

    private FtpFolderServer(Path folder, ListenerFactory listener, String url) throws FtpException {
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        FtpServerFactory factory = new FtpServerFactory();
        var listening = listener.createListener();
        factory.setListeners(new HashMap<>(Map.of("default", listening)));
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(folder.toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        NativeFileSystemFactory files = new NativeFileSystemFactory();
        factory.setFileSystem((FileSystemFactory) whose -> view(files.createFileSystemView(whose)));
        server = factory.createServer();
        server.start();
        this.url = url + listening.getPort();
    }

    public static FtpFolderServer plain(Path folder) throws FtpException {
        return new FtpFolderServer(folder, new ListenerFactory(), "ftp://127.0.0.1:");
    }

    /** @param implicit TLS from the first byte, instead of when it is asked for */
    public static FtpFolderServer tls(Path folder, SelfSigned certificate, boolean implicit) throws FtpException {
        SslConfigurationFactory tls = new SslConfigurationFactory();
        tls.setKeystoreFile(certificate.file().toFile());
        tls.setKeystoreType("PKCS12");
        tls.setKeystorePassword(SelfSigned.PASSWORD);
        ListenerFactory listener = new ListenerFactory();
        listener.setSslConfiguration(tls.createSslConfiguration());
        listener.setImplicitSsl(implicit);
        return new FtpFolderServer(folder, listener, "ftps://localhost:");
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void cutNextRead() {
        cut.set(true);
    }

    @Override
    public void close() {
        server.stop();
    }

    private FileSystemView view(FileSystemView view) {
        return wrapped(FileSystemView.class, view);
    }

    /** The same, whose files break when they are told to. */
    private <T> T wrapped(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(inner, arguments);
                        if (answer instanceof FtpFile file && type == FileSystemView.class && cut.get()) {
                            return wrapped(FtpFile.class, file);
                        }
                        boolean breaks = method.getName().equals("createInputStream") && cut.getAndSet(false);
                        return breaks ? broken((InputStream) answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static InputStream broken(InputStream whole) {
        return new FilterInputStream(whole) {
            private boolean began;

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (began) {
                    throw new IOException("the disk is gone");
                }
                began = true;
                return super.read(into, from, Math.min(length, 1000));
            }
        };
    }
}
