package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results belong to data: a sweep whose data has changed says what differs and stops. */
class ChangedDataTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  private static final String NO_OTHER_DATA = "other data";

  @TempDir private Path folder;
  private TinySweep tiny;
  private Path config;
  private Path out;

  @BeforeEach
  void sweepOnce() throws IOException {
    tiny = TinySweep.create(folder, 2, 3);
    config = tiny.config(METHODS);
    out = tiny.output("out");
    TinySweep.Run run = sweep();
    assertThat(run.status()).as(run.err()).isZero();
  }

  private TinySweep.Run sweep(String... more) {
    return tiny.sweep(config, "out", "local[1]", more);
  }

  /** Contents of the unit files by name. */
  private Map<String, byte[]> units() throws IOException {
    Map<String, byte[]> units = new TreeMap<>();
    for (String file : TinySweep.visibleFiles(out.resolve("metrics"))) {
      units.put(file, Files.readAllBytes(out.resolve("metrics").resolve(file)));
    }
    return units;
  }

  /** The units whose files are not what they were. */
  private List<String> changedSince(Map<String, byte[]> before) throws IOException {
    Map<String, byte[]> now = units();
    assertThat(now.keySet()).isEqualTo(before.keySet());
    return now.keySet().stream()
        .filter(name -> !Arrays.equals(now.get(name), before.get(name)))
        .toList();
  }

  private Path label(String video, int frame) {
    return folder.resolve("data/labels/%s/%04d.png".formatted(video, frame));
  }

  /** Another label map, of one class. */
  private void relabel(Path label) throws IOException {
    BufferedImage map = ImageIO.read(label.toFile());
    BufferedImage other =
        new BufferedImage(map.getWidth(), map.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(other, "png", label.toFile());
  }

  private void replaceInCatalog(String text, String other) throws IOException {
    Path file = folder.resolve("catalog/tiny.yaml");
    String before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, other));
  }

  private static void requireStopped(TinySweep.Run run) {
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("are of other data than there is now")
        .contains("--rerun-changed computes them anew, --accept-changed keeps them")
        .doesNotContain("\tat ");
  }

  @Test
  void aChangedLabelStopsTheSweepAndExactlyItsVideosUnitsAreComputedAnewOnRequest()
      throws IOException {
    Map<String, byte[]> before = units();
    relabel(label("b", 1));

    TinySweep.Run stopped = sweep();
    requireStopped(stopped);
    assertThat(stopped.err())
        .contains("results of 2 units", "tiny test b: labels/0001.png has")
        .doesNotContain("test a");
    assertThat(changedSince(before)).isEmpty();

    TinySweep.Run rerun = sweep("--rerun-changed");
    assertThat(rerun.status()).as(rerun.err()).isZero();
    assertThat(rerun.err())
        .contains("computed anew: 2 units: tiny test b: labels/0001.png")
        .contains("4 units on 2 videos, 2 done before");
    assertThat(changedSince(before)).hasSize(2).allMatch(name -> name.contains("video=b"));
    TinySweep.Run last = sweep();
    assertThat(last.status()).isZero();
    assertThat(last.err()).contains("4 done before");
  }

  @Test
  void aFileOfTheSameNameAndSizeWithOtherBytesIsFound() throws IOException {
    Path image = tiny.image("a", 0);
    byte[] bytes = Files.readAllBytes(image);
    bytes[bytes.length - 1] ^= 1;
    Files.write(image, bytes);
    Files.setLastModifiedTime(image, FileTime.from(Instant.now().plusSeconds(10)));

    TinySweep.Run run = sweep();

    requireStopped(run);
    assertThat(run.err())
        .contains("tiny test a: images/0000.png has other content of the same size");
  }

  @Test
  void aFrameThatIsGoneOrNewIsNamed() throws IOException {
    Files.delete(tiny.image("a", 1));
    tiny.writeFrame("b", 3);

    TinySweep.Run run = sweep();

    requireStopped(run);
    assertThat(run.err())
        .contains("results of 4 units", "images/0001.png is gone", "images/0003.png is new");
  }

  @Test
  void aDataSetThatWasMovedOrCopiedIsTheSame() throws IOException {
    Path moved = folder.resolve("elsewhere");
    FileUtils.copyDirectory(folder.resolve("data").toFile(), moved.toFile(), false);
    try (var files = Files.walk(moved)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(86_400)));
      }
    }
    FileUtils.deleteDirectory(folder.resolve("data").toFile());

    for (int start = 0; start < 2; start++) {
      TinySweep.Run run = sweep("--root", "tiny=" + moved);

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).contains("4 done before").doesNotContain("note:", NO_OTHER_DATA);
    }
    // From then on the new times are those that are known.
    assertThat(Files.readString(dataFile("\"b\"")))
        .contains(
            String.valueOf(
                Files.getLastModifiedTime(moved.resolve("images/b/0000.png")).toMillis()));
  }

  private Path dataFile(String holding) throws IOException {
    for (String file : TinySweep.visibleFiles(out.resolve("data"))) {
      Path path = out.resolve("data").resolve(file);
      if (Files.readString(path).contains("\"video\":" + holding)) {
        return path;
      }
    }
    throw new AssertionError("nothing is remembered of " + holding);
  }

  @Test
  void otherClassesStopTheSweepAndCanBeAccepted() throws IOException {
    replaceInCatalog("name: car", "name: truck");

    TinySweep.Run stopped = sweep();
    requireStopped(stopped);
    assertThat(stopped.err())
        .contains("results of 4 units")
        .contains("class 002 was car (thing, label ids [2]), is truck (thing, label ids [2])");

    Map<String, byte[]> before = units();
    TinySweep.Run accepted = sweep("--accept-changed");
    assertThat(accepted.status()).as(accepted.err()).isZero();
    assertThat(accepted.err()).contains("results of 4 units are kept", "4 done before");
    assertThat(changedSince(before)).isEmpty();
    TinySweep.Run next = sweep();
    assertThat(next.status()).as(next.err()).isZero();
    replaceInCatalog("name: truck", "name: car");
    assertThat(sweep().status()).as("both are known").isZero();
    replaceInCatalog("name: car", "name: bus");
    requireStopped(sweep());
  }

  @Test
  void anotherFrameRateStopsTheSweep() throws IOException {
    replaceInCatalog("framesPerSecond: 10", "framesPerSecond: 12.5");

    TinySweep.Run run = sweep();

    requireStopped(run);
    assertThat(run.err()).contains("tiny test a: frame rate was 10.0, is 12.5");
  }

  @Test
  void aFolderThatRemembersNothingGoesOnWithANoteAndRemembersFromThenOn() throws IOException {
    FileUtils.deleteDirectory(out.resolve("data").toFile());

    TinySweep.Run first = sweep();
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("note: 4 units without a memory of the data", "4 done before");
    TinySweep.Run second = sweep();
    assertThat(second.err()).contains("4 done before").doesNotContain("note:");

    Files.setLastModifiedTime(tiny.image("a", 0), FileTime.from(Instant.EPOCH));
    TinySweep.Run touched = sweep();
    assertThat(touched.status()).isZero();
    assertThat(touched.err()).contains("note: 1 file with another time of change");
    relabel(label("a", 0));
    requireStopped(sweep());
  }

  @Test
  void damagedMemoryIsNamedAndTheSweepGoesOn() throws IOException {
    Path memory = dataFile("\"a\"");
    Files.writeString(memory, Files.readString(memory).replace("sky", "sea"));

    TinySweep.Run run = sweep();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(memory.getFileName().toString(), "2 units without a memory of the data");
  }

  @Test
  void changedTrainingImagesConcernTheControlsOnly() throws IOException {
    config =
        tiny.config(
            """
            methods:
              - {method: mae-joint-training, preset: small}
              - {method: standardised-fixed, preset: small}
            trainingImages: {dataset: tiny, split: train}
            """);
    assertThat(sweep().status()).isZero();
    Map<String, byte[]> before = units();
    Files.copy(tiny.image("stills", 0), folder.resolve("data/images/stills/0009.png"));
    Files.copy(label("stills", 0), label("stills", 9));

    TinySweep.Run stopped = sweep();
    requireStopped(stopped);
    assertThat(stopped.err())
        .contains("results of 2 units", "tiny train (training): stills/images/0009.png is new");
    TinySweep.Run rerun = sweep("--rerun-changed");
    assertThat(rerun.status()).as(rerun.err()).isZero();
    assertThat(changedSince(before))
        .hasSize(2)
        .allMatch(name -> name.contains("method=standardised-fixed"));
  }

  @Test
  void forceComputesAUnitAMethodOrAVideoAnew() throws IOException {
    Map<String, byte[]> before = units();
    List<String> names = List.copyOf(before.keySet());
    String unit = names.get(0).replaceAll(".*/|\\.parquet", "");

    TinySweep.Run ofUnit = sweep("--force", unit);
    assertThat(ofUnit.status()).as(ofUnit.err()).isZero();
    assertThat(ofUnit.err()).contains("computed anew (--force): 1 unit", "3 done before");
    assertThat(changedSince(before)).containsExactly(names.get(0));
    TinySweep.Run both = sweep("--force", "online-ttt-mae", "--force", "a");
    assertThat(both.status()).as(both.err()).isZero();
    assertThat(both.err()).contains("computed anew (--force): 3 units", "1 done before");

    TinySweep.Run unknown = sweep("--force", "c");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("--force c: this sweep has no such unit, method or video");
    assertThat(units()).hasSize(4);
  }
}
