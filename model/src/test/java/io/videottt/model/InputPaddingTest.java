package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.folder.LayerNormMoments;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.folder.SmallModels;
import io.videottt.model.folder.TestModels;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Block;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Stem;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.PatchMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs are padded as Mask2Former's and the paper's code pad them. */
class InputPaddingTest {

  private static final int HEIGHT = 40;
  private static final int WIDTH = 56;

  @TempDir private Path folder;

  private static NDArray image(NDManager manager, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return NativeArrays.of(manager, values, new Shape(1, 3, HEIGHT, WIDTH));
  }

  /** [1, 4, 64, 64] by hand: zeros in the colours, ones in the fourth channel. */
  private static NDArray paddedByHand(NDArray input) {
    float[] values = input.toFloatArray();
    float[] padded = new float[4 * 64 * 64];
    Arrays.fill(padded, 3 * 64 * 64, padded.length, 1);
    for (int channel = 0; channel < 4; channel++) {
      for (int row = 0; row < HEIGHT; row++) {
        System.arraycopy(
            values, (channel * HEIGHT + row) * WIDTH, padded, (channel * 64 + row) * 64, WIDTH);
      }
    }
    return NativeArrays.of(input.getManager(), padded, new Shape(1, 4, 64, 64));
  }

  private static SegmentationModel model(String keys) {
    return SegmentationModel.initialise(
        ModelConfiguration.parse(
            SmallModels.CONFIGURATION.replace("\"feature_size\"", keys + "\"feature_size\""),
            "config.json"),
        1,
        Device.cpu());
  }

  private static Prediction.Queries predict(Network network, NDArray input) {
    return Autograd.withoutGradient(
        () -> (Prediction.Queries) network.predict(network.encode(input)));
  }

  @Test
  void mask2FormerSeesAMultipleOf32WithZerosInTheColoursAndOnesInTheFourthChannel() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      Network network = model.network();
      NDArray input = ImageTensors.unmasked(image(model.manager(), 1));
      Prediction.Queries own = predict(network, input);
      Prediction.Queries byHand = predict(network, paddedByHand(input));

      assertThat(own.maskLogits().getShape()).isEqualTo(new Shape(1, 5, 16, 16));
      assertThat(own.maskLogits().toFloatArray()).isEqualTo(byHand.maskLogits().toFloatArray());
      assertThat(own.classLogits().toFloatArray()).isEqualTo(byHand.classLogits().toFloatArray());
    }
  }

  @Test
  void theMaskOfAMaskedImageIsPaddedWithOnesToo() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      NDArray image = image(model.manager(), 1);
      NDArray visible =
          PatchMask.draw(new SplittableRandom(2), model.manager(), 1, HEIGHT, WIDTH, 16, 0.8);
      NDArray input = ImageTensors.masked(image, visible);
      NDArray padded = new InputPadding(32).pad(input);
      assertThat(padded.toFloatArray()).isEqualTo(paddedByHand(input).toFloatArray());
      Network network = model.network();
      Autograd.withoutGradient(
          () -> {
            NDArray whole = network.reconstruct(network.encode(padded), 64, 64);
            assertThat(network.reconstruct(network.encode(input), HEIGHT, WIDTH).toFloatArray())
                .isEqualTo(whole.get(":, :, 0:40, 0:56").toFloatArray());
            return null;
          });
    }
  }

  @Test
  void whatIsSaidAboutThePaddingIsCutOff() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      Network network = model.network();
      NDArray input = ImageTensors.unmasked(image(model.manager(), 1));
      Prediction.Queries prediction = predict(network, input);
      Autograd.withoutGradient(
          () -> {
            assertThat(network.semanticScores(prediction, HEIGHT, WIDTH).toFloatArray())
                .isEqualTo(
                    network
                        .semanticScores(prediction, 64, 64)
                        .get(":, :, 0:40, 0:56")
                        .toFloatArray());
            PixelDistribution own = network.distribution(prediction, HEIGHT, WIDTH);
            assertThat(own.logProbabilities().getShape()).isEqualTo(new Shape(1, 4, 10, 14));
            float[] whole =
                network
                    .distribution(prediction, 64, 64)
                    .logProbabilities()
                    .get(":, :, 0:10, 0:14")
                    .toFloatArray();
            float[] cut = own.logProbabilities().toFloatArray();
            for (int i = 0; i < cut.length; i++) {
              assertThat(cut[i]).isCloseTo(whole[i], within(1e-5f));
            }
            assertThat(Arrays.stream(own.histogram()).sum()).isEqualTo(140);
            return null;
          });
    }
  }

  @Test
  void nothingIsToBePredictedInThePadding() {
    try (NDScope scope = new NDScope();
        SegmentationModel model = SmallModels.mask2Former(1)) {
      scope.suppressNotUsedWarning();
      Network network = model.network();
      NDArray input = ImageTensors.unmasked(image(model.manager(), 1));
      byte[] labels = new byte[HEIGHT * WIDTH];
      Arrays.fill(labels, labels.length / 2, labels.length, (byte) 3);
      byte[] padded = new byte[64 * 64];
      Arrays.fill(padded, (byte) 255);
      for (int row = 0; row < HEIGHT; row++) {
        System.arraycopy(labels, row * WIDTH, padded, row * 64, WIDTH);
      }
      float own = loss(network, input, labels, HEIGHT, WIDTH);
      assertThat(own).isEqualTo(loss(network, paddedByHand(input), padded, 64, 64)).isPositive();
    }
  }

  private static float loss(Network network, NDArray input, byte[] labels, int height, int width) {
    return Autograd.withoutGradient(
        () ->
            network
                .mainLoss(
                    network.encode(input),
                    List.of(SegmentationTarget.ofLabels(labels, height, width, 4)),
                    height,
                    width,
                    new SplittableRandom(3))
                .getFloat());
  }

  @ParameterizedTest
  @ValueSource(strings = {"size_divisor", "size_divisibility"})
  void configJsonMayNameAnotherDivisorAnd4MeansUnpadded(String key) {
    try (NDScope scope = new NDScope();
        SegmentationModel unpadded = model("\"%s\": 4, ".formatted(key));
        SegmentationModel to48 = model("\"%s\": 48, ".formatted(key));
        SegmentationModel usual = model("\"%s\": 32, ".formatted(key))) {
      scope.suppressNotUsedWarning();
      NDArray input = ImageTensors.unmasked(image(usual.manager(), 1));
      assertThat(predict(unpadded.network(), input).maskLogits().getShape())
          .isEqualTo(new Shape(1, 5, 10, 14));
      assertThat(predict(to48.network(), input).maskLogits().getShape())
          .isEqualTo(new Shape(1, 5, 12, 24));
      assertThat(predict(usual.network(), input).maskLogits().getShape())
          .isEqualTo(new Shape(1, 5, 16, 16));
    }
  }

  @ParameterizedTest
  @CsvSource({"-2", "'\"32\"'", "2.5", "100000"})
  void anImpossibleDivisorIsRefusedNamingKeyAndFile(String value) {
    assertThatThrownBy(() -> model("\"size_divisor\": %s, ".formatted(value)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("config.json: size_divisor is");
  }

  @Test
  void detectronsMinusOneIsTheArchitecturesOwn() {
    try (SegmentationModel model = model("\"size_divisibility\": -1, ")) {
      assertThat(model.configuration().padding()).isEqualTo(new InputPadding(32));
      assertThat(model.configuration().namesPadding()).isFalse();
    }
  }

  @Test
  void twoNamesThatDisagreeAreRefused() {
    assertThatThrownBy(() -> model("\"size_divisor\": 32, \"size_divisibility\": 16, "))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("size_divisor and size_divisibility differ");
  }

  private SegmentationModel load() {
    return SegmentationModel.load(
        new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration(false), Device.cpu());
  }

  @Test
  void theProcessorBesideTheModelNamesItWhereConfigJsonDoesNot() throws IOException {
    Path processor = folder.resolve("preprocessor_config.json");
    Configuration hadoop = new Configuration(false);
    org.apache.hadoop.fs.Path saved = new org.apache.hadoop.fs.Path(folder.toUri());
    String usual;
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      model.save(saved, hadoop);
      usual = model.fingerprint();
    }
    Files.writeString(processor, "{\"size_divisor\": 32, \"do_resize\": true}");
    try (SegmentationModel model = load()) {
      assertThat(model.configuration().padding()).isEqualTo(new InputPadding(32));
      assertThat(model.fingerprint()).isEqualTo(usual);
    }
    Files.writeString(processor, "{\"do_resize\": true}");
    try (SegmentationModel model = load()) {
      assertThat(model.configuration().padding()).isEqualTo(new InputPadding(32));
    }
    Files.writeString(processor, "{\"size_divisor\": 4}");
    String unpadded;
    try (SegmentationModel model = load()) {
      assertThat(model.configuration().padding()).isEqualTo(InputPadding.NONE);
      unpadded = model.fingerprint();
      // The same weights with another padding are another function.
      assertThat(unpadded).isNotEqualTo(usual);
      model.save(saved, hadoop);
    }
    // Saved with the model, it stays with it, and comes before the processor's.
    Files.writeString(processor, "{\"size_divisor\": 64}");
    try (SegmentationModel model = load()) {
      assertThat(model.configuration().padding()).isEqualTo(InputPadding.NONE);
      assertThat(model.fingerprint()).isEqualTo(unpadded);
    }
    Files.delete(processor);
    try (SegmentationModel model = load()) {
      assertThat(model.configuration().padding()).isEqualTo(InputPadding.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{', is not JSON",
    "'[1]', holds no JSON object",
    "'{\"size_divisor\": \"x\"}', size_divisor is"
  })
  void aDamagedProcessorFileIsNamed(String text, String reason) throws IOException {
    try (SegmentationModel model = SmallModels.mask2Former(1)) {
      model.save(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration(false));
    }
    Files.writeString(folder.resolve("preprocessor_config.json"), text);
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("preprocessor_config.json")
        .hasMessageContaining(reason);
  }

  @Test
  void theFeaturePyramidIsNotPaddedUnlessItsConfigJsonSaysSo() {
    FeaturePyramidConfiguration plain =
        TestModels.featurePyramid(3, Stem.CONVOLUTION, Block.CONVOLUTION);
    assertThat(plain.toJson()).doesNotContain("size_divisor");
    assertThat(plain.padding()).isEqualTo(InputPadding.NONE);
    FeaturePyramidConfiguration padding =
        (FeaturePyramidConfiguration)
            ModelConfiguration.parse(
                plain.withPadding(new InputPadding(32)).toJson(), "config.json");
    assertThat(padding.sizeDivisor()).isEqualTo(32);
    try (NDScope scope = new NDScope();
        SegmentationModel unpadded = SegmentationModel.initialise(plain, 1, Device.cpu());
        SegmentationModel padded = SegmentationModel.initialise(padding, 1, Device.cpu())) {
      scope.suppressNotUsedWarning();
      NDArray input = ImageTensors.unmasked(image(padded.manager(), 1));
      assertThat(unpadded.network().encode(input).res2().getShape().get(2)).isEqualTo(10);
      FeatureMaps features = padded.network().encode(input);
      assertThat(features.res2().toFloatArray())
          .isEqualTo(padded.network().encode(paddedByHand(input)).res2().toFloatArray());
      assertThat(
              padded
                  .network()
                  .semanticScores(padded.network().predict(features), HEIGHT, WIDTH)
                  .getShape())
          .isEqualTo(new Shape(1, 3, HEIGHT, WIDTH));
      assertThat(padded.fingerprint()).isNotEqualTo(unpadded.fingerprint());
    }
  }

  @Test
  void statisticsOfNormalisationLayersLeaveThePaddingOut() {
    String first = "model.pixel_level_module.encoder.embeddings.norm";
    try (NDScope scope = new NDScope();
        SegmentationModel usual = SmallModels.mask2Former(1);
        SegmentationModel unpadded = model("\"size_divisor\": 4, ");
        LayerNormMoments own = new LayerNormMoments(usual);
        LayerNormMoments without = new LayerNormMoments(unpadded)) {
      scope.suppressNotUsedWarning();
      NDArray input = ImageTensors.unmasked(image(usual.manager(), 1));
      Autograd.withoutGradient(
          () -> {
            own.observe(input);
            without.observe(input);
            return null;
          });
      // The embedded patches of the image do not know of the padding yet.
      double[] mean = own.values().get(first).mean();
      double[] expected = without.values().get(first).mean();
      for (int channel = 0; channel < mean.length; channel++) {
        assertThat(mean[channel]).isCloseTo(expected[channel], within(1e-6));
      }
    }
  }

  @Test
  void everyNumberThatPadsNothingIsTheSame() {
    assertThat(new InputPadding(4)).isEqualTo(new InputPadding(1)).isEqualTo(InputPadding.NONE);
    assertThat(new InputPadding(32).side(618)).isEqualTo(640);
    assertThat(new InputPadding(32).side(2048)).isEqualTo(2048);
    assertThat(InputPadding.NONE.side(33)).isEqualTo(33);
    assertThat(new SegmentationTarget(List.of(), Optional.empty()).padded(3, 3, 4, 4).segments())
        .isEmpty();
  }
}
