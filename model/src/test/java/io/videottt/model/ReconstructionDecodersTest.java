package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.videottt.base.InvalidInputException;
import io.videottt.model.folder.Fixture;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import io.videottt.model.folder.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Model folders that say what their reconstruction decoders are for. */
class ReconstructionDecodersTest {

  private static final String USUAL = "reconstruction.safetensors";
  private static final String FURTHER = "reconstruction-image-standardised.safetensors";

  @TempDir private Path folder;

  private static SegmentationModel model(String architecture, long seed) {
    ModelConfiguration configuration =
        architecture.equals("mask2former")
            ? ModelConfiguration.parse(SmallModels.CONFIGURATION, "config.json")
            : TestModels.featurePyramid(3);
    return SegmentationModel.initialise(configuration, seed, Device.cpu());
  }

  private void save(SegmentationModel model, String name) {
    model.save(Fixture.hadoopPath(folder.resolve(name)), new Configuration());
  }

  private SegmentationModel load(String name) {
    return SegmentationModel.load(
        Fixture.hadoopPath(folder.resolve(name)), new Configuration(), Device.cpu());
  }

  private SegmentationModel load(String name, ReconstructionTarget target) {
    return SegmentationModel.load(
        Fixture.hadoopPath(folder.resolve(name)), new Configuration(), Device.cpu(), target);
  }

  private String config(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("config.json"));
  }

  private static List<Float> first(SegmentationModel model, Part part) {
    return model.parameters().select(part).stream()
        .map(parameter -> parameter.value().toFloatArray()[0])
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyramid", "mask2former"})
  void theConfigurationNamesTheTargetWhereItIsNotThePixels(String architecture) throws IOException {
    try (SegmentationModel model = model(architecture, 1)) {
      save(model, "model");
      assertThat(config("model")).doesNotContain("reconstruction_target");
      assertThat(load("model").configuration().target()).isEqualTo(ReconstructionTarget.PIXELS);

      boolean drawn = model.initialiseReconstruction(2, ReconstructionTarget.IMAGE_STANDARDISED);
      assertThat(drawn).isTrue();
      save(model, "model");
      assertThat(config("model"))
          .containsPattern("\"reconstruction_target\" : \"image-standardised\"");
      try (SegmentationModel loaded = load("model")) {
        assertThat(loaded.configuration()).isEqualTo(model.configuration());
        assertThat(loaded.configuration().target())
            .isEqualTo(ReconstructionTarget.IMAGE_STANDARDISED);
        assertThat(loaded.fingerprint()).isEqualTo(model.fingerprint());
      }
      model.saveWithoutReconstruction(
          Fixture.hadoopPath(folder.resolve("main")), new Configuration());
      assertThat(config("main")).doesNotContain("reconstruction_target");
    }
  }

  @Test
  void aFreshDecoderForAnotherTargetLeavesTheRestAsItIs() {
    try (SegmentationModel model = model("pyramid", 1)) {
      List<Float> encoder = first(model, Part.ENCODER);
      List<Float> head = first(model, Part.MAIN_HEAD);
      List<Float> decoder = first(model, Part.RECONSTRUCTION);
      String fingerprint = model.fingerprint();

      assertThat(model.initialiseReconstruction(2, ReconstructionTarget.PIXELS)).isFalse();
      assertThat(model.fingerprint()).isEqualTo(fingerprint);
      assertThat(model.initialiseReconstruction(2, ReconstructionTarget.PATCH_STANDARDISED))
          .isTrue();

      assertThat(model.fingerprint()).isNotEqualTo(fingerprint);
      assertThat(first(model, Part.ENCODER)).isEqualTo(encoder);
      assertThat(first(model, Part.MAIN_HEAD)).isEqualTo(head);
      assertThat(first(model, Part.RECONSTRUCTION)).isNotEqualTo(decoder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyramid", "mask2former"})
  void aFolderHoldsOneDecoderForEachTarget(String architecture) throws IOException {
    try (SegmentationModel model = model(architecture, 1)) {
      save(model, "model");
      model.initialiseReconstruction(2, ReconstructionTarget.IMAGE_STANDARDISED);
      save(model, "other");
      Files.copy(folder.resolve("other").resolve(USUAL), folder.resolve("model").resolve(FURTHER));

      try (SegmentationModel pixels = load("model");
          SegmentationModel same = load("model", ReconstructionTarget.PIXELS);
          SegmentationModel further = load("model", ReconstructionTarget.IMAGE_STANDARDISED)) {
        assertThat(same.fingerprint()).isEqualTo(pixels.fingerprint());
        // f, h and g are those of the folder that it was trained in, and so is their identity.
        assertThat(further.fingerprint())
            .isEqualTo(model.fingerprint())
            .isNotEqualTo(pixels.fingerprint());
        assertThat(further.configuration().target())
            .isEqualTo(ReconstructionTarget.IMAGE_STANDARDISED);
      }
      assertThat(
              SegmentationModel.targets(
                  Fixture.hadoopPath(folder.resolve("model")), new Configuration()))
          .containsExactly(ReconstructionTarget.PIXELS, ReconstructionTarget.IMAGE_STANDARDISED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ReconstructionTarget.class,
      names = {"IMAGE_STANDARDISED", "PATCH_STANDARDISED"})
  void aDecoderForOneTargetRefusesAnotherInOneLineThatNamesBothAndTheWayOut(
      ReconstructionTarget wanted) {
    try (SegmentationModel model = model("pyramid", 1)) {
      save(model, "model");
      assertThatThrownBy(() -> load("model", wanted))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(
              folder.resolve("model").toString(),
              "trained for the target pixels, the settings want " + wanted.id(),
              "set reconstructionTarget: pixels, or train a decoder for " + wanted.id())
          .message()
          .doesNotContain("\n");
      assertThatThrownBy(() -> model.requireReconstruction(wanted, "online-ttt-mae"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("online-ttt-mae", "pixels", wanted.id());
      model.initialiseReconstruction(2, wanted);
      save(model, "model");
      assertThatThrownBy(() -> load("model", ReconstructionTarget.PIXELS))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("trained for the target %s, the settings want pixels", wanted.id());
    }
  }

  @Test
  void aFolderWithoutADecoderIsToldHowToGetOne() {
    try (SegmentationModel model = model("pyramid", 1)) {
      model.saveWithoutReconstruction(
          Fixture.hadoopPath(folder.resolve("main")), new Configuration());
    }
    for (ReconstructionTarget target : ReconstructionTarget.values()) {
      assertThatThrownBy(() -> load("main", target))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no reconstruction decoder (reconstruction.safetensors)");
    }
  }

  @Test
  void twoDecodersForOneTargetAreRefused() throws IOException {
    try (SegmentationModel model = model("pyramid", 1)) {
      save(model, "model");
    }
    Path model = folder.resolve("model");
    Files.copy(model.resolve(USUAL), model.resolve("reconstruction-pixels.safetensors"));
    assertThatThrownBy(() -> load("model", ReconstructionTarget.PIXELS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("two reconstruction decoders for pixels", "remove one");
  }

  @Test
  void furtherDecodersDoNotOutliveTheModelThatTheyAreFor() throws IOException {
    try (SegmentationModel model = model("pyramid", 1);
        SegmentationModel other = model("pyramid", 2)) {
      save(model, "model");
      Files.copy(folder.resolve("model").resolve(USUAL), folder.resolve("model").resolve(FURTHER));
      save(other, "model");
      assertThat(folder.resolve("model").resolve(FURTHER)).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyramid", "mask2former"})
  void anUnknownTargetIsRefusedWithTheKnownOnes(String architecture) throws IOException {
    try (SegmentationModel model = model(architecture, 1)) {
      save(model, "model");
    }
    for (String wrong : List.of("\"colours\"", "3", "[]")) {
      String json = config("model");
      Files.writeString(
          folder.resolve("model/config.json"),
          json.replaceFirst("\\{", "{\"reconstruction_target\": %s,".formatted(wrong)));
      assertThatThrownBy(() -> load("model"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("reconstruction_target", "image-standardised");
      Files.writeString(folder.resolve("model/config.json"), json);
    }
  }
}
