package dev.pintle.telemetry.otlp;

import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.TraceContext;
import dev.pintle.telemetry.Tracing;
import dev.pintle.telemetry.TracingConfiguration;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Records exchanges as spans and sends them to a collector in background batches. An unavailable collector loses spans
 * and never delays a request. The gateway follows the sampling decision of a client's trace and samples other traces
 * randomly.
 */
public final class OtlpTracing implements Tracing {
    private static final Duration EXPORT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_VALUE = 2 << 10;

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final boolean endUser;

    private OtlpTracing(SdkTracerProvider provider, boolean endUser) {
        this.provider = provider;
        this.endUser = endUser;
        this.tracer = provider.get("dev.pintle");
    }

    /**
     * Opens tracing with the configured collector.
     *
     * @throws IllegalArgumentException with a sentence, when the endpoint or the headers are invalid
     */
    public static OtlpTracing open(TracingConfiguration configuration) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(configuration.endpoint().toString())
                .setTimeout(EXPORT_TIMEOUT);
        configuration.headers().forEach(exporter::addHeader);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.name"), configuration.service()))))
                .setIdGenerator(new PresetIdGenerator())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(configuration.ratio())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(MAX_VALUE)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setScheduleDelay(EXPORT_INTERVAL)
                        .build())
                .build();
        return new OtlpTracing(provider, configuration.endUser());
    }

    @Override
    public ExchangeRecorder begin(TraceContext trace) {
        SpanBuilder builder = tracer.spanBuilder("HTTP").setSpanKind(SpanKind.SERVER);
        String clientSpan = trace.clientSpan();
        if (clientSpan == null) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root().with(Span.wrap(client(trace, clientSpan))));
        }
        return new SpanRecorder(tracer, PresetIdGenerator.start(builder, trace), trace, endUser);
    }

    private static SpanContext client(TraceContext trace, String span) {
        return SpanContext.createFromRemoteParent(
                trace.id().hex(), span, TraceFlags.fromHex(trace.flags(), 0), TraceState.getDefault());
    }

    @Override
    public void close() {
        provider.shutdown().join(EXPORT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
