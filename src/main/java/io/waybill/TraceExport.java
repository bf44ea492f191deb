package io.waybill;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.waybill.settings.Section;
import io.waybill.trace.Traces;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where traces go, {@code trace.*}: to a collector by OTLP over HTTP, some at a time and never in anybody's way; what a collector
 * that is away does not take is dropped.
 *
 * @param share of the orders, 0 to 1
 * @param token what the collector knows us by, when it asks
 */
record TraceExport(String endpoint, double share, Optional<String> token) {
    /**
     * Empty where traces are off.
     *
     * @throws io.waybill.problem.ProblemException on a bad or unknown key
     */
    static Optional<TraceExport> read(Section section) {
        Optional<String> endpoint = section.optional("endpoint");
        BigDecimal share = section.decimal("share", "1");
        Optional<String> token = section.secret("token");
        section.close();
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw section.bad("share", share.toPlainString(), "0 to 1");
        }
        endpoint.filter(url -> !url.matches("https?://[^/]+.*")).ifPresent(url -> {
            throw section.bad("endpoint", url, "http://HOST:4318 or https://HOST");
        });
        return endpoint.map(url -> new TraceExport(url.replaceFirst("/+$", ""), share.doubleValue(), token));
    }

    /** Begins; what was not sent yet is sent when it is closed. */
    AutoCloseable open() {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces");
        token.ifPresent(secret -> exporter.addHeader("Authorization", "Bearer " + secret));
        return Traces.into(BatchSpanProcessor.builder(exporter.build()).build(), share);
    }
}
