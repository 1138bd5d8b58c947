package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.apache.hadoop.util.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureMessagesTest {

  private static final String STOPPED = "ttt: stopped; the same command goes on from here\n";

  @Command
  private record Failing(Callable<Integer> work) implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
      try {
        return work.call();
      } catch (IOException e) {
        throw new InvalidInputException("out: cannot be written to", e);
      }
    }
  }

  private static String told(Callable<Integer> work) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        new CommandLine(new Failing(work))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new FailureMessages());
    assertThat(commandLine.execute()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    return err.toString();
  }

  @Test
  void writingThatAnInterruptionEndedIsToldAsStopped(@TempDir Path folder) {
    assertThat(
            told(
                () -> {
                  try (FileChannel file =
                      FileChannel.open(
                          folder.resolve("file"),
                          StandardOpenOption.CREATE,
                          StandardOpenOption.WRITE)) {
                    Thread.currentThread().interrupt();
                    return file.write(ByteBuffer.allocate(1));
                  } finally {
                    Thread.interrupted();
                  }
                }))
        .isEqualTo(STOPPED);
  }

  @Test
  void aTimeoutOfANetworkIsAFailure() {
    assertThat(
            told(
                () -> {
                  throw new InterruptedIOException("connect timed out");
                }))
        .startsWith("ttt: out: cannot be written to");
  }

  /**
   * A signal to a whole terminal or a timeout ends what Hadoop starts to set a file's mode, too.
   */
  @Test
  void aProgramThatASignalEndedIsToldAsStoppedAndOneThatFailedAsAFailure() {
    assertThat(told(() -> Shell.execCommand("bash", "-c", "kill -TERM $$").length()))
        .isEqualTo(STOPPED);
    assertThat(told(() -> Shell.execCommand("bash", "-c", "exit 3").length()))
        .startsWith("ttt: out: cannot be written to");
  }
}
