package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/**
 * Two drivers on one folder of an object store: a file that one reads while the other replaces it.
 */
class ReplacedFileTest {

  private static final int TIMES = 60;

  @Test
  void aFileThatIsReplacedWhileItIsReadIsReadAnew() throws IOException {
    try (S3Server server = new S3Server("replaced")) {
      Configuration hadoop = new Configuration();
      server.properties(server.port()).forEach(hadoop::set);
      Storage storage = Storage.of(new Path(server.root()), hadoop);
      Path file = new Path(server.root(), "plan.json");
      replace(storage, file, 0);
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                for (int time = 1; time < TIMES; time++) {
                  replace(storage, file, time);
                }
              });
      int read = 0;
      while (!other.isDone()) {
        assertThat(storage.read(file, 1)).hasSize(1);
        read++;
      }

      other.join();
      assertThat(read).isPositive();
      assertThat(storage.read(file, 1)).containsExactly((byte) (TIMES - 1));
    }
  }

  private static void replace(Storage storage, Path file, int content) {
    try {
      storage.write(file, out -> out.write(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
