package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.model.Part;
import io.videottt.model.checkpoint.TestCheckpoint.TestTensor;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointConverterTest extends RandomCheckpoint {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void readsPicklesOfArraysInEveryProtocol(int protocol) {
    ConversionSummary summary = convert(write("model.pkl", detectron().numpyPickle(protocol)));

    assertConvertedIsTheModel();
    assertThat(summary.form()).isEqualTo("detectron2's names, pickle of protocol " + protocol);
    assertThat(summary.used()).isEqualTo(detectron().tensors().size() - 8);
    assertThat(summary.dropped())
        .hasSize(8)
        .containsEntry("criterion.empty_weight", "of the training loss")
        .containsEntry("backbone.layers.2.blocks.2.attn.relative_position_index", "computed");
    assertThat(summary.parameters().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(model().parameters().count());
  }

  @Test
  void readsPicklesOfPython2() {
    convert(write("model.pkl", detectron().python2Pickle()));
    assertConvertedIsTheModel();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void readsPicklesOfTorchTensors(int protocol) {
    convert(write("model.pkl", detectron().torchPickle(protocol)));
    assertConvertedIsTheModel();
  }

  @Test
  void readsArchivesOfTorchSaveWhateverTheyAreCalled() throws IOException {
    convert(write("model_final.pth", detectron().torchArchive(true)));
    assertConvertedIsTheModel();
  }

  /**
   * The length of the table comes first: these are how pickles of protocol 2 to 5 and 127 begin.
   */
  @ParameterizedTest
  @ValueSource(ints = {0x10280, 0x10380, 0x10480, 0x10580, 0x17f80, 0x14b50})
  void readsSafetensorsThatBeginAsPicklesAndArchivesDo(int length) {
    convert(write("model.safetensors", detectron().safetensors(written -> length)));
    assertConvertedIsTheModel();
  }

  @Test
  void readsSafetensorsWithDetectronsNames() {
    convert(write("model.safetensors", detectron().safetensors()));
    assertConvertedIsTheModel();
  }

  static Stream<UnaryOperator<String>> quirks() {
    return Stream.of(
        name -> "module." + name,
        name -> name.replace("query_feat.", "static_query."),
        name -> name.replace("sem_seg_head.pixel_decoder.", "sem_seg_head."),
        name ->
            "module."
                + name.replace("query_feat.", "static_query.")
                    .replace("head.pixel_decoder.", "head."));
  }

  @ParameterizedTest
  @MethodSource("quirks")
  void readsTheNamesOfOlderAndOfParallelTraining(UnaryOperator<String> quirk) {
    convert(write("model.pkl", detectron().renamed(quirk).numpyPickle(4)));
    assertConvertedIsTheModel();
  }

  @Test
  void aCheckpointWithoutReconstructionDecoderGivesAModelWithout() {
    String[] reconstruction =
        detectron().tensors().keySet().stream()
            .filter(name -> name.startsWith("recon_head."))
            .toArray(String[]::new);
    ConversionSummary summary =
        convert(write("model.pkl", detectron().without(reconstruction).numpyPickle(4)));

    assertThat(summary.parameters()).doesNotContainKey(Part.RECONSTRUCTION);
    assertThat(summary.notes()).anyMatch(note -> note.contains("no reconstruction decoder"));
    assertThat(output().resolve("reconstruction.safetensors")).doesNotExist();
    try (SegmentationModel loaded = load(output())) {
      assertThat(loaded.hasReconstruction()).isFalse();
    }
  }

  @Test
  void aPatchEmbeddingForThreeColoursGetsAVisibilityChannelOfZeros() {
    TestTensor four = detectron().tensors().get(PATCHES);
    ByteBuffer three = ByteBuffer.allocate(four.values().length / 4 * 3);
    int colour = 4 * 4 * 4;
    for (int output = 0; output < 8; output++) {
      three.put(four.values(), output * 4 * colour, 3 * colour);
    }
    TestTensor published = new TestTensor("F32", new long[] {8, 3, 4, 4}, three.array());
    ConversionSummary summary =
        convert(write("model.pkl", detectron().with(PATCHES, published).numpyPickle(4)));

    assertThat(summary.notes()).anyMatch(note -> note.startsWith(PATCHES + " is for 3 channels"));
    try (SegmentationModel loaded = load(output())) {
      String ours = DetectronNames.ours(PATCHES).get(0);
      var weight = loaded.parameters().get(ours);
      assertThat(weight.get(":, :3").toFloatArray())
          .isEqualTo(model().parameters().get(ours).get(":, :3").toFloatArray());
      assertThat(weight.get(":, 3").toFloatArray()).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16"})
  void halfPrecisionIsWidened(String type) throws IOException {
    TestCheckpoint half = detectron().converted(tensor -> narrowed(tensor, type));
    convert(write("model.pth", half.torchArchive(true)));
    try (SegmentationModel loaded = load(output())) {
      String name = "model.transformer_module.queries_features.weight";
      float[] exact = model().parameters().get(name).toFloatArray();
      float[] widened = loaded.parameters().get(name).toFloatArray();
      assertThat(widened).isNotEqualTo(exact);
      for (int index = 0; index < exact.length; index++) {
        assertThat(widened[index])
            .isCloseTo(exact[index], org.assertj.core.data.Percentage.withPercentage(1));
      }
    }
  }

  private static TestTensor narrowed(TestTensor tensor, String type) {
    if (!tensor.type().equals("F32")) {
      return tensor;
    }
    var values = ByteBuffer.wrap(tensor.values()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    ByteBuffer halves =
        ByteBuffer.allocate(tensor.values().length / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      int bits = Float.floatToIntBits(values.get());
      halves.putShort((short) (type.equals("BF16") ? bits >> 16 : half(bits)));
    }
    return new TestTensor(type, tensor.shape(), halves.array());
  }

  /** Truncates; numbers that are too small for a normal half become zero. */
  private static int half(int bits) {
    int exponent = (bits >> 23 & 0xff) - 127 + 15;
    int sign = bits >> 16 & 0x8000;
    return exponent <= 0 ? sign : sign | exponent << 10 | bits >> 13 & 0x3ff;
  }

  @Test
  void aPickledArrayInColumnsIsReadInRows() {
    TestTensor rows = detectron().tensors().get(CLASSES);
    PickleWriter pickle = new PickleWriter(4).op(net.razorvine.pickle.Opcodes.EMPTY_DICT);
    pickle.text(CLASSES);
    TestCheckpoint.array(pickle, rows).op(net.razorvine.pickle.Opcodes.SETITEM);
    byte[] bytes = pickle.stop();
    // NEWFALSE before the data says that they are in rows.
    int flag = indexOf(bytes, new byte[] {(byte) 0x89, 'B'});
    bytes[flag] = (byte) 0x88;
    try (CheckpointReader reader = new CheckpointReader(new Configuration())) {
      StoredTensor tensor = reader.read(hadoop(write("c.pkl", bytes))).tensors().get(0);
      float[] transposed = tensor.values(0, 1);
      var stored = ByteBuffer.wrap(rows.values()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      int height = (int) rows.shape()[0];
      int width = (int) rows.shape()[1];
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          assertThat(transposed[row * width + column]).isEqualTo(stored.get(column * height + row));
        }
      }
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int index = 0; index + wanted.length <= bytes.length; index++) {
      if (java.util.Arrays.equals(bytes, index, index + wanted.length, wanted, 0, wanted.length)) {
        return index;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void sizesAreReadOffTheTensors() throws IOException {
    convert(write("model.safetensors", detectron().safetensors()));

    var written = new ObjectMapper().readTree(output().resolve("config.json").toFile());
    var wanted = new ObjectMapper().readTree(CONFIGURATION);
    wanted
        .properties()
        .forEach(
            field -> {
              if (!List.of("num_labels", "backbone_config").contains(field.getKey())) {
                assertThat(written.get(field.getKey()))
                    .as(field.getKey())
                    .isEqualTo(field.getValue());
              }
            });
    wanted
        .path("backbone_config")
        .properties()
        .forEach(
            field ->
                assertThat(written.path("backbone_config").get(field.getKey()))
                    .as(field.getKey())
                    .isEqualTo(field.getValue()));
    assertThat(written.path("id2label").size()).isEqualTo(4);
    assertThat(written.path("backbone_config").path("drop_path_rate").asDouble()).isEqualTo(0.3);
  }

  @Test
  void whatNoTensorShowsComesFromTheGivenConfiguration() throws IOException {
    String given =
        CONFIGURATION
            .replace("\"num_queries\"", "\"no_object_weight\": 0.25, \"num_queries\"")
            .replace("\"embed_dim\"", "\"drop_path_rate\": 0.1, \"embed_dim\"");
    convert(write("model.safetensors", detectron().safetensors()), given, null);

    var written = new ObjectMapper().readTree(output().resolve("config.json").toFile());
    assertThat(written.path("no_object_weight").asDouble()).isEqualTo(0.25);
    assertThat(written.path("backbone_config").path("drop_path_rate").asDouble()).isEqualTo(0.1);
    assertConvertedIsTheModel();
  }

  @Test
  void classesGiveTheirNames() throws IOException {
    ClassList classes = new ClassList("four", List.of("sky", "road", "car", "person"));
    convert(write("model.safetensors", detectron().safetensors()), null, classes);

    var written = new ObjectMapper().readTree(output().resolve("config.json").toFile());
    assertThat(written.path("id2label").path("2").asText()).isEqualTo("car");
    assertThat(written.path("label2id").path("person").asInt()).isEqualTo(3);
  }

  @Test
  void meanAndDeviationOfOtherImagesAreDroppedWithAWarning() {
    Shape shape = new Shape(3, 1, 1);
    ConversionSummary usual =
        convert(
            write(
                "usual.pkl",
                detectron()
                    .with("pixel_mean", TestTensor.of(shape, 123.675f, 116.280f, 103.530f))
                    .with("pixel_std", TestTensor.of(shape, 58.395f, 57.120f, 57.375f))
                    .numpyPickle(4)));
    assertThat(usual.dropped()).containsKeys("pixel_mean", "pixel_std");
    assertThat(usual.notes()).noneMatch(note -> note.contains("WARNING"));
    assertConvertedIsTheModel();

    Path file =
        write(
            "other.pkl",
            detectron().with("pixel_mean", TestTensor.of(shape, 0, 0, 0)).numpyPickle(4));
    ConversionSummary other =
        new CheckpointConverter(new Configuration())
            .convert(
                hadoop(file),
                Optional.empty(),
                Optional.empty(),
                hadoop(folder().resolve("other")));
    assertThat(other.notes())
        .anyMatch(note -> note.startsWith("WARNING: pixel_mean is [0.0, 0.0, 0.0]"));
  }
}
