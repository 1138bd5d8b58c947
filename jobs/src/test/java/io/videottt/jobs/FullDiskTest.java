package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sweep whose output is a small disk that is full, and later is not. Needs the right to mount.
 */
@Tag("faults")
class FullDiskTest {

  private static final int DISK = 4 << 20;

  /** What fails is removed, and a failure's record then fits in its place. */
  private static final int LEAST_FOR_A_RECORD = 32;

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    int status = run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString());
    assumeThat(status).as("the right to mount a small disk").isZero();
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    // Also where a file of a failed sweep is still open.
    run("umount", "--lazy", disk.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 32, 96, 160})
  void aFullDiskIsNamedNothingIsHalfWrittenAndTheSameCommandCompletesLater(int kibibytesFree)
      throws IOException {
    TinySweep tiny = TinySweep.create(folder, 5, 4, 3);
    Path config = tiny.config(METHODS);
    TinySweep.Run elsewhere = tiny.sweep(config, "elsewhere", "local[1]");
    assertThat(elsewhere.status()).as(elsewhere.err()).isZero();
    List<String> rows = TinySweep.reproducibleRows(tiny.output("elsewhere"));

    Path filler = disk.resolve("filler");
    Files.write(filler, new byte[DISK - kibibytesFree * 1024]);

    TinySweep.Run full = sweep(tiny, config);

    assertThat(full.status()).isEqualTo(1);
    Path results = tiny.output("disk/out");
    assertThat(full.err()).contains(results.toString(), "No space left on device");
    assertThat(results.resolve("_tmp")).doesNotExist();
    if (kibibytesFree >= LEAST_FOR_A_RECORD) {
      assertThat(TinySweep.visibleFiles(results.resolve("failures")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(results.resolve("failures").resolve(file))
                      .content()
                      .contains("No space left on device"));
    }

    Files.delete(filler);
    TinySweep.Run again = sweep(tiny, config);

    assertThat(again.status()).as(again.err()).isZero();
    assertThat(TinySweep.reproducibleRows(results)).isEqualTo(rows);
    assertThat(TinySweep.visibleFiles(results))
        .noneMatch(file -> file.matches("(failures|checkpoints|_tmp)/.*"));
  }

  private static TinySweep.Run sweep(TinySweep tiny, Path config) {
    return tiny.sweep(config, "disk/out", "local[1]", "--checkpoint-minutes", "0");
  }
}
