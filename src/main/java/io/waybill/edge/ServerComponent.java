package io.waybill.edge;

import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultSorter;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code waybill-server:SYSTEM?folder=…}: a folder of a server of files. A route that begins there gets each file that lies still, and
 * names its {@code source}; the file leaves the server when the route took it in. A step to it lays a file there, whole or not at all.
 */
final class ServerComponent extends DefaultComponent {
    private final Settings settings;
    private final Positions positions;
    private final ServerCopies copies;

    ServerComponent(Settings settings, Verbs.Doors doors) {
        this.settings = settings;
        this.positions = doors.positions();
        this.copies = new ServerCopies(doors.work());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String system, Map<String, Object> options) {
        FileServer server = FileServer.read(settings, system);
        String folder = getAndRemoveParameter(options, "folder", String.class, "");
        RemoteFileEndpoint<?> remote = server.folder(getCamelContext(), folder);
        String source = getAndRemoveParameter(options, "source", String.class, "");
        Duration every = PollPlan.span(getAndRemoveParameter(options, "every", String.class, "30000"));
        Duration still = PollPlan.span(getAndRemoveParameter(options, "still", String.class, "3000"));
        remote.setInclude("(?s)" + getAndRemoveParameter(options, "include", String.class, ".*"));
        remote.setDelay(every.toMillis());
        remote.setInitialDelay(100);
        remote.setIdempotent(false);
        remote.setSortBy(by("file:modified").thenComparing(by("file:name")));
        if (!source.isEmpty()) {
            remote.setLocalWorkDirectory(copies.folder(source, uri).toString());
        }
        Patience patience = new Patience(source, positions, every);
        LeftFiles left = new LeftFiles(source, positions, System::nanoTime);
        ServerFiles<?> files = files(remote, still, left);
        ServerWatch watch = new ServerWatch(server.name(), patience, left, files::isGone);
        remote.setPollStrategy(watch);
        remote.setExceptionHandler(watch);
        return new ServerEndpoint(uri, this, server.name(), remote, source.isEmpty());
    }

    private Comparator<Exchange> by(String what) {
        return GenericFileDefaultSorter.sortByFileLanguage(getCamelContext(), what, false);
    }

    private <T> ServerFiles<T> files(RemoteFileEndpoint<T> remote, Duration still, LeftFiles left) {
        ServerFiles<T> files = new ServerFiles<>(still, copies, left);
        remote.setProcessStrategy(files);
        return files;
    }

    private static final class ServerEndpoint extends DefaultEndpoint {
        private final String system;
        private final RemoteFileEndpoint<?> remote;
        private final boolean isTarget;

        ServerEndpoint(
                String uri, ServerComponent component, String system, RemoteFileEndpoint<?> remote, boolean isTarget) {
            super(uri, component);
            this.system = system;
            this.remote = remote;
            this.isTarget = isTarget;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            if (isTarget) {
                throw new IllegalArgumentException("a route from waybill-server names its source: &source=…");
            }
            return remote.createConsumer(processor);
        }

        @Override
        public Producer createProducer() {
            ServerFolder folder = new ServerFolder(system, remote);
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    GenericFile<?> file = exchange.getMessage().getMandatoryBody(GenericFile.class);
                    folder.write(file.getFileNameOnly(), exchange.getMessage().getMandatoryBody(byte[].class));
                }

                @Override
                protected void doStop() {
                    folder.stop();
                }
            };
        }
    }
}
