package io.videottt.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A relay in front of an HTTP server that in every so many requests fails a few in a row, in turns:
 * it answers 503 in the server's place, resets the connection before the request arrives, and
 * resets it after the server has done what was asked, before the answer.
 */
final class UnreliableNetwork implements AutoCloseable {

  private enum Fault {
    NONE,
    UNAVAILABLE,
    LOST_REQUEST,
    LOST_ANSWER
  }

  private static final Pattern REQUEST = Pattern.compile("(?s)(GET|PUT|POST|HEAD|DELETE) /.*");
  private static final byte[] UNAVAILABLE =
      """
      HTTP/1.1 503 Slow Down\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket door;
  private final int target;
  private final int period;
  private final int burst;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();

  /**
   * Starts a relay on the loopback.
   *
   * @param target port of the server
   * @param period requests from one outage to the next
   * @param burst requests that an outage lasts
   */
  UnreliableNetwork(int target, int period, int burst) throws IOException {
    this.target = target;
    this.period = period;
    this.burst = burst;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Requests that failed. */
  int faults() {
    return faults.get();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "unreliable-network-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Connection connection =
            new Connection(door.accept(), new Socket(door.getInetAddress(), target));
        start("requests", connection::requests);
        start("answers", connection::answers);
      } catch (IOException e) {
        // The door was closed, or the server is gone: the client sees it.
      }
    }
  }

  private Fault next() {
    int number = requests.getAndIncrement();
    if (number % period >= burst) {
      return Fault.NONE;
    }
    faults.incrementAndGet();
    return Fault.values()[1 + number / period % 3];
  }

  private final class Connection {

    private final Socket client;
    private final Socket server;
    private volatile boolean losesAnswer;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** A client sends a request after the answer to the one before: a chunk starts with it. */
    void requests() {
      byte[] chunk = new byte[1 << 16];
      try (client;
          server) {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
          String start = new String(chunk, 0, Math.min(length, 16), StandardCharsets.ISO_8859_1);
          Fault fault = REQUEST.matcher(start).matches() ? next() : Fault.NONE;
          if (fault == Fault.UNAVAILABLE) {
            client.getOutputStream().write(UNAVAILABLE);
            return;
          }
          if (fault == Fault.LOST_REQUEST) {
            client.setSoLinger(true, 0);
            return;
          }
          losesAnswer |= fault == Fault.LOST_ANSWER;
          out.write(chunk, 0, length);
        }
      } catch (IOException e) {
        // One of both sides has closed: so are both now.
        return;
      }
    }

    void answers() {
      byte[] chunk = new byte[1 << 16];
      try (client;
          server) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
          if (losesAnswer) {
            client.setSoLinger(true, 0);
            return;
          }
          out.write(chunk, 0, length);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
