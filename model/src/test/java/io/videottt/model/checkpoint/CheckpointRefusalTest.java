package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.checkpoint.TestCheckpoint.TestTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that are not what they should be, each named with the tensor and the way out. */
class CheckpointRefusalTest extends RandomCheckpoint {

  @Test
  void anotherNumberOfClassesThanTheDataSetsIsNamed() {
    ClassList classes = new ClassList("three", List.of("sky", "road", "car"));
    Path file = write("model.safetensors", detectron().safetensors());
    assertThatThrownBy(() -> convert(file, null, classes))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(CLASSES, "(5, 32)", "4 classes", "three has 3", "--classes");
    assertNothingIsLeft();
  }

  static Stream<List<String>> differences() {
    return Stream.of(
        List.of("\"embed_dim\": 8", "\"embed_dim\": 96", PATCHES, "96", "8"),
        List.of(
            "\"window_size\": 3",
            "\"window_size\": 12",
            "backbone.layers.0.blocks.0.attn.relative_position_bias_table",
            "12",
            "(25, 1)"),
        List.of("[2, 1, 3, 1]", "[2, 1, 2, 1]", "backbone.layers.3", "[2,1,2,1]", "[2,1,3,1]"),
        List.of("\"num_queries\": 5", "\"num_queries\": 100", "query_feat", "100", "(5, 32)"),
        List.of("\"mlp_ratio\": 2.0", "\"mlp_ratio\": 4.0", "mlp.fc1.weight", "4.0", "2.0"),
        List.of(
            "\"num_attention_heads\": 4",
            "\"num_attention_heads\": 8",
            "sampling_offsets",
            "8",
            "4"),
        List.of("\"decoder_layers\": 3", "\"decoder_layers\": 10", "linear1", "10", "3"),
        List.of("\"num_labels\": 4", "\"num_labels\": 19", CLASSES, "19", "4 classes"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void aGivenSizeThatDiffersIsNamedWithTheTensorAndBothValues(List<String> difference) {
    String given = CONFIGURATION.replace(difference.get(0), difference.get(1));
    assertThat(given).isNotEqualTo(CONFIGURATION);
    Path file = write("model.safetensors", detectron().safetensors());
    assertThatThrownBy(() -> convert(file, given, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("given.json", difference.get(2), difference.get(3))
        .hasMessageContaining(difference.get(4))
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
    assertNothingIsLeft();
  }

  @Test
  void aFileOfAModelFolderIsNamedForWhatItIs() {
    Path reconstruction =
        Path.of("../conf/models/demo-mask2former/joint/reconstruction.safetensors");
    assertRefused(
        reconstruction,
        "holds the reconstruction decoder of a model folder alone",
        "give the folder that it is in");
    assertRefused(
        Path.of("../conf/models/demo/joint/model.safetensors"),
        "holds the weights of a feature pyramid of this project",
        "name the folder wherever a model is asked for");
  }

  @Test
  void aBackboneAloneIsRefused() {
    PickleWriter pickle = new PickleWriter(4).op(net.razorvine.pickle.Opcodes.EMPTY_DICT);
    pickle.op(net.razorvine.pickle.Opcodes.MARK).text("model");
    pickle.op(net.razorvine.pickle.Opcodes.EMPTY_DICT).text("matching_heuristics");
    pickle.op(net.razorvine.pickle.Opcodes.NEWTRUE, net.razorvine.pickle.Opcodes.SETITEMS);
    assertRefused(
        write("swin.pkl", pickle.stop()),
        "swin.pkl",
        "backbone alone (matching_heuristics)",
        "whole model");

    String[] heads =
        detectron().tensors().keySet().stream()
            .filter(name -> !name.startsWith("backbone."))
            .toArray(String[]::new);
    assertRefused(
        write("encoder.pkl", detectron().without(heads).numpyPickle(4)),
        "backbone alone",
        "lacks sem_seg_head.pixel_decoder.input_proj.0.0.weight");
  }

  @Test
  void anotherNetworkIsRefusedByName() {
    TestTensor any = TestTensor.of(new Shape(1), 1);
    assertRefused(
        write("ape.pkl", detectron().with("backbone.absolute_pos_embed", any).numpyPickle(4)),
        "backbone.absolute_pos_embed",
        "absolute position embeddings");
    assertRefused(
        write(
            "proj.pkl",
            detectron().with("sem_seg_head.predictor.input_proj.0.weight", any).numpyPickle(4)),
        "sem_seg_head.predictor.input_proj.0.weight",
        "ENFORCE_INPUT_PROJ");
    assertRefused(
        write("r50.pkl", detectron().with("backbone.stem.conv1.weight", any).numpyPickle(4)),
        "backbone.stem.conv1.weight",
        "ResNet");
    assertRefused(
        write("more.pkl", detectron().with("sem_seg_head.predictor.extra", any).numpyPickle(4)),
        "sem_seg_head.predictor.extra");
  }

  @Test
  void whatIsNoSegmentationModelIsRefusedWithWhatItHolds() {
    TestCheckpoint other =
        new TestCheckpoint()
            .with("fc.weight", TestTensor.of(new Shape(2, 2), 1, 2, 3, 4))
            .with("fc.bias", TestTensor.of(new Shape(2), 1, 2));
    assertRefused(
        write("linear.safetensors", other.safetensors()),
        "no checkpoint of Mask2Former with Swin",
        "patch_embeddings",
        "fc.weight");
  }

  @Test
  void aMissingTensorIsNamed() {
    String name = "sem_seg_head.predictor.transformer_ffn_layers.1.linear2.bias";
    assertRefused(write("model.pkl", detectron().without(name).numpyPickle(4)), "lacks " + name);
    String projection = "sem_seg_head.pixel_decoder.adapter_1.norm.weight";
    assertRefused(
        write("two.pkl", detectron().without(name, projection).numpyPickle(4)),
        "lacks " + projection + ", " + name);
  }

  @Test
  void aTensorOfTheWrongShapeIsNamedWithBothShapes() {
    String name = "recon_head.predictor.query_embed.weight";
    TestTensor wrong = TestTensor.of(new Shape(12, 32), new float[12 * 32]);
    assertRefused(
        write("model.pkl", detectron().with(name, wrong).numpyPickle(4)),
        name + " has the shape (12, 32)",
        "(48, 32)");
    TestTensor odd = TestTensor.of(new Shape(25, 8), new float[25 * 8]);
    assertRefused(
        write("qkv.pkl", detectron().with(QKV, odd).numpyPickle(4)), QKV, "(25, 8)", "three equal");
    TestTensor narrow = TestTensor.of(new Shape(21, 8), new float[21 * 8]);
    assertRefused(
        write("narrow.pkl", detectron().with(QKV, narrow).numpyPickle(4)),
        QKV + " has the shape (21, 8)",
        "(24, 8)");
  }

  @Test
  void weightsThatAreNoNumbersAreNamed() {
    float[] values = new float[3 * 32];
    values[7] = Float.NaN;
    String name = "sem_seg_head.predictor.level_embed.weight";
    assertRefused(
        write(
            "nan.pkl",
            detectron().with(name, TestTensor.of(new Shape(3, 32), values)).numpyPickle(4)),
        name + " holds NaN");
  }

  @Test
  void twoNamesForOneTensorAreRefused() {
    String name = "sem_seg_head.predictor.query_feat.weight";
    TestTensor tensor = detectron().tensors().get(name);
    assertRefused(
        write(
            "twice.pkl",
            detectron().with("sem_seg_head.predictor.static_query.weight", tensor).numpyPickle(4)),
        "static_query",
        "query_feat");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path file = write("model.safetensors", detectron().safetensors());
    Files.createDirectories(output());
    convert(file);
    assertConvertedIsTheModel();
    byte[] before = Files.readAllBytes(output().resolve("config.json"));
    assertThatThrownBy(() -> convert(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(output().toString(), "not empty");
    assertThat(output().resolve("config.json")).hasBinaryContent(before);
  }
}
