package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.videottt.base.InvalidInputException;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFolderTest {

  private static final String CONFIGURATION =
      """
      {"model_type": "mask2former", "id2label": {"0": "sky", "1": "road"}, "feature_size": 32,
       "hidden_dim": 32, "num_attention_heads": 4, "encoder_layers": 1,
       "encoder_feedforward_dim": 16, "decoder_layers": 2, "dim_feedforward": 16, "num_queries": 3,
       "backbone_config": {"embed_dim": 8, "depths": [1, 1, 1, 1], "num_heads": [1, 1, 2, 2],
         "window_size": 2}}
      """;

  private static SegmentationModel model;
  private static TestCheckpoint weights;

  @TempDir private Path root;
  private Path folder;

  @BeforeAll
  static void draw() {
    model =
        SegmentationModel.initialise(
            ModelConfiguration.parse(CONFIGURATION, "config.json"), 3, Device.cpu());
    weights = TestCheckpoint.ours(model);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @BeforeEach
  void writeConfiguration() throws IOException {
    folder = Files.createDirectory(root.resolve("published"));
    Files.writeString(folder.resolve("config.json"), CONFIGURATION);
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private ConversionSummary convert(Path checkpoint) {
    return new CheckpointConverter(new Configuration())
        .convert(
            hadoop(checkpoint), Optional.empty(), Optional.empty(), hadoop(root.resolve("output")));
  }

  private void assertConvertedIsTheModel() {
    try (SegmentationModel loaded =
        SegmentationModel.load(hadoop(root.resolve("output")), new Configuration(), Device.cpu())) {
      assertThat(loaded.fingerprint()).isEqualTo(model.fingerprint());
      assertThat(loaded.configuration().toJson()).contains("\"sky\"");
    }
  }

  /** The weights in two files, and the index. */
  private void writeShards(String name, String ending) throws IOException {
    List<String> names = new ArrayList<>(weights.tensors().keySet());
    List<String> entries = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      String file = "%s-%05d-of-00002.%s".formatted(name, shard + 1, ending);
      List<String> own = shard == 0 ? names.subList(0, 100) : names.subList(100, names.size());
      TestCheckpoint part =
          weights.without(
              names.stream().filter(each -> !own.contains(each)).toArray(String[]::new));
      Files.write(
          folder.resolve(file),
          ending.equals("bin") ? part.torchArchive(false) : part.safetensors());
      own.forEach(each -> entries.add("\"%s\": \"%s\"".formatted(each, file)));
    }
    Files.writeString(
        folder.resolve("%s.%s.index.json".formatted(name, ending)),
        entries.stream()
            .collect(Collectors.joining(", ", "{\"metadata\": {}, \"weight_map\": {", "}}")));
  }

  private void assertLoadingNamesTheCommand(String weights) {
    assertThatThrownBy(
            () -> SegmentationModel.load(hadoop(folder), new Configuration(), Device.cpu()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(weights)
        .hasMessageContaining("./ttt convert --checkpoint " + hadoop(folder))
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(2));
  }

  @Test
  void aFolderWithPytorchModelBinIsConvertedAndNotLoaded() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), weights.torchArchive(false));
    assertLoadingNamesTheCommand("pytorch_model.bin");
    ConversionSummary summary = convert(folder);
    assertThat(summary.form()).contains("folder with pytorch_model.bin");
    assertThat(summary.notes()).noneMatch(note -> note.contains("no names"));
    assertConvertedIsTheModel();
  }

  @Test
  void aFolderWithShardsIsConvertedAndNotLoaded() throws IOException {
    writeShards("model", "safetensors");
    assertLoadingNamesTheCommand("model.safetensors.index.json");
    convert(folder);
    assertConvertedIsTheModel();
  }

  @Test
  void shardsOfTorchAreConvertedByTheirIndexAlone() throws IOException {
    writeShards("pytorch_model", "bin");
    assertLoadingNamesTheCommand("pytorch_model.bin.index.json");
    Files.delete(folder.resolve("config.json"));
    ConversionSummary summary = convert(folder.resolve("pytorch_model.bin.index.json"));
    assertThat(summary.notes()).anyMatch(note -> note.contains("--classes"));
  }

  @Test
  void filesOfWeightsThatAreNotReadAreNamed() throws IOException {
    model.save(hadoop(folder), new Configuration());
    Files.copy(
        folder.resolve("reconstruction.safetensors"),
        folder.resolve("reconstruction-image-standardised.safetensors"));
    Files.write(folder.resolve("pytorch_model.bin"), weights.torchArchive(false));

    ConversionSummary summary = convert(folder);

    assertThat(summary.notes())
        .contains(
            "reconstruction-image-standardised.safetensors was left out: a model folder is made"
                + " with the reconstruction decoder of its configuration's target alone; copy the"
                + " file into it to keep this one",
            "pytorch_model.bin was left out: the weights were read from model.safetensors");
    assertConvertedIsTheModel();
  }

  @Test
  void aModelFolderOfOursIsConvertedWithItsReconstructionDecoder() {
    model.save(hadoop(folder), new Configuration());
    convert(folder);
    assertConvertedIsTheModel();
  }

  @Test
  void aFolderInHalfPrecisionIsLoadedAsItIs() throws IOException {
    TestCheckpoint half =
        weights.converted(
            tensor -> {
              // The upper halves of single-precision numbers.
              byte[] upper = new byte[tensor.values().length / 2];
              for (int index = 0; index < upper.length; index++) {
                upper[index] = tensor.values()[index / 2 * 4 + 2 + index % 2];
              }
              return new TestCheckpoint.TestTensor("BF16", tensor.shape(), upper);
            });
    String[] reconstruction =
        half.tensors().keySet().stream()
            .filter(name -> name.startsWith("reconstruction."))
            .toArray(String[]::new);
    Files.write(folder.resolve("model.safetensors"), half.without(reconstruction).safetensors());
    convert(folder);
    try (SegmentationModel loaded =
            SegmentationModel.load(hadoop(folder), new Configuration(), Device.cpu());
        SegmentationModel converted =
            SegmentationModel.load(
                hadoop(root.resolve("output")), new Configuration(), Device.cpu())) {
      assertThat(converted.fingerprint()).isNotEqualTo(model.fingerprint());
      String name = "class_predictor.weight";
      assertThat(converted.parameters().get(name).toFloatArray())
          .isEqualTo(loaded.parameters().get(name).toFloatArray());
    }
  }

  @Test
  void thePaddingThatTheImageProcessorNamesIsKept() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), weights.torchArchive(false));
    Files.writeString(
        folder.resolve("preprocessor_config.json"), "{\"size_divisor\": 16, \"do_resize\": true}");
    convert(folder);
    assertThat(root.resolve("output/config.json"))
        .content()
        .contains("\"size_divisor\" : 16")
        .doesNotContain("do_resize");
  }

  @Test
  void classNamesThatAreNotByNumberAreNamed() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), weights.torchArchive(false));
    Files.writeString(
        folder.resolve("config.json"), CONFIGURATION.replace("\"1\": \"road\"", "\"b\": 1"));
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("config.json: id2label has no name for \"1\"");
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    writeShards("model", "safetensors");
    Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("model-00002-of-00002.safetensors", "missing");
    assertThat(root.resolve("output")).doesNotExist();
  }

  @Test
  void aTensorThatIsNotInItsShardIsNamed() throws IOException {
    writeShards("model", "safetensors");
    Path index = folder.resolve("model.safetensors.index.json");
    String text = Files.readString(index);
    Files.writeString(
        index,
        text.replace(
            "class_predictor.weight\": \"model-00002", "class_predictor.weight\": \"model-00001"));
    assertThat(Files.readString(index)).isNotEqualTo(text);
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("model-00001", "lacks class_predictor.weight");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.bin",
        "/etc/passwd",
        "file:///etc/passwd",
        "a/../../b",
        "..",
        ".",
        "",
        "a\\u0000b"
      })
  void anIndexNamesNothingOutsideOfItsFolder(String file) throws IOException {
    Files.writeString(
        folder.resolve("pytorch_model.bin.index.json"),
        "{\"weight_map\": {\"class_predictor.weight\": \"%s\"}}".formatted(file));
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no plain name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"weight_map\": 3}", "{\"weight_map\": {}}", "{"})
  void anIndexWithoutMapIsNamed(String text) throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), text);
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.safetensors.index.json");
  }

  @Test
  void aFolderWithoutWeightsAndAFileThatIsNotThereAreNamed() {
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("published", "pytorch_model.bin");
    assertThatThrownBy(() -> convert(root.resolve("none.pkl")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("none.pkl", "does not exist");
  }

  @Test
  void theFoldersOwnConfigurationIsHeldAgainstTheTensors() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), weights.torchArchive(false));
    Files.writeString(
        folder.resolve("config.json"),
        CONFIGURATION.replace("\"num_queries\": 3", "\"num_queries\": 100"));
    assertThatThrownBy(() -> convert(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("config.json", "num_queries is 100", "queries_features.weight");
  }

  @Test
  void aCheckpointGivenAsModelFolderNamesTheCommand() throws IOException {
    Path file = root.resolve("model_final.pkl");
    Files.write(file, weights.numpyPickle(4));
    assertThatThrownBy(
            () -> SegmentationModel.load(hadoop(file), new Configuration(), Device.cpu()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("./ttt convert --checkpoint " + hadoop(file));
  }
}
