package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reconstructed, from the sweep file to the tables. */
class ReconstructionTargetSweepTest {

  private static final String PIXELS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 2}}
      """;

  private static final String BOTH =
      PIXELS
          + "  - {method: online-ttt-mae, preset: small, variant: short, settings: {batchSize: 1,"
          + " window: 2, reconstructionTarget: image-standardised}}\n"
          + "  - {method: ttt-mae-no-memory, preset: small, settings: {batchSize: 1,"
          + " reconstructionTarget: image-standardised}}\n";

  @TempDir private Path folder;

  private static String tables(Path output) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Test
  void aModelWithoutADecoderForTheTargetIsRefusedInOneLineBeforeAnythingRuns() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    TinySweep.Run run = tiny.sweep(tiny.config(BOTH), "out", "local[1]");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.contains("image-standardised")).toList())
        .hasSize(1)
        .allMatch(line -> line.contains("trained for the target pixels"))
        .allMatch(line -> line.contains("set reconstructionTarget: pixels, or train a decoder"));
    assertThat(tiny.output("out").resolve("metrics")).doesNotExist();
  }

  @Test
  void bothTargetsStandInTheTablesOursMarkedAndTheFixedModelIsRunOnce() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    assertThat(tiny.sweep(tiny.config(PIXELS), "out", "local[1]").status()).isZero();
    tiny.addStandardisedDecoder();

    TinySweep.Run run = tiny.sweepWithReport(tiny.config(BOTH), "out", "local[1]");

    assertThat(run.status()).as(run.err()).isZero();
    // The fixed model and the paper's target keep their identity.
    assertThat(run.err()).contains("4 units on 1 video, 2 done before");
    String tables = tables(tiny.output("out"));
    assertThat(tables)
        .contains(
            "| Online TTT-MAE |",
            "| Online TTT-MAE (short, ours: image-standardised target) |",
            "| TTT-MAE No Memory (ours: image-standardised target) |",
            "Ours: the method is the paper's, its reconstruction target is not.");
    assertThat(tables.lines().filter(line -> line.contains("image-standardised")).toList())
        .allMatch(line -> line.contains("ours") || line.contains("reconstructionTarget"));
    assertThat(tables).doesNotContain("MAE Joint Training (");
  }

  @Test
  void settingsOfAnotherTargetAreRankedUnderTheirMark() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    tiny.addStandardisedDecoder();
    Path config =
        tiny.config(
            """
            preset: small
            settings: {batchSize: 1, reconstructionTarget: image-standardised}
            methods: [{method: online-ttt-mae}]
            search: {cross: {learningRate: [1.0e-4, 1.0e-2]}}
            """);
    List<String> arguments = new ArrayList<>(tiny.arguments(config, "out", "local[1]"));
    arguments.set(0, "grid");
    TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("learningRate=1e-4, ours: image-standardised target")
        .contains("learningRate=0.01, ours: image-standardised target")
        .contains("the best setting as a sweep");
    String chosen = Files.readString(tiny.output("out").resolve("chosen.yaml"));
    assertThat(chosen).contains("image-standardised").doesNotContain("ours");
  }

  @Test
  void targetsMayBeTheValuesOfAGrid() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    tiny.addStandardisedDecoder();
    Path config =
        tiny.config(
            """
            preset: small
            settings: {batchSize: 1}
            methods: [{method: online-ttt-mae}]
            search: {cross: {reconstructionTarget: [pixels, image-standardised], window: [1, 2]}}
            """);
    List<String> arguments = new ArrayList<>(tiny.arguments(config, "out", "local[1]"));
    arguments.set(0, "grid");
    TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("reconstructionTarget=pixels, window=1 ")
        .contains("reconstructionTarget=image-standardised, window=2, ours");
  }

  @Test
  void localityIsEstimatedForEachTargetAndWarnsWhereTheLossPullsAgainstTheTask()
      throws IOException {
    TinySweep tiny = TinySweep.create(folder, 4, 4, 4);
    tiny.addStandardisedDecoder();
    List<String> arguments =
        new ArrayList<>(tiny.arguments(tiny.config(BOTH), "tables", "local[1]"));
    arguments.set(0, "locality");
    TinySweep.Run run = TinySweep.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    List<String> rows =
        Files.readAllLines(folder.resolve("tables/locality.csv")).stream()
            .filter(line -> line.startsWith("tiny,"))
            .toList();
    assertThat(rows).hasSize(8);
    assertThat(rows).filteredOn(row -> row.contains(",pixels,")).hasSize(4);
    assertThat(rows).filteredOn(row -> row.contains("ours: image-standardised")).hasSize(4);
    List<String> warnings = run.out().lines().filter(line -> line.contains("Warning: ")).toList();
    for (String target : List.of("pixels", "ours: image-standardised target")) {
      List<String> negative =
          rows.stream()
              .filter(row -> row.contains("," + target + ","))
              .map(row -> row.split(","))
              .filter(cells -> cells[14].startsWith("-") && !cells[14].equals("-0.000"))
              .map(cells -> cells[5] + " " + cells[14])
              .toList();
      List<String> own =
          warnings.stream().filter(line -> line.contains("target " + target + ":")).toList();
      assertThat(own).hasSize(negative.isEmpty() ? 0 : 1);
      negative.forEach(name -> assertThat(own.get(0)).contains(name));
    }
    assertThat(warnings)
        .allMatch(line -> line.contains("pulls against the main task here"))
        .allMatch(line -> line.contains("see docs/reconstruction.md"));
  }
}
