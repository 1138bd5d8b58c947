package io.videottt.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationModelTest {

  private static final String PATCHES =
      "model.pixel_level_module.encoder.embeddings.patch_embeddings.projection.weight";

  @TempDir private Path folder;

  @Test
  void loadsWhatItSaved() {
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      save(model);
      try (SegmentationModel loaded = load()) {
        assertThat(loaded.fingerprint()).isEqualTo(model.fingerprint()).hasSize(64);
        assertThat(loaded.hasReconstruction()).isTrue();
        assertThat(loaded.parameters().count()).isEqualTo(model.parameters().count());
        assertThat(loaded.configuration()).isEqualTo(model.configuration());
        assertThat(loaded.configuration().toJson()).contains("some_unknown_key");
      }
      assertThat(folder)
          .isDirectoryContaining(file -> file.endsWith("config.json"))
          .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }
  }

  @Test
  void modelsOfOneSeedAreEqual() {
    try (SegmentationModel one = SmallModels.mask2Former(1);
        SegmentationModel same = SmallModels.mask2Former(1);
        SegmentationModel other = SmallModels.mask2Former(2)) {
      assertThat(same.fingerprint()).isEqualTo(one.fingerprint());
      assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    }
  }

  @Test
  void drawsAReconstructionDecoderWhereThereIsNone() throws IOException {
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      save(model);
      Files.delete(folder.resolve("reconstruction.safetensors"));
      try (SegmentationModel loaded = load()) {
        assertThat(loaded.hasReconstruction()).isFalse();
        assertThat(loaded.fingerprint()).isNotEqualTo(model.fingerprint());
        loaded.initialiseReconstruction(1);
        assertThat(loaded.hasReconstruction()).isTrue();
        assertThat(loaded.fingerprint()).isEqualTo(model.fingerprint());
      }
    }
  }

  @Test
  void replacesAModelAndItsReconstructionDecoder() {
    try (SegmentationModel model = SmallModels.mask2Former(1);
        SegmentationModel other = SmallModels.mask2Former(2)) {
      save(model);
      other.saveWithoutReconstruction(Fixture.hadoopPath(folder), new Configuration());
      assertThat(folder.resolve("reconstruction.safetensors")).doesNotExist();
      try (SegmentationModel loaded = load()) {
        assertThat(loaded.hasReconstruction()).isFalse();
      }
    }
  }

  @Test
  void addsAZeroVisibilityChannelToAPublishedModel() {
    rewrite(
        tensors -> {
          NDArray weight = tensors.get(PATCHES);
          tensors.put(PATCHES, weight.get(":, :3"));
          tensors.put("criterion.empty_weight", weight.getManager().ones(new Shape(5)));
        });
    try (SegmentationModel loaded = load()) {
      NDArray weight = loaded.parameters().get(PATCHES);
      assertThat(weight.getShape()).isEqualTo(new Shape(8, 4, 4, 4));
      assertThat(weight.get(":, 3").abs().sum().getFloat()).isZero();
      assertThat(weight.get(":, :3").abs().sum().getFloat()).isPositive();
    }
  }

  @Test
  void namesTheTensorThatDoesNotFitTheConfiguration() throws IOException {
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      save(model);
    }
    Path configuration = folder.resolve("config.json");
    String json = Files.readString(configuration);
    Files.writeString(configuration, json.replaceFirst("\"num_labels\" : 4", "\"num_labels\" : 7"));
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("class_predictor.weight")
        .hasMessageContaining("(5, 32)")
        .hasMessageContaining("(8, 32)");
    Files.writeString(
        configuration, json.replaceFirst("\"decoder_layers\" : 3", "\"decoder_layers\" : 4"));
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lacks model.transformer_module.decoder.layers.2");
    Files.writeString(
        configuration, json.replaceFirst("\"decoder_layers\" : 3", "\"decoder_layers\" : 2"));
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds model.transformer_module.decoder.layers.1");
  }

  @Test
  void refusesWeightsThatAreNotNumbers() {
    rewrite(
        tensors -> {
          NDArray bias = tensors.get("class_predictor.bias");
          tensors.put("class_predictor.bias", bias.log().sub(Float.POSITIVE_INFINITY));
        });
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("class_predictor.bias")
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void refusesAFolderWithoutFiles() throws IOException {
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("config.json does not exist");
    Files.writeString(folder.resolve("config.json"), SmallModels.CONFIGURATION);
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.safetensors does not exist");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      save(model);
    }
    Path weights = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    for (int length : new int[] {bytes.length - 1, bytes.length / 2, 1000, 7, 0}) {
      Files.write(weights, java.util.Arrays.copyOf(bytes, length));
      assertThatThrownBy(this::load)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("truncated")
          .hasMessageContaining("model.safetensors");
    }
  }

  @Test
  void leavesNothingBehindWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("occupied"), "a file, no folder");
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      assertThatThrownBy(() -> model.save(Fixture.hadoopPath(file), new Configuration()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cannot write");
    }
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(Files.list(folder).toList()).hasSize(1);
  }

  private interface Change {
    void apply(Map<String, NDArray> tensors);
  }

  private void rewrite(Change change) {
    try (SegmentationModel model = SmallModels.mask2Former(1);
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      save(model);
      org.apache.hadoop.fs.Path file = Fixture.hadoopPath(folder.resolve("model.safetensors"));
      Map<String, NDArray> tensors =
          new LinkedHashMap<>(Safetensors.read(file, new Configuration(), manager));
      change.apply(tensors);
      Safetensors.write(file, new Configuration(), tensors);
    }
  }

  private void save(SegmentationModel model) {
    model.save(Fixture.hadoopPath(folder), new Configuration());
  }

  private SegmentationModel load() {
    return SegmentationModel.load(Fixture.hadoopPath(folder), new Configuration(), Device.cpu());
  }
}
