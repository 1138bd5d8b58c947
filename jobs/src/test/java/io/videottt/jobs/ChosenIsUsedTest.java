package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.SettingOrigin;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.reports.Titles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grid ranks first is what a sweep that extends it uses, or the tables say otherwise. */
class ChosenIsUsedTest {

  private static final String ONLINE =
      """
      methods:
        - {method: mae-joint-training}
        - {method: ttt-mae-no-memory, preset: small, settings: {batchSize: 1}}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1}}
      """;

  @TempDir private static Path folder;

  private static TinySweep tiny;
  private static Path chosen;
  private static String written;

  @BeforeAll
  static void runAGrid() throws IOException {
    tiny = TinySweep.create(folder, 2);
    Path config =
        tiny.config(
            """
            methods:
              - {method: online-ttt-mae, preset: small, settings: {batchSize: 1}}
            search:
              list:
                - {learningRate: 1.0e-4, window: 1}
                - {learningRate: 1.0e-4, window: 2}
            """);
    TinySweep.Run run = run("grid", config, "grid");
    assertThat(run.status()).as(run.err()).isZero();
    chosen = tiny.output("grid").resolve("chosen-settings.yaml");
    written = Files.readString(chosen);
  }

  /** As the grid wrote it, whatever the test before made of it. */
  @BeforeEach
  void restore() throws IOException {
    Files.writeString(chosen, written);
  }

  @Test
  void aSweepThatExtendsTheChosenSettingsUsesThemWindowIncluded() throws IOException {
    Set<SettingOrigin> origins = origins(ONLINE);
    assertThat(origins).singleElement().matches(SettingOrigin::asChosen);
    assertThat(origins.iterator().next().sentence(Titles.NONE))
        .startsWith("Online TTT-MAE has the chosen settings: of 2 settings, ")
        .contains(" ranked first on tiny, test (");
  }

  @Test
  void aSettingThatTheFileChangesIsNamedWithWhatWasChosen() throws IOException {
    String first = Files.readString(chosen).contains("window: 1") ? "1" : "2";
    SettingOrigin origin = origins(ONLINE + "settings: {window: 5}\n").iterator().next();
    assertThat(origin.asChosen()).isFalse();
    assertThat(origin.sentence(Titles.NONE))
        .startsWith("Online TTT-MAE has window 5 instead of %s: of 2 settings, ".formatted(first))
        .contains("learningRate=1e-4, window=" + first + " ranked first on tiny, test");
  }

  @Test
  void aVariantOfTheMethodIsNamedByItsOwnName() throws IOException {
    Set<SettingOrigin> origins =
        origins(
            """
methods:
  - {method: online-ttt-mae, preset: small, settings: {batchSize: 1}}
  - {method: online-ttt-mae, variant: slow, preset: small, settings: {batchSize: 1, learningRate: 1.0e-6}}
""");
    assertThat(origins).hasSize(2);
    assertThat(origins)
        .filteredOn(origin -> !origin.asChosen())
        .singleElement()
        .extracting(origin -> origin.sentence(Titles.NONE))
        .asString()
        .startsWith("Online TTT-MAE (slow) has learningRate 1.0E-6 instead of 1.0E-4: ");
  }

  @Test
  void aTableSaysInOneSentenceWhichRowsHaveTheChosenSettings() throws IOException {
    String first = Files.readString(chosen).contains("window: 1") ? "1" : "2";
    TinySweep.Run sweep =
        run(
            "sweep",
            extending(
                """
methods:
  - {method: mae-joint-training}
  - {method: online-ttt-mae, preset: small, settings: {batchSize: 1}}
  - {method: online-ttt-mae, variant: long, preset: small, settings: {batchSize: 1, window: 7}}
"""),
            "out");
    assertThat(sweep.status()).as(sweep.err()).isZero();
    assertThat(Files.readString(tiny.output("out").resolve("tables/table1-tiny-test-semantic.md")))
        .contains(
            "Online TTT-MAE has the chosen settings; Online TTT-MAE (long) has window 7 instead of "
                + first
                + ": of 2 settings, ");
  }

  @Test
  void anotherReconstructionTargetThanTheGridsIsNamedInTheRowThatTablesMark() throws IOException {
    tiny.addStandardisedDecoder();
    SettingOrigin origin =
        origins(ONLINE + "settings: {reconstructionTarget: image-standardised}\n")
            .iterator()
            .next();
    assertThat(origin.asChosen()).isFalse();
    assertThat(origin.variant()).isEqualTo("ours: image-standardised target");
    assertThat(origin.sentence(Titles.NONE))
        .startsWith(
            "Online TTT-MAE (ours: image-standardised target) has reconstructionTarget"
                + " image-standardised, which the grid did not try: ");
  }

  @Test
  void whatTheGridDidNotSearchMayBeAnything() throws IOException {
    assertThat(origins(ONLINE + "settings: {maskRatio: 0.5}\n"))
        .singleElement()
        .matches(SettingOrigin::asChosen);
  }

  @Test
  void otherWeightsThanTheGridsAreNamed() throws IOException {
    Files.writeString(
        chosen, Files.readString(chosen).replaceAll("(?m)^  - [0-9a-f]{64}$", "  - 0123"));
    SettingOrigin origin = origins(ONLINE).iterator().next();
    assertThat(origin.asChosen()).isFalse();
    assertThat(origin.sentence(Titles.NONE))
        .contains("has the chosen settings: ", ", with other weights than these.");
  }

  @Test
  void provenanceOfPeopleSaysNothing() throws IOException {
    Path config = tiny.config(ONLINE + "provenance: {by: us, chosen: much, grid: 3}\n");
    assertThat(planner(config).origins()).isEmpty();
  }

  @Test
  void planAndTablesSayWhereASettingIsNotTheChosenOne() throws IOException {
    Path config = extending(ONLINE + "settings: {window: 5}\n");
    TinySweep.Run plan =
        TinySweep.run(
            "plan",
            "--config",
            config.toString(),
            "--catalog",
            folder.resolve("catalog").toString());
    assertThat(plan.out() + plan.err())
        .contains("note: on tiny, test: Online TTT-MAE has window 5 instead of ");

    TinySweep.Run sweep = run("sweep", config, "again");
    assertThat(sweep.status()).as(sweep.err()).isZero();
    Path tables = tiny.output("again").resolve("tables");
    String table1 = Files.readString(tables.resolve("table1-tiny-test-semantic.md"));
    assertThat(table1).contains("Online TTT-MAE has window 5 instead of ");
    assertThat(Files.readString(tables.resolve("index.html")))
        .contains("Online TTT-MAE has window 5 instead of ");

    TinySweep.Run again = run("sweep", extending(ONLINE), "again");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).doesNotContain("instead of");
    assertThat(Files.readString(tables.resolve("table1-tiny-test-semantic.md")))
        .contains("Online TTT-MAE has the chosen settings: ")
        .doesNotContain("instead of");
  }

  private Set<SettingOrigin> origins(String keys) throws IOException {
    return planner(extending(keys)).origins();
  }

  /** The tiny sweep with the chosen settings over the file's, and the keys over both. */
  private Path extending(String keys) throws IOException {
    Path base = tiny.config("methods: [{method: mae-joint-training}]\n");
    Path renamed = base.resolveSibling("base.yaml");
    Files.move(base, renamed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path config = base.resolveSibling("extending.yaml");
    Files.writeString(config, "extends: [base.yaml, %s]\n%s".formatted(chosen, keys));
    return config;
  }

  private SweepPlanner planner(Path config) {
    SweepPlanner planner =
        new SweepPlanner(
            new SweepRequest(
                config, Optional.of(folder.resolve("catalog").toString()), java.util.Map.of()),
            new org.apache.hadoop.conf.Configuration());
    planner.plan();
    return planner;
  }

  private static TinySweep.Run run(String command, Path config, String output) {
    List<String> arguments = new ArrayList<>(tiny.arguments(config, output, "local[1]"));
    arguments.set(0, command);
    return TinySweep.run(arguments.toArray(String[]::new));
  }
}
