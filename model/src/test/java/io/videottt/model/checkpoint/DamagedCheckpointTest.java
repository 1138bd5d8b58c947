package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.checkpoint.TestCheckpoint.TestTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a byte of a checkpoint turns into, the checkpoint is read or refused by name. */
@Timeout(300)
class DamagedCheckpointTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  static Stream<Named<byte[]>> files() throws IOException {
    TestCheckpoint checkpoint =
        new TestCheckpoint()
            .with("backbone.a", TestTensor.of(new Shape(2, 2), 1, 2, 3, 4))
            .with("backbone.b", TestTensor.of(new Shape(3), 1, 2, 3));
    return Stream.of(
        Named.of("protocol 2", checkpoint.numpyPickle(2)),
        Named.of("protocol 4", checkpoint.numpyPickle(4)),
        Named.of("protocol 5", checkpoint.numpyPickle(5)),
        Named.of("Python 2", checkpoint.python2Pickle()),
        Named.of("torch tensors", checkpoint.torchPickle(4)),
        Named.of("archive", checkpoint.torchArchive(true)),
        Named.of("safetensors", checkpoint.safetensors()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyByteThatIsReplacedIsReadOrNamed(byte[] whole) throws IOException {
    Path file = folder.resolve("damaged.file");
    int refused = 0;
    for (int position = 0; position < whole.length; position++) {
      byte[] damaged = whole.clone();
      // Another value everywhere, and all values somewhere.
      damaged[position] ^= (byte) (position % 255 + 1);
      Files.write(file, damaged);
      try (CheckpointReader reader = new CheckpointReader(HADOOP)) {
        for (StoredTensor tensor :
            reader.read(new org.apache.hadoop.fs.Path(file.toUri())).tensors()) {
          tensor.values(0, 1);
        }
      } catch (InvalidInputException e) {
        refused++;
        assertThat(e.getMessage()).contains("damaged.file");
      }
    }
    assertThat(refused).isPositive();
  }
}
