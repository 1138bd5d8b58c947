package io.videottt.jobs.sweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.grid.GridFile;
import io.videottt.jobs.sweep.config.SweepConfiguration.ModelChoice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models and settings on the command line, over the shipped files. */
class OverridesTest {

  private static final Path TABLE_1 = Path.of("../conf/sweeps/table1.yaml");
  private static final Path GRID = Path.of("../conf/grids/kitti-step-val.yaml");

  @TempDir private Path folder;

  private static Overrides models(String... keysAndFolders) {
    Map<String, String> models = new LinkedHashMap<>();
    for (int i = 0; i < keysAndFolders.length; i += 2) {
      models.put(keysAndFolders[i], keysAndFolders[i + 1]);
    }
    return Overrides.parse(models, Map.of());
  }

  private static Overrides settings(String key, String value) {
    return Overrides.parse(Map.of(), Map.of(key, value));
  }

  private static List<ModelChoice> table1(Overrides overrides) {
    return overrides.over(SweepSource.read(TABLE_1)).stream()
        .flatMap(part -> part.configuration().models().stream())
        .toList();
  }

  private static String absolute(String folder) {
    return Path.of(folder).toAbsolutePath().normalize().toString();
  }

  @Test
  void aLabelStandsForBothFoldersOfItsSets() {
    assertThat(table1(models("swin-s", "small")))
        .hasSize(3)
        .allSatisfy(
            model -> {
              assertThat(model.joint()).isEqualTo(absolute("small"));
              assertThat(model.mainTaskOnly()).isEqualTo(absolute("small"));
              assertThat(model.label()).isEqualTo("swin-s");
            });
  }

  @Test
  void aRoleStandsForThatFolderOfAllSets() {
    List<ModelChoice> file = table1(Overrides.NONE);
    List<ModelChoice> changed = table1(models("joint", "hdfs:///models/joint"));
    assertThat(changed).extracting(ModelChoice::joint).containsOnly("hdfs:///models/joint");
    assertThat(changed)
        .extracting(ModelChoice::mainTaskOnly)
        .isEqualTo(file.stream().map(ModelChoice::mainTaskOnly).toList());
  }

  @Test
  void aTaskNamesTheSetsThatPredictNothingElseAndLaterOptionsGoOverEarlierOnes() {
    List<ModelChoice> changed =
        table1(models("swin-s", "all", "panoptic", "two", "swin-s.panoptic.joint", "three"));
    assertThat(changed)
        .extracting(model -> model.tasks().isEmpty() ? Task.SEMANTIC : model.tasks().get(0))
        .containsExactly(Task.SEMANTIC, Task.INSTANCE, Task.PANOPTIC);
    assertThat(changed)
        .extracting(ModelChoice::joint)
        .containsExactly(absolute("all"), absolute("all"), absolute("three"));
    assertThat(changed)
        .extracting(ModelChoice::mainTaskOnly)
        .containsExactly(absolute("all"), absolute("all"), absolute("two"));
  }

  @Test
  void whatNoSetIsCalledIsRefusedWithTheNamesOfThoseThatThereAre() {
    assertThatThrownBy(() -> table1(models("swin-b", "x")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "--model swin-b: no such model set\n"
                + "there are swin-s (semantic), swin-s (instance), swin-s (panoptic)");
    for (String key : List.of("", "a.b", "a.joint.b", ".joint", "a.semantic.panoptic.joint")) {
      assertThatThrownBy(() -> models(key, "x"))
          .as(key)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("[LABEL.][TASK.][joint|mainTaskOnly]=DIR");
    }
    assertThatThrownBy(() -> models("joint", " ")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void settingsGoOverThePresetAndUnderWhatAMethodHasForItself() {
    List<SweepSource> parts = SweepSource.read(TABLE_1);
    Overrides overrides =
        Overrides.parse(
            Map.of(), Map.of("maskRatio", "0.5", "scaleJitter.maximum", "1.5", "threads", "2"));
    SweepSource coco = overrides.over(parts).get(1);
    for (SweepConfiguration.MethodChoice choice : coco.configuration().methods()) {
      AdaptationSettings settings =
          ChosenMethod.of(choice, coco.configuration(), coco.source()).settings();
      assertThat(settings.maskRatio())
          .as(choice.method())
          .isEqualTo(choice.method().startsWith("self-train") ? 0.8 : 0.5);
      assertThat(settings.scaleJitter().maximum()).isEqualTo(1.5);
      assertThat(settings.scaleJitter().minimum()).isEqualTo(0.1);
      assertThat(settings.threads()).isEqualTo(2);
    }
    assertThat(overrides.lines(parts))
        .containsExactlyInAnyOrder(
            "--set threads: 2",
            "--set maskRatio: 0.5, but not for self-train, self-train-class-balance",
            "--set scaleJitter.maximum: 1.5");
  }

  @Test
  void aNumberOutOfRangeIsQuotedAsItWasGivenWithTheRange() {
    Overrides overrides = settings("window", "99999999999999");
    SweepSource part = overrides.over(SweepSource.read(TABLE_1)).get(0);
    SweepConfiguration sweep = part.configuration();
    assertThatThrownBy(() -> ChosenMethod.of(sweep.methods().get(0), sweep, part.source()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "--set window=99999999999999: settings: 'window': '99999999999999' is not")
        .hasMessageContaining("a whole number between -2147483648 and 2147483647");
    assertThat(overrides.lines(SweepSource.read(TABLE_1)))
        .containsExactly("--set window: 99999999999999");
    assertThatThrownBy(() -> settings("threads", "99999999999999"))
        .hasMessage(
            "--set threads=99999999999999: expected a whole number between 1 and 2147483647");
  }

  @Test
  void aSettingThatThereIsNotIsRefusedWithTheOptionsName() {
    SweepSource part = settings("batchsize", "2").over(SweepSource.read(TABLE_1)).get(0);
    SweepConfiguration sweep = part.configuration();
    assertThatThrownBy(() -> ChosenMethod.of(sweep.methods().get(0), sweep, part.source()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("with --set batchsize=2")
        .hasMessageContaining("'batchsize'");
    for (String value : List.of("", "~", "1\nother: 2", "[1")) {
      assertThatThrownBy(() -> settings("batchSize", value))
          .as(value)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--set batchSize");
    }
    assertThatThrownBy(() -> settings("threads", "two")).hasMessageContaining("--set threads=two");
    assertThatThrownBy(
            () -> Overrides.parse(Map.of(), Map.of("layerNorm", "{}", "layerNorm.x", "1")))
        .hasMessage(
            "--set layerNorm and --set layerNorm.x: one is within the other; give only one of"
                + " them");
  }

  @Test
  void aGridTakesThemButNoSettingThatItTries() {
    Overrides overrides =
        Overrides.parse(Map.of("joint", "small"), Map.of("cropHeight", "32", "cropWidth", "32"));
    GridFile grid = GridFile.read(GRID, overrides);
    assertThat(grid.base().models().get(0).joint()).isEqualTo(absolute("small"));
    assertThat(grid.base().settings()).containsEntry("cropHeight", 32);
    assertThatThrownBy(() -> GridFile.read(GRID, settings("batchSize", "2")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tries values of 'batchSize'")
        .hasMessageContaining("leave it out");
  }

  @Test
  void planSaysWhatIsNotAsInTheFile() throws Exception {
    TinySweep tiny = TinySweep.create(folder, 1);
    Path config = tiny.config("methods: [{method: online-ttt-mae}]\n");
    TinySweep.Run run =
        TinySweep.run(
            "plan",
            "--config",
            config.toString(),
            "--catalog",
            folder.resolve("catalog").toString(),
            "--model",
            "tiny.joint=" + folder.resolve("main"),
            "--set",
            "batchSize=2");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("--model tiny.joint: " + folder.resolve("main") + " for tiny (semantic)")
        .contains("--set batchSize: 2");
  }
}
