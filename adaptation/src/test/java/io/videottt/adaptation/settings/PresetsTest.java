package io.videottt.adaptation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.adaptation.frames.SampleOrder;
import io.videottt.adaptation.frames.ScaleJitter;
import io.videottt.adaptation.frames.ScaleJitter.Reference;
import io.videottt.adaptation.frames.ScaledCropPolicy;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.config.StrictYaml;
import io.videottt.model.InputPadding;
import io.videottt.model.ReconstructionTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresetsTest {

  private static AdaptationSettings preset(String name) {
    return Presets.get(name, "test");
  }

  @Test
  void everySettingStandsInTheFirstPresetUnderAComment() {
    List<String> lines = Presets.text().lines().toList();
    int first = lines.indexOf("released:");
    int end = lines.indexOf("paper:");
    List<String> explained = new ArrayList<>();
    for (int i = first + 1; i < end; i++) {
      String line = lines.get(i);
      if (line.matches("  [a-zA-Z]+:.*")) {
        // Sides and shares stand in pairs under one comment.
        boolean commented = lines.get(i - 1).startsWith("  # ");
        boolean pair = i > 1 && lines.get(i - 2).startsWith("  # ");
        assertThat(commented || pair).as(line).isTrue();
        explained.add(line.strip().split(":")[0]);
      }
    }
    ObjectNode all = SettingsReader.MAPPER.valueToTree(preset("released"));
    List<String> settings = new ArrayList<>();
    all.fieldNames().forEachRemaining(settings::add);
    assertThat(explained).containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void everyPresetHasACommentAboveIt() {
    List<String> lines = Presets.text().lines().toList();
    for (String name : Presets.names()) {
      assertThat(lines.get(lines.indexOf(name + ":") - 1)).as(name).startsWith("# ");
    }
  }

  @Test
  void kittiStepAsReleasedIsNotMirroredAndSampledInPasses() {
    AdaptationSettings kitti = preset("released-kitti-step");
    assertThat(kitti.flip()).isFalse();
    assertThat(kitti.sampleOrder()).isEqualTo(SampleOrder.SHUFFLED_PASSES);
    assertThat(kitti.batchSize()).isEqualTo(2 * kitti.window());
    assertThat(kitti.dropPath()).isTrue();
    assertThat(kitti.decayBiases()).isTrue();
    assertThat(kitti.optimizerSettings().decayBiases()).isTrue();
    assertThat(kitti.workingSize().of(375, 1242)).isEqualTo(new WorkingSize.Size(618, 2048));
    assertThat(kitti.samplingSize()).isEqualTo(kitti.workingSize());
    assertThat(kitti.samplePolicy().sampleSize(new WorkingSize.Size(618, 2048)))
        .isEqualTo(new WorkingSize.Size(512, 1024));
    assertThat(kitti.maskRatio()).isEqualTo(0.85);
  }

  @Test
  void cocoVideosAsReleasedIsSampledAtOneSizeAndPredictedAtAnother() {
    AdaptationSettings coco = preset("released-coco-videos");
    assertThat(coco.workingSize().of(720, 1280)).isEqualTo(new WorkingSize.Size(750, 1333));
    assertThat(coco.workingSize().of(480, 640)).isEqualTo(new WorkingSize.Size(800, 1067));
    assertThat(coco.samplingSize()).isEqualTo(WorkingSize.own());
    assertThat(coco.samplePolicy())
        .isEqualTo(
            new ScaledCropPolicy(new ScaleJitter(0.1, 2, Reference.CROP, 128), 1024, 1024, true));
    assertThat(coco.sampleOrder()).isEqualTo(SampleOrder.SHUFFLED_PASSES);
    assertThat(coco.dropPath()).isTrue();
    assertThat(coco.decayBiases()).isTrue();
  }

  @Test
  void whatANetworkPadsIsKnownFromTheSizes() {
    InputPadding padding = new InputPadding(32);
    AdaptationSettings kitti = preset("released-kitti-step");
    assertThat(Methods.ONLINE_TTT_MAE.isPadded(kitti, padding, 375, 1242)).isTrue();
    assertThat(Methods.ONLINE_TTT_MAE.isPadded(kitti, padding, 1024, 2048)).isFalse();
    AdaptationSettings windows =
        preset("small").with(Map.of("cropHeight", 40, "cropWidth", 64), "test");
    assertThat(Methods.ONLINE_TTT_MAE.isPadded(windows, padding, 96, 160)).isTrue();
    assertThat(Methods.MAE_JOINT_TRAINING.isPadded(windows, padding, 96, 160)).isFalse();
    assertThat(Methods.ONLINE_TTT_MAE.isPadded(windows, new InputPadding(8), 96, 160)).isFalse();
  }

  @Test
  void thePapersTextDrawsWithReplacementAndDropsNothingButPatches() {
    AdaptationSettings paper = preset("paper");
    assertThat(paper.sampleOrder()).isEqualTo(SampleOrder.WITH_REPLACEMENT);
    assertThat(paper.dropPath()).isFalse();
    assertThat(paper.decayBiases()).isFalse();
    assertThat(paper.learningRate()).isEqualTo(0.01);
  }

  @Test
  void everyPresetReconstructsThePixelsAsThePaperDoes() {
    for (String name : Presets.names()) {
      assertThat(preset(name).reconstructionTarget()).isEqualTo(ReconstructionTarget.PIXELS);
    }
  }

  @Test
  void settingsThatAreGivenWholeMustBeWhole() {
    ObjectNode file = StrictYaml.tree(Presets.text(), "presets.yaml");
    ObjectNode released = (ObjectNode) file.get("released");
    released.remove("window");
    assertThatThrownBy(() -> SettingsReader.read(released, AdaptationSettings.class, "own.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("own.yaml: key 'window' is missing");
  }
}
