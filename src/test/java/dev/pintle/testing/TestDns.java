package dev.pintle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server on loopback over UDP. Its records can change at any time. */
public final class TestDns implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private volatile int failure = Rcode.NOERROR;

    private TestDns(DatagramSocket socket) {
        this.socket = socket;
    }

    public static TestDns start() {
        try {
            TestDns server = new TestDns(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("dns").start(server::serve);
            return server;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    /** The value of {@code dns.resolver}. */
    public String resolver() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /**
     * Replaces the records of a name and a type.
     *
     * @param name absolute, with a dot at the end
     * @param values in the format of zone files; none: the name has no such record
     */
    public void set(String name, String type, int ttl, String... values) {
        try {
            Name owner = Name.fromString(name);
            List<Record> added = new ArrayList<>();
            for (String value : values) {
                added.add(Record.fromString(owner, Type.value(type), DClass.IN, ttl, value, Name.root));
            }
            synchronized (records) {
                records.removeIf(each -> each.getName().equals(owner) && each.getType() == Type.value(type));
                records.addAll(added);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every query with SERVFAIL from now on, or normally again. */
    public void fail(boolean fails) {
        failure = fails ? Rcode.SERVFAIL : Rcode.NOERROR;
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(new Message(ByteBuffer.wrap(buffer, 0, packet.getLength())))
                        .toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(failure);
        answer.addRecord(question, Section.QUESTION);
        if (failure == Rcode.NOERROR) {
            add(question.getName(), question.getType(), answer);
        }
        return answer;
    }

    /** Adds the records of a name, behind its alias if it has one. */
    private void add(Name name, int type, Message answer) {
        boolean known = false;
        for (Record each : records) {
            known |= each.getName().equals(name);
            if (each.getName().equals(name) && each.getType() == type) {
                answer.addRecord(each, Section.ANSWER);
            } else if (each.getName().equals(name) && each instanceof org.xbill.DNS.CNAMERecord alias) {
                answer.addRecord(alias, Section.ANSWER);
                add(alias.getTarget(), type, answer);
            }
        }
        if (!known) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
