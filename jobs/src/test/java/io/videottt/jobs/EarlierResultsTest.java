package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep's output folder is a promise: the resource holds one as the program left it before its
 * classes were sorted into packages, with its data and models, and the program of today goes on
 * with it.
 */
class EarlierResultsTest {

  private static final String EARLIER = "earlier-results.zip";

  /** The sweep of the resource: two units on each of two videos. */
  private static final String METHODS =
      """
      preset: small
      settings: {batchSize: 1}
      methods:
        - {method: mae-joint-training}
        - {method: online-ttt-mae, settings: {window: 3}}
      """;

  @TempDir private Path folder;
  private TinySweep tiny;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream zip = getClass().getResourceAsStream(EARLIER)) {
      tiny = TinySweep.unpack(zip, folder, 2);
    }
  }

  private TinySweep.Run sweep(String methods) throws IOException {
    TinySweep.Run run = tiny.sweep(tiny.config(methods), "out", "local[1]");
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  /** The files of units, which are not touched once they are there. */
  private Map<String, byte[]> units() throws IOException {
    Path metrics = tiny.output("out").resolve("metrics");
    Map<String, byte[]> units = new TreeMap<>();
    for (String file : TinySweep.visibleFiles(metrics)) {
      units.put(file, Files.readAllBytes(metrics.resolve(file)));
    }
    return units;
  }

  private static void requireKept(Map<String, byte[]> before, Map<String, byte[]> after) {
    before.forEach((file, bytes) -> assertThat(after.get(file)).as(file).isEqualTo(bytes));
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void onlyWhatIsTrainedOtherwiseTodayIsComputedAgainAndOnce() throws IOException {
    Map<String, byte[]> before = units();
    assertThat(before).hasSize(4);

    TinySweep.Run run = sweep(METHODS);

    assertThat(run.err()).contains("4 units on 2 videos, 2 done before");
    Map<String, byte[]> after = units();
    assertThat(after).hasSize(6);
    requireKept(before, after);
    assertThat(sweep(METHODS).err()).contains("4 units on 2 videos, 4 done before");
  }

  @Test
  void aMissingUnitIsComputedUnderTheNameItHadAndANewOneBesideThem() throws IOException {
    List<String> rows = TinySweep.reproducibleRows(tiny.output("out"));
    Map<String, byte[]> before = units();
    String missing =
        before.keySet().stream()
            .filter(file -> file.contains("method=mae-joint-training"))
            .findFirst()
            .orElseThrow();
    delete(tiny.output("out").resolve("metrics").resolve(missing).getParent());

    TinySweep.Run run =
        sweep(METHODS + "  - {method: online-ttt-mae, variant: wide, settings: {window: 4}}\n");

    assertThat(run.err()).contains("6 units on 2 videos, 1 done before");
    Map<String, byte[]> after = units();
    assertThat(after).hasSize(8).containsKey(missing);
    before.remove(missing);
    requireKept(before, after);
    List<String> ids = rows.stream().map(EarlierResultsTest::identity).toList();
    assertThat(TinySweep.reproducibleRows(tiny.output("out")))
        .extracting(EarlierResultsTest::identity)
        .containsAll(ids)
        .hasSizeGreaterThan(ids.size());
  }

  /** A row's unit and frame: other processors may round the numbers of the row otherwise. */
  private static String identity(String row) {
    return row.replaceAll(".*\"frame_index\":(\\d+).*", "$1")
        + " "
        + row.replaceAll(".*\"unit_id\":\"(\\w+)\".*", "$1");
  }
}
