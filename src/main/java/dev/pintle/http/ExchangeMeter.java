package dev.pintle.http;

/** Counts exchanges. Safe for all threads. */
public interface ExchangeMeter {
    /** Counts an exchange from now on. */
    void began();

    /** Counts the tunnel that the exchange becomes. */
    TunnelMeter tunnel();

    /** Another meter counts the exchange from now on. */
    void transferred();

    /** A gRPC call ended. */
    default void grpcEnded(GrpcStatus status) {}

    /** The exchange ended. Its context is complete. */
    void ended(ExchangeContext context, ExchangeResult outcome);
}
