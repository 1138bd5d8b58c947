package io.videottt.adaptation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.adaptation.stream.TinyModels;
import io.videottt.adaptation.training.Killer.KilledException;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JointTrainerTest {

  private static final Configuration HADOOP = new Configuration();
  private static final List<Video> TRAINING =
      List.of(SyntheticVideo.of("a", 4, 1), SyntheticVideo.of("b", 3, 2));
  private static final List<Video> VALIDATION = List.of(SyntheticVideo.of("c", 3, 3));

  private static final TrainingSettings SETTINGS =
      TrainingSettings.defaults()
          .with(
              Map.of(
                  "height", 48,
                  "width", 64,
                  "batchSize", 2,
                  "logStep", 2,
                  "validationStep", 4,
                  "colourJitter", 0.3,
                  "mainTask", Map.of("iterations", 6, "warmUpIterations", 2, "learningRate", 3e-3),
                  "joint", Map.of("iterations", 5, "warmUpIterations", 2, "learningRate", 3e-3)),
              "test");

  @TempDir private java.nio.file.Path folder;

  private Path output(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private TrainingResult train(String name, TrainingSettings settings, TrainingListener listener)
      throws InterruptedException {
    return trainer(name, settings, scratch(), listener).train();
  }

  private JointTrainer trainer(
      String name, TrainingSettings settings, TrainingStart start, TrainingListener listener) {
    return new JointTrainer(
        settings,
        start,
        SyntheticVideo.CLASSES,
        TRAINING,
        VALIDATION,
        output(name),
        HADOOP,
        Device.cpu(),
        listener);
  }

  private static TrainingStart scratch() {
    return new TrainingStart.FromScratch(TinyModels.configuration());
  }

  private Map<String, List<Float>> weights(String name, String phase) {
    try (SegmentationModel model =
        SegmentationModel.load(new Path(output(name), phase), HADOOP, Device.cpu())) {
      return TinyModels.weights(model, Part.values());
    }
  }

  private List<String> log(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name).resolve("training-log.jsonl"));
  }

  @Test
  void lossesFallAndAccuracyRisesOnATinySet() throws InterruptedException {
    TrainingSettings longer =
        SETTINGS.with(
            Map.of(
                "logStep", 10,
                "colourJitter", 0,
                "validationStep", 0,
                "mainTask", Map.of("iterations", 60),
                "joint", Map.of("iterations", 60)),
            "test");
    List<TrainingListener.Progress> progress = new ArrayList<>();
    TrainingResult result = train("a", longer, progress::add);
    assertThat(progress).hasSize(12);
    assertThat(progress.get(5).mainLoss()).isLessThan(0.7 * progress.get(0).mainLoss());
    assertThat(progress.get(11).reconstructionLoss())
        .isLessThan(0.9 * progress.get(6).reconstructionLoss());
    assertThat(progress.get(0).reconstructionLoss()).isNaN();
    assertThat(result.mainTaskOnly().main().pooled()).isGreaterThan(50);
    assertThat(result.joint().main().pooled()).isGreaterThan(50);
    assertThat(result.joint().frames()).isEqualTo(3);
  }

  @Test
  void bothPhasesLeaveAModelFolderAndALog() throws Exception {
    train("a", SETTINGS, TrainingListener.SILENT);
    try (var files = Files.list(folder.resolve("a"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.startsWith(".")))
          .containsExactlyInAnyOrder(
              "main-task-only", "joint", "training-log.jsonl", "training.json");
    }
    assertThat(folder.resolve("a/joint/reconstruction.safetensors")).exists();
    assertThat(folder.resolve("a/main-task-only/reconstruction.safetensors")).doesNotExist();
    assertThat(log("a"))
        .hasSize(1 + 3 + 1 + 1 + 3 + 1 + 1)
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  @Test
  void mainTaskOnlyDoesNotUseTheMaskChannel() throws InterruptedException {
    train("a", SETTINGS, TrainingListener.SILENT);
    try (SegmentationModel before =
            SegmentationModel.load(new Path(output("a"), "main-task-only"), HADOOP, Device.cpu());
        SegmentationModel after =
            SegmentationModel.load(new Path(output("a"), "joint"), HADOOP, Device.cpu())) {
      assertThat(maskChannel(before)).allMatch(weight -> weight == 0);
      assertThat(maskChannel(after)).noneMatch(weight -> weight == 0);
    }
  }

  private static List<Float> maskChannel(SegmentationModel model) {
    var projection =
        model.parameters().select(Part.ENCODER).stream()
            .filter(parameter -> parameter.value().getShape().dimension() == 4)
            .filter(parameter -> parameter.value().getShape().get(1) == 4)
            .findFirst()
            .orElseThrow()
            .value();
    List<Float> values = new ArrayList<>();
    for (float value : projection.get(":, 3:4").toFloatArray()) {
      values.add(value);
    }
    return values;
  }

  @Test
  void killedTrainingGoesOnAsIfNothingHadHappened() throws Exception {
    train("undisturbed", SETTINGS, TrainingListener.SILENT);
    TrainingSettings always = SETTINGS.with(Map.of("checkpointMinutes", 0), "test");
    for (int kill = 0; kill < 2; kill++) {
      assertThatThrownBy(() -> train("killed", always, new Killer(4)))
          .isInstanceOf(KilledException.class);
    }
    // Another interval between checkpoints is no other training.
    train("killed", SETTINGS, TrainingListener.SILENT);
    assertThat(weights("killed", "joint")).isEqualTo(weights("undisturbed", "joint"));
    assertThat(weights("killed", "main-task-only"))
        .isEqualTo(weights("undisturbed", "main-task-only"));
    assertThat(log("killed")).isEqualTo(log("undisturbed"));
  }

  /** Sizes that Mask2Former pads, random scales, samples that are partly beyond the image. */
  private static final TrainingSettings SCALED =
      SETTINGS.with(
          Map.of(
              "height", 0,
              "width", 0,
              "cropHeight", 40,
              "cropWidth", 56,
              "scaleJitter", Map.of("minimum", 0.5, "maximum", 2, "of", "crop"),
              "validationSize", Map.of("shortSide", 40),
              "checkpointMinutes", 0,
              "mainTask", Map.of("iterations", 2, "decayBiases", true),
              "joint", Map.of("iterations", 3, "decayBiases", true)),
          "test");

  @Test
  void scaledAndPaddedTrainingGoesOnBitForBitAndLeavesTheMaskChannelAloneAtFirst()
      throws Exception {
    TrainingStart start =
        new TrainingStart.FromScratch(
            TinyModels.mask2FormerConfiguration(SyntheticVideo.CLASSES.size()));
    trainer("undisturbed", SCALED, start, TrainingListener.SILENT).train();
    assertThatThrownBy(() -> trainer("killed", SCALED, start, new Killer(4)).train())
        .isInstanceOf(KilledException.class);
    trainer("killed", SCALED, start, TrainingListener.SILENT).train();
    assertThat(weights("killed", "joint")).isEqualTo(weights("undisturbed", "joint"));
    assertThat(log("killed")).isEqualTo(log("undisturbed"));
    try (SegmentationModel before =
            SegmentationModel.load(
                new Path(output("killed"), "main-task-only"), HADOOP, Device.cpu());
        SegmentationModel after =
            SegmentationModel.load(new Path(output("killed"), "joint"), HADOOP, Device.cpu())) {
      assertThat(maskChannel(before)).allMatch(weight -> weight == 0);
      assertThat(maskChannel(after)).noneMatch(weight -> weight == 0);
    }
  }

  @Test
  void aDamagedCheckpointIsNamedAndTrainingGoesOnFromTheOneBefore() throws Exception {
    train("undisturbed", SETTINGS, TrainingListener.SILENT);
    TrainingSettings always = SETTINGS.with(Map.of("checkpointMinutes", 0), "test");
    for (String damaged :
        List.of(
            "model/model.safetensors",
            "model/config.json",
            "optimizer.safetensors",
            "state.json",
            "checksums.json")) {
      String output = damaged.replaceAll("[./]", "-");
      assertThatThrownBy(() -> train(output, always, new Killer(3)))
          .isInstanceOf(KilledException.class);
      List<java.nio.file.Path> checkpoints = checkpoints(output);
      assertThat(checkpoints).hasSize(2);
      java.nio.file.Path file = checkpoints.get(1).resolve(damaged);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      Notices notices = new Notices();

      train(output, SETTINGS, notices);

      assertThat(notices.lines).as(damaged).hasSize(1);
      assertThat(notices.lines.get(0))
          .contains(checkpoints.get(1).toString(), file.getFileName().toString(), "is damaged");
      assertThat(notices.resumed).isTrue();
      assertThat(weights(output, "joint")).isEqualTo(weights("undisturbed", "joint"));
      assertThat(log(output)).isEqualTo(log("undisturbed"));
    }
  }

  @Test
  void aTrainingWhoseOnlyCheckpointIsDamagedStartsAgain() throws Exception {
    train("undisturbed", SETTINGS, TrainingListener.SILENT);
    TrainingSettings always = SETTINGS.with(Map.of("checkpointMinutes", 0), "test");
    assertThatThrownBy(() -> train("a", always, new Killer(1))).isInstanceOf(KilledException.class);
    java.nio.file.Path file = checkpoints("a").get(0).resolve("optimizer.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Notices notices = new Notices();

    train("a", SETTINGS, notices);

    assertThat(notices.lines).hasSize(1);
    assertThat(notices.resumed).isFalse();
    assertThat(weights("a", "joint")).isEqualTo(weights("undisturbed", "joint"));
  }

  private static final class Notices implements TrainingListener {

    private final List<String> lines = new ArrayList<>();
    private boolean resumed;

    @Override
    public void progress(Progress progress) {}

    @Override
    public void checkpoint(String phase, int iteration, boolean fromOne) {
      resumed |= fromOne;
    }

    @Override
    public void notice(String line) {
      lines.add(line);
    }
  }

  private List<java.nio.file.Path> checkpoints(String output) throws IOException {
    try (var files = Files.list(folder.resolve(output))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void interruptedTrainingWritesACheckpoint() throws Exception {
    TrainingListener interrupter = progress -> Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train("a", SETTINGS, interrupter))
        .isInstanceOf(InterruptedException.class);
    assertThat(folder.resolve("a/checkpoint-0-000000002")).isDirectory();
    train("a", SETTINGS, TrainingListener.SILENT);
    train("b", SETTINGS, TrainingListener.SILENT);
    assertThat(weights("a", "joint")).isEqualTo(weights("b", "joint"));
  }

  @Test
  void finishedTrainingIsNotRepeated() throws InterruptedException {
    TrainingResult first = train("a", SETTINGS, TrainingListener.SILENT);
    List<TrainingListener.Progress> progress = new ArrayList<>();
    assertThat(train("a", SETTINGS, progress::add)).isEqualTo(first);
    assertThat(progress).isEmpty();
  }

  @Test
  void otherSettingsInTheSameFolderAreRefusedNamingThem() throws InterruptedException {
    train("a", SETTINGS, TrainingListener.SILENT);
    assertThatThrownBy(
            () -> train("a", SETTINGS.with(Map.of("seed", 9), "test"), TrainingListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("seed (there 1, now 9)");
  }

  @Test
  void jointPhaseAloneStartsFromAModelFolder() throws InterruptedException {
    train("a", SETTINGS, TrainingListener.SILENT);
    TrainingSettings jointOnly =
        SETTINGS.with(Map.of("mainTask", Map.of("iterations", 0, "warmUpIterations", 0)), "test");
    TrainingResult result =
        trainer(
                "b",
                jointOnly,
                new TrainingStart.FromModel(new Path(output("a"), "main-task-only")),
                TrainingListener.SILENT)
            .train();
    assertThat(result.mainTaskOnly()).isNull();
    assertThat(result.joint()).isNotNull();
    assertThat(folder.resolve("b/main-task-only")).doesNotExist();
    // The second phase of a training from scratch draws g with the weights; here it is drawn anew.
    assertThat(weights("b", "joint")).isNotEqualTo(weights("a", "joint"));
  }

  @Test
  void divergingTrainingStopsWithTheReason() {
    TrainingSettings wild =
        SETTINGS.with(
            Map.of(
                "mainTask",
                Map.of("iterations", 50, "learningRate", 1e30, "clipNorm", 0, "weightDecay", 0)),
            "test");
    assertThatThrownBy(() -> train("a", wild, TrainingListener.SILENT))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("main-task-only")
        .hasMessageContaining("learning rate");
    assertThat(folder.resolve("a/main-task-only")).doesNotExist();
  }

  @Test
  void splitsWithoutAnnotatedFramesAreRefused() {
    List<Video> unlabelled = List.of(new SyntheticVideo("v", 3, 48, 64, 1, false, 0));
    assertThatThrownBy(
            () ->
                new JointTrainer(
                    SETTINGS,
                    scratch(),
                    SyntheticVideo.CLASSES,
                    unlabelled,
                    VALIDATION,
                    output("a"),
                    HADOOP,
                    Device.cpu(),
                    TrainingListener.SILENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training split has no annotated frames");
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"PANOPTIC", "INSTANCE"})
  void segmentsAreValidatedByTheirMetricBesideMeanIou(Task task) throws Exception {
    TrainingSettings few =
        SETTINGS.with(
            Map.of(
                "task", task.id(),
                "mainTask", Map.of("iterations", 2, "warmUpIterations", 0),
                "joint", Map.of("iterations", 0, "warmUpIterations", 0)),
            "test");
    TrainingStart start =
        new TrainingStart.FromScratch(
            TinyModels.mask2FormerConfiguration(SyntheticVideo.CLASSES.size()));
    TrainingResult result = trainer("a", few, start, TrainingListener.SILENT).train();
    assertThat(result.mainTaskOnly().scores())
        .extracting(Validation.Score::task)
        .containsExactly(task, Task.SEMANTIC);
    assertThat(result.mainTaskOnly().scores())
        .allMatch(score -> score.pooled() >= 0 && score.frameMean() >= 0);
    assertThat(result.mainTaskOnly().summary()).startsWith(task.metric()).contains("; mIoU ");
    String metric = task.metric().toLowerCase(Locale.ROOT);
    assertThat(log("a").get(log("a").size() - 1))
        .contains("\"pooled_" + metric + "\":", "\"frame_mean_" + metric + "\":")
        .contains("\"pooled_miou\":");
    assertThat(trainer("a", few, start, TrainingListener.SILENT).train()).isEqualTo(result);
  }

  @Test
  void modelsOfOtherClassesAreRefusedBeforeTheTraining() {
    TrainingStart start = new TrainingStart.FromScratch(TinyModels.mask2FormerConfiguration(7));
    assertThatThrownBy(() -> trainer("a", SETTINGS, start, TrainingListener.SILENT).train())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the model has 7 classes and the data set 3");
  }
}
