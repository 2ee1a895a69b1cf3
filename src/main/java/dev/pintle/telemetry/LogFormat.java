package dev.pintle.telemetry;

/** The format of log lines. */
public enum LogFormat {
    /** One JSON object per line, for programs. */
    JSON,
    /** Sentences, for people at a terminal. */
    TEXT
}
