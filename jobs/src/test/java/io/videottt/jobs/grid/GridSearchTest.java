package io.videottt.jobs.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GridSearchTest {

  private static final String BASE =
      """
      datasets: [{name: camvid, splits: [val]}]
      models: [{label: small, joint: models/joint}]
      preset: small
      methods: [{method: online-ttt-mae, settings: {postProcessing: {detections: 7}}}]
      """;

  @TempDir private Path folder;

  private GridFile read(String text) throws IOException {
    return GridFile.read(Files.writeString(folder.resolve("grid.yaml"), text));
  }

  private List<String> labels(String search) throws IOException {
    return read(BASE + search).settings().stream().map(Candidate::label).toList();
  }

  @Test
  void everyCombinationOfACrossIsASetting() throws IOException {
    assertThat(labels("search: {cross: {learningRate: [1.0e-4, 0.003], window: [1, 16]}}"))
        .containsExactly(
            "learningRate=1e-4, window=1",
            "learningRate=1e-4, window=16",
            "learningRate=0.003, window=1",
            "learningRate=0.003, window=16");
  }

  @Test
  void listedSettingsStandInTheirOrderWithTheKeysOfTheFirst() throws IOException {
    assertThat(
            labels("search: {list: [{window: 4, optimizer: SGD}, {optimizer: ADAMW, window: 2}]}"))
        .containsExactly("window=4, optimizer=SGD", "window=2, optimizer=ADAMW");
  }

  @Test
  void aSampleIsTheSameForTheSameSeedAndHasNoSettingTwice() throws IOException {
    String search =
        """
        search:
          sample:
            count: 40
            seed: %d
            space:
              learningRate: {logUniform: [1.0e-5, 1.0e-3]}
              maskRatio: {uniform: [0.5, 0.9]}
              window: [1, 2, 4]
        """;
    List<String> seven = labels(search.formatted(7));

    assertThat(labels(search.formatted(7))).isEqualTo(seven);
    assertThat(labels(search.formatted(8))).isNotEqualTo(seven);
    assertThat(seven).hasSize(40).doesNotHaveDuplicates();
    for (Candidate setting : read(BASE + search.formatted(7)).settings()) {
      assertThat((Double) setting.values().get("learningRate")).isBetween(1e-5, 1e-3);
      assertThat((Double) setting.values().get("maskRatio")).isBetween(0.5, 0.9);
    }
    // Half of the draws lie on either side of the middle of the exponents.
    assertThat(
            read(BASE + search.formatted(7)).settings().stream()
                .filter(s -> (Double) s.values().get("learningRate") < 1e-4)
                .count())
        .isBetween(10L, 30L);
  }

  @Test
  void aSampleOfAllCombinationsHasEachOfThem() throws IOException {
    assertThat(
            labels("search: {sample: {count: 6, space: {window: [1, 2, 4], batchSize: [1, 2]}}}"))
        .containsExactlyInAnyOrderElementsOf(
            labels("search: {cross: {window: [1, 2, 4], batchSize: [1, 2]}}"));
  }

  @Test
  void theSweepOfAGridHasTheFixedModelAndEverySettingOverTheMethodsOwn() throws IOException {
    GridFile grid = read(BASE + "search: {cross: {prediction.smoothing: [1, 3], window: [2, 4]}}");

    SweepConfiguration sweep = grid.sweep(grid.all()).configuration();

    assertThat(sweep.methods())
        .extracting("method", "variant")
        .hasSize(5)
        .contains(
            org.assertj.core.groups.Tuple.tuple("mae-joint-training", ""),
            org.assertj.core.groups.Tuple.tuple(
                "online-ttt-mae", "prediction.smoothing=3, window=4"));
    assertThat(sweep.methods().get(4).settings())
        .isEqualTo(
            Map.of(
                "postProcessing",
                Map.of("detections", 7),
                "prediction",
                Map.of("smoothing", 3),
                "window",
                4));
  }

  static Stream<Object[]> numbers() {
    return Stream.of(
        new Object[] {1, "1"},
        new Object[] {0, "0"},
        new Object[] {0.0, "0"},
        new Object[] {1.0, "1"},
        new Object[] {0.85, "0.85"},
        new Object[] {3.0e-4, "3e-4"},
        new Object[] {1.23e-5, "1.23e-5"},
        new Object[] {-2.5e-6, "-2.5e-6"},
        new Object[] {1.0e9, "1e9"},
        new Object[] {true, "true"});
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void valuesAreLabelledInTheirShortestForm(Object value, String label) {
    assertThat(Candidate.text(value)).isEqualTo(label);
  }

  @Test
  void theSmallerSettingIsTheOneWithTheSmallerFirstDifferentValue() throws IOException {
    List<Candidate> settings =
        read(BASE + "search: {cross: {learningRate: [1.0e-3, 2.0e-4], window: [16, 2]}}")
            .settings();

    assertThat(settings.stream().sorted().map(Candidate::label))
        .containsExactly(
            "learningRate=2e-4, window=2",
            "learningRate=2e-4, window=16",
            "learningRate=0.001, window=2",
            "learningRate=0.001, window=16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threads: 1 | search is missing; give it cross, list or sample",
        "search: {} | search: give exactly one of cross, list and sample",
        "search: {cross: {window: [1]}, list: [{window: 1}]} | give exactly one of",
        "search: {cross: {window: [1]}, grid: 3} | unknown key 'search.grid'",
        "search: {cross: {speed: [1, 2]}} | search: unknown key 'speed'",
        "search: {cross: {postProcessing.speed: [1, 2]}} | unknown key 'postProcessing.speed'",
        "search: {cross: {window: []}} | search: cross: window: the list is empty",
        "search: {cross: {window: }} | search: cross: window: the list is empty",
        "search: {cross: {}} | search: cross: no key is given",
        "search: {cross: {window: 3}} | search.cross.window",
        "search: {cross: {window: [1, 2, 1]}} | search: cross: window: 1 stands twice",
        "search: {cross: {learningRate: [1.0e-4, 0.0001]}} | learningRate: 1e-4 stands twice",
        "search: {cross: {window: [[1]]}} | '[1]' is no number, word or truth value",
        "search: {cross: {window: [-3]}} | window",
        "search: {cross: {learningRate: [fast]}} | learningRate",
        "search: {cross: {offlineIterations: [100, 200]}} | which does not use what differs",
        "search: {list: []} | search: list: no setting is given",
        "search: {list: [{}]} | search: list: a setting is empty",
        "search: {list: [{window: 1}, {batchSize: 1}]} | give all the same keys",
        "search: {list: [{window: 1}, {window: 1}]} | search: window=1 stands twice",
        "search: {sample: {count: 0, space: {window: [1, 2]}}} | count is 0, expected 1 or more",
        "search: {sample: {space: {window: [1, 2]}}} | count is null, expected 1 or more",
        "search: {sample: {count: 3, space: {window: [1, 2]}}} | only 2 combinations",
        "search: {sample: {count: 2}} | search.sample: space is missing or empty",
        "search: {sample: {count: 2, space: {window: {logUniform: [0, 2]}}}} | both above 0",
        "search: {sample: {count: 2, space: {window: {uniform: [2, 2]}}}} | low below high",
        "search: {sample: {count: 2, space: {window: {normal: [0, 1]}}}} | expected a list of",
        "search: {sample: {count: 5000, space: {window: [1]}}} | more than 4096 settings",
        "search: {cross: {window: [1]}}\\nhalving: {} | halving: rungs is missing or empty",
        "search: {cross: {window: [1]}}\\nhalving: {rungs: [2, 2]} | expected rising numbers",
        "search: {cross: {window: [1]}}\\nhalving: {rungs: [1], keep: 1} | keep is 1.0",
        "search: {cross: {window: [1]}}\\nhalving: {rungs: [1], order: best} | halving.order",
        "search: {cross: {window: [1]}}\\nchooseBy: panoptic | chooseBy: panoptic is none",
        "search: {cross: {window: [1]}}\\nprotocol: pool | protocol: 'pool' is no protocol; choose",
        "search: {cross: {window: [1]}}\\nsweeps: [a.yaml] | a.yaml: no such",
      })
  void aBadGridIsOneOrTwoLinesWithTheFile(String text, String message) {
    assertBad(BASE + text.replace("\\n", "\n") + "\n", message);
  }

  @Test
  void aLongValueIsShownCut() {
    String digits = "9".repeat(5000);
    for (String value :
        List.of(
            digits, "-" + digits, "0." + digits, "[[" + "1, ".repeat(5000) + "1]]", "{a: [1]}")) {
      assertThatThrownBy(() -> read(BASE + "search: {cross: {window: [%s]}}\n".formatted(value)))
          .as(value.substring(0, 5))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("yaml")
          .satisfies(
              e ->
                  assertThat(e.getMessage().lines())
                      .hasSizeLessThanOrEqualTo(2)
                      .allMatch(line -> line.length() < 500));
    }
    assertBad(
        BASE + "search: {cross: {window: [%s]}}\n".formatted(digits), "a number of 5000 digits");
    assertBad(
        BASE + "search: {cross: {window: [[%s1]]}}\n".formatted("1, ".repeat(5000)),
        "...' is no number, word or truth value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "splits: [val] | splits: [val, test] | on one split of one data set",
        "joint: models/joint}] | joint: a}, {label: b, joint: b}] | give only one label",
        "online-ttt-mae | mae-joint-training | leave it out, the grid runs it anyway",
        "online-ttt-mae | implicit-memory-only | does not use what differs",
        "online-ttt-mae, | online-ttt-mae, variant: a, | leave variant out",
        "preset: small | tasks: [instance, panoptic] | say by which one",
        "online-ttt-mae | magic | unknown method 'magic'",
        "preset: small | preset: huge | unknown preset 'huge'",
      })
  void aBadBaseIsOneOrTwoLinesWithTheFile(String old, String replacement, String message) {
    assertBad(BASE.replace(old, replacement) + "search: {cross: {window: [1, 2]}}\n", message);
  }

  @Test
  void aSettingIsForTheTaskThatItIsChosenBy() throws IOException {
    String tasks = "tasks: [semantic, panoptic]\nsearch: {cross: {prediction.votes: [1, 9]}}\n";

    assertBad(
        BASE + tasks + "chooseBy: panoptic\n",
        "search: 'prediction.votes=9' is not for panoptic segmentation");

    GridFile grid = read(BASE + tasks + "chooseBy: semantic\n");
    assertThat(grid.settings())
        .filteredOn(s -> grid.supports(grid.base().methods().get(0), s, Task.PANOPTIC))
        .extracting(Candidate::label)
        .containsExactly("prediction.votes=1");
  }

  private void assertBad(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("yaml")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
  }
}
