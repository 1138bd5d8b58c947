package io.videottt.adaptation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.adaptation.stream.TinyModels;
import io.videottt.adaptation.training.Killer.KilledException;
import io.videottt.catalog.video.Video;
import io.videottt.model.Part;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The third phase of training: a reconstruction decoder alone. */
class DecoderTrainingTest {

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
                  "mainTask", Map.of("iterations", 6, "warmUpIterations", 2, "learningRate", 3e-3),
                  "joint", Map.of("iterations", 5, "warmUpIterations", 2, "learningRate", 3e-3)),
              "test");

  @TempDir private java.nio.file.Path folder;

  private static final class Notices implements TrainingListener {

    private final List<String> lines = new ArrayList<>();

    @Override
    public void progress(Progress progress) {}

    @Override
    public void notice(String line) {
      lines.add(line);
    }
  }

  private Path output(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private TrainingResult train(String name, TrainingSettings settings, TrainingListener listener)
      throws InterruptedException {
    return trainer(
            name, settings, new TrainingStart.FromScratch(TinyModels.configuration()), listener)
        .train();
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

  private Map<String, List<Float>> weights(String name, String phase) {
    try (SegmentationModel model =
        SegmentationModel.load(new Path(output(name), phase), HADOOP, Device.cpu())) {
      return TinyModels.weights(model, Part.values());
    }
  }

  private List<String> log(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name).resolve("training-log.jsonl"));
  }

  /** g alone for standardised images, on the f and h of a training of two phases. */
  private static final TrainingSettings DECODER_ONLY =
      SETTINGS.with(
          Map.of(
              "reconstructionTarget", "image-standardised",
              "mainTask", Map.of("iterations", 0, "warmUpIterations", 0),
              "joint", Map.of("iterations", 0, "warmUpIterations", 0),
              "reconstruction", Map.of("iterations", 6, "learningRate", 3e-3)),
          "test");

  @Test
  void aDecoderForAnotherTargetIsTrainedAloneOnAnEncoderThatStaysBitForBit() throws Exception {
    train("a", SETTINGS, TrainingListener.SILENT);
    TrainingStart start = new TrainingStart.FromModel(new Path(output("a"), "joint"));
    Notices notices = new Notices();
    TrainingResult result = trainer("b", DECODER_ONLY, start, notices).train();

    assertThat(notices.lines).hasSize(1);
    assertThat(notices.lines.get(0)).contains("for the target pixels", "for image-standardised");
    assertThat(result.mainTaskOnly()).isNull();
    assertThat(result.joint()).isNull();
    java.nio.file.Path before = folder.resolve("a/joint");
    java.nio.file.Path after = folder.resolve("b/reconstruction");
    assertThat(after.resolve("model.safetensors"))
        .hasSameBinaryContentAs(before.resolve("model.safetensors"));
    assertThat(after.resolve("config.json"))
        .content()
        .contains("\"reconstruction_target\" : \"image-standardised\"");
    assertThat(log("b").get(log("b").size() - 1))
        .contains("\"phase\":\"reconstruction\"", "\"reconstruction_loss\":")
        .doesNotContain("main_loss");

    // Beside the first decoder, with the f and h that both are for.
    Files.copy(
        after.resolve("reconstruction.safetensors"),
        before.resolve("reconstruction-image-standardised.safetensors"));
    try (SegmentationModel further =
            SegmentationModel.load(
                new Path(output("a"), "joint"),
                HADOOP,
                Device.cpu(),
                ReconstructionTarget.IMAGE_STANDARDISED);
        SegmentationModel whole =
            SegmentationModel.load(new Path(output("b"), "reconstruction"), HADOOP, Device.cpu())) {
      assertThat(further.fingerprint()).isEqualTo(whole.fingerprint());
    }
    // Now there is one for the target, which is gone on with.
    Notices none = new Notices();
    trainer("c", DECODER_ONLY, start, none).train();
    assertThat(none.lines).isEmpty();
    assertThat(weights("c", "reconstruction")).isNotEqualTo(weights("b", "reconstruction"));
  }

  @Test
  void theThirdPhaseLowersItsLossAndFollowsTheOthers() throws Exception {
    TrainingSettings all =
        SETTINGS.with(
            Map.of(
                "logStep",
                15,
                "reconstructionTarget",
                "patch-standardised",
                "reconstruction",
                Map.of("iterations", 60, "learningRate", 3e-3)),
            "test");
    List<TrainingListener.Progress> progress = new ArrayList<>();
    TrainingResult result = train("a", all, progress::add);
    List<TrainingListener.Progress> third =
        progress.stream().filter(p -> p.phase().equals("reconstruction")).toList();
    assertThat(third).hasSize(4).allMatch(p -> Double.isNaN(p.mainLoss()));
    assertThat(third.get(3).reconstructionLoss()).isLessThan(third.get(0).reconstructionLoss());
    assertThat(result.mainTaskOnly()).isNotNull();
    assertThat(result.joint()).isNotNull();
    assertThat(folder.resolve("a/reconstruction/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("a/joint/model.safetensors"));
    assertThat(folder.resolve("a/main-task-only/config.json"))
        .content()
        .doesNotContain("reconstruction_target");
    assertThat(folder.resolve("a/joint/config.json")).content().contains("patch-standardised");
  }

  @Test
  void aKilledThirdPhaseGoesOnBitForBit() throws Exception {
    TrainingSettings all = SETTINGS.with(Map.of("reconstruction", Map.of("iterations", 5)), "test");
    train("undisturbed", all, TrainingListener.SILENT);
    TrainingSettings always = all.with(Map.of("checkpointMinutes", 0), "test");
    assertThatThrownBy(() -> train("killed", always, new Killer(6 + 5 + 3)))
        .isInstanceOf(KilledException.class);
    assertThat(folder.resolve("killed/joint")).exists();
    TrainingResult result = train("killed", all, TrainingListener.SILENT);
    assertThat(weights("killed", "reconstruction"))
        .isEqualTo(weights("undisturbed", "reconstruction"));
    assertThat(log("killed")).isEqualTo(log("undisturbed"));
    assertThat(result.joint())
        .isEqualTo(train("undisturbed", all, TrainingListener.SILENT).joint());
  }
}
