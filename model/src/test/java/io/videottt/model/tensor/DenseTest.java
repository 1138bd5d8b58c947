package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear layers are matrix products, with and without gradients, in every way to compute them. */
class DenseTest {

  private static final Map<LinearLayers, TorchScript> FUNCTIONS = new EnumMap<>(LinearLayers.class);

  @ParameterizedTest
  @CsvSource({
    "960, 24, 72",
    "960, 32, 40",
    "1024, 96, 288",
    "1024, 100, 7",
    "2048, 16, 24",
    "1040, 33, 1",
    "1111, 40, 72",
    "64, 512, 128",
    "16, 8, 8",
    "640, 48, 80",
    "640, 112, 144",
    "640, 80, 48",
    "2048, 16, 16",
    "320, 256, 96",
    "256, 256, 1024",
    "96, 1024, 256",
    "1600, 32, 176"
  })
  void agreesWithTheMatrixProductInValuesAndGradients(int rows, int inputs, int outputs) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      SplittableRandom random = new SplittableRandom(rows);
      NDArray input = random(manager, random, rows, inputs);
      NDArray weight = random(manager, random, outputs, inputs);
      NDArray bias = random(manager, random, outputs);
      NDArray slope = random(manager, random, rows, outputs);
      List<NDArray> variables = List.of(input, weight, bias);
      variables.forEach(variable -> variable.setRequiresGradient(true));
      List<float[]> product =
          valuesAndGradients(() -> input.matMul(weight.transpose()).add(bias), slope, variables);
      for (LinearLayers way : LinearLayers.values()) {
        Supplier<NDArray> layer = () -> functions(way).call(manager, "linear", input, weight, bias);
        List<float[]> dense = valuesAndGradients(layer, slope, variables);
        for (int i = 0; i < dense.size(); i++) {
          assertClose(dense.get(i), product.get(i), way);
        }
        NDArray inferred = Autograd.withoutGradient(layer);
        assertClose(inferred.toFloatArray(), product.get(0), way);
      }
    }
  }

  @Test
  void mapsKeepTheirDimensionsAndLayersWithoutBiasHaveNone() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      SplittableRandom random = new SplittableRandom(1);
      NDArray map = random(manager, random, 2, 24, 20, 32);
      NDArray weight = random(manager, random, 48, 32);
      // As a network's permuted maps come, and as they lie in memory.
      for (NDArray input : List.of(map, map.transpose(0, 2, 1, 3))) {
        NDArray slope = random(manager, random, input.getShape().slice(0, 3).add(48).getShape());
        List<NDArray> variables = List.of(map, weight);
        variables.forEach(variable -> variable.setRequiresGradient(true));
        List<float[]> product =
            valuesAndGradients(
                () -> layerWithoutBias(LinearLayers.ENGINE, input(map, input), weight),
                slope,
                variables);
        for (LinearLayers way : LinearLayers.values()) {
          List<float[]> dense =
              valuesAndGradients(
                  () -> layerWithoutBias(way, input(map, input), weight), slope, variables);
          for (int i = 0; i < dense.size(); i++) {
            assertClose(dense.get(i), product.get(i), way);
          }
        }
      }
    }
  }

  /** The map, or its transposed view made anew where gradients are recorded. */
  private static NDArray input(NDArray map, NDArray view) {
    return map == view ? map : map.transpose(0, 2, 1, 3);
  }

  private static NDArray layerWithoutBias(LinearLayers way, NDArray input, NDArray weight) {
    NDArray output = functions(way).call(input.getManager(), "linear_without_bias", input, weight);
    long[] sizes = input.getShape().getShape().clone();
    sizes[sizes.length - 1] = weight.getShape().get(0);
    assertThat(output.getShape()).isEqualTo(new Shape(sizes));
    return output;
  }

  private static TorchScript functions(LinearLayers way) {
    return FUNCTIONS.computeIfAbsent(
        way, w -> new TorchScript(DenseTest.class, "linear_layers.py", w));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, AuthenticAMD, ONEDNN",
    "Linux, x86_64, HygonGenuine, ONEDNN",
    "Linux, amd64, GenuineIntel, ONEDNN_INFERENCE",
    "Linux, aarch64, AuthenticAMD, ENGINE",
    "Mac OS X, x86_64, GenuineIntel, ENGINE"
  })
  void theProcessorDecidesHowLayersAreComputed(
      String system, String architecture, String vendor, LinearLayers way, @TempDir Path folder)
      throws IOException {
    Path processors = folder.resolve("cpuinfo");
    Files.writeString(processors, "processor\t: 0\nvendor_id\t: %s\n".formatted(vendor));
    assertThat(LinearLayers.of(system, architecture, processors)).isEqualTo(way);
  }

  @Test
  void aProcessorThatNobodyNamesKeepsTheEnginesProductWithGradients(@TempDir Path folder)
      throws IOException {
    Path processors = folder.resolve("cpuinfo");
    assertThat(LinearLayers.of("Linux", "amd64", processors))
        .isEqualTo(LinearLayers.ONEDNN_INFERENCE);
    Files.writeString(processors, "processor\t: 0\n");
    assertThat(LinearLayers.of("Linux", "amd64", processors))
        .isEqualTo(LinearLayers.ONEDNN_INFERENCE);
  }

  private static List<float[]> valuesAndGradients(
      Supplier<NDArray> layer, NDArray slope, List<NDArray> variables) {
    List<float[]> results = new ArrayList<>();
    Autograd.backward(
        () -> {
          NDArray output = layer.get();
          results.add(output.toFloatArray());
          return output.mul(slope).sum();
        });
    for (NDArray variable : variables) {
      NDArray gradient = JniUtils.getGradient((PtNDArray) variable);
      results.add(gradient.toFloatArray());
      TensorFunctions.zeroAll(List.of(gradient));
    }
    return results;
  }

  private static void assertClose(float[] actual, float[] expected, LinearLayers way) {
    float magnitude = 0;
    float difference = 0;
    for (int i = 0; i < expected.length; i++) {
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertThat(difference).as(way.name()).isLessThan(1e-5f * magnitude);
  }

  private static NDArray random(NDManager manager, SplittableRandom random, long... sizes) {
    Shape shape = new Shape(sizes);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return NativeArrays.of(manager, values, shape);
  }
}
