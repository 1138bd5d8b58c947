package io.videottt.jobs.runtime;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;

/**
 * What INT (Ctrl-C) and TERM do to the process: it says one line, lets what has to be left whole be
 * left whole, and then dies of the signal itself, with the exit status that belongs to it (130 or
 * 143). A second signal ends it at once.
 *
 * <p>A Java process that ends by {@code exit} unloads its native libraries while threads still
 * compute in them, and then crashes or hangs. One that dies of a signal unloads nothing.
 */
public final class StopSignals {

  /** After Spark's hook (40), the sweep's own (20) and that of the file systems (10). */
  private static final int LAST = 0;

  private static final String INTERRUPT = "INT";
  private static final String TERMINATE = "TERM";

  /**
   * The signal by which a launcher tells of an INT that it got: a program in the background of a
   * shell, as the launcher starts this one, does not get that itself.
   */
  private static final String TOLD_OF_INTERRUPT = "videottt.interruptedBy";

  private static final AtomicBoolean RECEIVED = new AtomicBoolean();
  private static final CountDownLatch CAME = new CountDownLatch(1);

  private StopSignals() {}

  /** Whether the process has been told to stop; what then goes wrong in it is no news. */
  public static boolean received() {
    return RECEIVED.get() || ShutdownHookManager.get().isShutdownInProgress();
  }

  /**
   * The same, of a signal that is on its way perhaps.
   *
   * @param patience how long it is waited for
   */
  static boolean awaited(Duration patience) {
    try {
      return received() || CAME.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return received();
    }
  }

  /**
   * Answers the signals from now on.
   *
   * @param err where the line goes
   */
  public static void handle(PrintStream err) {
    for (String name : List.of(INTERRUPT, TERMINATE)) {
      ProcessSignal signal = new ProcessSignal(name);
      signal.handle(() -> stop(name, signal, err));
    }
    String told = System.getProperty(TOLD_OF_INTERRUPT);
    if (told != null) {
      // The process dies of TERM, which it does not ignore.
      ProcessSignal terminate = new ProcessSignal(TERMINATE);
      new ProcessSignal(told).handle(() -> stop(INTERRUPT, terminate, err));
    }
  }

  /**
   * @param name of the signal that has come, without SIG
   * @param signal that the process dies of
   */
  private static void stop(String name, ProcessSignal signal, PrintStream err) {
    if (!RECEIVED.compareAndSet(false, true)) {
      signal.raiseUnhandled();
      return;
    }
    err.println("ttt: stopped by SIG" + name + "; the same command goes on from here");
    err.flush();
    CAME.countDown();
    silenceSpark();
    ShutdownHookManager.get().addShutdownHook(signal::raiseUnhandled, LAST);
    // Ends in the hook above; a thread of its own, since the signal's must be free for the next
    // one.
    Thread exit =
        new Thread(
            () -> System.exit(ProcessSignal.STATUS_OF_SIGNALS + signal.number()), "stop-by-signal");
    exit.setDaemon(true);
    exit.start();
  }

  /** The tasks that Spark now cancels would each be logged with a stack trace. */
  private static void silenceSpark() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().sparkContext().setLogLevel("OFF");
    }
  }
}
