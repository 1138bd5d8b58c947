package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

  private static final String TWO_METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;
  @TempDir private Path folder;

  @Test
  void aFileInTheOutputsPlaceIsRefusedInOneLine() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config = tiny.config("methods: [{method: mae-joint-training}]\n");
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThat(tiny.sweep(config, "file", "local[1]").err())
        .isEqualTo("ttt: %s is a file, not a folder; choose another --output%n".formatted(file));
    assertThat(tiny.sweep(config, "file/below", "local[1]").err())
        .isEqualTo(
            "ttt: %s/below cannot be: file:%s is a file; choose another --output%n"
                .formatted(file, file));
    assertThat(file).hasContent("text");
  }

  @Test
  void everyFrameOfEveryUnitIsARowOnceAndTheNumberOfSlotsChangesNothing() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 5);
    Path config = tiny.config(TinySweep.ALL_METHODS);

    TinySweep.Run one = tiny.sweepWithReport(config, "one", "local[1]");
    TinySweep.Run two = tiny.sweep(config, "two", "local[2]");

    assertThat(one.status()).as(one.err()).isZero();
    assertThat(two.status()).as(two.err()).isZero();
    List<String> rows = TinySweep.reproducibleRows(tiny.output("one"));
    assertThat(rows).hasSize(TinySweep.METHOD_COUNT * (3 + 5)).doesNotHaveDuplicates();
    assertThat(TinySweep.reproducibleRows(tiny.output("two"))).isEqualTo(rows);
    assertThat(one.out()).contains("Table 1", "Table 4", "controls (ours, not the paper's)");
  }

  @Test
  void filesAreNamedAfterTheirUnitsAndNothingElseIsLeft() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    tiny.sweep(tiny.config(TWO_METHODS), "out", "local[1]");

    List<String> files = TinySweep.visibleFiles(tiny.output("out"));
    assertThat(files)
        .filteredOn(file -> !file.startsWith("tables/"))
        .hasSize(7)
        .allMatch(file -> file.matches("(data|datasets|metrics|units|plans)/.*"));
    assertThat(files)
        .filteredOn(file -> file.startsWith("metrics/"))
        .allMatch(
            file ->
                file.matches(
                    "metrics/dataset=tiny/task=semantic/method=[a-z-]+/video=a/[0-9a-f]{32}"
                        + "\\.parquet"))
        .hasSize(2);
    assertThat(ids(files, "metrics/", ".parquet")).isEqualTo(ids(files, "units/", ".json"));
    assertThat(tiny.output("out").resolve("_tmp")).doesNotExist();
  }

  private static Set<String> ids(List<String> files, String prefix, String suffix) {
    return files.stream()
        .filter(file -> file.startsWith(prefix) && file.endsWith(suffix))
        .map(file -> file.replaceAll(".*/|\\..*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aSecondStartRunsNothing() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    Path config = tiny.config(TWO_METHODS);
    TinySweep.Run first = tiny.sweepWithReport(config, "out", "local[1]");
    List<String> files = TinySweep.visibleFiles(tiny.output("out"));

    TinySweep.Run second = tiny.sweepWithReport(config, "out", "local[1]");

    assertThat(second.status()).isZero();
    assertThat(second.err()).contains("2 units on 1 video, 2 done before");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(TinySweep.visibleFiles(tiny.output("out"))).isEqualTo(files);
  }

  @Test
  void aBrokenVideoIsRecordedTheOthersCompleteAndTheRepairRunsOnlyWhatIsMissing()
      throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3, 3);
    Path broken = tiny.image("b", 1);
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 100));
    Path config = tiny.config(TWO_METHODS);

    TinySweep.Run run = tiny.sweep(config, "out", "local[2]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(status(tiny)).contains("2 done, 2 failed, 0 running", broken.toString());
    assertThat(run.err()).contains(broken.toString()).contains("2 of 4 units failed");
    assertThat(run.err()).doesNotContain("\tat ");
    List<String> files = TinySweep.visibleFiles(tiny.output("out"));
    assertThat(files).filteredOn(file -> file.contains("video=a")).hasSize(2);
    assertThat(files).noneMatch(file -> file.contains("video=b"));
    List<String> failures = files.stream().filter(file -> file.startsWith("failures/")).toList();
    assertThat(failures).hasSize(2);
    assertThat(Files.readString(tiny.output("out").resolve(failures.get(0))))
        .contains(broken.toString(), "\"video\":\"b\"");

    tiny.writeFrame("b", 1);
    TinySweep.Run repaired = tiny.sweep(config, "out", "local[2]");

    assertThat(repaired.status()).as(repaired.err()).isZero();
    assertThat(status(tiny)).contains("4 done, 0 failed", "  0 s of ").doesNotContain("running:");
    assertThat(repaired.err()).contains("4 units on 2 videos, 2 done before");
    assertThat(TinySweep.visibleFiles(tiny.output("out")))
        .noneMatch(file -> file.startsWith("failures/"));
    assertThat(TinySweep.reproducibleRows(tiny.output("out"))).hasSize(4 * 3);
  }

  private static String status(TinySweep tiny) {
    return TinySweep.run("status", "--output", tiny.output("out").toString()).out();
  }

  @Test
  void aLossThatDivergesFailsItsUnitOnly() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 3);
    Path config =
        tiny.config(
            """
            methods:
              - {method: online-ttt-mae, preset: small, settings: {optimizer: SGD, learningRate: 1000, batchSize: 1, iterationsPerFrame: 50}}
              - {method: implicit-memory-only, preset: small, settings: {batchSize: 1}}
            """);

    TinySweep.Run run = tiny.sweep(config, "out", "local[1]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("1 of 2 units failed").contains("online-ttt-mae");
    assertThat(TinySweep.reproducibleRows(tiny.output("out"))).hasSize(3);
  }

  @Test
  void anOutputThatCannotBeWrittenIsOneLine() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    Files.writeString(tiny.output("file"), "not a folder");

    TinySweep.Run run = tiny.sweep(tiny.config(TWO_METHODS), "file/out", "local[1]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).contains("file/out").contains("--output");
  }

  @Test
  void anUnknownKeyRunsNothing() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);

    TinySweep.Run run = tiny.sweep(tiny.config(TWO_METHODS + "epochs: 3\n"), "out", "local[1]");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("unknown key 'epochs'").contains("known here: datasets");
    assertThat(tiny.output("out")).doesNotExist();
  }

  @Test
  void anUnknownMethodSettingOrModelRunsNothing() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    for (String methods :
        List.of(
            "methods: [{method: magic}]",
            "methods: [{method: online-ttt-mae, settings: {speed: 3}}]",
            "methods: [{method: online-ttt-mae, preset: huge}]",
            "methods: [{method: foreign-frames, preset: small}]")) {
      TinySweep.Run run = tiny.sweep(tiny.config(methods), "out", "local[1]");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err().lines().count()).as(run.err()).isLessThanOrEqualTo(2);
      assertThat(run.err()).contains("sweep.yaml");
      assertThat(tiny.output("out")).doesNotExist();
    }
  }
}
