package io.videottt.jobs.runtime;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.util.Shell;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A failure: one or two lines, exit status 1; the stack trace only with {@code --debug}. */
public final class FailureMessages implements IExecutionExceptionHandler {

  private static final int LONGEST_LINE = 1000;
  private static final Duration SIGNAL_ON_ITS_WAY = Duration.ofSeconds(1);

  /** Statuses of programs that INT or TERM has ended. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parseResult) {
    PrintWriter err = commandLine.getErr();
    // Of a signal to all processes of a terminal or a timeout, one that Hadoop has started may
    // have died already when this one gets it.
    if (StopSignals.received() || isStop(exception) && StopSignals.awaited(SIGNAL_ON_ITS_WAY)) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (isStop(exception)) {
      err.println("ttt: stopped; the same command goes on from here");
      return CommandLine.ExitCode.SOFTWARE;
    }
    err.println("ttt: " + describe(exception));
    if (commandLine.getParseResult().hasMatchedOption("--debug")) {
      exception.printStackTrace(err);
    } else if (told(exception) == null) {
      err.println("Run again with --debug for the stack trace.");
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * Whether something was stopped, which reading and writing tell as failures of theirs. An
   * InterruptedIOException is none: clients of object stores call timeouts so.
   */
  private static boolean isStop(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException
          || t instanceof ClosedByInterruptException
          || t instanceof Shell.ExitCodeException program
              && STOPPED.contains(program.getExitCode())) {
        return true;
      }
    }
    return false;
  }

  /** The message for the person who has to mend it, at most two lines. */
  public static String describe(Throwable failure) {
    Throwable told = told(failure);
    if (told != null) {
      return lines(Printable.lines(told.getMessage()), 2);
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof OutOfMemoryError) {
      return OutOfMemory.failure(root).getMessage();
    }
    if (root instanceof StackOverflowError) {
      return "something that was given is nested too deeply to be read";
    }
    if (root instanceof IOException || root instanceof FSError) {
      return "reading or writing failed: " + lines(FailureReason.of(root), 1);
    }
    if (root.getClass().getName().startsWith("org.apache.spark.")) {
      return "Spark failed: " + lines(FailureReason.of(root), 1);
    }
    return "an error of the program itself, not of what it was given: "
        + lines(FailureReason.of(root), 1);
  }

  /** The cause whose message is for people: something that was given, or a run that diverged. */
  private static Throwable told(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof InvalidInputException || t instanceof DivergenceException) {
        return t;
      }
    }
    return null;
  }

  private static String lines(String message, int count) {
    String text = String.join("\n", message.lines().limit(count).toList());
    return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "...";
  }
}
