package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.access.HookScheme;
import io.waybill.access.HookScheme.Style;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import io.waybill.text.Sha256;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * {@code waybill-verify:SOURCE?style=standard|base64|hex&header=…&prefix=…&id=…}: lets a webhook on when whoever holds {@code
 * source.<SOURCE>.secret}, or {@code secret.next} beside it, signed it, by Standard Webhooks or by a plain HMAC of the body. One that was taken in before ends
 * here and is a success. A new one counts against what its source may send, and no other does, so that nobody who cannot sign uses
 * that up. It counts as taken in when the route has done its work: one that failed may come again.
 */
public final class VerifyVerb extends Verb {
    private final Settings settings;
    private final Inbox inbox;
    private final Clock clock;

    VerifyVerb(Settings settings, Inbox inbox, Clock clock) {
        this.settings = settings;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** Which deliveries were taken in, and whether more are now. */
    public interface Inbox {
        /** Remembers nothing: for a context in which no route runs. */
        Inbox FORGETFUL = new Inbox() {
            @Override
            public boolean isKnown(String hook, String id) {
                return false;
            }

            @Override
            public void count(String hook) {
                // nothing runs
            }

            @Override
            public void remember(String hook, String id, String bodySha256) {
                // nothing runs
            }
        };

        boolean isKnown(String hook, String id);

        /** @throws ProblemException when the hook brings more than it may; its sender is told to come again */
        void count(String hook);

        /** Durable when it returns. */
        void remember(String hook, String id, String bodySha256);
    }

    @Override
    Processor step(String source, Map<String, Object> options) {
        Style style = style(option(options, "style", "standard"));
        String header = option(options, "header", "X-Signature");
        String prefix = option(options, "prefix", "");
        String named = option(options, "id", "");
        HookScheme scheme = style == Style.STANDARD
                ? HookScheme.STANDARD
                : new HookScheme(style, header, prefix, emptyIsNull(named));
        List<byte[]> keys = keys(source, style);
        return exchange -> verify(exchange, source, scheme, keys);
    }

    private void verify(Exchange exchange, String source, HookScheme scheme, List<byte[]> keys) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        byte[] raw = body == null ? new byte[0] : body;
        String id = scheme.verify(keys, name -> message.getHeader(name, String.class), raw, clock.instant());
        message.setBody(raw);
        if (inbox.isKnown(source, id)) {
            message.setBody("known");
            exchange.setRouteStop(true);
            return;
        }
        inbox.count(source);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                boolean answeredAsFailed = done.getProperty(Exchange.EXCEPTION_CAUGHT) != null;
                if (!answeredAsFailed) {
                    inbox.remember(source, id, Sha256.of(raw));
                }
            }
        });
    }

    private List<byte[]> keys(String source, Style style) {
        return new RotatedSecret(settings, "source." + source)
                .keys(
                        style == Style.STANDARD ? SinkSecrets::decode : secret -> secret.getBytes(UTF_8),
                        EdgeCode.BAD_HOOK_SECRET);
    }

    private static Style style(String word) {
        try {
            return Style.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("waybill-verify: style=" + word + " (expected standard, base64 or hex)");
        }
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
